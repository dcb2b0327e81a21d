"""Rotation is fair: as a property of every number of people, and by example."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SELECTION, TRIAD, scenario_of

from roleplay.content.scenario import Role
from roleplay.planning.casting import cast_once, rotation, say_misfit


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


def roles_of(**counts: str) -> dict[str, Role]:
    """Roles with so many people each; `+` is a role that takes who is left over."""
    return {
        id: Role.model_validate({"title": id.title(), "count": count.strip("+"), "extra": count.endswith("+")})
        for id, count in counts.items()
    }


def test_whoever_has_chosen_a_role_holds_it() -> None:
    """The others take the seats left, in order."""
    roles = roles_of(fellow="1", coach="1", guest="0-1")
    assert cast_once(roles, list("ab")) == {"fellow": ("a",), "coach": ("b",), "guest": ()}
    assert cast_once(roles, list("ab"), {"a": "coach"}) == {"fellow": ("b",), "coach": ("a",), "guest": ()}
    assert cast_once(roles, list("abc"), {"b": "guest"}) == {"fellow": ("a",), "coach": ("c",), "guest": ("b",)}
    assert cast_once(roles, list("ab"), {"z": "coach", "a": "nobody"}) == cast_once(roles, list("ab"))


def test_a_choice_takes_a_seat_where_there_is_one_to_spare() -> None:
    """Somebody who takes an optional role is missed where the roles have more than their least."""
    roles = roles_of(panel="1-3", chair="1", guest="0-1")
    assert cast_once(roles, list("abcd"), {"a": "guest"}) == {"panel": ("b", "c"), "chair": ("d",), "guest": ("a",)}


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), min_size=1, max_size=4),
    st.integers(1, 9),
    st.data(),
)
def test_choices_are_kept_and_fit_wherever_they_can(
    counts: list[tuple[int, int, bool]], people: int, data: st.DataObject
) -> None:
    """Everybody has one role, the chosen one where there is one; and no role has too few or too many unless the choices
    themselves, or the number of people, leave no other way.
    """
    roles = roles_of(
        **{f"r{n}": f"{least}-{max(1, least + more)}{'+' * extra}" for n, (least, more, extra) in enumerate(counts)}
    )
    ids = [f"p{n}" for n in range(people)]
    held = data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(sorted(roles))))
    cast = cast_once(roles, ids, held)
    assert sorted(person for played in cast.values() for person in played) == ids
    assert all(person in cast[role] for person, role in held.items())
    needed = {id: max(role.count.least, list(held.values()).count(id)) for id, role in roles.items()}
    proper = [id for id, role in roles.items() if not role.extra]
    least = sum(needed[id] for id in proper) + sum(list(held.values()).count(id) for id in roles if id not in proper)
    room = sum(roles[id].count.most for id in proper) if len(proper) == len(roles) else people
    fits = all(needed[id] <= roles[id].count.most for id in proper) and least <= people <= room
    assert bool(say_misfit(roles, cast)) is not fits


@pytest.mark.parametrize(
    ("cast", "sentence"),
    [
        ({"lead": 1, "rater": 2}, ""),
        ({"lead": 0, "rater": 2}, "Lead needs 1, and nobody has it."),
        ({"lead": 1, "rater": 1}, "Rater needs 2, and 1 has it."),
        ({"lead": 2, "rater": 2}, "Lead is for 1 at most, and 2 have it."),
        ({"lead": 1, "rater": 2, "watcher": 9}, ""),
    ],
)
def test_a_role_that_too_few_or_too_many_have_is_named(cast: dict[str, int], sentence: str) -> None:
    """In a sentence for the person who chose; in a role that takes who is left over there is always room."""
    roles = roles_of(lead="1", rater="2-3", watcher="1+")
    assert say_misfit(roles, {id: tuple(map(str, range(number))) for id, number in cast.items()}) == sentence
