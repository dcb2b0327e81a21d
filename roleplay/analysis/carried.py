"""What was written to be kept for the next session of the same people: next steps, plans, maps and notes.

The words stay where they were written and are read from there, so that erasing them erases them here. They are shown
openly only where everybody here could read them then; otherwise they are their writer's alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from roleplay.analysis.past import Past
from roleplay.content.rubric import Criterion, Rubric, column_of, row_of
from roleplay.content.scales import TextScale
from roleplay.session.events import Answer
from roleplay.session.forms import FormDue, find_form
from roleplay.session.state import SentForm
from roleplay.session.visible import viewer_of, visible


@dataclass(frozen=True, slots=True)
class Carried:
    """A form of an earlier session, as it stands; `by` and `about` are ids of the session that it is carried into."""

    rubric: str
    title: str
    carry: str
    """As what it was kept: see `FormRequest.carry`."""
    by: str
    about: str
    opened: int
    """When its session was opened, as UTC milliseconds."""
    session: str
    lines: tuple[tuple[str, str], ...]
    """Question and words, in the order of the form; what was not answered, or was erased, is left out."""
    form: SentForm
    """To be continued: without erased words, and without the moments of the other session."""
    words: Mapping[str, str]
    """The words of that form, by text id."""
    open: bool
    """Everybody who is here now could read it then, so that it may be shown to all; else to its writer, privately.
    What is private is never open: whoever leads looks at the same screen."""


def carry_over(pasts: Iterable[Past], here: Mapping[str, str | None]) -> tuple[Carried, ...]:
    """What is carried into a session: of each rubric the latest form by and about people who are here.

    Next steps come first, since a session begins with them; else the oldest.

    Args:
        pasts: earlier sessions, oldest first.
        here: every human who is here, by id, with who that is in all sessions.
    """
    ids = {known: person for person, known in here.items() if known}
    latest: dict[tuple[str, str, str], _Kept] = {}
    for past in pasts:
        for kept in _kept(past):
            by, about = (ids.get(past.known(person) or "") for person in (kept.due.by, kept.due.about))
            if by is not None and about is not None:
                latest.pop((kept.due.rubric, by, about), None)
                latest[kept.due.rubric, by, about] = kept
    readable = _Readable()
    found = (
        _carried(kept, by, about, not kept.due.private and all(readable.by(known, kept) for known in here.values()))
        for (_, by, about), kept in latest.items()
    )
    return tuple(sorted((one for one in found if one.lines), key=lambda one: one.carry != "next-step"))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A form that was kept, with its newest version."""

    past: Past
    track: str
    due: FormDue
    form: SentForm


def _kept(past: Past) -> list[_Kept]:
    """The forms of a session that were kept, in the order of sending."""
    forms = [
        _Kept(past, track.id, find_form(past.state.setting, track, id), versions[-1])
        for track in past.state.tracks.values()
        for id, versions in track.forms.items()
    ]
    return sorted((kept for kept in forms if kept.due.carry), key=lambda kept: kept.form.at)


class _Readable:
    """Which forms known people could read in the sessions that they took part in; worked out once for each."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, str], set[tuple[str, str]]] = {}

    def by(self, known: str | None, kept: _Kept) -> bool:
        """Whether somebody sat at the table of a form and could read it."""
        person = kept.past.person(known) if known else None
        if person is None:
            return False
        session = (kept.past.session, person)
        if session not in self._forms:
            seen = visible(kept.past.state, viewer_of(person)).forms
            self._forms[session] = {(form.track, form.due.id) for form in seen}
        return (kept.track, kept.due.id) in self._forms[session]


def lines_of(rubric: Rubric, form: SentForm, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a form says: question and words, row by row; what was not answered, or was erased, is left out."""
    many = any(row_of(id) > 1 for id in form.answers)
    lines = [
        (f"{criterion.title} {row_of(criterion.id)}" if many else criterion.title, said)
        for criterion in rubric.asked
        if (said := _said(rubric, criterion, form.answers.get(criterion.id), words))
    ]
    asked = [(prompt.ask, form.prompts[prompt.id]) for prompt in rubric.prompts if prompt.id in form.prompts]
    return (*lines, *((ask, words[ref.id]) for ask, ref in asked if ref.id in words))


def first_column(rubric: Rubric, form: SentForm, words: Mapping[str, str]) -> tuple[str, ...]:
    """The answers to the first criterion, row by row."""
    first = rubric.criteria[0].id if rubric.criteria else ""
    column = [c for c in rubric.asked if column_of(c.id) == first]
    return tuple(said for c in column if (said := _said(rubric, c, form.answers.get(c.id), words)))


def as_asked_now(carried: Carried, rubrics: Mapping[str, Rubric]) -> Carried:
    """The same with only those answers that the rubric, as it stands today, still asks for."""
    rubric = rubrics.get(carried.rubric)
    if rubric is None:
        return carried
    asked, prompts = {c.id: c for c in rubric.asked}, {prompt.id for prompt in rubric.prompts}
    answers = {id: a for id, a in carried.form.answers.items() if id in asked and _fits(rubric, asked[id], a)}
    kept = {id: ref for id, ref in carried.form.prompts.items() if id in prompts}
    return replace(carried, form=replace(carried.form, answers=answers, prompts=kept))


def carried_to(carried: Sequence[Carried], due: FormDue) -> Carried | None:
    """What was carried into a form that is asked for again, or none."""
    wanted = (due.carry, due.rubric, due.by, due.about)
    return next((c for c in carried if (c.carry, c.rubric, c.by, c.about) == wanted), None)


def _carried(kept: _Kept, by: str, about: str, open: bool) -> Carried:
    past, due = kept.past, kept.due
    rubric = past.state.setting.bundle.rubrics[due.rubric]
    standing = _standing(kept.form, past.words)
    refs = [
        *standing.prompts.values(),
        *(ref for answer in standing.answers.values() for ref in (answer.text, answer.quote) if ref),
    ]
    return Carried(
        rubric=due.rubric,
        title=rubric.title,
        carry=due.carry or "",
        by=by,
        about=about,
        opened=past.opened,
        session=past.session,
        lines=lines_of(rubric, kept.form, past.words),
        form=standing,
        words={ref.id: past.words[ref.id] for ref in refs},
        open=open,
    )


def _standing(form: SentForm, words: Mapping[str, str]) -> SentForm:
    answers = {
        id: answer.model_copy(
            update={"taps": (), "quote": answer.quote if answer.quote and answer.quote.id in words else None}
        )
        for id, answer in form.answers.items()
        if answer.text is None or answer.text.id in words
    }
    prompts = {id: ref for id, ref in form.prompts.items() if ref.id in words}
    return replace(form, answers=answers, prompts=prompts, share=False)


def _said(rubric: Rubric, criterion: Criterion, answer: Answer | None, words: Mapping[str, str]) -> str:
    if answer is None or not answer.observed:
        return ""
    if answer.text is not None:
        return words.get(answer.text.id, "")
    return "" if answer.value is None else rubric.scale_of(criterion).describe(answer.value)


def _fits(rubric: Rubric, criterion: Criterion, answer: Answer) -> bool:
    scale = rubric.scale_of(criterion)
    if not answer.observed:
        return True
    return answer.text is not None if isinstance(scale, TextScale) else not scale.check(answer.value)
