"""What earlier sessions mean for the people who are here: what they carry on, what they have met, how far they are.

Everything is read anew from the sessions that are kept; a session that was erased is in nothing of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from roleplay.analysis.carried import Carried, as_asked_now, carry_over, first_column, lines_of
from roleplay.analysis.past import Past
from roleplay.analysis.places import Places, places_in
from roleplay.conduct.drafts import FormDraft, form_draft
from roleplay.conduct.opening import Seat, read_session
from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Rubric
from roleplay.content.series import Series
from roleplay.planning.build import build_plan
from roleplay.planning.plan import Plan
from roleplay.problems import CommandProblem
from roleplay.session.state import SentForm, State
from roleplay.session.visible import FACILITATOR_VIEWER, visible
from roleplay.store.protocol import JournalBroken, Store


def past_of(store: Store, known: Iterable[str], before: str | None = None) -> tuple[Past, ...]:
    """The sessions in which any of these known people took part, oldest first; damaged ones are left out.

    Args:
        store: where the sessions are kept.
        known: who took part.
        before: a session; only those opened before it are given.

    Raises:
        StoreProblem: the store cannot be read.
    """
    sessions = store.sessions_with(list(known))
    if before is not None:
        opened = {row.id: (row.opened, row.id) for row in store.sessions()}
        sessions = [session for session in sessions if opened[session] < opened[before]]
    return tuple(past for session in sessions if (past := _read(store, session)))


def _read(store: Store, session: str) -> Past | None:
    try:
        state, words = read_session(store, session)
    except JournalBroken:
        return None
    return Past(session, state.opened or 0, state, words)


def carried_into(store: Store, session: str, state: State) -> tuple[Carried, ...]:
    """What is carried into a session that has been opened, as far as its forms still ask for it.

    Raises:
        StoreProblem: the store cannot be read.
    """
    here = {person: state.people[person].known for person in state.humans}
    carried = carry_over(past_of(store, _known(here.values()), session), here)
    return tuple(as_asked_now(one, state.setting.bundle.rubrics) for one in carried)


def carried_for(store: Store, seats: Sequence[Seat]) -> tuple[Carried, ...]:
    """What will be carried into a session of these people; `by` and `about` are ids of their seats.

    Raises:
        StoreProblem: the store cannot be read.
    """
    here = {seat.id: seat.known for seat in seats if not seat.bot}
    return carry_over(past_of(store, _known(here.values())), here)


def continued_draft(carried: Carried) -> FormDraft:
    """A form that opens with what was last written in it."""
    return form_draft(carried.form, carried.words)


def fresh_case(
    store: Store,
    bundle: Bundle,
    seats: Sequence[Seat],
    occasion: str | None = None,
    held: Mapping[str, str] | None = None,
) -> int:
    """The case with which to begin so that nobody meets one twice, as long as there are fresh ones.

    It is the first that none of them has met; where each was met by somebody, the one met by the fewest, and of those
    the one that lies back longest. What counts is who meets which case in the whole session.

    Returns:
        The number of the case, from 0, among those of the occasion: see `build_plan`.

    Raises:
        StoreProblem: the store cannot be read.
    """
    occasion = occasion or next(iter(bundle.scenario.occasions), None)
    met = _met(store, bundle, seats)
    if not met:
        return 0
    worst: dict[int, tuple[int, int]] = {}
    for first in range(len(bundle.scenario.cases_for(occasion))):
        plan = _plan(bundle, seats, first, occasion, held)
        if plan is None:
            return 0
        again = [met[pair] for pair in _meetings(plan) if pair in met]
        worst[first] = (len(again), max(again, default=0))
    return min(worst, key=lambda first: worst[first], default=0)


def next_occasion(
    store: Store, bundle: Bundle, seats: Sequence[Seat], held: Mapping[str, str] | None = None
) -> str | None:
    """The first occasion of a scenario that not all of those who will lead have done.

    Where all are done, the one that lies back longest; none where the scenario has no occasions.

    Raises:
        StoreProblem: the store cannot be read.
    """
    occasions = list(bundle.scenario.occasions)
    plan = _plan(bundle, seats, 0, None, held) if occasions else None
    if plan is None:
        return next(iter(occasions), None)
    leading = bundle.scenario.leading_role
    leaders = {person for track in plan.tracks for step in track.steps for person in step.cast.get(leading, ())}
    known = [seat.known for seat in seats if seat.id in leaders and not seat.bot]
    pasts = [past for past in past_of(store, _known(known)) if past.scenario == bundle.id]
    return min(occasions, key=lambda occasion: _last_done(pasts, occasion, known))


def places(store: Store, series_id: str, series: Series, known: Iterable[str]) -> Places:
    """How far known people have come in a series.

    Raises:
        StoreProblem: the store cannot be read.
    """
    people = tuple(dict.fromkeys(known))
    return places_in(past_of(store, people), series_id, series, people)


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One person whom somebody coaches, and where the work with them stands."""

    known: str
    name: str
    last: int
    """When they were last here, as UTC milliseconds."""
    title: str
    """What was played then."""
    next_step: str
    """The first line of their latest next step; empty where there is none."""
    goals: tuple[str, ...]
    """The first column of their latest plan."""


