"""Who sits with whom: groups in which people meet others than before, as far as numbers and wishes allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Literal

from roleplay.planning.bound import repeats_at_least, still_together
from roleplay.planning.designs import triads
from roleplay.planning.leading import lead_orders
from roleplay.planning.search import UNIT, Search, Tables
from roleplay.planning.together import Kept, keep_together
from roleplay.planning.words import say_number

Pair = tuple[str, str]
"""Two people, in the order of the alphabet."""

_TAG, _APART = 64 * UNIT, 4096 * UNIT
"""What a pair costs whose tags do not go together as wished, and one that is to be kept apart."""
_EFFORT, _MOST = 2_000_000, 20_000_000
"""Swaps to look at, for each session and in all: about half a second, and five."""


@dataclass(frozen=True, slots=True)
class Company:
    """What earlier sessions say: who has worked together, and in which round each led the last time."""

    together: Mapping[Pair, int] = field(default_factory=dict)
    """In how many sessions two people were at one table."""
    led: Mapping[str, int] = field(default_factory=dict)
    """Person to the round in which they led last time, from 1; 0 for those who took part and did not lead."""

    def times(self, one: str, other: str) -> int:
        """In how many sessions these two were at one table."""
        return self.together.get(pair_of(one, other), 0)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody asks for when groups are made."""

    together: tuple[tuple[str, ...], ...] = ()
    """Sets of people who are kept at one table."""
    apart: tuple[tuple[str, ...], ...] = ()
    """Sets of people no two of whom sit at one table."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Person to the value of the tag by which groups are made, such as a cohort."""
    by_tag: Literal["mix", "match"] | None = None
    """Mix: different values at each table; match: the same."""

    def jar(self, one: str, other: str) -> bool:
        """Whether the tags of two are not as wished for people at one table."""
        tags = [self.tags[person] for person in (one, other) if person in self.tags]
        return self.by_tag is not None and len(tags) == 2 and (tags[0] == tags[1]) == (self.by_tag == "mix")


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups for one session or for several."""

    sessions: tuple[tuple[tuple[str, ...], ...], ...]
    """Of each session the groups, each in the order in which people lead."""
    repeated: Mapping[Pair, int]
    """Pairs who meet again in these sessions, also those who met before, and how many times they do."""
    bound: int
    """No plan can have fewer repeats than this, the earlier sessions counted in."""
    broken: tuple[str, ...] = ()
    """Wishes that could not be kept, a sentence each; people stand in it by id, in braces: `{p1}`."""

    @property
    def repeats(self) -> int:
        """How often two people meet again."""
        return sum(self.repeated.values())


def pair_of(one: str, other: str) -> Pair:
    """Two people in the order of the alphabet."""
    return (one, other) if one < other else (other, one)


def form_groups(
    people: Sequence[str],
    sizes: Sequence[int],
    *,
    sessions: int = 1,
    company: Company | None = None,
    wishes: Wishes | None = None,
    seed: int = 0,
    leading: int | None = None,
    effort: int | None = None,
    go_on: Callable[[], bool] | None = None,
) -> Grouped:
    """Form groups of these sizes, in each of so many sessions, so that as few pairs as possible meet again.

    Wishes come first, then tags, then fresh company; people who led first last time are spread over the tables.

    Args:
        people: ids.
        sizes: how many people sit at each table; together as many as there are people.
        sessions: for how many sessions.
        company: what earlier sessions say.
        wishes: who is kept together or apart, and by which tag groups are made.
        seed: the same seed gives the same groups.
        leading: how many lead in each group; without it, everybody.
        effort: how many swaps the search looks at, at most; without it, for about half a second for
            each session, and five seconds in all.
        go_on: asked now and then whether to search on; the same seed gives the same groups only without it.
    """
    asked = _Asked(people, sizes, sessions, company or Company(), wishes or Wishes(), Random(seed))
    return asked.formed(leading, min(_MOST, _EFFORT * sessions) if effort is None else effort, go_on)


class _Asked:
    """What groups are asked for; people are numbers here, in the order given."""

    def __init__(
        self, people: Sequence[str], sizes: Sequence[int], sessions: int, company: Company, wishes: Wishes, r: Random
    ) -> None:
        self._people = people
        self._sizes = sizes
        self._sessions = sessions
        self._company = company
        self._wishes = wishes
        self._random = r
        self._number = {person: n for n, person in enumerate(people)}
        self._apart = {
            pair_of(one, other)
            for names in wishes.apart
            for one, other in combinations([name for name in names if name in self._number], 2)
        }
        self._kept: Kept = keep_together(people, sizes, wishes.together, self._apart)
        self._met = [[company.times(one, other) for other in people] for one in people]

    def formed(self, leading: int | None, effort: int, go_on: Callable[[], bool] | None) -> Grouped:
        """The groups."""
        fixed = [person in self._kept.placed for person in self._people]
        search = Search(self._start(), self._costs(), fixed)
        found = search.run(self._random, effort, self._enough(), go_on)
        named = [[[self._people[n] for n in table] for table in tables] for tables in found]
        repeated = self._repeated(named)
        return Grouped(
            lead_orders(named, self._company.led, leading, self._random),
            repeated,
            self._bound(),
            (*self._kept.broken, *self._say_broken(named)),
        )

    # -- what it costs

    def _costs(self) -> list[list[int]]:
        return [[self._cost(one, other) for other in self._people] for one in self._people]

    def _cost(self, one: str, other: str) -> int:
        """What it costs if two meet once."""
        if one == other:
            return 0
        cost = UNIT * self._company.times(one, other)
        cost += _APART if pair_of(one, other) in self._apart else 0
        cost += _TAG if self._wishes.jar(one, other) else 0
        # Of several sessions only the first follows upon the last time.
        led = self._company.led
        return cost + (self._sessions == 1 and led.get(one) == 1 == led.get(other))

    def _enough(self) -> Callable[[int, Sequence[Tables]], bool]:
        """Whether a plan of some cost cannot be improved in what matters."""
        least = self._least_cost()
        led = self._company.led
        first = {n for n, person in enumerate(self._people) if led.get(person) == 1}

        def enough(cost: int, tables: Sequence[Tables]) -> bool:
            return cost // UNIT <= least and (
                self._sessions > 1 or not any(first.issuperset(table) for table in tables[0])
            )

        return enough

    def _least_cost(self) -> int:
        """No plan costs less, in units: each meeting is one of the two who have met least, and tags are spread."""
        inside = {pair_of(*two) for group in self._kept.groups for two in combinations(group, 2)}
        cost = sum(self._company.times(*two) + turn for two in inside for turn in range(self._sessions))
        free = Counter(
            self._company.times(one, other)
            for one, other in combinations(self._people, 2)
            if pair_of(one, other) not in inside | self._apart
        )
        left = self._meetings - len(inside) * self._sessions
        for level in range(left + 1) if free else ():
            if left <= 0:
                break
            now = min(left, free[level])
            cost, left = cost + now * level, left - now
            free[level + 1] += free[level]
        return max(cost, self._bound()) + self._least_tags() * _TAG // UNIT

    def _least_tags(self) -> int:
        """So many pairs share a tag where tags are mixed, however well."""
        if self._wishes.by_tag != "mix":
            return 0
        values = Counter(self._wishes.tags[person] for person in self._people if person in self._wishes.tags)
        return self._sessions * sum(still_together(people, len(self._sizes)) for people in values.values())

    @property
    def _meetings(self) -> int:
        return self._sessions * sum(size * (size - 1) // 2 for size in self._sizes)

    def _bound(self) -> int:
        """The fewest repeats that there can be while people are kept together as wished."""
        met = [{n for n, times in enumerate(row) if times} for row in self._met]
        inside = [pair_of(*two) for group in self._kept.groups for two in combinations(group, 2)]
        forced = sum(self._sessions - (self._company.times(*two) == 0) for two in inside)
        fresh = sum(not self._company.times(*two) for two in combinations(self._people, 2))
        fresh -= sum(not self._company.times(*two) for two in inside)
        more = self._meetings - self._sessions * len(inside) - fresh
        return max(repeats_at_least(self._sizes, self._sessions, met), forced + max(0, more))

    # -- where to begin

    def _start(self) -> list[Tables]:
        """People at tables by chance; triads that are hard to find are built."""
        built: list[Tables] = []
        wished = self._wishes.together or self._wishes.apart or self._wishes.by_tag
        fresh = not wished and not any(map(any, self._met)) and set(self._sizes) == {3}
        # All but the last sessions are found faster than they are built.
        if fresh and self._sessions >= (len(self._people) - 1) // 2 - 1:
            built = triads(len(self._people), self._random) or []
            names = list(range(len(self._people)))
            self._random.shuffle(names)
            built = [[[names[n] for n in table] for table in tables] for tables in built]
            self._random.shuffle(built)
        return [*built, *(self._seated() for _ in range(self._sessions - len(built)))][: self._sessions]

    def _seated(self) -> Tables:
        """Those who are kept together at some table each, the others by chance."""
        tables = self._kept.at_tables(self._random)
        others = [person for person in self._people if person not in self._kept.placed]
        self._random.shuffle(others)
        left = iter(others)
        return [
            [self._number[person] for person in (*table, *(next(left) for _ in range(size - len(table))))]
            for table, size in zip(tables, self._sizes, strict=True)
        ]

    # -- what came out

    def _repeated(self, sessions: Sequence[Sequence[Sequence[str]]]) -> dict[Pair, int]:
        meetings = Counter(pair_of(*two) for groups in sessions for group in groups for two in combinations(group, 2))
        again = {two: times - (self._company.times(*two) == 0) for two, times in sorted(meetings.items())}
        return {two: times for two, times in again.items() if times}

    def _say_broken(self, sessions: Sequence[Sequence[Sequence[str]]]) -> list[str]:
        groups = [group for session in sessions for group in session]
        close = Counter(
            pair_of(*two) for group in groups for two in combinations(group, 2) if pair_of(*two) in self._apart
        )
        said = [
            f"{{{one}}} and {{{other}}} were to be kept apart, and sit together."
            for one, other in close
            if not self._kept.holds(one, other)
        ]
        if self._wishes.by_tag is None:
            return said
        mix = self._wishes.by_tag == "mix"
        tags = [{self._wishes.tags[p] for p in group if p in self._wishes.tags} for group in groups]
        wrong = sum(len(found) == 1 if mix else len(found) > 1 for found in tags)
        if wrong and (not mix or len(set(self._wishes.tags.values())) > 1):
            what = "not mixed" if mix else "not all of one kind"
            one, all_ = say_number(wrong), say_number(len(groups))
            said.append(f"{one[0].upper()}{one[1:]} of {all_} tables {'is' if wrong == 1 else 'are'} {what}.")
        return said


def say_broken(grouped: Grouped, name: Callable[[str], str]) -> tuple[str, ...]:
    """The wishes that could not be kept, with names."""
    people = {person for groups in grouped.sessions for group in groups for person in group}
    return tuple(sentence.format_map({person: name(person) for person in people}) for sentence in grouped.broken)
