"""Moves of the clock: what follows from each command for it, at one table or at several that move together.

A step of the whole class is a barrier: it begins when the last table has come, and a move in it counts for all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from roleplay.content.steps import PlayStep
from roleplay.planning.plan import PlannedStep
from roleplay.planning.recast import step_in
from roleplay.planning.replan import can_play
from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.commands import NotAllowed
from roleplay.session.evolve import evolve
from roleplay.session.forms import injects_of, step_of_form
from roleplay.session.state import State, TrackState


class Batch:
    """Events so far, and the state they lead to."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.events: list[e.Event] = []

    def add(self, event: e.Event) -> None:
        """One more event, and the state after it."""
        self.events.append(event)
        self.state = evolve(self.state, event)


def moving_with(state: State, track: TrackState) -> list[TrackState]:
    """The tables for which a move of this table's clock counts: all of them, in a step of the whole class."""
    step = track.step
    if step is None or step.scope == "table" or track.status != "running":
        return [track]
    return [t for t in state.tracks.values() if t.status == "running" and t.step is not None and t.step.id == step.id]


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
    if len(tracks) > 1 and any(not _is_in(track, step) for track in tracks if (step := tracks[0].step)):
        return None
    return next((t for t in tracks if t.moves and not t.moves[-1].left and t.clock is not None), None)


