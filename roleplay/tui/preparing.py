"""Everything that is decided before a session begins, as one value; what nobody chose follows from earlier sessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from roleplay.analysis.past import Past
from roleplay.conduct.history import past_of
from roleplay.conduct.roster import Guest, Roster
from roleplay.conduct.series import SeriesRun
from roleplay.content.blanks import fill
from roleplay.content.bundle import Bundle
from roleplay.content.scenario import Scenario
from roleplay.store.protocol import KnownPerson, Store
from roleplay.tui.attendance import Attendance
from roleplay.tui.describe import say_names
from roleplay.tui.grouping import Grouping, Room, Wish
from roleplay.tui.known import bearers, say_shortly
from roleplay.tui.lookback import LookBack, Offer, look_back, offer_part
from roleplay.tui.seating import Draft, Place, Seating, draft, roles_of

Options = tuple[tuple[str, int | str], ...]
"""What can be chosen: words, and what they stand for."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says about somebody."""

    name: str
    role: str = ""
    """What they are for the whole session, where roles do not change."""
    before: str = ""
    """Whether they were here before, where somebody of that name was."""
    table: int = 0
    """Where they sit, from 1, where there are several tables."""
    wishes: str = ""
    """Whom they are kept with, or from."""


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
    absent: tuple[Place, ...] = ()
    """Those who are expected and not there."""
    grouping: Grouping = field(default_factory=Grouping)
    read: tuple[Past, ...] = ()
    """Earlier sessions, oldest first."""
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
        if not known <= self.read_for:
            now = replace(self, read=past_of(store, known), read_for=known)
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
    def pasts(self) -> tuple[Past, ...]:
        """The earlier sessions of those who are here, oldest first."""
        known = self.seating.known
        return tuple(past for past in self.read if any(past.person(person) for person in known))

    @property
    def room(self) -> Room:
        """Who sits with whom, and by what."""
        return Room(self.scenario, self.seating, self.grouping, self.pasts)

    @property
    def attendance(self) -> Attendance:
        """Who is here of those who are expected."""
        return Attendance(self.expected)

    @property
    def expected(self) -> tuple[Place, ...]:
        """Everybody on the list, in its order, whether here or not."""
        return tuple(sorted((*(p for p in self.seating.places if p.name), *self.absent), key=lambda p: p.order))

    def knows(self, name: str) -> bool:
        """Whether somebody of this name is expected."""
        return any(place.name and place.name.casefold() == name.casefold() for place in self.expected)

    def absent_now(self, name: str) -> bool:
        """Whether somebody of this name is expected and not there."""
        return self.knows(name) and not self.seating.knows(name)

    def another(self, name: str) -> str:
        """What a second person of this name can be called: `Ana (2)`."""
        return Seating(self.expected).another(name)

    def and_also(self, *newcomers: str | Place) -> Preparing:
        """With more people, who stand behind the others on the list."""
        last = max((place.order for place in self.expected), default=0)
        now = self
        for order, who in enumerate(newcomers, start=last + 1):
            place = replace(who if isinstance(who, Place) else Place(who), order=order)
            if place.name and now.knows(place.name):
                place = replace(place, name=now.another(place.name))
            if place.here == "here":
                now = replace(now, seating=now.seating.add(place))
            else:
                now = replace(now, absent=(*now.absent, place))
        return now

    def joined_by(self, roster: Roster) -> tuple[Preparing, str]:
        """With a class, and what there is to say about it; whoever is on the list already is there once."""
        now, known, new, same = self, {p.known or p.listed for p in self.expected}, 0, []
        for guest in roster.guests:
            if guest.known and guest.known in known:
                continue
            place = Place(guest.name, listed=guest.known, tags=guest.tags)
            if any(p.name == guest.name and not p.known and not p.listed for p in now.expected):
                same.append(guest.name)
                now = now.described(place)
            else:
                new += 1
                now = now.and_also(place)
        wished = replace(
            now.grouping,
            together=(*now.grouping.together, *roster.together),
            apart=(*now.grouping.apart, *roster.apart),
        )
        more = " more" if self.expected else ""
        said = [f"{new} people{more}." if new != 1 else f"One person{more}."]
        said += [f"On the list already: {say_names(same)}."] if same else []
        return replace(now, grouping=wished), " ".join(said)

    def described(self, place: Place) -> Preparing:
        """Somebody on the list is the one of whom a class list says more."""

        def told(other: Place) -> Place:
            same = other.name == place.name
            return replace(other, listed=place.listed, tags=place.tags, asked=False) if same else other

        seating = replace(self.seating, places=tuple(map(told, self.seating.places)))
        return replace(self, seating=seating, absent=tuple(map(told, self.absent)))

    def arrived(self, name: str) -> Preparing:
        """Somebody who was expected is there now."""
        there = {name.casefold()}
        expected = [
            replace(place, here="here") if place.name and place.name.casefold() in there else place
            for place in self.expected
        ]
        return self.with_attendance(expected)

    def recognise(self, who: Mapping[str, str | None]) -> Preparing:
        """It was said who these names are in all sessions; nothing for somebody new."""
        absent = Seating(self.absent).recognise(who).places
        return replace(self, seating=self.seating.recognise(who), absent=absent)

    def knowing(self, people: Sequence[KnownPerson]) -> Preparing:
        """Whoever is known by the id of a class list, or from an earlier class, is asked nothing."""
        known = {person.id for person in people}
        return self.recognise({p.name: p.listed for p in self.expected if p.name and p.listed in known and not p.asked})

    def with_attendance(self, expected: Sequence[Place]) -> Preparing:
        """After it was said who is here: whoever is not leaves a table, whoever is now has none yet."""
        now = {place.name: place for place in expected}
        seating = self.seating
        for number in reversed(range(len(seating.places))):
            name = seating.places[number].name
            if name and now[name].here != "here":
                seating = seating.remove(number)
        back = [place for place in expected if place.here == "here" and not seating.knows(place.name or "")]
        absent = tuple(place for place in expected if place.here != "here")
        return replace(self, seating=seating.add(*back), absent=absent)

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
        leads = self.grouping.everyone_leads
        return draft(self.scenario, self.seating, self.minutes, self.first_case, self.occasion, leads)

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

    def guests(self, people: Sequence[KnownPerson], now: int) -> Iterator[Listed]:
        """What the list says about everybody; `people` were here before, `now` is in UTC milliseconds."""
        roles = roles_of(self.scenario, self.seating)
        known, told = {person.id: person for person in people}, self.filled.roles
        tables = {n: table for table, group in enumerate(self.seating.groups, start=1) for n in group}
        for n, (seat, place, role) in enumerate(zip(self.seating.seats(), self.seating.places, roles, strict=True)):
            asked = place.known in known or (place.asked and bool(bearers(place.name or "", people)))
            before = say_shortly(known.get(place.known or ""), now) if place.name is not None and asked else ""
            title = told[role].title if role else ""
            yield Listed(seat.name, title, before, tables.get(n, 0), say_wishes(self.grouping.wishes_for(seat.name)))


def say_wishes(wishes: Iterable[tuple[Wish, str]]) -> str:
    """Whom somebody is kept with or from, as short as can be."""
    return " ".join(f"{'+' if wish == 'together' else '≠'}{other}" for wish, other in wishes)


def expecting(now: Preparing, names: Iterable[str | Place]) -> Preparing:
    """A setup for these people and no others."""
    return replace(now, seating=Seating(), absent=()).and_also(*names)


def places_of(guests: Iterable[Guest]) -> tuple[Place, ...]:
    """Those whom a class list expects."""
    return tuple(Place(guest.name, listed=guest.known, tags=guest.tags) for guest in guests)


def guests_of(places: Iterable[Place]) -> tuple[Guest, ...]:
    """Those who are expected and may come yet; those who said that they would be late come first."""
    late = sorted(places, key=lambda place: place.here != "late")
    return tuple(Guest(place.name, tags=place.tags, known=place.known or place.listed) for place in late if place.name)