def caseload(store: Store) -> tuple[CaseloadRow, ...]:
    """Everybody who is known, those not seen for longest first, with words that the facilitator may read.

    Raises:
        StoreProblem: the store cannot be read.
    """
    people = store.known_people()
    steps: dict[str, str] = {}
    goals: dict[str, tuple[str, ...]] = {}
    for past in past_of(store, [person.id for person in people]):
        for known, carry, rubric, form in _kept(past):
            if carry == "next-step":
                steps[known] = next((words for _, words in lines_of(rubric, form, past.words)), "")
            elif carry == "plan":
                goals[known] = first_column(rubric, form, past.words)
    rows = [CaseloadRow(p.id, p.name, p.last, p.last_title, steps.get(p.id, ""), goals.get(p.id, ())) for p in people]
    return tuple(sorted(rows, key=lambda row: row.last))


def _kept(past: Past) -> Iterator[tuple[str, str, Rubric, SentForm]]:
    """The forms that are kept and that the facilitator may read, with whom they are about, in the order of sending."""
    found = [
        (form.due.about, form.due.carry, form.due.rubric, form.last)
        for form in visible(past.state, FACILITATOR_VIEWER).forms
    ]
    for about, carry, rubric, form in sorted(found, key=lambda kept: kept[3].at):
        known = past.known(about)
        if known and carry:
            yield known, carry, past.state.setting.bundle.rubrics[rubric], form


def _known(people: Iterable[str | None]) -> list[str]:
    return [known for known in people if known]


def _plan(
    bundle: Bundle, seats: Sequence[Seat], first: int, occasion: str | None, held: Mapping[str, str] | None
) -> Plan | None:
    try:
        return build_plan(bundle.scenario, [seat.id for seat in seats], None, first, occasion, held)
    except CommandProblem:
        return None


def _last_done(pasts: Iterable[Past], occasion: str, leaders: Sequence[str | None]) -> int:
    """When the last of these led on an occasion for the last time; 0 where one of them never has."""
    last = dict.fromkeys(leaders, 0)
    for past in pasts:
        if past.state.occasion == occasion:
            last |= {who: past.opened for who in last if who and past.over_for(who) and past.led(who)}
    return min(last.values(), default=0)


def _met(store: Store, bundle: Bundle, seats: Sequence[Seat]) -> dict[tuple[str, str], int]:
    """(Seat, case) to when the person there last met that case of this scenario."""
    ids = {seat.known: seat.id for seat in seats if seat.known and not seat.bot}
    met = {}
    for past in past_of(store, ids):
        for known, seat in ids.items():
            track = past.track(known) if past.scenario == bundle.id else None
            for step in track.steps if track else ():
                if step.case and track and track.has_begun(step.id):
                    met[seat, step.case] = past.opened
    return met


def _meetings(plan: Plan) -> set[tuple[str, str]]:
    return {
        (person, step.case) for track in plan.tracks for step in track.steps if step.case for person in track.people
    }
