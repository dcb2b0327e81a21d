from __future__ import annotations

import pytest

from roleplay.analysis.highlights import what_helped, what_to_try, worth_trying
from roleplay.analysis.ratings import CriterionScore, Rating
from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Marker, Rubric
from roleplay.content.scenario import Scenario

CRITERIA = ("a", "b", "c", "d", "e", "f")
RUBRIC = Rubric.model_validate(
    {
        "format": 1,
        "title": "Listening",
        "scale": {"kind": "levels", "levels": {1: "Not yet", 2: "Emerging", 3: "Solid", 4: "Strong"}},
        "criteria": [{"id": id, "title": id, "levels": {1: "one", 2: "two", 3: "three", 4: "four"}} for id in CRITERIA],
    }
)
SCENARIO = Scenario.model_validate(
    {
        "format": 1,
        "title": "Any",
        "about": "Any.",
        "roles": {"leader": {"title": "Leader"}},
        "script": [{"name": "Talk", "kind": "play", "length": "1m"}],
    }
)
BUNDLE = Bundle(id="any", scenario=SCENARIO, rubrics={"listening": RUBRIC})


def scores(*levels: int | None) -> tuple[CriterionScore, ...]:
    """One criterion after the other with a level each; none is not observed."""
    return tuple(
        CriterionScore("listening", id, (Rating("ben", level),), None, None)
        for id, level in zip(CRITERIA, levels, strict=False)
    )


@pytest.mark.parametrize(
    ("levels", "helped", "to_try"),
    [
        ((4, 3, 2, 1), "ab", "dc"),
        ((4, 4, 4, 4, 4), "abc", ""),
        ((4, 4, 4, 3, 4), "abc", "d"),
        ((1, 2, 1), "b", "ac"),
        ((1, 1, 1), "", "ab"),
        ((None, 3, None), "b", ""),
        ((None, None), "", ""),
        ((), "", ""),
    ],
)
def test_first_at_most_three_strengths_then_at_most_two_things_to_try(
    levels: tuple[int | None, ...], helped: str, to_try: str
) -> None:
    """Nothing is both, nothing unobserved is either; without a strength a beginning is named, never the lowest."""
    assert "".join(score.criterion for score in what_helped(BUNDLE, scores(*levels))) == helped
    assert "".join(score.criterion for score in what_to_try(BUNDLE, scores(*levels))) == to_try


@pytest.mark.parametrize(("level", "idea"), [(1, "three"), (2, "three"), (3, "four"), (4, ""), (None, "")])
def test_what_is_worth_trying_is_a_level_of_the_upper_half(level: int | None, idea: str) -> None:
    """Never the description of what is still missing one level up."""
    (score,) = scores(level)
    assert worth_trying(BUNDLE, score) == idea


def test_what_one_does_is_tried_before_how_it_felt() -> None:
    """A rubric with markers describes what a leader can do; a lower level on another one waits behind it."""
    marked = RUBRIC.model_copy(update={"markers": (Marker(id="open", key="o", title="Open question"),)})
    bundle = Bundle(id="any", scenario=SCENARIO, rubrics={"listening": marked, "felt": RUBRIC})
    felt = CriterionScore("felt", "a", (Rating("ben", 1),), None, None)
    done = CriterionScore("listening", "b", (Rating("cleo", 2),), None, None)
    helped = CriterionScore("listening", "c", (Rating("cleo", 4),), None, None)
    assert what_to_try(bundle, (felt, done, helped)) == (done, felt)


AGREED = Rubric.model_validate(
    {
        "format": 1,
        "title": "Felt heard",
        "scale": {"kind": "agreement", "levels": {1: "No", 2: "A little", 3: "Mostly", 4: "Yes"}},
        "criteria": [{"id": id, "title": id} for id in CRITERIA],
    }
)


@pytest.mark.parametrize(
    ("agreed", "skill", "helped"), [(2, 1, ""), (2, 2, "skill"), (3, 2, "agreed"), (1, 2, "skill")]
)
def test_to_agree_a_little_is_nothing_that_helped(agreed: int, skill: int, helped: str) -> None:
    """Only a level of skill is named as a beginning; an answer in the lower half of an agreement is not."""
    bundle = Bundle(id="any", scenario=SCENARIO, rubrics={"agreed": AGREED, "skill": RUBRIC})
    both = (
        CriterionScore("agreed", "a", (Rating("ben", agreed),), None, None),
        CriterionScore("skill", "b", (Rating("ben", skill),), None, None),
    )
    assert " ".join(score.rubric for score in what_helped(bundle, both)) == helped
