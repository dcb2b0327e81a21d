"""Everything that is decided before a session begins, as one value; what nobody chose follows from earlier sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from roleplay.analysis.past import Past
from roleplay.conduct.history import past_of
from roleplay.conduct.series import SeriesRun
from roleplay.content.blanks import fill
from roleplay.content.bundle import Bundle
from roleplay.content.scenario import Scenario
from roleplay.store.protocol import KnownPerson, Store
from roleplay.tui.known import bearers, say_shortly
from roleplay.tui.lookback import LookBack, Offer, look_back, offer_part
from roleplay.tui.seating import Draft, Seating, draft, roles_of

Options = tuple[tuple[str, int | str], ...]
"""What can be chosen: words, and what they stand for."""


@dataclass(frozen=True, slots=True)
class Guest:
    """What the list says about somebody."""

    name: str
    role: str = ""
    """What they are for the whole session, where roles do not change."""
    before: str = ""
    """Whether they were here before, where somebody of that name was."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """A session that is being set up; anything named `chosen` is nothing until somebody has chosen."""

    bundle: Bundle
    run: SeriesRun | None = None
    """The series that is played, and `bundle` a part of it."""
    seating: Seating = field(default_factory=Seating)
    minutes: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """To the scenario's blanks; those that are empty are left out."""
    chosen_part: int | None = None
    chosen_occasion: str | None = None
    chosen_case: int | None = None
    pasts: tuple[Past, ...] = ()
    """The earlier sessions of those who are here, oldest first."""
    read_for: frozenset[str] = frozenset()
    """The people known over all sessions for whom these were read."""
    back: LookBack = field(default_factory=LookBack)
    offer: Offer = field(default_factory=Offer)

    def looking_back(self, store: Store) -> Preparing:
        """The same with what earlier sessions say, and the part of the series that follows from it.

        Raises:
            StoreProblem: they cannot be read.
        """
        now, known = self, frozenset(self.seating.known)
        if known != self.read_for:
            now = replace(self, pasts=past_of(store, known), read_for=known)
        if now.run:
            offer = offer_part(now.pasts, now.run, now.scenario, now.seating)
            bundle = now.run.part(now.chosen_part or offer.part)
            now = replace(now if bundle.id == now.bundle.id else now.playing(bundle), offer=offer)
        return replace(now, back=look_back(now.pasts, now.bundle, now.seating, now.chosen_occasion))

    def playing(self, bundle: Bundle) -> Preparing:
        """Another scenario with the same people; its occasions, cases and roles are others."""
        seating = self.seating.with_roles([None] * len(self.seating.places))
        return replace(self, bundle=bundle, seating=seating, chosen_occasion=None, chosen_case=None)

    @property
    def scenario(self) -> Scenario:
        """What is played, as its file has it."""
        return self.bundle.scenario

    @property
    def filled(self) -> Scenario:
        """The same with the answers in it."""
        return fill(self.scenario, self.answers)

    @property
    def part(self) -> int:
        """The part of the series that is played, from 1."""
        return self.chosen_part or self.offer.part

    @property
    def heading(self) -> str:
        """What is played, and where in its series."""
        where = f"Part {self.part} of {len(self.run.titles)}: " if self.run else ""
        return f"{where}{self.scenario.title}"

    @property
    def occasion(self) -> str | None:
        """The set of cases that is played: the one chosen, else the one that comes next."""
        return self.back.occasion

    @property
    def first_case(self) -> int:
        """The case that comes first, among those of the occasion."""
        return self.back.first_case if self.chosen_case is None else self.chosen_case

    @property
    def fresh(self) -> bool:
        """Whether the first case is another one because of what these people have met."""
        return self.chosen_case is None and self.back.first_case > 0

    @property
    def draft(self) -> Draft:
        """The plan that follows from all this."""
        return draft(self.scenario, self.seating, self.minutes, self.first_case, self.occasion)

    @property
    def parts(self) -> Options:
        """The parts of the series."""
        titles = self.run.titles if self.run else ()
        return tuple((f"{number}. {title}", number) for number, title in enumerate(titles, start=1))

    @property
    def occasions(self) -> Options:
        """The sets of cases."""
        return tuple((occasion.title, id) for id, occasion in self.scenario.occasions.items())

    @property
    def cases(self) -> Options:
        """The cases of the occasion."""
        cases = self.filled.cases_for(self.occasion or self.scenario.first_occasion)
        return tuple((case.title, number) for number, case in enumerate(cases))

    @property
    def still_empty(self) -> tuple[str, ...]:
        """The questions that nobody has answered."""
        return tuple(question for id, question in self.scenario.blanks.items() if id not in self.answers)

    def guests(self, people: Sequence[KnownPerson], now: int) -> Iterator[Guest]:
        """What the list says about everybody; `people` were here before, `now` is in UTC milliseconds."""
        roles = roles_of(self.scenario, self.seating)
        known, told = {person.id: person for person in people}, self.filled.roles
        for seat, place, role in zip(self.seating.seats(), self.seating.places, roles, strict=True):
            asked = place.name is not None and bool(place.known or (place.asked and bearers(place.name, people)))
            before = say_shortly(known.get(place.known or ""), now) if asked else ""
            yield Guest(seat.name, told[role].title if role else "", before)
