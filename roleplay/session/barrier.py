"""Where tables meet: a step of the whole class begins when the last table has come, and a move in it counts for all."""

from __future__ import annotations

from roleplay.planning.plan import PlannedStep
from roleplay.session import events as e
from roleplay.session.batch import Batch
from roleplay.session.state import State, TrackState


def moving_with(state: State, track: TrackState) -> list[TrackState]:
    """The tables for which a move of this table's clock counts: all of them, in a step of the whole class."""
    step = track.step
    if step is None or step.scope == "table" or track.status != "running":
        return [track]
    return [other for other in state.open_tracks if is_in(other, step)]


def begin_waiting(batch: Batch, step: PlannedStep, now: float) -> None:
    """Begin a step of the whole class at every table that waits for it."""
    for track in batch.state.open_tracks:
        if waits_for(track, step):
            batch.add(e.StepStarted(at=now, track=track.id, step=step.id))


def waits_for(track: TrackState, step: PlannedStep) -> bool:
    """Whether a table has come to a step of the whole class and waits for the others."""
    return track.status == "waiting" and track.step is not None and _is_same(track.step, step)


def end_steps(batch: Batch, tracks: list[TrackState], now: float, why: e.Why) -> None:
    """The steps in which these tables are come to their end."""
    for track in tracks:
        if track.step is not None:
            batch.add(e.StepEnded(at=now, track=track.id, step=track.step.id, why=why))


def advance(batch: Batch, track_id: str, now: float) -> None:
    """Go on to the next step; a step of the whole class begins when the last table has come.

    Where the others have begun it without this table, it joins them; what they have done meanwhile is left out.
    """
    track = batch.state.tracks[track_id]
    if track.status == "finished":
        return
    others = [other for other in batch.state.open_tracks if other.id != track_id]
    step = next((step for step in track.steps[track.index + 1 :] if not _is_past(step, others)), None)
    if step is None:
        batch.add(e.TrackFinished(at=now, track=track_id))
    elif step.scope == "table":
        batch.add(e.StepStarted(at=now, track=track_id, step=step.id))
    elif among := next((other for other in others if is_in(other, step)), None):
        _join(batch, track_id, among, now)
    else:
        batch.add(e.TrackWaited(at=now, track=track_id, step=step.id))
        begin_together(batch, now)


def begin_together(batch: Batch, now: float) -> None:
    """Begin a step of the whole class for which every table waits, save those that have gone on without it."""
    tracks = batch.state.open_tracks
    awaited = {track.step.id: track.step for track in tracks if track.status == "waiting" and track.step}
    for step in awaited.values():
        if all(waits_for(track, step) or is_beyond(track, step) for track in tracks):
            begin_waiting(batch, step, now)
            return


def is_in(track: TrackState, step: PlannedStep) -> bool:
    """Whether a table is in a step of the whole class."""
    return track.clock is not None and track.step is not None and _is_same(track.step, step)


def _is_past(step: PlannedStep, others: list[TrackState]) -> bool:
    """Whether a step of the whole class was done by others, who have gone on, and nobody is at it any more."""
    return (
        step.scope == "class"
        and any(is_beyond(other, step) and other.has_played({step.id}) for other in others)
        and not any(is_in(other, step) or waits_for(other, step) for other in others)
    )


def is_beyond(track: TrackState, step: PlannedStep) -> bool:
    """Whether a table will not come to a step of the whole class any more."""
    return not any(_is_same(other, step) for other in track.steps[max(track.index, 0) :])


def _is_same(one: PlannedStep, other: PlannedStep) -> bool:
    """Whether tables do these steps together; one that a table does by itself has the same id."""
    return (one.id, one.scope) == (other.id, other.scope)


def _join(batch: Batch, track_id: str, among: TrackState, now: float) -> None:
    """Come into the step of the whole class in which another table is; the same time is left."""
    assert among.step is not None and among.clock is not None
    clock = among.clock
    batch.add(
        e.StepStarted(
            at=now,
            track=track_id,
            step=among.step.id,
            into=clock.elapsed(now),
            added=clock.added,
            warned=tuple(sorted(among.warned)),
        )
    )
    if clock.why is not None:
        batch.add(e.TrackPaused(at=now, track=track_id, why=clock.why))
