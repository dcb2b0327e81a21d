"""What holds in every session, whatever people do in it: sessions are played by chance, and looked at all the time."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from chance import LATER, begin, sessions, turns
from chance import Turn as ChanceTurn
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import Play

from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.decide import NotAllowed, decide
from roleplay.session.event_base import TrackEvent
from roleplay.session.evolve import evolve, fold
from roleplay.session.state import State
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, viewer_of, visible

Session = tuple[dict[str, Any], int]


@given(sessions, turns)
@settings(max_examples=50)
def test_the_journal_is_the_only_truth(session: Session, turns: list[ChanceTurn]) -> None:
    """After every command, what was written down folds to the state that the screens show."""
    chance = begin(session)
    play = chance.play
    read = fold(play.state.setting, play.events)
    for turn in turns:
        for event in chance.turn(turn):
            read = evolve(read, e.load_event(e.dump_event(event)))
        assert read == play.state
    assert fold(play.state.setting, play.events) == play.state


@given(sessions, turns)
@settings(max_examples=30)
def test_any_beginning_of_a_journal_can_be_read(session: Session, turns: list[ChanceTurn]) -> None:
    """A journal cut off anywhere folds, and everybody's view of it can be shown."""
    chance = begin(session)
    for turn in turns:
        chance.turn(turn)
    state = State(chance.play.state.setting)
    viewers = (FACILITATOR_VIEWER, ROOM, *map(viewer_of, state.setting.plan.people))
    for event in chance.play.events:
        state = evolve(state, event)
        for viewer in viewers:
            assert visible(state, viewer).texts() <= set(chance.play.words)
    assert state == chance.play.state


@given(sessions, turns)
@settings(max_examples=40)
def test_deciding_changes_nothing(session: Session, turns: list[ChanceTurn]) -> None:
    """`decide` leaves the state as it was, whether it answers with events or refuses."""
    chance = begin(session)
    for what, number, later in turns:
        state, before = chance.play.state, repr(chance.play.state.tracks)
        command, _ = chance.command(what, number)
        with suppress(NotAllowed):
            decide(state, command, chance.play.now + later)
        assert repr(state.tracks) == before
        chance.turn((what, number, later))


@given(sessions, turns, st.sampled_from(LATER), st.sampled_from(LATER))
@settings(max_examples=50)
def test_looking_more_often_changes_nothing(
    session: Session, turns: list[ChanceTurn], first: float, second: float
) -> None:
    """What runs out happens at its own moment: ticking now and later gives the same events as ticking later."""
    chance = begin(session)
    for turn in turns:
        chance.turn(turn)
    state, now = chance.play.state, chance.play.now
    at_once = decide(state, c.Tick(), now + first + second)
    early = decide(state, c.Tick(), now + first)
    for event in early:
        state = evolve(state, event)
    assert (*early, *decide(state, c.Tick(), now + first + second)) == at_once


@given(sessions, turns)
@settings(max_examples=50)
def test_time_never_runs_backwards(session: Session, turns: list[ChanceTurn]) -> None:
    """No event is dated before the one that was written before it."""
    chance = begin(session)
    for turn in turns:
        chance.turn(turn)
    dates = [event.at for event in chance.play.events]
    assert dates == sorted(dates)


class Ledger:
    """Adds up the time of one table from its events alone, to check the engine's clock against."""

    def __init__(self, lengths: dict[str, int]) -> None:
        self._lengths = lengths
        self.start = self.total = self.paused = 0.0
        self.since: float | None = None
        self.runs = False

    def note(self, event: TrackEvent, since: float | None) -> None:
        """Take down what happened; `since` is when the clock came to stand in a step that is brought back."""
        match event:
            case e.TakeAdded():
                self._lengths[event.step.id] = event.step.length
            case e.StepStarted():
                self.__init__(self._lengths)  # type: ignore[misc]
                self.start, self.runs = event.at, True
                self.total = self._lengths[event.step] + event.added - event.into
            case e.StepRestored():
                self.__init__(self._lengths)  # type: ignore[misc]
                self.start, self.total, self.runs, self.since = event.at, event.remaining, True, since
            case e.LengthChanged():
                self.total += event.by
            case e.TrackPaused():
                self.since = event.at if self.since is None else self.since
            case e.TrackResumed() if self.since is not None:
                self.paused += event.at - self.since
                self.since = None
            case e.StepEnded():
                if event.why == "on-time":
                    assert event.at == pytest.approx(self.start + self.total + self.paused)
                self.runs = False

    def remaining(self, now: float) -> float:
        """Seconds left."""
        standing = 0.0 if self.since is None else now - self.since
        return self.total - (now - self.start - self.paused - standing)


@given(sessions, turns)
@settings(max_examples=60)
def test_pauses_and_extensions_add_up(session: Session, turns: list[ChanceTurn]) -> None:
    """A step that ends by itself ends at its start plus its length, what was added, and its pauses; and at every
    moment before that, what was spent and what remains are together what it takes.
    """
    chance = begin(session)
    play = chance.play
    state = State(play.state.setting)
    ledgers = {t.id: Ledger({s.id: s.length for s in t.steps}) for t in play.state.setting.plan.tracks}
    read = 0
    for turn in [("tick", 0, 0.0), *turns]:
        chance.turn(turn)
        for event in play.events[read:]:
            state = evolve(state, event)
            if isinstance(event, TrackEvent):
                clock = state.tracks[event.track].clock
                ledgers[event.track].note(event, clock.since if clock else None)
        read = len(play.events)
        for id, track in state.tracks.items():
            assert ledgers[id].runs == (track.clock is not None)
            if track.clock is not None:
                assert track.clock.remaining(play.now) == pytest.approx(ledgers[id].remaining(play.now))
                spent = track.clock.elapsed(play.now) + track.clock.remaining(play.now)
                assert spent == pytest.approx(track.clock.total)


@given(sessions, turns)
@settings(max_examples=60)
def test_the_class_does_its_steps_together(session: Session, turns: list[ChanceTurn]) -> None:
    """Whoever is in a step of the whole class has the same time left as all who are, and nobody waits for it."""
    chance = begin(session)
    play = chance.play
    for turn in turns:
        chance.turn(turn)
        together: dict[str, set[tuple[float, float, str | None]]] = {}
        waited = {t.step.id for t in play.state.open_tracks if t.status == "waiting" and t.step}
        for track in play.state.open_tracks:
            if track.step is not None and track.step.scope == "class" and track.clock is not None:
                clock = track.clock
                times = round(clock.remaining(play.now), 2), round(clock.total, 2), clock.why
                together.setdefault(track.step.id, set()).add(times)
        assert all(len(times) == 1 for times in together.values()), together
        assert not waited & set(together)


@given(sessions, turns)
@settings(max_examples=40)
def test_nobody_is_stuck(session: Session, turns: list[ChanceTurn]) -> None:
    """From wherever people got to, resuming and going on ends the session at every table."""
    chance = begin(session)
    play = chance.play
    for turn in turns:
        chance.turn(turn)
    if play.state.ended is None:
        for _ in range(200):
            if {t.status for t in play.state.tracks.values()} == {"finished"}:
                break
            play.do(c.Next(), after=1.0)
        assert {t.status for t in play.state.tracks.values()} == {"finished"}


def test_an_event_of_a_table_that_is_not_there_changes_no_table() -> None:
    """An event has happened, so folding it never refuses; it finds nothing to change."""
    play = Play.started()
    after = evolve(play.state, e.TrackPaused(at=1.0, track="t9", why="facilitator"))
    assert after.tracks == play.state.tracks
    assert after.seq == play.state.seq + 1
