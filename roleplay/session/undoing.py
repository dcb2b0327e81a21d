"""Taking back the last move of the clock: who goes back with whom, whether that can be, and to where."""

from __future__ import annotations

from roleplay.planning.replan import can_play
from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.barrier import is_beyond, is_in, moving_with
from roleplay.session.batch import Batch
from roleplay.session.commands import NotAllowed
from roleplay.session.state import State, TrackState


def going_back_with(state: State, track: TrackState) -> list[TrackState]:
    """The tables that go back with this one: all that are in the same step of the whole class, or that have left it.

    A table that came later into such a step leaves it alone, unless its length has been changed for all.
    """
    together = moving_with(state, track)
    if len(together) > 1:
        came_later = any(other.runs[-1].started < track.runs[-1].started for other in together)
        return [track] if came_later and _lengthened(together) is None else together
    last = track.moves[-1] if track.moves else None
    if last is not None and last.left and track.planned(last.step).scope == "class":
        return [other for other in state.open_tracks if other.has_played({last.step})]
    return together


def _lengthened(tracks: list[TrackState]) -> TrackState | None:
    """A table whose last move changed the length of the step in which all these tables are together."""
    if len(tracks) > 1 and any(not is_in(track, step) for track in tracks if (step := tracks[0].step)):
        return None
    return next((t for t in tracks if t.moves and not t.moves[-1].left and t.clock is not None), None)


def undo(batch: Batch, command: c.Undo, tracks: list[TrackState], now: float) -> None:
    """Take back the last move of tables that go back together; a length that was changed, or a step that was left."""
    lengthened = _lengthened(tracks)
    if lengthened is not None and lengthened.clock is not None:
        # What has been spent since the length was changed stays spent; a table that came later has no such move.
        move = lengthened.moves[-1]
        remaining = round(move.total - lengthened.clock.elapsed(now), 3)
        for track in tracks:
            batch.add(e.StepRestored(at=now, track=track.id, step=move.step, remaining=remaining, left=False))
        return
    for track in tracks:
        _check_undo(track, tracks)
        _check_can_repeat(batch.state, track)
    waiting = _wait_again(batch.state, tracks)
    for track in tracks:
        move = track.moves[-1]
        if track.step is not None and track in waiting:
            batch.add(e.StepEnded(at=now, track=track.id, step=track.step.id, why="undone"))
            batch.add(e.TrackWaited(at=now, track=track.id, step=track.step.id))
        else:
            batch.add(e.StepRestored(at=now, track=track.id, step=move.step, remaining=move.remaining))
    _stand_together(batch, [batch.state.tracks[track.id] for track in tracks], now)


def _stand_together(batch: Batch, tracks: list[TrackState], now: float) -> None:
    """Where tables are brought back to a step of the whole class, and one of them stands, all stand."""
    reasons = {track.clock.why for track in tracks if track.clock and track.clock.why}
    if not reasons or any(track.step is None or track.step.scope == "table" for track in tracks):
        return
    why = "safety" if "safety" in reasons else min(reasons)
    for track in tracks:
        if track.clock is not None and track.clock.why != why:
            batch.add(e.TrackPaused(at=now, track=track.id, why=why))


def _check_undo(track: TrackState, together: list[TrackState]) -> None:
    if not track.moves:
        raise NotAllowed("There is nothing to take back.")
    move = track.moves[-1]
    # The feedback on a take that is taken back goes with it, unless somebody has written for it.
    if move.left and (track.written or track.written_in.intersection(move.takes)):
        raise NotAllowed(
            "Somebody has already written in this step, so the step before cannot be brought back.",
            "Retake plays the conversation once more.",
        )
    before = track.planned(move.step)
    for other in (other for other in together if other.has_played({move.step})):
        last = other.moves[-1] if other.moves else None
        if move.left and before.scope == "class" and (last is None or not last.left or last.step != move.step):
            raise NotAllowed(f"All tables did “{before.name}” together, and {other.title} has gone on since.")


def _check_can_repeat(state: State, track: TrackState) -> None:
    """A conversation can be brought back as long as those who hold it are there."""
    scenario, move = state.setting.scenario, track.moves[-1]
    if not move.left:
        return
    again = track.steps[track.steps.index(track.planned(move.step)) : track.index + 1]
    for step in (step for step in again if step.kind == "play"):
        held = [person for role, people in step.cast.items() if not scenario.roles[role].extra for person in people]
        if state.away.intersection(held) or not can_play(scenario, len(track.people)):
            raise NotAllowed(
                f"Somebody who took part in “{step.name}” is no longer here, so it cannot be brought back."
            )


def _wait_again(state: State, tracks: list[TrackState]) -> list[TrackState]:
    """The tables that wait for others once more; those who then would wait for nobody go back a step further."""
    waiting = [track for track in tracks if _had_waited(track)]
    others = [track for track in state.open_tracks if track not in waiting]
    step = waiting[0].step if waiting else None
    comes = step is not None and any(other in tracks or not is_beyond(other, step) for other in others)
    return waiting if comes else []


def _had_waited(track: TrackState) -> bool:
    """Whether a table stood waiting when the step of the whole class that it is in first began."""
    if track.status != "running" or track.step is None or track.step.scope == "table":
        return False
    before = {step.id for step in track.steps[: track.index]}
    began = track.runs[-1].started
    for run in reversed(track.runs):
        if run.step == track.step.id:
            began = run.started
        elif run.step in before and run.why != "undone":
            return run.ended is not None and run.ended < began
    return False
