"""Who takes part and in which order, before a session is opened; the order decides who plays what.

Where roles do not change, a role can be given to a place by hand; people who change places change roles with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import Literal

from roleplay.conduct.opening import Seat, seats_for
from roleplay.content.scenario import Scenario
from roleplay.planning.build import build_plan
from roleplay.planning.casting import cast_once
from roleplay.planning.plan import Plan
from roleplay.problems import CommandProblem

Here = Literal["here", "away", "late"]
"""Whether somebody who is expected is there; those who are late are not, and are expected still."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody sits, or a bot."""

    name: str | None = None
    """Nothing for a bot."""
    known: str | None = None
    """Who this is in all sessions, where somebody said so; nothing for somebody new."""
    asked: bool = False
    """It was said whether this is somebody who was here before."""
    role: str | None = None
    """Held for the whole session, by choice."""
    listed: str | None = None
    """Who this is in all sessions by the id of a class list, known already or from now on."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """From the class list, such as a cohort."""
    order: int = field(default=0, compare=False)
    """Where the name stands in the list of those who are expected."""
    here: Here = "here"


@dataclass(frozen=True, slots=True)
class Seating:
    """Places in their order, table by table."""

    places: tuple[Place, ...] = ()
    sizes: tuple[int, ...] = ()
    """How many sit at each table, in the order of their places, where groups were formed; the last places may have no
    table yet."""

    @classmethod
    def of(cls, *names: str | None) -> Seating:
        """These people in this order; nothing stands for a bot."""
        return cls(tuple(map(Place, names)))

    @property
    def names(self) -> tuple[str, ...]:
        """The people who are no bots."""
        return tuple(place.name for place in self.places if place.name is not None)

    @property
    def bots(self) -> int:
        """How many bots there are."""
        return len(self.places) - len(self.names)

    @property
    def known(self) -> tuple[str, ...]:
        """The people who were here before, by their id in all sessions."""
        return tuple(place.known for place in self.places if place.known)

    @property
    def held(self) -> dict[str, str]:
        """Roles given by hand, by the id of the seat."""
        return {seat.id: place.role for seat, place in zip(self.seats(), self.places, strict=True) if place.role}

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the places at each table; none where no groups were formed."""
        ends = list(accumulate(self.sizes, initial=0))
        return tuple(tuple(range(start, end)) for start, end in pairwise(ends))

    def seats(self) -> tuple[Seat, ...]:
        """Everybody in the order of their places, with ids."""
        people = iter(seats_for(self.names))
        bots = iter(seats_for(self.names, self.bots)[len(self.names) :])
        return tuple(
            next(bots) if place.name is None else replace(next(people), known=place.known) for place in self.places
        )

    def add(self, *newcomers: str | Place | None) -> Seating:
        """With more people or bots; people sit down before the bots at the end, and where there are groups, behind."""
        end = len(self.places)
        while not self.sizes and end and self.places[end - 1].name is None:
            end -= 1
        places = [who if isinstance(who, Place) else Place(who) for who in newcomers]
        people = tuple(place for place in places if place.name is not None)
        bots = tuple(place for place in places if place.name is None)
        return replace(self, places=(*self.places[:end], *people, *self.places[end:], *bots))

    def remove(self, place: int) -> Seating:
        """Without whoever has this place; the others stay at their tables."""
        places = (*self.places[:place], *self.places[place + 1 :])
        return replace(self, places=places, sizes=tuple(len(group) - (place in group) for group in self.groups))

    def swap(self, one: int, other: int) -> Seating:
        """Two change places, and with them the roles that belong to these."""
        places = list(self.places)
        first, second = places[one], places[other]
        places[one], places[other] = replace(second, role=first.role), replace(first, role=second.role)
        return replace(self, places=tuple(places))

    def with_bots(self, bots: int) -> Seating:
        """The same people with so many bots at the end."""
        people = tuple(place for place in self.places if place.name is not None)
        return Seating((*people, *(Place() for _ in range(bots))))

    def with_roles(self, roles: Sequence[str | None]) -> Seating:
        """The same people, each with the role of that place."""
        places = zip(self.places, roles, strict=True)
        return replace(self, places=tuple(replace(place, role=role) for place, role in places))

    def recognise(self, who: Mapping[str, str | None]) -> Seating:
        """It was said who these names are in all sessions; nothing for somebody new."""
        places = (
            replace(place, known=who[name] or place.listed, asked=True) if (name := place.name or "") in who else place
            for place in self.places
        )
        return replace(self, places=tuple(places))

    def at_tables(self, groups: Sequence[Sequence[int]]) -> Seating:
        """The same people at these tables, given by the numbers of their places."""
        return Seating(tuple(self.places[n] for group in groups for n in group), tuple(map(len, groups)))

    def at_one_table(self) -> Seating:
        """The same people without groups."""
        return replace(self, sizes=())

    def another(self, name: str) -> str:
        """What a second person of this name can be called: `Ana (2)`."""
        first, number = first_name(name), 2
        while self.knows(f"{first} ({number})"):
            number += 1
        return f"{first} ({number})"

    def knows(self, name: str) -> bool:
        """Whether somebody of this name is here."""
        return name.casefold() in (here.casefold() for here in self.names)


