"""Putting people together at tables."""

from __future__ import annotations

from collections.abc import Sequence

from roleplay.problems import CommandProblem


def split(people: Sequence[str], least: int, size: int, closed: bool = False) -> list[list[str]]:
    """Tables of `size` in the order given; whoever is left over joins the first tables, one each.

    Where tables are `closed`, nobody can join one that is full: there is another table instead, and all are smaller,
    as long as each has its `least`.

    Raises:
        CommandProblem: there are fewer people than the `least` that can play.
    """
    if len(people) < least:
        raise CommandProblem(f"This scenario needs at least {least} people; there are {len(people)}.", "Add a name.")
    enough = -(-len(people) // size)
    tables = enough if closed and len(people) // enough >= least else max(1, len(people) // size)
    smaller, larger = divmod(len(people), tables)
    groups, start = [], 0
    for table in range(tables):
        end = start + smaller + (table < larger)
        groups.append(list(people[start:end]))
        start = end
    return groups
