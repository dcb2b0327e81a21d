"""What forms say about people, criterion by criterion: how often each level, by whom, and against the forecast.

Not observed is not a zero: it is counted by itself and enters no average.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean, median_low
from typing import Literal

from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Criterion, Rubric
from roleplay.content.scales import ChecklistScale, OrderedScale, Scale, TextScale
from roleplay.session.visible import SeenForm


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many forms gave one answer."""

    value: int
    """The level or the count; for a tick 1 is seen and 0 is not seen."""
    label: str
    """The answer in words, for a level without its number."""
    forms: int


@dataclass(frozen=True, slots=True)
class CriterionSpread:
    """The answers to one criterion in many forms."""

    rubric: str
    criterion: str
    buckets: tuple[Bucket, ...]
    """Lowest first. Every level of the scale has one, and of the counts those that were given."""
    not_observed: int
    people: int
    """How many people these forms are about."""

    @property
    def observed(self) -> int:
        """How many forms gave an answer."""
        return sum(bucket.forms for bucket in self.buckets)


@dataclass(frozen=True, slots=True)
class Rating:
    """One person's answer to one criterion."""

    by: str
    value: int | None
    """None where it was not observed."""


Direction = Literal["higher", "same", "lower"]
_A_DIFFERENCE = 0.5
"""Less than so much of a level is none."""


def direction_of(levels: float) -> Direction:
    """A difference between levels in a word."""
    if abs(levels) < _A_DIFFERENCE:
        return "same"
    return "higher" if levels > 0 else "lower"


@dataclass(frozen=True, slots=True)
class Gap:
    """What others saw against what the leader forecast."""

    forecast: int
    seen: float
    """Mean of the observed levels."""
    by: float
    """`seen` less `forecast`, in levels; above zero, others saw more than the leader expected."""

    @property
    def direction(self) -> Direction:
        """The same in a word."""
        return direction_of(self.by)


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """What was said about one person on one criterion, by everybody who rated."""

    rubric: str
    criterion: str
    ratings: tuple[Rating, ...]
    forecast: int | None
    gap: Gap | None
    """Only where there is a forecast and somebody observed a level."""

    @property
    def levels(self) -> tuple[int, ...]:
        """The observed levels, in the order of the raters."""
        return tuple(rating.value for rating in self.ratings if rating.value is not None)

    @property
    def typical(self) -> int | None:
        """The level in the middle, the lower one of two; none where nobody observed one."""
        return median_low(self.levels) if self.levels else None


@dataclass(frozen=True, slots=True)
class BothViews:
    """One criterion, as somebody sees it and as others do."""

    rubric: str
    criterion: str
    own: int | None
    """None where it was left open."""
    others: tuple[int, ...]
    """The levels that were observed."""

    @property
    def apart(self) -> float | None:
        """The mean of the others less the own level; none where one of the two is missing."""
        return round(mean(self.others) - self.own, 2) if self.own is not None and self.others else None


def rubric_spread(bundle: Bundle, forms: Iterable[SeenForm]) -> tuple[CriterionSpread, ...]:
    """How often each answer was given, for every criterion of every rubric that occurs, in the bundle's order.

    The newest version of a form counts. Left out are forecasts, forms about oneself, and answers in words.
    """
    by_rubric: dict[str, list[SeenForm]] = {}
    for form in forms:
        if form.due.purpose == "form" and not form.due.about_self:
            by_rubric.setdefault(form.due.rubric, []).append(form)
    return tuple(
        _spread(id, rubric, criterion, by_rubric[id])
        for id, rubric in bundle.rubrics.items()
        if id in by_rubric
        for criterion in rubric.criteria
        if not isinstance(rubric.scale_of(criterion), TextScale)
    )


def _spread(id: str, rubric: Rubric, criterion: Criterion, forms: list[SeenForm]) -> CriterionSpread:
    answers = [form.last.answers[criterion.id] for form in forms if criterion.id in form.last.answers]
    values = [int(answer.value) for answer in answers if answer.observed and answer.value is not None]
    scale = rubric.scale_of(criterion)
    return CriterionSpread(
        rubric=id,
        criterion=criterion.id,
        buckets=tuple(Bucket(n, label, values.count(n)) for n, label in _possible(scale, values).items()),
        not_observed=sum(not answer.observed for answer in answers),
        people=len({form.due.about for form in forms}),
    )


def _possible(scale: Scale, values: list[int]) -> dict[int, str]:
    if isinstance(scale, OrderedScale):
        return scale.levels
    possible = [0, 1] if isinstance(scale, ChecklistScale) else sorted(set(values))
    return {n: scale.describe(n) for n in possible}


def scores_of(bundle: Bundle, forms: Iterable[SeenForm], person: str) -> tuple[CriterionScore, ...]:
    """What these forms say about a person on every criterion that is answered with a level, in the bundle's order.

    Give it the forms of one round: the ratings of several rounds are not told apart.
    """
    forecasts: dict[str, SeenForm] = {}
    others: dict[str, list[SeenForm]] = {}
    for form in forms:
        if form.due.about != person:
            continue
        if form.due.purpose == "forecast":
            forecasts[form.due.rubric] = form
        elif not form.due.about_self:
            others.setdefault(form.due.rubric, []).append(form)
    return tuple(
        _score(id, criterion, others.get(id, []), forecasts.get(id))
        for id, rubric in bundle.rubrics.items()
        if id in others or id in forecasts
        for criterion in rubric.criteria
        if isinstance(rubric.scale_of(criterion), OrderedScale)
    )


def both_views(bundle: Bundle, forms: Iterable[SeenForm], person: str) -> tuple[BothViews, ...]:
    """The own levels beside those of others, for every rubric that both have filled in about a person.

    Give it the forms of one take: several are not told apart.
    """
    meant = [form for form in forms if form.due.about == person and form.due.purpose == "form"]
    own = {form.due.rubric: form for form in meant if form.due.about_self}
    found = []
    for id, rubric in bundle.rubrics.items():
        others = [form for form in meant if form.due.rubric == id and not form.due.about_self]
        if id not in own or not others:
            continue
        for criterion in rubric.criteria:
            if isinstance(rubric.scale_of(criterion), OrderedScale):
                levels = (level_of(form, criterion.id) for form in others)
                seen = tuple(level for level in levels if level is not None)
                found.append(BothViews(id, criterion.id, level_of(own[id], criterion.id), seen))
    return tuple(found)


def _score(rubric: str, criterion: Criterion, forms: list[SeenForm], forecast: SeenForm | None) -> CriterionScore:
    ratings = tuple(
        Rating(form.due.by, level_of(form, criterion.id)) for form in forms if criterion.id in form.last.answers
    )
    expected = level_of(forecast, criterion.id) if forecast else None
    levels = [rating.value for rating in ratings if rating.value is not None]
    gap = None
    if expected is not None and levels:
        seen = mean(levels)
        gap = Gap(expected, round(seen, 2), round(seen - expected, 2))
    return CriterionScore(rubric, criterion.id, ratings, expected, gap)


def level_of(form: SeenForm, criterion: str) -> int | None:
    """What a form says on a criterion, for a tick 1 or 0; none where it was not observed."""
    answer = form.last.answers.get(criterion)
    return int(answer.value) if answer is not None and answer.observed and answer.value is not None else None
