"""Who is in a class: those whom a class list names, or the people of an earlier session.

Mail addresses are private. They are kept for whoever sends the cards, and are written nowhere: in no event, no report
and no page, and not in what a value shows of itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from roleplay.conduct.names import tell_apart
from roleplay.conduct.opening import read_session
from roleplay.problems import CommandProblem
from roleplay.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is expected."""

    name: str
    """No two of one list have the same."""
    id: str | None = None
    """As the list has it."""
    email: str | None = field(default=None, repr=False)
    tags: Mapping[str, str] = field(default_factory=dict)
    """Every other column of the list that has something for this person, such as a cohort."""
    known: str | None = None
    """Who this is in all sessions, where the list has an id or an earlier session says it."""


@dataclass(frozen=True, slots=True)
class Roster:
    """A class, in the order of its list."""

    guests: tuple[Guest, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    """Names of people who are kept at one table."""
    apart: tuple[tuple[str, ...], ...] = ()
    """Names of people no two of whom sit at one table."""
    notes: tuple[str, ...] = ()
    """What was noticed in the list, a sentence each."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody's name."""
        return tuple(guest.name for guest in self.guests)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that anybody has, in the order of the columns."""
        return tuple(dict.fromkeys(tag for guest in self.guests for tag in guest.tags))

    def and_also(self, other: Roster) -> Roster:
        """Both classes; who is known to be in both is there once, and others of the same name are told apart."""
        known = {guest.known for guest in self.guests if guest.known}
        more = [guest for guest in other.guests if guest.known not in known]
        told = tell_apart([*self.names, *(guest.name for guest in more)])[len(self.guests) :]
        called = {guest.name: name for guest, name in zip(more, told, strict=True)}
        sets = [
            tuple(tuple(called.get(name, name) for name in names) for names in wished)
            for wished in (other.together, other.apart)
        ]
        return Roster(
            (*self.guests, *(replace(guest, name=called[guest.name]) for guest in more)),
            (*self.together, *sets[0]),
            (*self.apart, *sets[1]),
            (*self.notes, *other.notes),
        )


def of_names(names: Iterable[str]) -> Roster:
    """People of whom nothing but the name is known."""
    return Roster(tuple(map(Guest, tell_apart(names))))


def people_of(store: Store, session: str) -> Roster:
    """The people who took part in an earlier session, by name, each with the id by which they are known over all.

    Raises:
        CommandProblem: the session cannot be read, or nobody but bots took part.
    """
    state, words = read_session(store, session)
    people = [state.people[id] for id in state.humans]
    named = [(words[person.name.id], person.known) for person in people if person.name.id in words]
    if not named:
        mend = "`roleplay sessions` lists the others."
        raise CommandProblem(
            f"Nobody took part in session {session} but bots, or people whose names were erased.", mend
        )
    named.sort(key=lambda each: each[0].casefold())
    told = tell_apart(name for name, _ in named)
    return Roster(tuple(Guest(name, known=known) for name, (_, known) in zip(told, named, strict=True)))


def known_id(id: str) -> str:
    """Who somebody is in all sessions, from the id of a class list; the id itself is written nowhere.

    An id that the program gave out itself, as `roleplay caseload --json` prints it, stays.
    """
    if re.fullmatch("[kr]-[a-z]{10}", id):
        return id
    digest = hashlib.sha256(f"roster {id.casefold()}".encode()).digest()
    return "r-" + "".join(chr(ord("a") + byte % 26) for byte in digest[:10])


def from_list(known: str) -> bool:
    """Whether somebody is known by the id of a class list, so that another id is another person."""
    return known.startswith("r-")
