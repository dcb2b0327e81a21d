"""The rules of a session: which command is allowed when, and what follows from it.

The table comes first. `decide` returns events, or raises `NotAllowed` and changes nothing; it reads no
clock and keeps no state. What follows from the first event of a command is worked out by folding it:
for the clock in `moves`, for who comes and goes in `reseating`, for what people write in `writing`, for
recordings in `hearing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.barrier import advance, end_steps, is_beyond, is_in, moving_with
from roleplay.session.batch import Batch
from roleplay.session.commands import NotAllowed
from roleplay.session.dues import next_due
from roleplay.session.evolve import evolve
from roleplay.session.hearing import HEARING, HEARING_AFTERWARDS
from roleplay.session.moves import MOVES
from roleplay.session.reseating import RESEATING
from roleplay.session.state import Phase, State, TrackState
from roleplay.session.undoing import going_back_with
from roleplay.session.writing import AFTERWARDS, WRITING, find_track

__all__ = ["ALLOWED", "NotAllowed", "decide"]

ALLOWED: dict[type[c.ClockCommand], frozenset[Phase]] = {
    c.Start: frozenset({"ready", "waiting"}),
    c.Next: frozenset({"running", "paused"}),
    c.Pause: frozenset({"running", "paused"}),
    c.Resume: frozenset({"paused"}),
    c.ChangeLength: frozenset({"running", "paused"}),
    c.Undo: frozenset({"running", "paused", "waiting", "finished"}),
    c.Retake: frozenset({"running", "paused"}),
    c.FireInject: frozenset({"running", "paused"}),
    c.HoldInject: frozenset({"running", "paused"}),
}
"""In which phases of a table a command for its clock makes sense."""

_LEAVE_SAFE = (c.Next, c.Resume, c.Undo, c.Retake)
"""Commands that, given for all, pass over a table in a safety pause as long as they mean another one."""

_SAY: dict[Phase, str] = {
    "ready": "has not started yet",
    "running": "is running",
    "paused": "is paused",
    "waiting": "is waiting for the other tables",
    "finished": "has done its last step",
    "ended": "is closed",
}


def decide(state: State, command: c.Command, now: float) -> tuple[e.Event, ...]:
    """The events that follow from a command at `now`, in seconds since the session opened.

    Raises:
        NotAllowed: the command makes no sense right now, with a sentence that says why.
    """
    now = round(max(now, state.now), 3)
    if isinstance(command, c.Open):
        return _open(state, command, now)
    if state.opened is None:
        raise NotAllowed("The session has not been opened yet.")
    if state.ended is not None:
        if isinstance(command, c.Tick):
            return ()
        if not isinstance(command, (*AFTERWARDS, *HEARING_AFTERWARDS)):
            raise NotAllowed("The session is closed.", "Its report can still be read.")
    # What ran out before this command was given happened before it.
    overdue = _tick(state, now)
    if isinstance(command, c.Tick):
        return overdue
    for event in overdue:
        state = evolve(state, event)
    if isinstance(command, c.ClockCommand):
        return (*overdue, *_decide_clock(state, command, now))
    return (*overdue, *_DECIDE[type(command)](state, command, now))


def _open(state: State, command: c.Open, now: float) -> tuple[e.Event, ...]:
    if state.opened is not None:
        raise NotAllowed("The session is open already.")
    missing = set(state.setting.plan.people) - {person.id for person in command.people}
    if missing:
        raise NotAllowed("The plan names somebody who is not among the people of this session.")
    return (
        e.SessionOpened(
            at=now,
            wall=command.wall,
            scenario=command.scenario,
            plan=command.plan,
            people=command.people,
            rehearsal=command.rehearsal,
            blanks=dict(command.blanks),
            occasion=command.occasion,
            series=command.series,
        ),
    )


# The clock


def _decide_clock(state: State, command: c.ClockCommand, now: float) -> tuple[e.Event, ...]:
    batch = Batch(state)
    done: set[str] = set()
    refused: list[NotAllowed] = []
    for track in _meant(state, command):
        # Who moves together is settled before anybody moves, and no table moves twice.
        together = going_back_with(state, track) if isinstance(command, c.Undo) else moving_with(state, track)
        if done.intersection(member.id for member in together):
            continue
        mine = Batch(batch.state)
        try:
            MOVES[type(command)](mine, command, together, now)
        except NotAllowed as problem:
            refused.append(problem)
            continue
        done.update(member.id for member in together)
        for event in mine.events:
            batch.add(event)
    if refused and not batch.events:
        raise refused[0]
    return tuple(batch.events)


def _meant(state: State, command: c.ClockCommand) -> list[TrackState]:
    allowed = ALLOWED[type(command)]
    if command.track is None:
        meant = [track for track in state.open_tracks if state.phase(track.id) in allowed]
        if isinstance(command, _LEAVE_SAFE):
            # A table that stands for somebody who needs it is not swept along with the others.
            meant = [track for track in meant if not track.safe] or meant
        if isinstance(command, c.Start):
            # Whoever starts all tables starts those that have not begun, and does not mean those that wait.
            meant = [track for track in meant if track.status == "ready"] or meant
        if isinstance(command, c.Next):
            # Those who are in a step of the class without the others go on once these have come to it.
            meant = [track for track in meant if not _are_to_come(meant, track)] or meant
        if meant:
            return meant
    elif command.track not in state.tracks:
        raise NotAllowed("There is no such table.")
    elif state.tracks[command.track].given_up:
        raise NotAllowed(f"{state.tracks[command.track].title} was given up; nobody sits there any more.")
    elif state.phase(command.track) in allowed:
        return [state.tracks[command.track]]
    track = state.tracks[command.track] if command.track else state.open_tracks[0]
    raise NotAllowed(f"{track.title} {_SAY[state.phase(track.id)]}.")


def _are_to_come(tracks: list[TrackState], track: TrackState) -> bool:
    """Whether a table is in a step of the whole class that others of these tables have still ahead of them."""
    step = track.step
    if step is None or step.scope == "table":
        return False
    return not all(is_in(other, step) or is_beyond(other, step) for other in tracks)


# The session


def _reopen(state: State, command: c.Reopen, now: float) -> tuple[e.Event, ...]:
    return (e.SessionReopened(at=now, wall=command.wall), *_paused_as_shut(state, now))


def _paused_as_shut(state: State, now: float) -> Iterator[e.Event]:
    for track in state.tracks.values():
        if state.phase(track.id) == "running":
            yield e.TrackPaused(at=now, track=track.id, why="shut")


def _tick(state: State, now: float) -> tuple[e.Event, ...]:
    batch = Batch(state)
    while (due := next_due(batch.state)) is not None and due.at <= now:
        # A warning whose moment went by when the step was made shorter is given right after.
        at = max(due.at, batch.state.now)
        if due.what == "warning":
            batch.add(e.WarningGiven(at=at, track=due.track, left=due.left))
        elif due.what == "inject":
            batch.add(e.InjectGiven(at=at, track=due.track, inject=due.inject))
        else:
            together = moving_with(batch.state, batch.state.tracks[due.track])
            end_steps(batch, together, at, "on-time")
            for track in together:
                advance(batch, track.id, at)
    return tuple(batch.events)


def _end(state: State, command: c.End, now: float) -> tuple[e.Event, ...]:
    batch = Batch(state)
    running = [track for track in state.tracks.values() if track.status == "running"]
    end_steps(batch, running, now, "session-ended")
    batch.add(e.SessionEnded(at=now))
    return tuple(batch.events)


def _ask_help(state: State, command: c.AskHelp, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    if track.help is not None:
        raise NotAllowed(f"{track.title} has asked for help already.")
    return (e.HelpAsked(at=now, track=track.id),)


def _give_help(state: State, command: c.GiveHelp, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    if track.help is None:
        raise NotAllowed(f"{track.title} has not asked for help.")
    return (e.HelpGiven(at=now, track=track.id),)


_DECIDE: dict[type[Any], Callable[[State, Any, float], tuple[e.Event, ...]]] = {
    c.Reopen: _reopen,
    c.End: _end,
    **RESEATING,
    c.AskHelp: _ask_help,
    c.GiveHelp: _give_help,
    **WRITING,
    **HEARING,
}
