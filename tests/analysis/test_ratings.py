from __future__ import annotations

from collections.abc import Sequence

import pytest
from samples import TRIAD, Play, bundle_of

from roleplay.analysis.ratings import BothViews, CriterionScore, Gap, both_views, rubric_spread, scores_of
from roleplay.session.events import Answer
from roleplay.session.forms import FormDue
from roleplay.session.state import SentForm
from roleplay.session.visible import SeenForm

BUNDLE = bundle_of(TRIAD)


def seen(by: str, level: int | None, about: str = "ana", purpose: str = "form", before: int | None = None) -> SeenForm:
    """A form with one level for the criterion of levels; none is not observed."""
    due = FormDue("1.2r1", "forecast" if purpose == "forecast" else "form", "listening", by, about)
    levels = ([before] if before else []) + [level]
    versions = tuple(
        SentForm(due.id, n, 0.0, {"reflecting": Answer(observed=value is not None, value=value)}, {}, False)
        for n, value in enumerate(levels, start=1)
    )
    return SeenForm("t1", due, versions)


def score(forms: Sequence[SeenForm]) -> CriterionScore:
    (only,) = [one for one in scores_of(BUNDLE, forms, "ana") if one.criterion == "reflecting"]
    return only


def test_levels_are_counted_and_not_observed_is_counted_by_itself() -> None:
    """Every level of the scale has a bucket, empty ones too, and what was not observed is in none."""
    (spread,) = [
        one
        for one in rubric_spread(BUNDLE, [seen("ben", 3), seen("chen", 3, "dee"), seen("eva", None), seen("fay", 1)])
        if one.criterion == "reflecting"
    ]
    assert [(bucket.label, bucket.forms) for bucket in spread.buckets] == [
        ("Not yet", 1),
        ("Emerging", 0),
        ("Solid", 2),
        ("Strong", 0),
    ]
    assert (spread.observed, spread.not_observed, spread.people) == (3, 1, 2)


def test_the_spread_counts_what_others_wrote_last() -> None:
    """A corrected form counts once, with its newest level; forecasts and forms about oneself do not count."""
    forms = [seen("ben", 4, before=1), seen("ana", 2, purpose="forecast"), seen("ana", 2)]
    (spread, *_) = rubric_spread(BUNDLE, forms)
    assert [bucket.forms for bucket in spread.buckets] == [0, 0, 0, 1]


def test_every_scale_but_words_has_a_spread() -> None:
    """Ticks have two buckets, counts one for each number that was given; words cannot be counted."""
    play = Play.started()
    play.go_to("1.2r1")
    play.send("1.2r1/form/listening/chen/ana", 3)
    spreads = {one.criterion: one for one in rubric_spread(BUNDLE, play.view("ana").forms)}
    assert [(b.value, b.label, b.forms) for b in spreads["silence"].buckets] == [(0, "not seen", 0), (1, "seen", 1)]
    assert [(b.value, b.label, b.forms) for b in spreads["questions"].buckets] == [(3, "3 times", 1)]
    assert "moment" not in spreads


@pytest.mark.parametrize(
    ("forecast", "levels", "gap", "direction"),
    [
        (2, [3], 1.0, "higher"),
        (4, [3, 2], -1.5, "lower"),
        (3, [3, 3], 0.0, "same"),
        (3, [3, 3, 4], 0.33, "same"),
        (2, [3, None], 1.0, "higher"),
    ],
)
def test_a_gap_is_what_others_saw_less_the_forecast(
    forecast: int, levels: list[int | None], gap: float, direction: str
) -> None:
    """In levels, over those who observed one; less than half a level is no difference."""
    forms = [seen("ana", forecast, purpose="forecast"), *(seen(f"p{n}", level) for n, level in enumerate(levels))]
    found = score(forms).gap
    assert found is not None
    assert (found.by, found.direction) == (gap, direction)


@pytest.mark.parametrize("forms", [[seen("ana", 2, purpose="forecast"), seen("ben", None)], [seen("ben", 3)]])
def test_without_a_forecast_or_without_an_observation_there_is_no_gap(forms: list[SeenForm]) -> None:
    """Not observed is no zero: it makes no gap."""
    assert score(forms).gap is None


def test_each_rater_stands_by_name_with_the_level_given() -> None:
    """Ratings keep their raters; the typical level is the middle one, the lower of two."""
    one = score([seen("ben", 2), seen("chen", None), seen("dee", 4), seen("ben", 1, about="eva")])
    assert [(rating.by, rating.value) for rating in one.ratings] == [("ben", 2), ("chen", None), ("dee", 4)]
    assert (one.levels, one.typical) == ((2, 4), 2)


@pytest.mark.parametrize(("by", "direction"), [(0.5, "higher"), (0.49, "same"), (-0.49, "same"), (-0.5, "lower")])
def test_half_a_level_is_a_difference(by: float, direction: str) -> None:
    """The boundary belongs to the difference, on both sides."""
    assert Gap(2, 2 + by, by).direction == direction


@pytest.mark.parametrize(
    ("forms", "own", "others", "apart"),
    [
        ([seen("ana", 2), seen("ben", 3), seen("chen", 4)], 2, (3, 4), 1.5),
        ([seen("ana", 2), seen("ben", None)], 2, (), None),
        ([seen("ana", None), seen("ben", 3)], None, (3,), None),
        ([seen("ana", 4), seen("ben", 3, about="eva"), seen("chen", 3, before=1)], 4, (3,), -1.0),
    ],
)
def test_own_levels_stand_beside_those_of_others(
    forms: list[SeenForm], own: int | None, others: tuple[int, ...], apart: float | None
) -> None:
    """On a rubric that both filled in: the own level, those that others observed, and how far they are apart."""
    (view,) = both_views(BUNDLE, forms, "ana")
    assert (view.criterion, view.own, view.others, view.apart) == ("reflecting", own, others, apart)


FORECAST = seen("ana", 2, purpose="forecast")


@pytest.mark.parametrize("forms", [[seen("ana", 2)], [seen("ben", 2)], [FORECAST, seen("ben", 2)]])
def test_one_view_alone_is_compared_with_nothing(forms: list[SeenForm]) -> None:
    """Without an own form, or without one by somebody else, there is nothing to compare; a forecast is no view."""
    assert both_views(BUNDLE, forms, "ana") == ()


def test_a_level_of_zero_is_a_level() -> None:
    """Zero below three is three levels apart, not a missing answer."""
    assert BothViews("any", "any", 0, (3,)).apart == 3
