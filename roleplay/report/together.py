"""Several forms on one rubric read together: criterion by criterion, those who gave the same answer side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roleplay.report.feedback import Answered, FormPart


@dataclass(frozen=True, slots=True)
class Voice:
    """One writer, with the evidence that this writer gave."""

    form: FormPart
    answered: Answered


@dataclass(frozen=True, slots=True)
class SameAnswer:
    """One answer, with everybody who gave it; in own words, each writer's is an answer of its own."""

    answered: Answered
    voices: list[Voice]


@dataclass(frozen=True, slots=True)
class OfCriterion:
    """The answers to one criterion, in the order in which they came."""

    criterion: str
    answers: list[SameAnswer]


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The forms on one rubric about one take."""

    rubric: str
    take: str
    forms: list[FormPart]

    @property
    def criteria(self) -> list[OfCriterion]:
        """Every criterion that somebody answered, in the order of the rubric."""
        found: dict[str, list[SameAnswer]] = {}
        for form in self.forms:
            for answered in form.answers:
                same = found.setdefault(answered.criterion, [])
                voice = Voice(form, answered)
                alike = next((one for one in same if _alike(one.answered, answered)), None)
                if alike:
                    alike.voices.append(voice)
                else:
                    same.append(SameAnswer(answered, [voice]))
        return [OfCriterion(criterion, answers) for criterion, answers in found.items()]


def together(forms: Sequence[FormPart]) -> list[FormGroup]:
    """Forms on the same rubric about the same take together; a form that is a table stands alone.

    Left out are forms by others that hold nothing but words, which stand by themselves.
    """
    groups: dict[tuple[str, str, int], FormGroup] = {}
    for number, form in enumerate(forms):
        if form.words and not (form.answers or form.rows or form.about_self):
            continue
        key = (form.take, form.rubric, number if form.rows else -1)
        groups.setdefault(key, FormGroup(form.rubric, form.take, [])).forms.append(form)
    takes = list(dict.fromkeys(form.take for form in forms))
    return sorted(groups.values(), key=lambda group: takes.index(group.take))


def _alike(one: Answered, other: Answered) -> bool:
    if not one.observed or not other.observed:
        return one.observed == other.observed
    return not one.own_words and one.answer == other.answer
