"""The rules of a session: which command is allowed when, and what follows from it.

The table comes first. `decide` returns events, or raises `NotAllowed` and changes nothing; it reads no
clock and keeps no state. What follows from the first event of a command is worked out by folding it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from roleplay.content.scenario import PlayStep
from roleplay.planning.plan import PlannedStep
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.dues import next_due
from roleplay.session.evolve import evolve
from roleplay.session.forms import injects_of, markers_of
from roleplay.session.state import FACILITATOR, Phase, State, TrackState
from roleplay.session.writing import check_facts, check_form, check_journal, check_learned

ALLOWED: dict[type[c.ClockCommand], frozenset[Phase]] = {
    c.Start: frozenset({"ready"}),
    c.Next: frozenset({"running", "paused"}),
    c.Pause: frozenset({"running", "paused"}),
    c.Resume: frozenset({"paused"}),
    c.ChangeLength: frozenset({"running", "paused"}),
    c.Undo: frozenset({"running", "paused", "waiting", "finished"}),
    c.Retake: frozenset({"running", "paused"}),
    c.FireInject: frozenset({"running", "paused"}),
}
"""In which phases of a table a command for its clock makes sense."""

_SAY: dict[Phase, str] = {
    "ready": "has not started yet",
    "running": "is running",
    "paused": "is paused",
    "waiting": "is waiting for the other tables",
    "finished": "has done its last step",
    "ended": "is closed",
}


class NotAllowed(CommandProblem):
    """The command makes no sense right now; nothing has changed."""


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


class _Batch:
    """Events so far, and the state they lead to."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.events: list[e.Event] = []

    def add(self, event: e.Event) -> None:
        self.events.append(event)
        self.state = evolve(self.state, event)


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
        ),
    )


# The clock


def _decide_clock(state: State, command: c.ClockCommand, now: float) -> tuple[e.Event, ...]:
    batch = _Batch(state)
    done: set[str] = set()
    refused: list[NotAllowed] = []
    meant = _meant(state, command)
    for track in meant:
        if track.id not in done:
            group = _going_back if isinstance(command, c.Undo) else _together
            together = group(batch.state, batch.state.tracks[track.id])
            done.update(member.id for member in together)
            mine = _Batch(batch.state)
            try:
                _CLOCK[type(command)](mine, command, together, now)
            except NotAllowed as problem:
                refused.append(problem)
                continue
            for event in mine.events:
                batch.add(event)
    if refused and not batch.events:
        raise refused[0]
    return tuple(batch.events)


def _meant(state: State, command: c.ClockCommand) -> list[TrackState]:
    allowed = ALLOWED[type(command)]
    if command.track is None:
        meant = [track for track in state.tracks.values() if state.phase(track.id) in allowed]
        if meant:
            return meant
    elif command.track not in state.tracks:
        raise NotAllowed("There is no such table.")
    elif state.phase(command.track) in allowed:
        return [state.tracks[command.track]]
    track = state.tracks[command.track or next(iter(state.tracks))]
    raise NotAllowed(f"{track.title} {_SAY[state.phase(track.id)]}.")


def _together(state: State, track: TrackState) -> list[TrackState]:
    """The tables for which a move of this table's clock counts: all of them, in a step of the whole class."""
    step = track.step
    if step is None or step.scope == "table" or track.status != "running":
        return [track]
    return [t for t in state.tracks.values() if t.status == "running" and t.step is not None and t.step.id == step.id]


def _going_back(state: State, track: TrackState) -> list[TrackState]:
    """The tables that go back with this one: all of them, where its last move left a step of the whole class."""
    if track.moves and track.moves[-1].left and track.planned(track.moves[-1].step).scope == "class":
        return list(state.tracks.values())
    return _together(state, track)


