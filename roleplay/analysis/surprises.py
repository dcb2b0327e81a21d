"""What surprised a class: where others saw people otherwise than they had forecast, criterion by criterion.

Levels have an order, but nothing says that they lie evenly apart, so that no mean is taken over people: they are
counted by the direction in which others saw them, and middle levels are compared (S. Jamieson, "Likert scales: how to
(ab)use them", Medical Education 38, 2004).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from statistics import median, median_high, median_low

from roleplay.analysis.ratings import Direction, direction_of, level_of
from roleplay.content.bundle import Bundle
from roleplay.content.scales import OrderedScale
from roleplay.session.state import FEWEST, TrackState
from roleplay.session.visible import SeenForm

MOST_SURPRISES = 3


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One person's forecast on one criterion, and what others then saw in the same round."""

    person: str
    rubric: str
    criterion: str
    forecast: int
    seen: tuple[int, ...]
    """The level that each of the others observed; never empty."""

    @property
    def off(self) -> float:
        """Levels by which the middle of the others lies above the forecast, below zero under it."""
        return median(self.seen) - self.forecast


@dataclass(frozen=True, slots=True)
class Surprise:
    """A criterion on which most who were surprised were so in the same direction."""

    rubric: str
    criterion: str
    direction: Direction
    """Where others saw them: higher than forecast, or lower."""
    surprised: int
    """How many people were seen so."""
    net: int
    """By how many they outnumber those who were seen the other way."""
    people: int
    """How many forecast it and were seen."""
    by: float
    """Levels, in the middle of those who were seen so."""
    forecast: int
    """The level in the middle of their forecasts."""
    seen: int
    """The level in the middle of what others saw of them."""


def foreseen(bundle: Bundle, track: TrackState, forms: Iterable[SeenForm]) -> tuple[Foreseen, ...]:
    """Every forecast of a table beside what others saw in its round; where several takes were written about, in the
    last of them. `forms` are those of the table that may be counted."""
    place = {step.id: n for n, step in enumerate(track.steps)}
    known = sorted((form for form in forms if form.due.step in place), key=lambda form: place[form.due.step])
    forecasts = [form for form in known if form.due.purpose == "forecast"]
    others = [form for form in known if form.due.purpose == "form" and not form.due.about_self]
    return tuple(pair for forecast in forecasts for pair in _pairs(bundle, track, forecast, others))


def _pairs(bundle: Bundle, track: TrackState, forecast: SeenForm, others: list[SeenForm]) -> Iterator[Foreseen]:
    asked, rubric = forecast.due, bundle.rubrics[forecast.due.rubric]
    planned = track.planned(asked.step)
    latest = {
        form.due.by: form
        for form in others
        if (form.due.rubric, form.due.about) == (asked.rubric, asked.about)
        and track.planned(form.due.step).round == planned.round
    }
    for criterion in rubric.asked:
        if isinstance(rubric.scale_of(criterion), OrderedScale):
            expected = level_of(forecast, criterion.id)
            levels = [level_of(form, criterion.id) for form in latest.values()]
            seen = tuple(level for level in levels if level is not None)
            if expected is not None and seen:
                yield Foreseen(asked.about, asked.rubric, criterion.id, expected, seen)


def surprises(pairs: Iterable[Foreseen], fewest: int = FEWEST) -> tuple[Surprise, ...]:
    """At most three, the largest first: where the one direction outweighs the other by the largest part of all.

    Somebody who forecast in several rounds counts once, with what was seen last. Left out is what fewer than `fewest`
    people stand behind.
    """
    by_criterion: dict[tuple[str, str], dict[str, Foreseen]] = {}
    for pair in pairs:
        by_criterion.setdefault((pair.rubric, pair.criterion), {})[pair.person] = pair
    found = [surprise for key, people in by_criterion.items() if (surprise := _surprise(*key, people.values(), fewest))]
    found.sort(key=lambda one: (-one.net / one.people, -one.by))
    return tuple(found[:MOST_SURPRISES])


def _surprise(rubric: str, criterion: str, people: Collection[Foreseen], fewest: int) -> Surprise | None:
    higher, lower = ([pair for pair in people if direction_of(pair.off) == side] for side in ("higher", "lower"))
    more, less = (higher, lower) if len(higher) >= len(lower) else (lower, higher)
    if len(more) < fewest or len(more) == len(less):
        return None
    # Of two levels the one further from the forecast, so that whoever was seen otherwise is shown so.
    middle = median_high if more is higher else median_low
    return Surprise(
        rubric=rubric,
        criterion=criterion,
        direction="higher" if more is higher else "lower",
        surprised=len(more),
        net=len(more) - len(less),
        people=len(people),
        by=median_low(abs(pair.off) for pair in more),
        forecast=middle(pair.forecast for pair in more),
        seen=middle(middle(pair.seen) for pair in more),
    )
