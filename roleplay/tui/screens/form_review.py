"""What is answered on a form and what is missing, page by page: a look at a draft, with no widgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from roleplay.conduct.drafts import DraftAnswer, FormDraft, form_command
from roleplay.content.rubric import Criterion, Rubric, row_of
from roleplay.session.events import Answer
from roleplay.session.forms import FormDue
from roleplay.session.state import TrackState
from roleplay.session.writing import check_answer
from roleplay.tui.widgets.prompts import WORDS
from roleplay.tui.widgets.rows import Row

_STILL = "still to answer"
_LONGEST = 60


def pages_of(rubric: Rubric, due: FormDue) -> list[str]:
    """The pages on which a form is answered: one for each criterion, or for each row, then the open questions."""
    pages = dict.fromkeys(page_of(rubric, number) for number in range(len(rubric.asked)))
    return [*pages, *([WORDS] if rubric.prompts and due.purpose == "form" else [])]


def page_of(rubric: Rubric, number: int) -> str:
    """The page of the criterion of that number, counted from 0."""
    return f"row-{row_of(rubric.asked[number].id)}" if rubric.rows > 1 else f"page-{number}"


def not_observed(due: FormDue) -> str:
    """How it is said that somebody gives no answer to a criterion."""
    if due.purpose == "forecast":
        return "I cannot say"
    return "Leave this out" if due.about_self else "Not observed"


def readers_of(due: FormDue, about: str) -> str:
    """Who will be able to read a form; `about` is the name of the person it is about, nothing for oneself."""
    if due.purpose == "forecast":
        return "The facilitator sees your forecast once the conversation is over, to compare."
    kept = " It is kept for your next session." if due.carry else ""
    if due.private:
        return f"Nobody but you can read this, also not the facilitator.{kept}"
    if due.sealed:
        return (
            f"Nobody reads this until all forms about {about} are in. Then those who wrote one can, and the "
            f"facilitator; {about} once the session is closed."
        )
    if due.carry:
        return f"Everybody at this table can read it, and the facilitator.{kept}"
    return f"{f'{about} and the facilitator' if about else 'The facilitator'} will be able to read it."


@dataclass(frozen=True)
class Look:
    """A look at a draft."""

    track: TrackState
    due: FormDue
    rubric: Rubric
    draft: FormDraft

    @cached_property
    def _answers(self) -> dict[str, Answer]:
        command, _ = form_command(self.track.id, self.due, self.draft)
        return dict(command.answers)

    def missing(self) -> list[str]:
        """The pages on which something is missing."""
        pages = [page_of(self.rubric, n) for n, c in enumerate(self.rubric.asked) if self.problem(c)]
        return [*dict.fromkeys(pages), *([WORDS] if any(self._still_asked()) else [])]

    def problem(self, criterion: Criterion) -> str:
        """What keeps the answer to a criterion from being taken, or nothing."""
        answer = self.draft.answers.get(criterion.id)
        if answer is None or _empty(answer):
            return _STILL if self.is_asked(row_of(criterion.id)) else ""
        return check_answer(self.track, self.due, self.rubric, criterion, self._answers.get(criterion.id))

    def is_asked(self, row: int) -> bool:
        """Whether a row has to be answered: the first one, and any other that is begun."""
        return row == 1 or self.is_begun(row)

    def is_begun(self, row: int) -> bool:
        """Whether anything is answered in a row."""
        return any(row_of(id) == row and not _empty(answer) for id, answer in self.draft.answers.items())

    def half_row(self) -> int | None:
        """The first row after the first one that is begun and not answered in full, or none."""
        return next((row_of(c.id) for c in self.rubric.asked if row_of(c.id) > 1 and self.problem(c)), None)

    def rows(self) -> Iterator[Row]:
        """What is answered on each page."""
        if self.rubric.rows > 1:
            yield from (self._row(row) for row in range(1, self.rubric.rows + 1))
        else:
            for number, criterion in enumerate(self.rubric.asked):
                yield Row(page_of(self.rubric, number), criterion.title, self.problem(criterion) or self.say(criterion))
        if WORDS in pages_of(self.rubric, self.due):
            count = sum(bool(words.strip()) for words in self.draft.prompts.values())
            open = next(self._still_asked(), None)
            said = f"{_STILL}: {open}" if open else f"{count} of {len(self.rubric.prompts)} answered"
            yield Row(WORDS, "In your own words", said)

    def _row(self, row: int) -> Row:
        cells = [criterion for criterion in self.rubric.asked if row_of(criterion.id) == row]
        why = [f"{cell.title}: {problem}" for cell in cells if (problem := self.problem(cell))]
        said = next((self.say(cell) for cell in cells if self.is_begun(row)), "left empty")
        return Row(f"row-{row}", f"Row {row}", why[0] if why else said)

    def say(self, criterion: Criterion) -> str:
        """An answer in words."""
        answer = self.draft.answers[criterion.id]
        if not answer.observed:
            return {"Leave this out": "left out"}.get(not_observed(self.due), not_observed(self.due).lower())
        text = " ".join(answer.text.split())
        text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        said = text if answer.value is None else self.rubric.scale_of(criterion).describe(answer.value)
        given = [f"{len(answer.taps)} moment{'s' if len(answer.taps) != 1 else ''}"] if answer.taps else []
        given += ["your quote"] if answer.quote.strip() else []
        return " · ".join((said, *given))

    def _still_asked(self) -> Iterator[str]:
        if self.due.purpose == "form":
            prompts = self.draft.prompts
            yield from (p.ask for p in self.rubric.prompts if not p.optional and not prompts.get(p.id, "").strip())


def _empty(answer: DraftAnswer) -> bool:
    return answer.observed and answer.value is None and not answer.text.strip()
