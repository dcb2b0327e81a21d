"""Groups for any head count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SELECTION, TRIAD, scenario_of

from roleplay.planning.groups import seat_in_order, sizes_for, table_sizes
from roleplay.problems import CommandProblem

PAIRS = {"groups": {"size": 3, "left_over": "pair"}}


@given(st.integers(2, 90), st.integers(2, 8), st.integers(0, 6), st.booleans(), st.booleans())
def test_everybody_has_a_seat_and_nobody_sits_alone(
    people: int, size: int, fewer: int, closed: bool, pairs: bool
) -> None:
    """Tables have as many seats as there are people; none has one, and none fewer than can play."""
    least = max(1, size - fewer)
    sizes = table_sizes(max(people, least), least, size, closed=closed, pairs=pairs)
    assert sum(sizes) == max(people, least)
    assert sizes == tuple(sorted(sizes, reverse=True))
    assert min(sizes) >= max(2, least)


@pytest.mark.parametrize(
    ("people", "join", "pair"),
    [
        (2, (2,), (2,)),
        (3, (3,), (3,)),
        (4, (4,), (4,)),
        (5, (5,), (3, 2)),
        (6, (3, 3), (3, 3)),
        (7, (4, 3), (4, 3)),
        (8, (4, 4), (3, 3, 2)),
        (11, (4, 4, 3), (3, 3, 3, 2)),
        (23, (4, 4, 3, 3, 3, 3, 3), (3,) * 7 + (2,)),
        (24, (3,) * 8, (3,) * 8),
    ],
)
def test_triads_for_usual_classes(people: int, join: tuple[int, ...], pair: tuple[int, ...]) -> None:
    """Whoever is left over joins a triad; where the scenario says so, two who are left over are a pair."""
    assert sizes_for(scenario_of(TRIAD), people) == join
    assert sizes_for(scenario_of(TRIAD, **PAIRS), people) == pair


@given(st.integers(2, 60))
def test_any_class_makes_triads_with_few_exceptions(people: int) -> None:
    """No table has more than four, save five people alone; no pair but two people, or the one that was asked for."""
    for more in ({}, PAIRS):
        sizes = sizes_for(scenario_of(TRIAD, **more), people)
        assert max(sizes) <= 4 or (people == 5 and not more)
        assert sizes.count(2) == (people == 2 or (bool(more) and people % 3 == 2))
        assert sum(size != 3 for size in sizes) <= 2


def test_too_few_people_are_told_how_many_it_takes() -> None:
    """The sentence says how many are needed and how many there are."""
    with pytest.raises(CommandProblem, match="needs at least 2 people; there is 1"):
        sizes_for(scenario_of(TRIAD), 1)
    with pytest.raises(CommandProblem, match="needs at least 4 people; there are 3"):
        sizes_for(scenario_of(SELECTION), 3)


@pytest.mark.parametrize(
    ("people", "sizes"), [(4, (4,)), (5, (5,)), (6, (6,)), (7, (4, 3)), (9, (5, 4)), (11, (4, 4, 3)), (14, (5, 5, 4))]
)
def test_seven_at_tables_of_four_are_two_tables(people: int, sizes: tuple[int, ...]) -> None:
    """Where more are left over than tables can take, one each, there is a table more if all then fit better."""
    assert table_sizes(people, 3, 4) == sizes


@pytest.mark.parametrize(
    ("people", "sizes"), [(2, (2,)), (3, (3,)), (4, (2, 2)), (5, (3, 2)), (6, (3, 3)), (7, (3, 2, 2)), (8, (3, 3, 2))]
)
def test_a_full_table_that_takes_nobody_more_makes_another(people: int, sizes: tuple[int, ...]) -> None:
    """Partners of two or three: four are two pairs, and nobody is a fourth."""
    assert table_sizes(people, 2, 3, closed=True) == sizes


@given(st.integers(1, 90), st.integers(1, 8), st.integers(0, 8))
def test_closed_tables_are_never_too_full_where_that_can_be(people: int, least: int, more: int) -> None:
    """Where so many people can sit with enough and not too many at each table, and nobody alone, they do."""
    size, people = least + more, max(least, people)
    sizes = table_sizes(people, least, size, closed=True)
    assert sum(sizes) == people
    least = max(least, min(2, size))
    if any(least * tables <= people <= size * tables for tables in range(1, people + 1)):
        assert all(least <= seated <= size for seated in sizes)


def test_people_sit_down_in_their_order() -> None:
    """Table by table."""
    assert seat_in_order("abcdefg", (4, 3)) == [list("abcd"), list("efg")]
