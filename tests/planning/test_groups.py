"""Groups for any head count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.planning.groups import split
from roleplay.problems import CommandProblem


@given(st.integers(1, 90), st.integers(1, 8))
def test_everybody_has_one_seat_and_tables_are_even(people: int, size: int) -> None:
    """All sit, once each and in order; no two tables differ by more than one; none is smaller than it is made for,
    unless it is the only one.
    """
    ids = [f"p{n}" for n in range(people)]
    groups = split(ids, 1, size)
    sizes = [len(group) for group in groups]
    assert [person for group in groups for person in group] == ids
    assert max(sizes) - min(sizes) <= 1
    assert min(sizes) >= size or len(groups) == 1
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(("people", "sizes"), [(2, [2]), (3, [3]), (5, [5]), (7, [4, 3]), (8, [4, 4]), (24, [3] * 8)])
def test_triads_for_usual_classes(people: int, sizes: list[int]) -> None:
    """Whoever is left over joins the first tables."""
    assert [len(group) for group in split([str(n) for n in range(people)], 2, 3)] == sizes


def test_too_few_people_are_told_how_many_it_takes() -> None:
    """The sentence says how many are needed and how many there are."""
    with pytest.raises(CommandProblem, match="needs at least 2 people; there are 1"):
        split(["ana"], 2, 3)


@pytest.mark.parametrize(
    ("people", "sizes"),
    [(2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (6, [3, 3]), (7, [3, 2, 2]), (8, [3, 3, 2])],
)
def test_a_full_table_that_takes_nobody_more_makes_another(people: int, sizes: list[int]) -> None:
    """Partners of two or three: four are two pairs, and nobody is a fourth."""
    assert [len(group) for group in split([str(n) for n in range(people)], 2, 3, closed=True)] == sizes


@given(st.integers(1, 90), st.integers(1, 8), st.integers(0, 8))
def test_closed_tables_are_never_too_full_where_that_can_be(people: int, least: int, more: int) -> None:
    """Where so many people can sit with enough and not too many at each table, they do; otherwise as at open tables."""
    size, ids = least + more, [f"p{n}" for n in range(max(least, people))]
    sizes = [len(group) for group in split(ids, least, size, closed=True)]
    assert sum(sizes) == len(ids)
    if any(least * tables <= len(ids) <= size * tables for tables in range(1, len(ids) + 1)):
        assert all(least <= seated <= size for seated in sizes)
    else:
        assert sizes == [len(group) for group in split(ids, least, size)]
