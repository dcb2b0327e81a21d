from __future__ import annotations

from played import complete, in_motion, play_on
from practices import mapped_meeting
from samples import FISHBOWL, Play

from roleplay.analysis.participation import Participation, participations
from roleplay.session import commands as c


def by_person(play: Play) -> dict[str, Participation]:
    return {one.person: one for one in participations(play.state)}


def test_in_a_triad_everybody_led_observed_and_was_the_parent_once() -> None:
    """A second take of a conversation is none more."""
    found = by_person(complete(3))
    assert all(dict(one.played) == {"leader": 1, "parent": 1, "observer": 1} for one in found.values())
    assert {one.tables for one in found.values()} == {("t1",)}
    assert not any(one.came or one.left or one.back or one.gone for one in found.values())


def test_in_a_group_of_four_each_observes_twice() -> None:
    """One beside another, so that there are four rounds with two observers."""
    found = by_person(play_on(Play.started(people=4)))
    assert {one.played["leader"] for one in found.values()} == {1}
    assert sum(one.played["observer"] for one in found.values()) == 4 * 2


def test_who_came_late_left_came_back_and_changed_tables() -> None:
    """What was played before stays credited, at whichever table it was."""
    found = by_person(in_motion())
    assert found["uma"].came == 70
    assert (found["ben"].left, found["ben"].back, found["ben"].gone) == ((165,), (240,), False)
    assert (found["ida"].left, found["ida"].gone) == ((205,), True)
    assert found["fay"].tables == ("t2", "t3")
    assert {id: one.played.get("leader", 0) for id, one in found.items() if one.person != "ida"} == {
        id: 1 for id in found if id != "ida"
    }
    assert dict(found["ida"].played) == {"observer": 1}


def test_only_what_was_played_counts() -> None:
    """A round that was not reached is nobody's; nor is a conversation whose beginning was taken back."""
    play = Play.started()
    play.go_to("1.1r1")
    assert not by_person(play)["ana"].played
    play.do(c.Undo("t1"))
    assert not by_person(play)["ana"].played
    play.go_to("1.2r1")
    assert by_person(play)["ana"].played == {"leader": 1}


def test_who_takes_part_in_one_long_meeting() -> None:
    """Without rounds everybody has one role all along."""
    assert sum(by_person(mapped_meeting())["ana"].played.values()) == 1
    assert {sum(one.played.values()) for one in participations(play_on(Play.started(FISHBOWL, 4)).state)} == {1}