def _start(batch: Batch, command: c.Start, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        if track.status == "ready":
            advance(batch, track.id, now)
        elif track.status == "waiting" and track.step is not None:
            _begin(batch, track.step, now)


def _begin(batch: Batch, step: PlannedStep, now: float) -> None:
    """Begin a step of the whole class at every table that waits for it."""
    for track in batch.state.open_tracks:
        if _waits_for(track, step):
            batch.add(e.StepStarted(at=now, track=track.id, step=step.id))


def _waits_for(track: TrackState, step: PlannedStep) -> bool:
    return track.status == "waiting" and track.step is not None and track.step.id == step.id


def _next(batch: Batch, command: c.Next, tracks: list[TrackState], now: float) -> None:
    end_steps(batch, tracks, now, "moved-on")
    for track in tracks:
        advance(batch, track.id, now)


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
    elif among := next((other for other in others if _is_in(other, step)), None):
        _join(batch, track_id, among, now)
    else:
        batch.add(e.TrackWaited(at=now, track=track_id, step=step.id))
        begin_together(batch, now)


def begin_together(batch: Batch, now: float) -> None:
    """Begin a step of the whole class for which every table waits, save those that have gone on without it."""
    tracks = batch.state.open_tracks
    awaited = {track.step.id: track.step for track in tracks if track.status == "waiting" and track.step}
    for step in awaited.values():
        if all(_waits_for(track, step) or _is_beyond(track, step) for track in tracks):
            _begin(batch, step, now)
            return


def _is_in(track: TrackState, step: PlannedStep) -> bool:
    return track.status == "running" and track.clock is not None and track.step is not None and track.step.id == step.id


def _is_past(step: PlannedStep, others: list[TrackState]) -> bool:
    """Whether a step of the whole class was done by others, who have gone on, and nobody is at it any more."""
    return (
        step.scope == "class"
        and any(_is_beyond(other, step) and other.has_played({step.id}) for other in others)
        and not any(_is_in(other, step) or _waits_for(other, step) for other in others)
    )


def _is_beyond(track: TrackState, step: PlannedStep) -> bool:
    return all(other.id != step.id for other in track.steps[max(track.index, 0) :])


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


def _pause(batch: Batch, command: c.Pause, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        assert track.clock is not None
        if track.clock.since is None or (command.why == "safety" and track.clock.why != "safety"):
            batch.add(e.TrackPaused(at=now, track=track.id, why=command.why, away=command.away))
    if not batch.events and command.track is not None:
        raise NotAllowed(f"{tracks[0].title} is paused already.")


def _resume(batch: Batch, command: c.Resume, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        if track.paused:
            batch.add(e.TrackResumed(at=now, track=track.id))


def _change_length(batch: Batch, command: c.ChangeLength, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        assert track.clock is not None
        left = track.clock.remaining(now)
        by = command.by if command.by >= 0 else -min(-command.by, max(left, 0.0))
        # A step that is over its time gets the whole of what is added, counted from now.
        by = by - left if left < 0 < command.by else by
        if by == 0:
            raise NotAllowed("There is no time left to take away.", "Go on to the next step instead.")
        batch.add(e.LengthChanged(at=now, track=track.id, by=round(by, 3)))


def _undo(batch: Batch, command: c.Undo, tracks: list[TrackState], now: float) -> None:
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
    for track in tracks:
        move = track.moves[-1]
        if track.step is not None and _had_waited(track):
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
    # The feedback on a take that is taken back goes with it, unless somebody has filled in a form there.
    if move.left and (track.written or any(step_of_form(form) in move.takes for form in track.forms)):
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


def _retake(batch: Batch, command: c.Retake, tracks: list[TrackState], now: float) -> None:
    agains = [_next_take(batch.state, track) for track in tracks]
    # A conversation that the class plays together is played again together only where all tables are at the same take.
    together = len(tracks) == len(batch.state.open_tracks) and len({take[0].id for take in agains}) == 1
    for track, take in zip(tracks, agains, strict=True):
        last = _last_of_take(track)
        end_steps(batch, [track], now, "retake")
        for step in take:
            scope = step.scope if together else "table"
            added = step.model_copy(update={"scope": scope})
            batch.add(e.TakeAdded(at=now, track=track.id, step=added, after=last))
            last = added.id
        batch.add(e.StepStarted(at=now, track=track.id, step=take[0].id))


def _next_take(state: State, track: TrackState) -> tuple[PlannedStep, ...]:
    """The conversation once more, and after it the feedback that has been begun on the take before."""
    played = _last_played(track)
    if played is None:
        raise NotAllowed("No conversation has been played yet that could be played again.")
    takes = sum(step.source == played.source and step.round == played.round for step in track.steps)
    step = state.setting.step(played)
    if isinstance(step, PlayStep) and step.takes != "any" and takes >= step.takes:
        often = "once" if takes == 1 else f"{takes} times"
        raise NotAllowed(f"“{step.name}” may be played {often} at most.")
    again = (_once_more(track, step) for step in (played, *_feedback_on(track, played)))
    return tuple(_for_those_here(state, track, step) for step in again)


def _for_those_here(state: State, track: TrackState, step: PlannedStep) -> PlannedStep:
    """A step that comes again, where people have gone since it was played; somebody of an extra role steps in."""
    here = tuple(person for person in track.here if person not in state.away)
    cast = {role: tuple(p for p in people if p in here) for role, people in step.cast.items()}
    scenario, same = state.setting.scenario, cast == step.cast and step.people in ((), here)
    in_turn = scenario.turns_of(step.source) is not None
    filled = cast if same else None if in_turn else step_in(scenario, cast)
    if filled is None or not can_play(scenario, len(track.people)):
        raise NotAllowed("Somebody who played it is no longer here, so it cannot be played again.")
    return step if same else step.model_copy(update={"cast": filled, "people": here})


def _feedback_on(track: TrackState, played: PlannedStep) -> tuple[PlannedStep, ...]:
    """The feedback steps since a conversation, the one that the table is at among them."""
    since = track.steps[track.steps.index(played) + 1 : track.index + 1]
    return tuple(step for step in since if step.kind == "feedback")


def _last_of_take(track: TrackState) -> str:
    """The step behind which another take is put: the last feedback on the take before, or that take itself."""
    played = _last_played(track)
    assert played is not None
    return (played, *_feedback_on(track, played))[-1].id


def _once_more(track: TrackState, planned: PlannedStep) -> PlannedStep:
    """A step under the id of its next take."""
    times = sum(step.first == planned.first for step in track.steps)
    return planned.model_copy(update={"id": f"{planned.first}t{times + 1}"})


def _last_played(track: TrackState) -> PlannedStep | None:
    current = track.step
    before = [s for s in track.steps[: track.index + 1] if s.kind == "play"]
    if not before or current is None or before[-1].round != current.round:
        return None
    return before[-1]


def _fire_inject(batch: Batch, command: c.FireInject, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        _check_inject(batch.state, track, command.inject)
        batch.add(e.InjectGiven(at=now, track=track.id, inject=command.inject))


def _hold_inject(batch: Batch, command: c.HoldInject, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        planned = _check_inject(batch.state, track, command.inject)
        if (planned.id, command.inject) in track.held_back:
            raise NotAllowed("This is held back already.")
        batch.add(e.InjectHeld(at=now, track=track.id, inject=command.inject))


def _check_inject(state: State, track: TrackState, inject: str) -> PlannedStep:
    """The running step, which has this inject and has not seen it happen."""
    assert track.step is not None
    if inject not in {item.id for item in injects_of(state.setting, track.step)}:
        raise NotAllowed("This step has no such inject.")
    if inject in track.injects.get(track.step.id, {}):
        raise NotAllowed("This has already happened.")
    return track.step


MOVES: dict[type[c.ClockCommand], Callable[[Batch, Any, list[TrackState], float], None]] = {
    c.Start: _start,
    c.Next: _next,
    c.Pause: _pause,
    c.Resume: _resume,
    c.ChangeLength: _change_length,
    c.Undo: _undo,
    c.Retake: _retake,
    c.FireInject: _fire_inject,
    c.HoldInject: _hold_inject,
}
"""What each command adds to the events of the tables that it moves together."""
