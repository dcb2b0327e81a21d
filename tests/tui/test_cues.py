"""What a session tells people by itself: words, and whether a bell rings with them."""

from __future__ import annotations

import pytest
from samples import FISHBOWL, TRIAD, TRIO, Play

from roleplay.session import commands as c
from roleplay.tui.cues import Cue, cues, next_overtime, overtime_cues, say_nearly, together


def told(play: Play, command: c.Command, after: float = 0.0) -> list[Cue]:
    """What follows from a command."""
    before = play.state
    events = play.do(command, after)
    return cues(before, play.state, events)


def test_a_start_rings_and_names_the_step() -> None:
    """The first step has no round."""
    assert told(Play.opened(), c.Start()) == [Cue("t1", "Now: Welcome.", True)]


def test_a_round_is_named_when_it_begins_and_seats_change_after_the_first() -> None:
    """Nobody changes seats before the first round."""
    play = Play.started()
    assert told(play, c.Next(), 5)[0].words == "Round 1. Now: Read your card."
    play.go_to("1.2r1")
    assert told(play, c.Next(), 5)[0].words == "Round 2: change seats. Now: Read your card."


def test_a_step_that_ran_out_says_so_and_one_that_was_ended_does_not() -> None:
    """Either way one bell rings for the end and the start together."""
    play = Play.started()
    play.go_to("1.0r1")
    assert told(play, c.Tick(), 60) == [Cue("t1", "Time is up. Now: Conversation.", True)]
    assert told(play, c.Next(), 3) == [Cue("t1", "Now: Feedback.", True)]


def test_a_warning_says_in_words_how_much_is_left() -> None:
    """The file says `1m`."""
    play = Play.started()
    play.go_to("1.1r1")
    play.tick(239)
    assert told(play, c.Tick(), 1) == [Cue("t1", "1 minute left.", True)]


def test_an_inject_rings_without_a_word() -> None:
    """Its words are not for everybody."""
    play = Play.started()
    play.go_to("1.1r1")
    assert told(play, c.Tick(), 120) == [Cue("t1", "", True)]


@pytest.mark.parametrize(("by", "words"), [(60.0, "1 minute more."), (-60.0, "1 minute less.")])
def test_a_changed_length_is_said_without_a_bell(by: float, words: str) -> None:
    """The facilitator knows what was pressed; the room need not look up."""
    assert told(Play.started(), c.ChangeLength(by=by)) == [Cue("t1", words, False)]


def test_a_move_that_is_taken_back_does_not_ring() -> None:
    """It says where the table is again, and how much time is left, in the second that the clock shows."""
    play = Play.started()
    play.go_to("1.1r1")
    play.tick(29.7)
    play.do(c.Next())
    assert told(play, c.Undo(), 2) == [Cue("t1", "Back to: Conversation. 4 minutes 31 seconds left.", False)]
    play.do(c.ChangeLength())
    assert told(play, c.Undo(), 1) == [Cue("t1", "Taken back: 1 minute more. 4 minutes 30 seconds left.", False)]


def test_a_retake_says_which_take_it_is() -> None:
    """The second time is take 2."""
    play = Play.started()
    play.go_to("1.1r1")
    assert told(play, c.Retake(), 5) == [Cue("t1", "Once more: Conversation, take 2.", True)]


def test_a_sleep_says_how_long() -> None:
    """Longer times in whole minutes."""
    assert told(Play.started(), c.Pause(why="asleep", away=742.0))[0].words == "The laptop slept for 12 minutes."
    assert [say_nearly(s) for s in (7.2, 61, 121)] == ["7 seconds", "1 minute 1 second", "2 minutes"]


def test_pauses_and_marks_are_silent() -> None:
    """A safety pause draws no look to anybody."""
    play = Play.started()
    play.go_to("1.1r1")
    for command in (c.Pause(why="safety"), c.Resume(), c.TapMarker("t1", "x", "solves", "chen", "ana")):
        assert not any(cue.words or cue.rings for cue in told(play, command))


def test_the_end_is_said() -> None:
    """After the last step nothing is now."""
    play = Play.started()
    play.go_to("3")
    assert told(play, c.Next()) == [Cue("t1", "That was the last step.", True)]


def test_time_is_up_once_in_a_step_that_waits() -> None:
    """At the moment itself, not before, not again, and never in a step that ends on time or is paused."""
    play = Play.started()
    assert overtime_cues(play.state, 100, 119.9) == []
    assert overtime_cues(play.state, 119.9, 120) == [Cue("t1", "Time is up.", True)]
    assert overtime_cues(play.state, 120, 121) == []
    assert next_overtime(play.state, 100) == 120
    assert next_overtime(play.state, 120) is None
    play.do(c.Pause())
    assert overtime_cues(play.state, 119, 121) == []
    play.do(c.Resume())
    play.do(c.Next())
    assert next_overtime(play.state, play.now) is None


def test_time_is_up_again_after_more_time_was_given() -> None:
    """The new end counts."""
    play = Play.started()
    play.tick(130)
    play.do(c.ChangeLength())
    assert next_overtime(play.state, play.now) == 190
    assert overtime_cues(play.state, 189, 190)


def test_what_all_tables_hear_is_said_once() -> None:
    """Where only some are meant, their titles are said."""
    play = Play.opened(FISHBOWL, 4)
    titles = {track.id: track.title for track in play.state.tracks.values()}
    assert together(told(play, c.Start()), titles) == Cue("t1", "Now: Plan.", True)
    assert together(told(play, c.ChangeLength("t2")), titles) == Cue("t2", "Table 2: 1 minute more.", False)
    play.do(c.Next("t1"))
    play.tick(30)
    assert together(told(play, c.Next("t2")), titles) == Cue("t1", "Now: Say hello.", True)
    assert together([], titles) is None


def test_a_table_that_waits_is_told_so() -> None:
    """A step of the class begins when all have come."""
    play = Play.opened(FISHBOWL, 4)
    play.do(c.Start())
    assert told(play, c.Next("t1")) == [Cue("t1", "Waiting for the other tables.", True)]


def test_every_cue_of_a_session_has_words_or_rings_for_a_reason() -> None:
    """Played from start to end, each step change is said."""
    play = Play.opened(TRIAD)
    said = [cue.words for cue in told(play, c.Start())]
    while play.track().status == "running":
        said += [cue.words for cue in told(play, c.Next(), 1)]
    assert len(said) == len(play.track().steps) + 1
    assert all(said)


def test_a_warning_says_what_is_really_left() -> None:
    """When a step was made shorter than its warning, the words name the time that is left."""
    play = Play.started()
    play.go_to("1.1r1")
    play.tick(100)
    play.do(c.ChangeLength(by=-180))
    assert told(play, c.Tick(), 0) == [Cue("t1", "20 seconds left.", True)]


def test_where_people_have_turns_nobody_is_told_to_change_seats() -> None:
    """The first turn is not the next one."""
    play = Play.opened(TRIO, 3)
    assert told(play, c.Start())[0].words == "Now: Questions."
    play.go_to("0.1r1")
    assert told(play, c.Next(), 5)[0].words == "The next one’s turn. Now: Questions."
    assert told(play, c.Next(), 5)[0].words == "Now: Say it back."
