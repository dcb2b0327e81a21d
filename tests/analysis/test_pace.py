from __future__ import annotations

from roleplay.analysis.pace import Turn, turn_at


def test_what_is_left_is_shared_by_the_questions_that_are_left() -> None:
    """By hand, in five minutes: seven questions have 43 seconds each; whoever passes over two at once gives the other
    five a minute; and a minute more makes each of five longer by twelve seconds."""
    assert round(Turn().share(7, 300)) == 43
    assert Turn(2, 0.0).share(7, 300) == 60
    assert Turn(2, 0.0).share(7, 360) == 72
    assert Turn(6, 250).share(7, 300) == 50
    assert Turn(3, 100).ends(7, 300) == 150


def test_past_the_end_nothing_is_left_to_share() -> None:
    """A question that comes up in overtime is over at once."""
    assert Turn(5, 320).share(7, 300) == 0
    assert Turn(5, 320).ends(7, 300) == 320


def test_where_nobody_moved_on_each_has_its_even_share() -> None:
    """So an interrupted debrief finds its question by the time."""
    assert turn_at(5, 300, 0) == Turn(0, 0)
    assert turn_at(5, 300, 59.9) == Turn(0, 0)
    assert turn_at(5, 300, 60) == Turn(1, 60)
    assert turn_at(5, 300, 900) == Turn(4, 240)
    assert turn_at(0, 300, 20) == Turn(0, 0)
