"""Moves of the clock: what follows from each command for it, at one table or at several that move together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from roleplay.content.steps import PlayStep
from roleplay.planning.plan import PlannedStep
from roleplay.planning.recast import step_in
from roleplay.planning.replan import can_play
from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.barrier import advance, begin_waiting, end_steps
from roleplay.session.batch import Batch
from roleplay.session.commands import NotAllowed
from roleplay.session.forms import injects_of
from roleplay.session.state import State, TrackState
from roleplay.session.undoing import undo


def _start(batch: Batch, command: c.Start, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        if track.status == "ready":
            advance(batch, track.id, now)
        elif track.status == "waiting" and track.step is not None:
            begin_waiting(batch, track.step, now)


def _next(batch: Batch, command: c.Next, tracks: list[TrackState], now: float) -> None:
    end_steps(batch, tracks, now, "moved-on")
    for track in tracks:
        advance(batch, track.id, now)


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
    c.Undo: undo,
    c.Retake: _retake,
    c.FireInject: _fire_inject,
    c.HoldInject: _hold_inject,
}
"""What each command adds to the events of the tables that it moves together."""
