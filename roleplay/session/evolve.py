"""Folding events into state. An event has happened, so nothing here refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from roleplay.planning.plan import with_takes
from roleplay.session import events as e
from roleplay.session.dues import next_due_at
from roleplay.session.event_base import EventBase, TrackEvent
from roleplay.session.forms import step_of_form
from roleplay.session.hearing_events import ConsentAnswered, HearingEvent
from roleplay.session.hearing_fold import hear
from roleplay.session.state import (
    Given,
    Journal,
    Mark,
    Move,
    Person,
    SentForm,
    Setting,
    State,
    StepClock,
    StepRun,
    TrackState,
)


def fold(setting: Setting, events: Iterable[e.Event]) -> State:
    """The state after these events, from the first one on."""
    state = State(setting)
    for event in events:
        state = evolve(state, event)
    return state


def evolve(state: State, event: e.Event) -> State:
    """The state after one more event."""
    state = replace(state, seq=state.seq + 1, now=max(state.now, event.at))
    if isinstance(event, TrackEvent):
        track = state.tracks.get(event.track)
        if track is None:
            return state
        track = _evolve_track(event, track)
        due = next_due_at(state.setting, track)
        if due != track.due:
            track = replace(track, due=due)
        return replace(state, tracks={**state.tracks, event.track: track})
    return _evolve_session(event, state)


@singledispatch
def _evolve_session(event: EventBase, state: State) -> State:
    return state


@_evolve_session.register
def _(event: e.SessionOpened, state: State) -> State:
    tracks = {t.id: TrackState(t.id, t.title, t.people, t.steps) for t in state.setting.plan.tracks}
    people = {p.id: Person(p.id, p.name, p.bot, p.known) for p in event.people}
    return replace(
        state,
        opened=event.wall,
        rehearsal=event.rehearsal,
        occasion=event.occasion,
        series=event.series,
        people=people,
        tracks=tracks,
    )


@_evolve_session.register
def _(event: e.BroughtIn, state: State) -> State:
    return replace(state, brought={**state.brought, **event.written})


@_evolve_session.register
def _(event: ConsentAnswered, state: State) -> State:
    return replace(state, consents={**state.consents, event.person: event.yes})


@_evolve_session.register
def _(event: e.Replanned, state: State) -> State:
    people = {**state.people, **{p.id: Person(p.id, p.name, p.bot, p.known) for p in event.people}}
    people |= {id: replace(people[id], gone=True) for id in event.gone}
    people |= {id: replace(people[id], gone=False) for id in event.back}
    tracks = {**state.tracks}
    for table in event.tables:
        track = _reseated(tracks[table.track], table)
        tracks[track.id] = replace(track, due=next_due_at(state.setting, track))
    away = (state.away | set(event.gone)) - set(event.back)
    return replace(state, people=people, away=away, tracks=tracks, changes=(*state.changes, event))


def _reseated(track: TrackState, table: e.Reseated) -> TrackState:
    """A table with other people or other steps; a step that stays remembers who was here in it."""
    kept = (
        step if step.people else step.model_copy(update={"people": track.people}) for step in track.steps[: table.keep]
    )
    steps = with_takes((*kept, *table.steps))
    been = dict.fromkeys(person for step in steps for person in step.people if person not in table.people)
    return replace(track, people=table.people, steps=steps, past=tuple(been))


@_evolve_session.register
def _(event: e.SessionEnded, state: State) -> State:
    return replace(state, ended=event.at)


@singledispatch
def _evolve_track(event: TrackEvent, track: TrackState) -> TrackState:
    return track


@_evolve_track.register
def _(event: HearingEvent, track: TrackState) -> TrackState:
    return hear(event, track)


@_evolve_track.register
def _(event: e.StepStarted, track: TrackState) -> TrackState:
    index = _index(track, event.step)
    return replace(
        track,
        index=index,
        status="running",
        clock=StepClock(event.at, track.steps[index].length, event.added, event.into),
        held=0 < event.into >= track.steps[index].length + event.added,
        runs=(*track.runs, StepRun(event.step, event.at)),
        written=False,
        warned=frozenset(event.warned),
    )


@_evolve_track.register
def _(event: e.StepEnded, track: TrackState) -> TrackState:
    clock = track.clock
    moves = track.moves
    if clock is not None and event.why != "undone":
        moves = (*moves, _move(track, clock, event.step, event.at, left=True))
    return replace(track, clock=None, moves=moves, runs=_close(track.runs, event.at, event.why))


def _move(track: TrackState, clock: StepClock, step: str, at: float, left: bool) -> Move:
    """What it takes to take a move back."""
    return Move(
        step=step,
        elapsed=clock.elapsed(at),
        remaining=clock.remaining(at),
        left=left,
        warned=track.warned,
        written=track.written,
        why=clock.why,
    )


def _close(runs: tuple[StepRun, ...], at: float, why: e.Why) -> tuple[StepRun, ...]:
    if runs and runs[-1].ended is None:
        return (*runs[:-1], replace(runs[-1], ended=at, why=why))
    return runs


@_evolve_track.register
def _(event: e.TakeAdded, track: TrackState) -> TrackState:
    takes = [i for i, s in enumerate(track.steps) if (s.source, s.round) == (event.step.source, event.step.round)]
    last = _index(track, event.after) if event.after else takes[-1] if takes else track.index
    steps = with_takes((*track.steps[: last + 1], event.step, *track.steps[last + 1 :]))
    moves = track.moves
    if moves:
        moves = (*moves[:-1], replace(moves[-1], takes=(*moves[-1].takes, event.step.id)))
    return replace(track, steps=steps, moves=moves)


@_evolve_track.register
def _(event: e.TakeLabelled, track: TrackState) -> TrackState:
    return replace(track, labels={**track.labels, event.step: event.label})


@_evolve_track.register
def _(event: e.StepRestored, track: TrackState) -> TrackState:
    # A table that came later into a step of the class goes back to its old length without a move of its own.
    mine = bool(track.moves) and track.moves[-1].left == event.left
    move, moves = (track.moves[-1], track.moves[:-1]) if mine else (None, track.moves)
    steps = with_takes(step for step in track.steps if move is None or step.id not in move.takes)
    labels = {step: label for step, label in track.labels.items() if move is None or step not in move.takes}
    same = not event.left and track.clock is not None
    elapsed = track.clock.elapsed(event.at) if same and track.clock else (move.elapsed if move else 0.0)
    length = track.planned(event.step).length
    runs = track.runs
    if not same:
        runs = (*_close(runs, event.at, "undone"), StepRun(event.step, event.at))
    track = replace(track, steps=steps, labels=labels)
    # A step that stood when it was left stands again; so does one that is brought back while the clock stands.
    why = (track.clock.why if track.clock else None) or (move.why if move and not same else None)
    warned = (track.warned if same else frozenset()) | (move.warned if move else frozenset())
    return replace(
        track,
        index=_index(track, event.step),
        status="running",
        clock=StepClock(
            started=event.at,
            length=length,
            added=round(elapsed + event.remaining - length, 3),
            before=elapsed,
            since=event.at if why else None,
            why=why,
        ),
        held=event.remaining <= 0,
        runs=runs,
        moves=moves,
        written=track.written if same else move is not None and move.written,
        warned=_still_warned(warned, event.remaining),
    )


@_evolve_track.register
def _(event: e.TrackWaited, track: TrackState) -> TrackState:
    return replace(track, index=_index(track, event.step), status="waiting", clock=None, written=False)


@_evolve_track.register
def _(event: e.TrackFinished, track: TrackState) -> TrackState:
    return replace(track, index=len(track.steps), status="finished", clock=None, written=False)


@_evolve_track.register
def _(event: e.TrackPaused, track: TrackState) -> TrackState:
    if track.clock is None:
        return track
    since = event.at if track.clock.since is None else track.clock.since
    return replace(track, clock=replace(track.clock, since=since, why=event.why))


@_evolve_track.register
def _(event: e.TrackResumed, track: TrackState) -> TrackState:
    clock = track.clock
    if clock is None or clock.since is None:
        return track
    paused = round(clock.paused + event.at - clock.since, 3)
    return replace(track, clock=replace(clock, paused=paused, since=None, why=None))


@_evolve_track.register
def _(event: e.LengthChanged, track: TrackState) -> TrackState:
    clock = track.clock
    if clock is None or track.step is None:
        return track
    longer = replace(clock, added=round(clock.added + event.by, 3))
    move = _move(track, clock, track.step.id, event.at, left=False)
    remaining = longer.remaining(event.at)
    return replace(
        track,
        clock=longer,
        held=track.held and remaining <= 0,
        moves=(*track.moves, move),
        warned=_still_warned(track.warned, remaining),
    )


def _still_warned(warned: frozenset[int], remaining: float) -> frozenset[int]:
    """A warning whose moment lies ahead again will be given again."""
    return frozenset(left for left in warned if remaining <= left)


@_evolve_track.register
def _(event: e.WarningGiven, track: TrackState) -> TrackState:
    return replace(track, warned=track.warned | {event.left})


@_evolve_track.register
def _(event: e.InjectGiven, track: TrackState) -> TrackState:
    if track.step is None:
        return track
    into = track.clock.elapsed(event.at) if track.clock else 0.0
    given = {**track.injects.get(track.step.id, {}), event.inject: Given(event.at, into)}
    return replace(track, injects={**track.injects, track.step.id: given})


@_evolve_track.register
def _(event: e.InjectHeld, track: TrackState) -> TrackState:
    step = track.step.id if track.step else ""
    return replace(track, held_back=track.held_back | {(step, event.inject)})


@_evolve_track.register
def _(event: e.MarkerTapped, track: TrackState) -> TrackState:
    step = track.step.id if track.step else ""
    into = track.clock.elapsed(event.at) if track.clock else 0.0
    mark = Mark(event.tap, event.rubric, event.marker, event.by, event.about, step, event.at, into)
    return replace(track, marks=(*track.marks, mark), written=True)


@_evolve_track.register
def _(event: e.MarkerTakenBack, track: TrackState) -> TrackState:
    marks = tuple(replace(m, taken_back=True) if m.tap == event.tap else m for m in track.marks)
    return replace(track, marks=marks)


@_evolve_track.register
def _(event: e.MarkersTyped, track: TrackState) -> TrackState:
    sheet = (event.step, event.rubric, event.by, event.about)
    before = tuple(
        replace(m, taken_back=True) if m.on_paper and (m.step, m.rubric, m.by, m.about) == sheet else m
        for m in track.marks
    )
    typed = tuple(
        Mark(
            tap.tap, event.rubric, tap.marker, event.by, event.about, event.step, event.at, tap.into, on_paper=True,
        )
        for tap in event.taps
    )  # fmt: skip
    return replace(track, marks=(*before, *typed), written=_wrote(track, event.step))


@_evolve_track.register
def _(event: e.HelpAsked, track: TrackState) -> TrackState:
    return replace(track, help=event.at)


@_evolve_track.register
def _(event: e.HelpGiven, track: TrackState) -> TrackState:
    return replace(track, help=None)


@_evolve_track.register
def _(event: e.FormSent, track: TrackState) -> TrackState:
    before = track.forms.get(event.form, ())
    sent = SentForm(event.form, len(before) + 1, event.at, event.answers, event.prompts, event.share)
    forms = {**track.forms, event.form: (*before, sent)}
    return replace(track, forms=forms, written=_wrote(track, step_of_form(event.form)))


@_evolve_track.register
def _(event: e.LearnedWritten, track: TrackState) -> TrackState:
    learned = {**track.learned, (event.step, event.by): event.text}
    return replace(track, learned=learned, written=_wrote(track, event.step))


@_evolve_track.register
def _(event: e.FactsTicked, track: TrackState) -> TrackState:
    return replace(track, facts={**track.facts, (event.step, event.by): event.facts}, written=_wrote(track, event.step))


@_evolve_track.register
def _(event: e.JournalWritten, track: TrackState) -> TrackState:
    key = (event.step, event.by)
    journal = Journal(event.step, event.by, event.at, event.answers, event.on_paper, event.share)
    journals = {**track.journals, key: (*track.journals.get(key, ()), journal)}
    return replace(track, journals=journals, written=_wrote(track, event.step))


def _wrote(track: TrackState, step: str) -> bool:
    """Whether the running step has been written in, now that somebody wrote for this one."""
    return track.written or (track.step is not None and track.step.id == step)


def _index(track: TrackState, step: str) -> int:
    return next((i for i, planned in enumerate(track.steps) if planned.id == step), track.index)
