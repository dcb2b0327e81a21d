"""What happens by itself while a step runs: warnings and injects, each at its moment and only once."""

from __future__ import annotations

import pytest
from samples import SELECTION, TRIAD, Play

from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.commands import NotAllowed
from roleplay.session.dues import next_due


def happened(play: Play) -> list[tuple[float, int | str]]:
    """When which warning or inject was given."""
    given: list[tuple[float, int | str]] = []
    for event in play.events:
        if isinstance(event, e.WarningGiven):
            given.append((event.at, event.left))
        elif isinstance(event, e.InjectGiven):
            given.append((event.at, event.inject))
    return given


def test_warnings_and_injects_come_at_their_moments() -> None:
    """In order of their moments, dated by them, however late somebody looks; the session knows what comes next."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    first = next_due(play.state)
    assert first is not None
    assert (first.at, first.what, first.inject) == (120, "inject", "case-1")
    play.tick(1000)
    assert happened(play) == [(120, "case-1"), (180, "step-1"), (240, 60)]
    assert next_due(play.state) is None


def test_a_pause_moves_what_is_due() -> None:
    """A pause of ten seconds makes everything after it ten seconds later."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.Pause(), after=150)
    assert next_due(play.state) is None
    play.do(c.Resume(), after=10)
    play.tick(1000)
    assert happened(play) == [(120, "case-1"), (190, "step-1"), (250, 60)]


def test_a_warning_is_given_again_when_its_moment_lies_ahead_again() -> None:
    """With time added after the warning it comes once more, a minute before the new end."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.ChangeLength(by=60), after=250)
    play.tick(1000)
    assert [left for left in happened(play) if left[1] == 60] == [(240, 60), (300, 60)]


def test_a_warning_is_not_repeated_when_a_step_is_brought_back_after_it() -> None:
    """Half a minute before the end, brought back, a step does not say that a minute is left."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.Next(), after=270)
    play.do(c.Undo(), after=10)
    play.tick(1000)
    assert [left for left in happened(play) if left[1] == 60] == [(240, 60)]


def test_a_warning_is_not_repeated_when_added_time_is_taken_back() -> None:
    """The minute that was added by mistake made the warning due again; taken back, it has been given."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.ChangeLength(by=60), after=250)
    play.do(c.Undo(), after=5)
    play.tick(1000)
    assert [left for left in happened(play) if left[1] == 60] == [(240, 60)]


def test_an_inject_is_given_once_in_a_take() -> None:
    """Not again when its step is brought back, nor when it was given by hand before; in a new take it is."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.FireInject(inject="step-1"), after=30)
    play.do(c.Next(), after=100)
    play.do(c.Undo(), after=20)
    play.do(c.Retake(), after=100)
    play.tick(150)
    assert [given for given in happened(play) if isinstance(given[1], str)] == [
        (30, "step-1"),
        (120, "case-1"),
        (250 + 120, "case-1"),
    ]
    assert play.step == "1.1r1t2"


def test_a_warning_longer_than_the_step_is_not_given() -> None:
    """A step made so short that a warning would come before its beginning goes without that warning."""
    play = Play.started(SELECTION, 4)
    play.go_to("1")
    play.do(c.ChangeLength(by=-270))
    play.tick(1000)
    assert happened(play) == [(60, 30)]


def test_what_comes_first_at_any_table_comes_first() -> None:
    """Two tables that began at different times have their warnings in order of time."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.1r1", "t2")
    play.tick(10)
    play.go_to("1.1r1", "t1")
    play.tick(1000)
    warned = [(event.at, event.track) for event in play.events if isinstance(event, e.WarningGiven)]
    assert warned[:2] == [(240, "t2"), (250, "t1")]


def test_an_inject_that_is_held_back_comes_only_by_hand() -> None:
    """Its moment passes without it; given later it is stamped with that moment; the other injects come as ever."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.HoldInject(inject="case-1"), after=60)
    play.tick(150)
    assert [given for given in happened(play) if isinstance(given[1], str)] == [(180, "step-1")]
    play.do(c.FireInject(inject="case-1"), after=10)
    assert play.track().injects["1.1r1"]["case-1"].into == 220


def test_what_is_held_back_in_one_take_comes_in_the_next() -> None:
    """Holding back holds for the running step alone; a second hold of the same says that it is held already."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.HoldInject("t1", "case-1"))
    with pytest.raises(NotAllowed, match="held back already"):
        play.do(c.HoldInject("t1", "case-1"))
    play.do(c.Retake(), after=10)
    play.do(c.HoldInject("t1", "step-1"), after=10)
    play.tick(180)
    assert set(play.track().injects["1.1r1t2"]) == {"case-1"}
    with pytest.raises(NotAllowed, match="already happened"):
        play.do(c.HoldInject("t1", "case-1"))


def test_the_moment_of_an_inject_leaves_pauses_out() -> None:
    """What is kept beside the time of the session is the time of the step."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.Pause(), after=60)
    play.do(c.Resume(), after=100)
    play.do(c.FireInject(inject="step-2"), after=10)
    given = play.track().injects["1.1r1"]["step-2"]
    assert (given.at, given.into) == (170, 70)
