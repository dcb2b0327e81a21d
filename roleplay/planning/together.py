"""People who are kept at one table: which sets fit, and at which table they sit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from roleplay.planning.words import say_list, say_number

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Sets of people who sit together in every session, the largest first."""

    sizes: tuple[int, ...]
    """How many people sit at each table."""
    apart: Set[tuple[str, str]]
    """Pairs who do not sit together, in the order of the alphabet."""
    groups: tuple[Group, ...] = ()
    broken: tuple[str, ...] = ()
    """Wishes that cannot be kept; people stand in it in braces."""
    placed: Set[str] = field(default=frozenset())
    """Everybody who is in one of the sets."""

    def holds(self, one: str, other: str) -> bool:
        """Whether these two are kept together."""
        return any({one, other} <= set(group) for group in self.groups)

    def at_tables(self, random: Random) -> list[list[str]]:
        """Every set at some table."""
        order = list(range(len(self.sizes)))
        random.shuffle(order)
        tables = place(self.groups, self.sizes, order, self.apart)
        assert tables is not None, "it was tried before"
        return tables


def keep_together(
    people: Sequence[str], sizes: Sequence[int], wished: Iterable[Sequence[str]], apart: Set[tuple[str, str]]
) -> Kept:
    """The wishes that can be kept; who is in two sets joins them."""
    sets: list[list[str]] = []
    for names in wished:
        joined = [name for name in dict.fromkeys(names) if name in people]
        for other in [other for other in sets if set(other) & set(joined)]:
            sets.remove(other)
            joined = list(dict.fromkeys([*other, *joined]))
        sets.append(joined)
    kept: list[Group] = []
    broken = []
    for group in sorted((tuple(names) for names in sets if len(names) > 1), key=len, reverse=True):
        room = max(sizes)
        if len(group) > room:
            seats = say_number(room)
            broken.append(f"{_named(group)} cannot all sit together: no table has more than {seats} seats.")
        elif place([*kept, group], sizes, range(len(sizes)), apart) is None:
            broken.append(f"{_named(group)} cannot sit together beside the others who are kept together.")
        else:
            kept.append(group)
            broken += [
                f"{_named(two)} were to sit together and to be kept apart; they sit together."
                for two in combinations(sorted(group), 2)
                if two in apart
            ]
    return Kept(tuple(sizes), apart, tuple(kept), tuple(broken), frozenset(p for group in kept for p in group))


def place(
    groups: Sequence[Group], sizes: Sequence[int], order: Sequence[int], apart: Set[tuple[str, str]]
) -> list[list[str]] | None:
    """Sets at tables, each where least room is left over, away from those to be kept apart; none where one has no room.

    Args:
        groups: the sets, the largest first.
        sizes: how many people sit at each table.
        order: tables that are alike are taken in this order.
        apart: pairs, in the order of the alphabet.
    """
    tables: list[list[str]] = [[] for _ in sizes]
    for group in groups:
        fitting = [n for n in order if sizes[n] - len(tables[n]) >= len(group)]
        if not fitting:
            return None
        best = min(fitting, key=lambda n: (_clashes(group, tables[n], apart), sizes[n] - len(tables[n])))
        tables[best] += group
    return tables


def _clashes(group: Group, table: Sequence[str], apart: Set[tuple[str, str]]) -> int:
    return sum(tuple(sorted((one, other))) in apart for one in group for other in table)


def _named(people: Iterable[str]) -> str:
    return say_list(f"{{{person}}}" for person in people)
