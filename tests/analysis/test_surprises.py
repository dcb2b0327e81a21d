from __future__ import annotations

from statistics import mean

from played import play_on
from samples import TRIAD, Play, bundle_of

from roleplay.analysis.surprises import MOST_SURPRISES, Foreseen, foreseen, surprises
from roleplay.session import commands as c
from roleplay.session.visible import FACILITATOR_VIEWER, seen_forms


def pairs(*levels: tuple[int, int | tuple[int, ...]], criterion: str = "reflecting") -> list[Foreseen]:
    """Forecast and what others saw, one person after the other."""
    return [
        Foreseen(f"p{n}", "listening", criterion, forecast, seen if isinstance(seen, tuple) else (seen,))
        for n, (forecast, seen) in enumerate(levels)
    ]


def test_people_are_counted_by_direction_and_middle_levels_are_compared() -> None:
    """By hand: of six, four were seen higher by 1, 1, 2 and 3 levels, one lower, one alike."""
    (found,) = surprises(pairs((2, 3), (2, 3), (2, 4), (1, 4), (3, 2), (3, 3)))
    assert (found.direction, found.surprised, found.people, found.net) == ("higher", 4, 6, 3)
    assert found.by == 1
    assert (found.forecast, found.seen) == (2, 4)
    (found,) = surprises(pairs((4, 1), (4, 2), (3, 2), (3, 3)))
    assert (found.direction, found.surprised, found.people) == ("lower", 3, 4)
    assert (found.forecast, found.seen, found.by) == (4, 2, 2)


def test_one_person_far_off_does_not_move_the_middle() -> None:
    """Nine who were seen one level higher stay at one level, though one more was seen three levels higher; a mean
    would have said more."""
    found = pairs(*[(2, 3)] * 9, (1, 4))
    (surprise,) = surprises(found)
    assert surprise.by == 1 < mean(pair.off for pair in found)


def test_several_raters_are_read_in_their_middle() -> None:
    """Two raters half a level above count as higher; and whoever was seen higher is shown so."""
    (found,) = surprises(pairs((2, (2, 3)), (2, (2, 3)), (2, (3, 2))))
    assert (found.direction, found.surprised, found.by, found.forecast, found.seen) == ("higher", 3, 0.5, 2, 3)


def test_nothing_is_said_behind_which_fewer_than_three_people_stand() -> None:
    """Two of twenty who were surprised are nobody's business; nor is a draw a surprise."""
    assert surprises(pairs((1, 4), (1, 4), *[(2, 2)] * 18)) == ()
    assert surprises(pairs((1, 4), (1, 4), (1, 4), (4, 1), (4, 1), (4, 1))) == ()
    assert surprises(pairs((1, 2), (1, 2))) == ()
    assert len(surprises(pairs((1, 2), (1, 2), (1, 2)))) == 1


def test_somebody_who_forecast_in_two_rounds_counts_once() -> None:
    """With what was seen in the last of them."""
    assert surprises([*pairs((1, 2), (1, 2)), *pairs((1, 2), (1, 2))]) == ()
    (found,) = surprises([*pairs((1, 2), (1, 2), (1, 2), (1, 2)), *pairs((2, 2))])
    assert (found.surprised, found.people) == (3, 4)


def test_the_largest_come_first_and_three_at_most() -> None:
    """Ordered by the part of the people by which one direction outweighs the other."""
    three, four = [(1, 2)] * 3, [(1, 2)] * 4
    found = surprises(
        [
            *pairs(*three, (1, 1), criterion="a"),
            *pairs(*four, criterion="b"),
            *pairs(*three, (2, 1), criterion="c"),
            *pairs(*three, (1, 1), (1, 1), criterion="d"),
        ]
    )
    assert [one.criterion for one in found] == ["b", "a", "d"]
    assert len(found) == MOST_SURPRISES


def test_a_forecast_is_laid_beside_what_others_saw_in_its_round() -> None:
    """Of several takes the last one that somebody wrote about; not observed is nothing to lay beside it."""
    play = Play.started()
    play.go_to("1.0r1")
    play.send("1.0r1/forecast/listening/ana/ana", 3)
    play.go_to("1.2r1")
    play.send("1.2r1/form/listening/chen/ana", 2)
    play.send("1.2r1/form/felt-heard/ben/ana", 1)
    assert [(f.person, f.criterion, f.forecast, f.seen) for f in at_table(play)] == [("ana", "reflecting", 3, (2,))]
    play.do(c.Retake("t1"))
    play.go_to("1.2r1t2")
    play.send("1.2r1t2/form/listening/chen/ana", 4)
    assert [f.seen for f in at_table(play)] == [(4,)]
    play.go_to("1.0r2")
    play.send("1.0r2/forecast/listening/ben/ben", 2)
    play.go_to("1.2r2")
    play.send("1.2r2/form/listening/ana/ben", None)
    assert [f.person for f in at_table(play)] == ["ana"]


def test_a_forecast_is_read_only_once_the_conversation_is_over() -> None:
    """Until then it is its writer's alone, and so it is in no figure."""
    play = Play.started()
    play.go_to("1.0r1")
    play.send("1.0r1/forecast/listening/ana/ana", 3)
    assert not list(seen_forms(play.state, play.track(), FACILITATOR_VIEWER))
    play = play_on(play)
    assert {found.person for found in at_table(play)} <= {"ana", "ben", "chen"}


def at_table(play: Play) -> tuple[Foreseen, ...]:
    return foreseen(bundle_of(TRIAD), play.track(), seen_forms(play.state, play.track(), FACILITATOR_VIEWER))
