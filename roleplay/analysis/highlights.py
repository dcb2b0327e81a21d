"""What to say first: what helped, then one or two things to try. Feedback that starts with a list of everything
is read as a verdict; two or three of each can be used tomorrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from roleplay.analysis.ratings import CriterionScore
from roleplay.content.bundle import Bundle
from roleplay.content.scales import LevelsScale, OrderedScale, Scale

MOST_STRENGTHS = 3
MOST_TO_TRY = 2


def what_helped(bundle: Bundle, scores: Iterable[CriterionScore]) -> tuple[CriterionScore, ...]:
    """At most three criteria in the upper half of their scale, the highest first.

    Where none is, the highest level of skill that is above the lowest, so that a beginning is named as one. To agree
    a little with a statement is none.
    """
    ranked = sorted(_seen(scores), key=lambda score: -_height(bundle, score))
    upper = [score for score in ranked if _height(bundle, score) > 0.5]
    begun = [score for score in ranked if _height(bundle, score) > 0 and isinstance(_scale(bundle, score), LevelsScale)]
    return tuple(upper[:MOST_STRENGTHS] or begun[:1])


def what_to_try(bundle: Bundle, scores: Sequence[CriterionScore]) -> tuple[CriterionScore, ...]:
    """At most two criteria with room to grow, the lowest first, and none that is named as having helped.

    Rubrics with markers come first: they describe what one does, where others say how it felt.
    """
    helped = what_helped(bundle, scores)
    rest = [score for score in _seen(scores) if score not in helped and _height(bundle, score) < 1]
    rest.sort(key=lambda score: (not bundle.rubrics[score.rubric].markers, _height(bundle, score)))
    return tuple(rest[:MOST_TO_TRY])


def worth_trying(bundle: Bundle, score: CriterionScore) -> str:
    """What the nearest described level looks like that is above the typical one and in the upper half, or nothing.

    A level in the lower half is described by what it lacks, and that is nothing to aim at.
    """
    rubric = bundle.rubrics[score.rubric]
    criterion = rubric.criterion(score.criterion)
    scale = rubric.scale_of(criterion)
    if score.typical is None or not isinstance(scale, OrderedScale):
        return ""
    levels = list(scale.levels)
    aims = [n for n in levels[len(levels) // 2 :] if n > score.typical and n in criterion.levels]
    return criterion.levels[aims[0]] if aims else ""


def _seen(scores: Iterable[CriterionScore]) -> list[CriterionScore]:
    return [score for score in scores if score.levels]


def _height(bundle: Bundle, score: CriterionScore) -> float:
    """Where the typical level stands on its scale, from 0 at the lowest to 1 at the highest."""
    scale = _scale(bundle, score)
    if not isinstance(scale, OrderedScale) or score.typical not in scale.levels:
        return 0.0
    return list(scale.levels).index(score.typical) / (len(scale.levels) - 1)


def _scale(bundle: Bundle, score: CriterionScore) -> Scale:
    rubric = bundle.rubrics[score.rubric]
    return rubric.scale_of(rubric.criterion(score.criterion))
