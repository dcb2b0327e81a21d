"""Rotation is fair: as a property of every number of people, and by example."""

from __future__ import annotations

from collections import Counter

import pytest
from samples import SELECTION, TRIAD, scenario_of

from roleplay.planning.casting import cast_once, rotation


@pytest.mark.parametrize("people", range(2, 61))
def test_everybody_plays_everything_equally_often(people: int) -> None:
    """In a full rotation each person plays each role the same number of times, and one role in each round; a role
    that is no extra is played exactly once.
    """
    roles = scenario_of(TRIAD).roles
    ids = [f"p{n}" for n in range(people)]
    rounds = rotation(roles, ids)
    assert len(rounds) == people
    for cast in rounds:
        assert sorted(p for played in cast.values() for p in played) == sorted(ids)
    for role in roles:
        times = Counter(person for cast in rounds for person in cast[role])
        assert len({times.get(person, 0) for person in ids}) == 1
        if not roles[role].extra:
            assert set(times.values()) == {1}


@pytest.mark.parametrize("count", ["1", "2", "2-3", "1-4"])
@pytest.mark.parametrize("people", range(5, 13))
def test_rotation_is_fair_for_roles_that_several_play(people: int, count: str) -> None:
    """Where a role is played by several at a time, everybody still plays it equally often."""
    roles = scenario_of(TRIAD, roles={**TRIAD["roles"], "parent": {"title": "Parent", "count": count}}).roles
    ids = [f"p{n}" for n in range(people)]
    for role in roles:
        times = Counter(person for cast in rotation(roles, ids) for person in cast[role])
        assert len({times.get(person, 0) for person in ids}) == 1


def test_three_people_hand_the_lead_on() -> None:
    """The first leads first, and the one after leads next."""
    roles = scenario_of(TRIAD).roles
    assert [(c["leader"], c["parent"], c["observer"]) for c in rotation(roles, ["ana", "ben", "chen"])] == [
        (("ana",), ("ben",), ("chen",)),
        (("ben",), ("chen",), ("ana",)),
        (("chen",), ("ana",), ("ben",)),
    ]


def test_roles_fill_up_to_their_least_first() -> None:
    """Five people make three candidates and two raters; every role has its least before any has more."""
    roles = scenario_of(SELECTION).roles
    assert cast_once(roles, list("abcd")) == {"candidate": ("a", "b"), "rater": ("c", "d")}
    assert cast_once(roles, list("abcde")) == {"candidate": ("a", "b", "c"), "rater": ("d", "e")}
    assert cast_once(roles, list("abcdef")) == {"candidate": ("a", "b", "c"), "rater": ("d", "e", "f")}
