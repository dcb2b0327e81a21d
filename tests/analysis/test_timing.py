from __future__ import annotations

from samples import Play

from roleplay.analysis.timing import play_seconds, step_times
from roleplay.session import commands as c


def times(play: Play) -> list[tuple[str, float | None, float, float]]:
    found = step_times(play.track(), play.now)
    return [(time.run.step, time.spent, time.added, time.paused) for time in found]


def test_time_spent_leaves_pauses_out_and_tells_them() -> None:
    """Ten seconds, a pause of twenty, ten more, and a minute added."""
    play = Play.started()
    play.do(c.Pause(), 10)
    play.do(c.Resume(), 20)
    play.do(c.ChangeLength(by=60))
    play.do(c.Next(), 10)
    assert times(play)[0] == ("0", 20.0, 60.0, 20.0)


def test_a_step_that_runs_is_measured_until_now() -> None:
    """So is the pause in which it stands."""
    play = Play.started()
    play.do(c.Pause(), 10)
    play.do(c.Tick(), 5)
    assert times(play) == [("0", 10.0, 0.0, 5.0)]


def test_a_step_that_was_brought_back_has_two_stretches_and_one_sum() -> None:
    """Ten seconds and a pause of five, gone on by mistake for three, brought back for ten: twenty in all."""
    play = Play.started()
    play.do(c.Pause(), 4)
    play.do(c.Resume(), 5)
    play.do(c.Next(), 6)
    play.do(c.Undo("t1"), 3)
    play.do(c.Next(), 10)
    assert times(play)[:3] == [("0", None, 0.0, 0.0), ("1.0r1", None, 0.0, 0.0), ("0", 20.0, 0.0, 5.0)]


def test_a_conversation_is_as_long_as_it_was_played_or_planned() -> None:
    """Its planned length stands in only while nobody knows."""
    play = Play.started()
    play.go_to("1.1r1")
    assert play_seconds(play.track(), "1.1r2", play.now) == 300
    play.do(c.Next(), 42)
    assert play_seconds(play.track(), "1.1r1", play.now) == 42
