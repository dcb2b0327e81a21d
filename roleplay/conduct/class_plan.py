"""Groups for a class, for one session or several ahead: from a list of people, their history and what is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from roleplay.analysis.company import company_of
from roleplay.conduct.history import past_of
from roleplay.conduct.roster import Guest, Roster
from roleplay.content.scenario import Scenario
from roleplay.content.seats import seats
from roleplay.planning.build import build_plan
from roleplay.planning.groups import sizes_for
from roleplay.planning.lengths import usual_size
from roleplay.planning.mixing import Company, Grouped, Wishes, form_groups, say_broken
from roleplay.planning.plan import Plan
from roleplay.planning.words import say_list
from roleplay.problems import CommandProblem, nearest
from roleplay.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for."""

    sessions: int = 1
    seed: int = 0
    minutes: int | None = None
    together: tuple[tuple[str, ...], ...] = ()
    """Sets of names."""
    apart: tuple[tuple[str, ...], ...] = ()
    by_tag: Literal["mix", "match"] | None = None
    tag: str | None = None
    everyone_leads: bool = True


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """Who sits where in each session, and who plays what."""

    names: Mapping[str, str]
    """Person to name."""
    company: Company
    grouped: Grouped
    plans: tuple[Plan, ...]
    """One for each session."""
    notes: tuple[str, ...]


def plan_class(
    scenario: Scenario,
    roster: Roster,
    asked: Request,
    store: Store | None = None,
    go_on: Callable[[], bool] | None = None,
) -> ClassPlan:
    """Plan sessions for a class.

    Args:
        scenario: what is played, every time.
        roster: who is expected.
        asked: for how many sessions, and what is wished.
        store: where earlier sessions are kept; without it, nobody has met anybody.
        go_on: asked now and then whether to look for better groups.

    Raises:
        CommandProblem: too few people, a wish about somebody who is not there, or too little time.
        StoreProblem: the store cannot be read.
    """
    if len(roster.guests) < 2:
        there = "There is one person" if roster.guests else "There is nobody"
        raise CommandProblem(f"{there} to make groups of.", "Give at least two names.")
    guests, said = recognised(roster.guests, store) if store else (roster.guests, ())
    ids = {guest.name: f"p{n}" for n, guest in enumerate(guests, start=1)}
    names = {id: name for name, id in ids.items()}
    known = {ids[guest.name]: guest.known for guest in guests if guest.known}
    company = company_of(past_of(store, known.values()), known) if store and known else Company()
    sizes = sizes_for(scenario, len(ids))
    grouped = form_groups(
        list(names),
        sizes,
        sessions=asked.sessions,
        company=company,
        wishes=_wishes(roster, asked, ids),
        seed=asked.seed,
        leading=leading_in(scenario, sizes, everyone_leads=asked.everyone_leads),
        go_on=go_on,
    )
    plans = tuple(
        build_plan(scenario, list(names), asked.minutes, groups=groups, everyone_leads=asked.everyone_leads)
        for groups in grouped.sessions
    )
    notes = (*plans[0].notes, *say_broken(grouped, lambda id: names[id]), *said)
    return ClassPlan(names, company, grouped, plans, notes)


def leading_in(scenario: Scenario, sizes: Sequence[int], *, everyone_leads: bool = True) -> int | None:
    """How many people lead at each table; nothing where everybody does."""
    if scenario.rotates:
        return None if everyone_leads else usual_size(scenario, sizes)
    return min(seats(scenario.seated, size).count(scenario.leading_role) for size in sizes)


def recognised(guests: Sequence[Guest], store: Store) -> tuple[tuple[Guest, ...], tuple[str, ...]]:
    """The same people, those of whom only the name is given with who bears it in earlier sessions; and what to say.

    Raises:
        StoreProblem: the store cannot be read.
    """
    people = store.known_people()
    bearers = Counter(person.name.casefold() for person in people)
    by_name = {person.name.casefold(): person.id for person in people if bearers[person.name.casefold()] == 1}
    taken = {guest.known for guest in guests if guest.known}
    found, called, several = [], [], []
    for guest in guests:
        name = guest.name.casefold()
        who = None if guest.known or guest.id else by_name.get(name)
        if who and who not in taken:
            called.append(guest.name)
        elif not guest.known and bearers[name] > 1:
            several.append(guest.name)
        found.append(replace(guest, known=guest.known or (None if who in taken else who)))
    said = []
    if called:
        one = len(called) == 1
        said.append(f"{say_list(called)} {'is' if one else 'are'} taken for the known {_people(one)} of {_that(one)}.")
    if several:
        said.append(
            f"Several people are known as {say_list(several)}: their history is left out. An id tells them apart."
        )
    return tuple(found), tuple(said)


def _people(one: bool) -> str:
    return "person" if one else "people"


def _that(one: bool) -> str:
    return "that name" if one else "those names"


def _wishes(roster: Roster, asked: Request, ids: Mapping[str, str]) -> Wishes:
    tags = {}
    if asked.tag is not None:
        tag = _find(asked.tag, roster.tags, "column", "columns")
        tags = {ids[guest.name]: guest.tags[tag] for guest in roster.guests if tag in guest.tags}
    together, apart = (
        tuple(tuple(ids[_find(name, ids, "person", "names")] for name in names) for names in sets)
        for sets in ((*roster.together, *asked.together), (*roster.apart, *asked.apart))
    )
    return Wishes(together, apart, tags, asked.by_tag)


def _find(wanted: str, there: Iterable[str], what: str, all_: str) -> str:
    """The one of several that is meant, however it is spelled."""
    known = list(there)
    said = " ".join(wanted.split()).casefold()
    found = [one for one in known if one.casefold() == said]
    if found:
        return found[0]
    if not known:
        raise CommandProblem(
            f"The list has no {what} “{wanted}”: nobody on it has a tag.", "Add a column, such as cohort."
        )
    mend = nearest(wanted, known) or f"The {all_} are: {', '.join(known)}."
    raise CommandProblem(f"The list has no {what} “{wanted}”.", mend)
