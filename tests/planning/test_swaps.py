"""What it costs if two people change tables."""

from __future__ import annotations

import pytest

from roleplay.planning.mixing import Company, Wishes
from roleplay.planning.swaps import say_swap, swapped

GROUPS = (("ana", "ben", "chen"), ("dee", "eva", "fay"))
MET = Company({("ana", "eva"): 1, ("ana", "fay"): 1, ("ben", "dee"): 3, ("dee", "eva"): 2})


def said(one: str, other: str, company: Company | None = None, **wishes: object) -> tuple[str, ...]:
    return say_swap(GROUPS, one, other, str.title, company, Wishes(**wishes))  # type: ignore[arg-type]


def test_two_change_places_and_their_turns_with_them() -> None:
    """Nobody else moves."""
    assert swapped(GROUPS, "ana", "eva") == (("eva", "ben", "chen"), ("dee", "ana", "fay"))


def test_who_meets_again_and_who_no_longer_does_is_told() -> None:
    """With how often; those who have met as often are told in one sentence."""
    assert said("ana", "dee", MET) == (
        "Ana has worked with Eva and Fay once before.",
        "Dee has worked with Ben three times before.",
        "Dee no longer meets Eva again.",
    )


def test_a_swap_that_costs_nothing_says_so() -> None:
    """Among people who have not met; at one table only the turns change."""
    assert said("chen", "fay", Company()) == ("Nobody meets somebody again.",)
    assert said("ana", "ben", MET) == ("Ana and Ben sit at one table already: only who leads when changes.",)


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"together": (("ana", "ben"),)}, "Ana and Ben were to sit together, and no longer do."),
        ({"apart": (("ana", "fay"),)}, "Ana and Fay were to be kept apart, and now sit together."),
        (
            {"tags": {"ana": "x", "eva": "x", "ben": "y"}, "by_tag": "mix"},
            "People at a table are less different from each other than before.",
        ),
        ({"tags": {"ana": "x", "ben": "x"}, "by_tag": "match"}, "People at a table are less alike than before."),
    ],
)
def test_a_wish_that_a_swap_breaks_is_told(wishes: dict[str, object], sentence: str) -> None:
    """Each in a sentence; one that it does not touch is not."""
    assert said("ana", "dee", None, **wishes) == ("Nobody meets somebody again.", sentence)
    assert said("chen", "dee", None, **wishes)[1:] == ()
