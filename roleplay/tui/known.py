"""The same Ana? Who of those that were here before may be meant by a name; nobody is taken for anybody unasked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from roleplay.conduct.roster import from_list
from roleplay.store.protocol import KnownPerson
from roleplay.tui.describe import NEAR, day
from roleplay.tui.seating import first_name


def bearers(name: str, people: Iterable[KnownPerson]) -> tuple[KnownPerson, ...]:
    """Those of the people who may be meant by a name, whatever the case of its letters."""
    wanted = first_name(name).casefold()
    return tuple(person for person in people if first_name(person.name).casefold() == wanted)


def say_last(person: KnownPerson, now: int) -> str:
    """When somebody was here, and for what; `now` in UTC milliseconds."""
    often = f" · {person.sessions} times in all" if person.sessions > 1 else ""
    return f"{day(person.last, now)} · {person.last_title}{often}"


def say_shortly(person: KnownPerson | None, now: int) -> str:
    """When somebody was here, in a few words; nobody is somebody new."""
    if person is None:
        return "somebody new"
    said = day(person.last, now)
    return f"here {said}" if said in NEAR else f"here on {said}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that somebody bore before, and what is said about it."""

    name: str
    people: tuple[KnownPerson, ...]
    chosen: int | None = None
    """Which of the people it is, `len(people)` for somebody new, nothing while nobody has said."""

    @property
    def decided(self) -> bool:
        """Whether it is said who this is."""
        return self.chosen is not None

    @property
    def person(self) -> KnownPerson | None:
        """Who it is; nothing for somebody new."""
        return self.people[self.chosen] if self.chosen is not None and self.chosen < len(self.people) else None

    def other(self, taken: Collection[str] = ()) -> Asked:
        """The next one it may be, passing over those who are somebody else here."""
        at = -1 if self.chosen is None else self.chosen
        for step in range(1, len(self.people) + 2):
            choice = (at + step) % (len(self.people) + 1)
            if choice == len(self.people) or self.people[choice].id not in taken:
                break
        return replace(self, chosen=choice)


def ask_about(
    names: Iterable[str],
    people: Sequence[KnownPerson],
    taken: Collection[str] = (),
    said: Mapping[str, str | None] | None = None,
    listed: Collection[str] = (),
) -> tuple[Asked, ...]:
    """Which of these names were borne before, each with a first guess where only one person bore it.

    Args:
        names: the names that were typed.
        people: everybody who was here before.
        taken: those of them who sit here already, under another name.
        said: who a name was said to be so far, nothing for somebody new; that is then the guess.
        listed: names with an id in a class list: whoever is known by another id of a list is somebody else.
    """
    found, used = [], set(taken)
    for name in names:
        who = tuple(
            person
            for person in bearers(name, people)
            if person.id not in taken and not (name in listed and from_list(person.id))
        )
        if not who:
            continue
        guess = 0 if len(who) == 1 and who[0].id not in used else None
        if said and name in said:
            guess = next((n for n, person in enumerate(who) if person.id == said[name]), len(who))
        asked = Asked(name, who, guess)
        used |= {asked.person.id} if asked.person else set()
        found.append(asked)
    return tuple(found)
