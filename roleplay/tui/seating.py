"""Who takes part and in which order, before a session is opened; the order decides who plays what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from roleplay.conduct.opening import Seat, seats_for
from roleplay.content.scenario import Scenario
from roleplay.planning.build import build_plan
from roleplay.planning.plan import Plan
from roleplay.problems import CommandProblem


@dataclass(frozen=True, slots=True)
class Seating:
    """Places in their order: the name of somebody, or nothing for a bot."""

    places: tuple[str | None, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The people who are no bots."""
        return tuple(name for name in self.places if name is not None)

    @property
    def bots(self) -> int:
        """How many bots there are."""
        return self.places.count(None)

    def seats(self) -> tuple[Seat, ...]:
        """Everybody in the order of their places, with ids."""
        people = iter(seats_for(self.names))
        bots = iter(seats_for(self.names, self.bots)[len(self.names) :])
        return tuple(next(bots if name is None else people) for name in self.places)

    def add(self, *names: str | None) -> Seating:
        """With more people or bots; people sit down before the bots at the end."""
        end = len(self.places)
        while end and self.places[end - 1] is None:
            end -= 1
        people = tuple(name for name in names if name is not None)
        return replace(self, places=(*self.places[:end], *people, *self.places[end:], *(n for n in names if n is None)))

    def remove(self, place: int) -> Seating:
        """Without whoever has this place."""
        return replace(self, places=(*self.places[:place], *self.places[place + 1 :]))

    def swap(self, one: int, other: int) -> Seating:
        """Two change places."""
        places = list(self.places)
        places[one], places[other] = places[other], places[one]
        return replace(self, places=tuple(places))

    def with_bots(self, bots: int) -> Seating:
        """The same people with so many bots at the end."""
        return replace(self, places=(*self.names, *(None,) * bots))

    def another(self, name: str) -> str:
        """What a second person of this name can be called: `Ana (2)`."""
        first, number = re.sub(r" \(\d+\)$", "", name), 2
        while self.knows(f"{first} ({number})"):
            number += 1
        return f"{first} ({number})"

    def knows(self, name: str) -> bool:
        """Whether somebody of this name is here."""
        return name.casefold() in (known.casefold() for known in self.names)


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


def draft(scenario: Scenario, seating: Seating, minutes: int | None, first_case: int = 0) -> Draft:
    """Plan with these people, and say what is in the way."""
    ids = [seat.id for seat in seating.seats()]
    try:
        plan = build_plan(scenario, ids, None, first_case)
    except CommandProblem as problem:
        return Draft(people=str(problem))
    if minutes is None:
        return Draft(plan, fits=True)
    try:
        return Draft(build_plan(scenario, ids, minutes, first_case), fits=True)
    except CommandProblem as problem:
        return Draft(plan, minutes=str(problem))