def _start(batch: _Batch, command: c.Start, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        _advance(batch, track.id, now)


def _next(batch: _Batch, command: c.Next, tracks: list[TrackState], now: float) -> None:
    _end_steps(batch, tracks, now, "moved-on")
    for track in tracks:
        _advance(batch, track.id, now)


def _end_steps(batch: _Batch, tracks: list[TrackState], now: float, why: e.Why) -> None:
    for track in tracks:
        if track.step is not None:
            batch.add(e.StepEnded(at=now, track=track.id, step=track.step.id, why=why))


def _advance(batch: _Batch, track_id: str, now: float) -> None:
    """Go on to the next step; a step of the whole class begins when the last table has come."""
    track = batch.state.tracks[track_id]
    step = track.next_step
    if track.status == "finished":
        return
    if step is None:
        batch.add(e.TrackFinished(at=now, track=track_id))
        return
    if step.scope == "table":
        batch.add(e.StepStarted(at=now, track=track_id, step=step.id))
        return
    batch.add(e.TrackWaited(at=now, track=track_id, step=step.id))
    others = batch.state.tracks.values()
    if all(t.status == "waiting" and t.step is not None and t.step.id == step.id for t in others):
        for other in others:
            batch.add(e.StepStarted(at=now, track=other.id, step=step.id))


def _pause(batch: _Batch, command: c.Pause, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        assert track.clock is not None
        if track.clock.since is None or (command.why == "safety" and track.clock.why != "safety"):
            batch.add(e.TrackPaused(at=now, track=track.id, why=command.why, away=command.away))
    if not batch.events and command.track is not None:
        raise NotAllowed(f"{tracks[0].title} is paused already.")


def _resume(batch: _Batch, command: c.Resume, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        if track.paused:
            batch.add(e.TrackResumed(at=now, track=track.id))


def _change_length(batch: _Batch, command: c.ChangeLength, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        assert track.clock is not None
        left = track.clock.remaining(now)
        by = command.by if command.by >= 0 else -min(-command.by, max(left, 0.0))
        # A step that is over its time gets the whole of what is added, counted from now.
        by = by - left if left < 0 < command.by else by
        if by == 0:
            raise NotAllowed("There is no time left to take away.", "Go on to the next step instead.")
        batch.add(e.LengthChanged(at=now, track=track.id, by=round(by, 3)))


def _undo(batch: _Batch, command: c.Undo, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        _check_undo(track, tracks)
    for track in tracks:
        move = track.moves[-1]
        if not move.left and track.clock is not None:
            # What has been spent since the length was changed stays spent.
            remaining = round(move.total - track.clock.elapsed(now), 3)
            batch.add(e.StepRestored(at=now, track=track.id, step=move.step, remaining=remaining))
        elif track.step is not None and _had_waited(track):
            batch.add(e.StepEnded(at=now, track=track.id, step=track.step.id, why="undone"))
            batch.add(e.TrackWaited(at=now, track=track.id, step=track.step.id))
        else:
            batch.add(e.StepRestored(at=now, track=track.id, step=move.step, remaining=move.remaining))
    _stand_together(batch, [batch.state.tracks[track.id] for track in tracks], now)


def _stand_together(batch: _Batch, tracks: list[TrackState], now: float) -> None:
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
    if move.left and track.written:
        raise NotAllowed(
            "Somebody has already written in this step, so the step before cannot be brought back.",
            "Retake plays the conversation once more.",
        )
    before = track.planned(move.step)
    for other in together:
        last = other.moves[-1] if other.moves else None
        if move.left and before.scope == "class" and (last is None or not last.left or last.step != move.step):
            raise NotAllowed(f"All tables did “{before.name}” together, and {other.title} has gone on since.")


def _had_waited(track: TrackState) -> bool:
    """Whether a table stood waiting when the step of the whole class that it is in first began."""
    if track.status != "running" or track.step is None or track.step.scope == "table":
        return False
    began = track.runs[-1].started
    for run in reversed(track.runs):
        if run.step == track.step.id:
            began = run.started
        elif run.why != "undone":
            return run.ended is not None and run.ended < began
    return False


def _retake(batch: _Batch, command: c.Retake, tracks: list[TrackState], now: float) -> None:
    agains = [_next_take(batch.state, track) for track in tracks]
    # A conversation that the class plays together is played again together only where all tables are at the same take.
    together = len(tracks) == len(batch.state.tracks) and len({again.id for again in agains}) == 1
    for track, again in zip(tracks, agains, strict=True):
        scope = again.scope if together else "table"
        _end_steps(batch, [track], now, "retake")
        batch.add(e.TakeAdded(at=now, track=track.id, step=again.model_copy(update={"scope": scope})))
        batch.add(e.StepStarted(at=now, track=track.id, step=again.id))


def _next_take(state: State, track: TrackState) -> PlannedStep:
    played = _last_played(track)
    if played is None:
        raise NotAllowed("No conversation has been played yet that could be played again.")
    takes = max(step.take for step in track.steps if step.source == played.source and step.round == played.round)
    step = state.setting.step(played)
    if isinstance(step, PlayStep) and step.takes != "any" and takes >= step.takes:
        raise NotAllowed(f"“{step.name}” may be played {takes} time{'s' if takes > 1 else ''} at most.")
    first = track.planned(played.id.partition("t")[0])
    return first.model_copy(update={"id": f"{first.id}t{takes + 1}", "take": takes + 1})


def _last_played(track: TrackState) -> PlannedStep | None:
    current = track.step
    before = [s for s in track.steps[: track.index + 1] if s.kind == "play"]
    if not before or current is None or before[-1].round != current.round:
        return None
    return before[-1]


def _fire_inject(batch: _Batch, command: c.FireInject, tracks: list[TrackState], now: float) -> None:
    for track in tracks:
        assert track.step is not None
        known = {item.id for item in injects_of(batch.state.setting, track.step)}
        if command.inject not in known:
            raise NotAllowed("This step has no such inject.")
        if command.inject in track.injects.get(track.step.id, {}):
            raise NotAllowed("This has already happened.")
        batch.add(e.InjectGiven(at=now, track=track.id, inject=command.inject))


_CLOCK: dict[type[c.ClockCommand], Callable[[_Batch, Any, list[TrackState], float], None]] = {
    c.Start: _start,
    c.Next: _next,
    c.Pause: _pause,
    c.Resume: _resume,
    c.ChangeLength: _change_length,
    c.Undo: _undo,
    c.Retake: _retake,
    c.FireInject: _fire_inject,
}


# The session


def _reopen(state: State, command: c.Reopen, now: float) -> tuple[e.Event, ...]:
    return (e.SessionReopened(at=now, wall=command.wall), *_paused_as_shut(state, now))


def _paused_as_shut(state: State, now: float) -> Iterator[e.Event]:
    for track in state.tracks.values():
        if state.phase(track.id) == "running":
            yield e.TrackPaused(at=now, track=track.id, why="shut")


def _tick(state: State, now: float) -> tuple[e.Event, ...]:
    batch = _Batch(state)
    while (due := next_due(batch.state)) is not None and due.at <= now:
        # A warning whose moment went by when the step was made shorter is given right after.
        at = max(due.at, batch.state.now)
        if due.what == "warning":
            batch.add(e.WarningGiven(at=at, track=due.track, left=due.left))
        elif due.what == "inject":
            batch.add(e.InjectGiven(at=at, track=due.track, inject=due.inject))
        else:
            together = _together(batch.state, batch.state.tracks[due.track])
            _end_steps(batch, together, at, "on-time")
            for track in together:
                _advance(batch, track.id, at)
    return tuple(batch.events)


def _end(state: State, command: c.End, now: float) -> tuple[e.Event, ...]:
    batch = _Batch(state)
    running = [track for track in state.tracks.values() if track.status == "running"]
    _end_steps(batch, running, now, "session-ended")
    batch.add(e.SessionEnded(at=now))
    return tuple(batch.events)


# What people write


def _track(state: State, id: str) -> TrackState:
    if id not in state.tracks:
        raise NotAllowed("There is no such table.")
    return state.tracks[id]


def _tap(state: State, command: c.TapMarker, now: float) -> tuple[e.Event, ...]:
    track = _track(state, command.track)
    planned = track.step
    markers = markers_of(state.setting, planned) if planned and track.status == "running" else None
    if markers is None or planned is None:
        raise NotAllowed("Markers are tapped while a conversation runs.")
    rubric_id, rubric = markers
    if command.marker not in {marker.id for marker in rubric.markers}:
        raise NotAllowed("The rubric has no such marker.")
    if command.about not in track.people or command.by not in (*track.people, FACILITATOR):
        raise NotAllowed("Somebody at this table taps, about somebody at this table.")
    if command.by == command.about:
        raise NotAllowed("Nobody marks their own conversation.")
    if any(mark.tap == command.tap for mark in track.marks):
        raise NotAllowed("This tap was already counted.")
    return (
        e.MarkerTapped(
            at=now,
            track=track.id,
            tap=command.tap,
            rubric=rubric_id,
            marker=command.marker,
            by=command.by,
            about=command.about,
        ),
    )


def _take_back(state: State, command: c.TakeBackMarker, now: float) -> tuple[e.Event, ...]:
    track = _track(state, command.track)
    if not any(mark.tap == command.tap for mark in track.standing_marks()):
        raise NotAllowed("There is no such tap to take back.")
    return (e.MarkerTakenBack(at=now, track=track.id, tap=command.tap),)


def _send_form(state: State, command: c.SendForm, now: float) -> tuple[e.Event, ...]:
    track = _track(state, command.track)
    _raise(check_form(state.setting, track, command))
    return (
        e.FormSent(
            at=now,
            track=track.id,
            form=command.form,
            answers=dict(command.answers),
            prompts=dict(command.prompts),
            share=command.share,
        ),
    )


def _learned(state: State, command: c.WriteLearned, now: float) -> tuple[e.Event, ...]:
    track = _track(state, command.track)
    _raise(check_learned(state.setting, track, command))
    return (e.LearnedWritten(at=now, track=track.id, step=command.step, by=command.by, text=command.text),)


def _facts(state: State, command: c.TickFacts, now: float) -> tuple[e.Event, ...]:
    track = _track(state, command.track)
    _raise(check_facts(state.setting, track, command))
    return (e.FactsTicked(at=now, track=track.id, step=command.step, by=command.by, facts=command.facts),)


def _journal(state: State, command: c.WriteJournal, now: float) -> tuple[e.Event, ...]:
    track = _track(state, command.track)
    _raise(check_journal(state.setting, track, command))
    return (
        e.JournalWritten(
            at=now,
            track=track.id,
            step=command.step,
            by=command.by,
            answers=dict(command.answers),
            on_paper=command.on_paper,
            share=command.share,
        ),
    )


def _raise(why_not: str) -> None:
    if why_not:
        raise NotAllowed(why_not)


_DECIDE: dict[type[Any], Callable[[State, Any, float], tuple[e.Event, ...]]] = {
    c.Reopen: _reopen,
    c.End: _end,
    c.TapMarker: _tap,
    c.TakeBackMarker: _take_back,
    c.SendForm: _send_form,
    c.WriteLearned: _learned,
    c.TickFacts: _facts,
    c.WriteJournal: _journal,
}
