"""A step of the whole class that begins without those who are missing, who come later or find it over."""

from __future__ import annotations

import pytest
from samples import FISHBOWL, Play

from roleplay.session import commands as c
from roleplay.session.decide import NotAllowed


def two_of_three() -> Play:
    """Two tables wait, and the class has begun without the third, forty seconds after the first came."""
    play = Play.started(FISHBOWL, 6)
    play.do(c.Next("t1"), after=10)
    play.do(c.Next("t2"), after=10)
    play.do(c.Start(), after=20)
    return play


def phases(play: Play) -> list[str]:
    """Where each table stands: its phase and its step."""
    return [f"{play.state.phase(t.id)} {t.step.id if t.step else ''}".strip() for t in play.state.open_tracks]


def test_a_step_of_the_class_can_begin_without_those_who_are_missing() -> None:
    """All tables that wait begin; the one that is missing goes on with what it does."""
    assert phases(two_of_three()) == ["running 1", "running 1", "running 0"]


def test_whoever_comes_later_has_the_same_time_left() -> None:
    """A table that joins shares the clock, what was added to it, and its pauses, from then on."""
    play = two_of_three()
    play.do(c.ChangeLength("t1", 30), after=5)
    play.do(c.Next("t3"), after=10)
    assert phases(play) == ["running 1"] * 3
    assert {play.remaining(t) for t in play.state.tracks} == {75}
    play.do(c.Pause("t3"))
    assert phases(play) == ["paused 1"] * 3
    play.do(c.Resume(), after=100)
    play.tick(75)
    assert phases(play) == ["running 2"] * 3


def test_whoever_joins_a_pause_stands_as_well() -> None:
    """While the class stands, the table that comes stands with it."""
    play = two_of_three()
    play.do(c.Pause("t1"))
    play.do(c.Next("t3"), after=10)
    assert phases(play) == ["paused 1"] * 3


def test_whoever_comes_too_late_goes_on_with_what_follows() -> None:
    """A step that the others have done is left out, and nobody waits for it again."""
    play = two_of_three()
    play.tick(60)
    assert phases(play) == ["waiting 2", "waiting 2", "running 0"]
    play.do(c.Next("t3"))
    assert phases(play) == ["running 2"] * 3
    assert not play.track("t3").has_begun("1")


def test_beginning_without_somebody_can_be_taken_back() -> None:
    """Those that waited wait again, and begin when the last table has come."""
    play = two_of_three()
    play.do(c.Undo("t1"), after=5)
    assert phases(play) == ["waiting 1", "waiting 1", "running 0"]
    play.do(c.Next("t3"))
    assert phases(play) == ["running 1"] * 3


def test_a_table_that_came_too_early_goes_back_alone() -> None:
    """The class goes on in its step; the table that joined it takes up what it had left."""
    play = two_of_three()
    play.do(c.Next("t3"), after=10)
    play.do(c.Undo("t3"), after=5)
    assert phases(play) == ["running 1", "running 1", "running 0"]


def test_more_time_is_taken_back_for_those_who_came_later_too() -> None:
    """Time that was added before a table came is taken away for it as for all, and it keeps its own way back."""
    play = two_of_three()
    play.do(c.ChangeLength("t1", 30), after=5)
    play.do(c.Next("t3"), after=5)
    play.do(c.Undo(), after=5)
    assert phases(play) == ["running 1"] * 3
    assert {play.remaining(t) for t in play.state.tracks} == {45}
    play.do(c.Undo("t3"))
    assert phases(play) == ["running 1", "running 1", "running 0"]


def test_starting_all_tables_does_not_mean_those_that_wait() -> None:
    """While one table has not begun at all, one key for all starts it and nothing else."""
    play = Play.opened(FISHBOWL, 6)
    play.do(c.Start("t1"))
    play.do(c.Start("t2"))
    play.do(c.Next("t1"))
    play.do(c.Start())
    assert phases(play) == ["waiting 1", "running 0", "running 0"]


def test_a_table_asks_for_help_until_somebody_came() -> None:
    """The hand of a table is up from asking to coming, whatever its clock does, and is put up once."""
    play = Play.started(FISHBOWL, 4)
    play.do(c.AskHelp("t2"), after=7)
    assert (play.track("t1").help, play.track("t2").help) == (None, 7)
    with pytest.raises(NotAllowed, match="Table 2 has asked"):
        play.do(c.AskHelp("t2"))
    play.do(c.Next("t2"))
    assert play.track("t2").help == 7
    play.do(c.GiveHelp("t2"))
    assert play.track("t2").help is None
    with pytest.raises(NotAllowed, match="has not asked"):
        play.do(c.GiveHelp("t2"))


def test_a_step_of_the_class_is_left_backwards_by_all_who_are_in_it() -> None:
    """A table that had already waited for it waits again, though it alone did the step of the class before."""
    play = Play.started(FISHBOWL, 6)
    play.do(c.Next("t2"))
    play.do(c.Start("t2"))
    play.do(c.Next("t2"))
    play.do(c.Next(), after=5)
    assert phases(play) == ["running 2"] * 3
    play.do(c.Undo("t2"))
    assert phases(play) == ["running 0", "waiting 2", "running 0"]


def test_marks_made_meanwhile_do_not_keep_more_time_from_being_taken_back() -> None:
    """Where somebody marked at a table that came later, the added time is taken back, and the mark stays."""
    play = two_of_three()
    play.tick(60)
    play.do(c.Start("t1"))
    play.do(c.ChangeLength("t1", 30))
    play.do(c.Next("t3"))
    play.do(c.TapMarker("t3", "tap", "solves", "facilitator", "eva"))
    play.do(c.Undo())
    assert phases(play) == ["running 2"] * 3
    assert {play.remaining(t) for t in play.state.tracks} == {180}
    assert play.track("t3").standing_marks()


def test_going_on_at_all_tables_brings_the_missing_first() -> None:
    """While some are in a step of the class that others have ahead, one key for all brings those, and ends it for
    nobody; pressed again, all go on."""
    play = two_of_three()
    play.do(c.Next(), after=5)
    assert phases(play) == ["running 1"] * 3
    play.do(c.Next(), after=5)
    assert phases(play) == ["running 2"] * 3


@pytest.mark.parametrize("ahead", ["t1", "t3"])
def test_taking_back_for_all_moves_each_table_once(ahead: str) -> None:
    """In whatever order the tables stand: the one that went on goes back a step; the others, who did the step of the
    class with it before, stay."""
    play = Play.started(FISHBOWL, 6)
    play.go_to("3")
    play.do(c.Next(ahead))
    play.do(c.Undo())
    assert phases(play) == ["running 3"] * 3