def first_name(name: str) -> str:
    """A name without the number that told its bearer from another one."""
    return re.sub(r" \(\d+\)$", "", name)


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan that is not started yet, or why there is none: because of the people, or because of the time."""

    plan: Plan | None = None
    fits: bool = False
    """Whether it fits the minutes; where it does not, the plan has the lengths of the file."""
    people: str = ""
    """What is wrong with the people."""
    minutes: str = ""
    """What is wrong with the time."""


def draft(
    scenario: Scenario,
    seating: Seating,
    minutes: int | None,
    first_case: int = 0,
    occasion: str | None = None,
    everyone_leads: bool = True,
) -> Draft:
    """Plan with these people, and say what is in the way."""
    ids = [seat.id for seat in seating.seats()]
    held = seating.held
    groups = [[ids[n] for n in group] for group in seating.groups] or None

    def planned(minutes: int | None) -> Plan:
        return build_plan(
            scenario, ids, minutes, first_case, occasion, held, groups=groups, everyone_leads=everyone_leads
        )

    try:
        plan = planned(None)
    except CommandProblem as problem:
        return Draft(people=str(problem))
    if minutes is None:
        return Draft(plan, fits=True)
    try:
        return Draft(planned(minutes), fits=True)
    except CommandProblem as problem:
        return Draft(plan, minutes=str(problem))


# -- roles for the whole session


def holds_roles(scenario: Scenario) -> bool:
    """Whether everybody has one role for the whole session, and there is more than one to have."""
    return not scenario.rotates and len(scenario.seated) > 1


def tables_of(scenario: Scenario, seating: Seating) -> list[list[int]]:
    """The places at each table; none while the people are too few or too many."""
    if seating.sizes:
        return list(map(list, seating.groups))
    try:
        plan = build_plan(scenario, list(map(str, range(len(seating.places)))))
    except CommandProblem:
        return []
    return [list(map(int, track.people)) for track in plan.tracks]


def roles_of(scenario: Scenario, seating: Seating) -> tuple[str | None, ...]:
    """The role of each place, given by hand or by its order; none where roles change."""
    if not holds_roles(scenario):
        return (None,) * len(seating.places)
    held = {str(n): place.role for n, place in enumerate(seating.places) if place.role}
    roles: dict[int, str] = {}
    for table in tables_of(scenario, seating):
        cast = cast_once(scenario.seated, list(map(str, table)), held)
        roles |= {int(place): role for role, places in cast.items() for place in places}
    return tuple(roles.get(n, place.role) for n, place in enumerate(seating.places))


def holders(scenario: Scenario, seating: Seating, place: int, role: str) -> list[int]:
    """The others at the table of a place who have a role."""
    now = roles_of(scenario, seating)
    table: Iterable[int] = next((t for t in tables_of(scenario, seating) if place in t), ())
    return [other for other in table if other != place and now[other] == role]


def give_role(scenario: Scenario, seating: Seating, place: int, role: str) -> tuple[Seating, int | None]:
    """Give a role to a place; everybody else keeps theirs, save the one who hands over a role that had no room.

    Returns the new seating, and the place of that person.
    """
    now = list(roles_of(scenario, seating))
    there, wanted = holders(scenario, seating, place, role), scenario.seated[role]
    full = len(there) >= wanted.count.most and not wanted.extra
    other = there[-1] if full else None
    if other is not None:
        now[other] = now[place]
    now[place] = role
    return seating.with_roles(now), other
