"""Who sits with whom, before a session is opened: groups are formed, kept as far as possible, and weighed.

People are numbered by their places here; what earlier sessions and wishes say is by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from roleplay.analysis.company import company_of
from roleplay.analysis.past import Past
from roleplay.conduct.class_plan import leading_in
from roleplay.content.scenario import Scenario
from roleplay.planning.groups import sizes_for
from roleplay.planning.keeping import keep_groups
from roleplay.planning.mixing import Company, Wishes, form_groups
from roleplay.planning.swaps import say_swap
from roleplay.planning.weighing import Weighed, say_weighed, weigh
from roleplay.problems import CommandProblem
from roleplay.tui.seating import Seating

Wish = Literal["together", "apart"]
How = Literal["mix", "match"]


@dataclass(frozen=True, slots=True)
class Grouping:
    """What somebody chose about the groups."""

    seed: int = 0
    """The same seed forms the same groups."""
    by_hand: bool = False
    """They were changed since they were formed."""
    together: tuple[tuple[str, ...], ...] = ()
    """Names."""
    apart: tuple[tuple[str, ...], ...] = ()
    tag: str = ""
    """By which tag groups are formed."""
    how: How = "mix"
    everyone_leads: bool = True
    """A group of four plays four shorter rounds; otherwise three, and the fourth leads the next time."""

    def wishing(self, wish: Wish, one: str, other: str) -> Grouping:
        """With a wish for two people; the same wish once more takes it back, and another one replaces it."""
        pair = frozenset({one, other})
        had = any(pair == set(names) for names in getattr(self, wish))
        together, apart = (
            tuple(names for names in sets if not pair <= set(names)) for sets in (self.together, self.apart)
        )
        if not had and wish == "together":
            together = (*together, (one, other))
        elif not had:
            apart = (*apart, (one, other))
        return replace(self, together=together, apart=apart)

    def wishes_for(self, name: str) -> Iterator[tuple[Wish, str]]:
        """Whom somebody is kept with or from."""
        yield from (("together", other) for names in self.together if name in names for other in names if other != name)
        yield from (("apart", other) for names in self.apart if name in names for other in names if other != name)


@dataclass(frozen=True, slots=True)
class Room:
    """People who are to sit at several tables, with everything by which groups are formed."""

    scenario: Scenario
    seating: Seating
    grouping: Grouping
    pasts: Sequence[Past]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many sit at each table; none while there are too few people."""
        try:
            return tuple(sizes_for(self.scenario, len(self.seating.places)))
        except CommandProblem:
            return ()

    @property
    def formed(self) -> bool:
        """Whether everybody has a table of a good size; at one table there is nothing to form."""
        wanted, now = self.sizes, self.seating.sizes
        return sorted(wanted) == sorted(now) if len(wanted) > 1 else not now

    @property
    def names(self) -> list[str]:
        """Of the seats, in the order of the places."""
        return [seat.name for seat in self.seating.seats()]

    @property
    def groups(self) -> list[list[str]]:
        """The names at each table."""
        names = self.names
        return [[names[n] for n in group] for group in self.seating.groups]

    @property
    def company(self) -> Company:
        """What earlier sessions say, by name."""
        known = {place.name: place.known for place in self.seating.places if place.name and place.known}
        return company_of(self.pasts, known)

    @property
    def wishes(self) -> Wishes:
        """What somebody asked for, as far as it is about those who are here."""
        tag, tags = self.grouping.tag, {}
        if tag:
            tags = {place.name: place.tags[tag] for place in self.seating.places if place.name and tag in place.tags}
        here = set(self.names)
        together, apart = (
            tuple(here_now for names in sets if len(here_now := tuple(n for n in names if n in here)) > 1)
            for sets in (self.grouping.together, self.grouping.apart)
        )
        return Wishes(together, apart, tags, self.grouping.how if tag else None)

    def form(self, keep: bool = False) -> Seating:
        """Seat everybody in groups.

        Args:
            keep: as they sit now, as far as their number allows it; otherwise all groups are formed.
        """
        sizes, seating = self.sizes, self.seating
        if len(sizes) < 2:
            return seating.at_one_table()
        names = self.names
        number = {name: n for n, name in enumerate(names)}
        if keep and seating.sizes:
            groups: Sequence[Sequence[str]] = keep_groups(self.groups, names, sizes, self.company, self.wishes)
        else:
            # Always from the order of the list, so that the same seed gives the same groups.
            leading = leading_in(self.scenario, sizes, everyone_leads=self.grouping.everyone_leads)
            listed = sorted(names, key=lambda name: (seating.places[number[name]].order, number[name]))
            formed = form_groups(
                listed, sizes, company=self.company, wishes=self.wishes, seed=self.grouping.seed, leading=leading
            )
            groups = formed.sessions[0]
        return seating.at_tables([[number[name] for name in group] for group in groups])

    def weigh(self) -> Weighed:
        """What the groups cost."""
        return weigh(self.groups, self.company, self.wishes)

    def say_swap(self, one: int, other: int) -> str:
        """What it costs if two change places."""
        names = self.names
        return " ".join(say_swap(self.groups, names[one], names[other], str, self.company, self.wishes))

    def notes(self) -> tuple[str, ...]:
        """What is to be known about the groups, a sentence each."""
        if not self.seating.sizes:
            return ()
        return tuple(say_weighed(self.weigh(), self.company, self.wishes, str, self.grouping.tag))


def tags_of(seating: Seating) -> Mapping[str, int]:
    """The tags of a class list, with how many values each has; one that is the same for all forms no groups."""
    values: dict[str, set[str]] = {}
    for place in seating.places:
        for tag, value in place.tags.items():
            values.setdefault(tag, set()).add(value)
    return {tag: len(found) for tag, found in values.items() if len(found) > 1}
