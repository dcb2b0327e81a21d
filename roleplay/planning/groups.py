"""How many people sit at each table: tables of the usual size first, then what is best for those who are left over.

Nobody ever sits alone where others are there. Who sits where is worked out in `mixing`.
"""

from __future__ import annotations

from collections.abc import Sequence

from roleplay.content.scenario import Scenario
from roleplay.problems import CommandProblem

Sizes = tuple[int, ...]

_PAIR, _SMALLEST = 2, 3


def sizes_for(scenario: Scenario, count: int) -> Sizes:
    """How many people sit at each table, the largest first.

    Raises:
        CommandProblem: there are fewer people than can play.
    """
    needed = scenario.people_needed
    if count < needed:
        there = f"there is {count}" if count == 1 else f"there are {count}"
        raise CommandProblem(f"This scenario needs at least {needed} people; {there}.", "Add a name.")
    pairs = scenario.groups is not None and scenario.groups.left_over == "pair"
    return table_sizes(
        count, needed, scenario.group_size, scenario.smallest_table, closed=not scenario.grows, pairs=pairs
    )


def table_sizes(
    count: int, least: int, size: int, usual: int | None = None, *, closed: bool = False, pairs: bool = False
) -> Sizes:
    """Tables of `size`; whoever is left over joins them, one each.

    Where that is too much, as with seven at tables of four, there is another table and all are smaller, unless it would
    be a pair: those are made only where the scenario asks for `pairs`, of two who are left over.

    Args:
        count: people.
        least: the fewest that can play.
        size: the most that a table is made for.
        usual: the fewest that it is made for; without it, `size`.
        closed: nobody can join a full table: there is another one, as long as each has its `least`.
        pairs: two who are left over are a table of their own.
    """
    least = max(least, min(size, _PAIR))
    tables = max(1, count // size)
    over = count - tables * size
    if closed:
        enough = -(-count // size)
        return _even(count, enough if count // enough >= least else tables)
    if pairs and over == _PAIR < size and least <= _PAIR:
        return (*_even(count - _PAIR, tables), _PAIR)
    joined, smaller = _even(count, tables), _even(count, tables + 1)
    if over > tables and smaller[-1] >= max(least, _SMALLEST):
        return min(joined, smaller, key=lambda sizes: _off(sizes, usual or size, size))
    return joined


def seat_in_order(people: Sequence[str], sizes: Sequence[int]) -> list[list[str]]:
    """People at tables of these sizes, in the order given."""
    seated = iter(people)
    return [[next(seated) for _ in range(size)] for size in sizes]


def _even(count: int, tables: int) -> Sizes:
    smaller, larger = divmod(count, tables)
    return tuple(smaller + (table < larger) for table in range(tables))


def _off(sizes: Sizes, usual: int, size: int) -> int:
    """By how many people tables are too small or too large."""
    return sum(max(0, usual - seated) + max(0, seated - size) for seated in sizes)
