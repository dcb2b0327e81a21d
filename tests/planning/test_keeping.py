"""Groups that are kept when somebody comes or goes."""

from __future__ import annotations

from itertools import combinations

import pytest

from roleplay.planning.groups import table_sizes
from roleplay.planning.keeping import keep_groups
from roleplay.planning.mixing import Company, Wishes

GROUPS = (("a", "b", "c"), ("d", "e", "f"), ("g", "h", "i"))
NOTHING = Company(), Wishes()


def kept(
    people: str, sizes: tuple[int, ...], company: Company | None = None, wishes: Wishes | None = None
) -> list[str]:
    """The groups for the people who are here now, as words."""
    groups = keep_groups(GROUPS, list(people), sizes, company or Company(), wishes or Wishes())
    return ["".join(group) for group in groups]


def test_same_people_stay_as_they_are() -> None:
    """Nothing changes where nothing has to."""
    assert kept("abcdefghi", (3, 3, 3)) == ["abc", "def", "ghi"]


def test_whoever_comes_joins_a_table_that_has_room() -> None:
    """Nobody else moves."""
    assert kept("abcdefghij", (4, 3, 3)) == ["abcj", "def", "ghi"]


def test_table_that_is_too_small_is_given_up_and_its_people_join_the_others() -> None:
    """Only they move."""
    assert kept("abcdefg", (4, 3)) == ["abcg", "def"]
    assert kept("abcdefgh", (4, 4)) == ["abcg", "defh"]


def test_new_table_takes_those_for_whom_there_is_no_room() -> None:
    """Three who come late sit together where each table is full."""
    assert kept("abcdefghijkl", (3, 3, 3, 3)) == ["abc", "def", "ghi", "jkl"]


def test_newcomers_sit_where_it_costs_least() -> None:
    """Not with somebody whom they have met or are to be kept from; rather with those whom they are to be with."""
    met = Company(together={("a", "j"): 1})
    assert kept("abcdefghijk", (4, 4, 3), met) == ["abck", "defj", "ghi"]
    assert kept("abcdefghijk", (4, 4, 3), None, Wishes(apart=(("b", "j"),))) == ["abck", "defj", "ghi"]
    assert kept("abcdefghijk", (4, 4, 3), met, Wishes(together=(("c", "j"),))) == ["abcj", "defk", "ghi"]


@pytest.mark.parametrize("count", range(2, 40))
def test_everybody_has_one_seat_whoever_goes(count: int) -> None:
    """For every headcount, with each third person gone and two others come: all sit once, at tables of those sizes."""
    people = [f"p{n}" for n in range(count)]
    sizes = table_sizes(count, 2, 3)
    start = [people[sum(sizes[:n]) : sum(sizes[: n + 1])] for n in range(len(sizes))]
    now = [person for n, person in enumerate(people) if n % 3] + ["x", "y"]
    wanted = table_sizes(len(now), 2, 3)
    groups = keep_groups(start, now, wanted, *NOTHING)
    assert sorted(person for group in groups for person in group) == sorted(now)
    assert sorted(map(len, groups)) == sorted(wanted)


def test_one_who_leaves_moves_as_few_as_can_be() -> None:
    """Of eight tables of three, those who still sit together are all but the table that is given up."""
    people = [f"p{n:02}" for n in range(24)]
    start = [people[n : n + 3] for n in range(0, 24, 3)]
    groups = keep_groups(start, people[1:], table_sizes(23, 2, 3), *NOTHING)
    before = {pair for group in start for pair in combinations(group, 2)}
    after = {pair for group in groups for pair in combinations(sorted(group), 2)}
    assert len(before & after) == 7 * 3
