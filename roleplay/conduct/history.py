"""Earlier sessions of people who are known: read from the store, what goes on from them, and where each person stands.

Everything is read anew from the sessions that are kept; a session that was erased is in nothing of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roleplay.analysis.carried import Carried, as_asked_now, carry_over, first_column, lines_of
from roleplay.analysis.past import Past
from roleplay.conduct.drafts import FormDraft, form_draft
from roleplay.conduct.opening import read_session
from roleplay.content.rubric import Rubric
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


def pasts_before(store: Store, session: str, state: State) -> tuple[Past, ...]:
    """The sessions before this one in which any of those known here took part, oldest first.

    Raises:
        StoreProblem: the store cannot be read.
    """
    return past_of(store, filter(None, (state.people[person].known for person in state.humans)), session)


def carried_into(
    store: Store, session: str, state: State, pasts: tuple[Past, ...] | None = None
) -> tuple[Carried, ...]:
    """What is carried into a session that has been opened, as far as its forms still ask for it.

    Args:
        store: where the sessions are kept.
        session: the session.
        state: where it stands.
        pasts: what `pasts_before` says, where it is known already.

    Raises:
        StoreProblem: the store cannot be read.
    """
    here = {person: state.people[person].known for person in state.humans}
    carried = carry_over(pasts_before(store, session, state) if pasts is None else pasts, here)
    return tuple(as_asked_now(one, state.setting.bundle.rubrics) for one in carried)


def continued_draft(carried: Carried) -> FormDraft:
    """A form that opens with what was last written in it."""
    return form_draft(carried.form, carried.words)


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
