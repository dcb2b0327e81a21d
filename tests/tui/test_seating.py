"""Who sits where before a session begins."""

from __future__ import annotations

import pytest

from roleplay.content.load import Folders, bundled_folder, load_bundle
from roleplay.content.scenario import Scenario
from roleplay.tui.seating import Seating, draft


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """A conversation in threes with rounds, 40 minutes long."""
    here = bundled_folder()
    return load_bundle("parent-conversation", Folders((here / "scenarios",), (here / "rubrics",))).scenario


def test_order_of_seats_is_the_order_of_places() -> None:
    """A bot that changed places with a person stands before that person, and everybody has an id of their own."""
    seats = Seating().add("Ana").with_bots(2).swap(0, 1).seats()
    assert [seat.bot for seat in seats] == [True, False, True]
    assert seats[1].name == "Ana"
    assert len({seat.id for seat in seats}) == 3


def test_people_sit_down_before_the_bots() -> None:
    """Somebody who comes later does not sit behind the bots."""
    assert Seating().add("Ana").with_bots(2).add("Ben").places == ("Ana", "Ben", None, None)


def test_second_bearer_of_a_name_gets_a_free_number() -> None:
    """Numbers that are taken are passed over, whatever the case of the letters."""
    seating = Seating(("Ana", "ana (2)"))
    assert seating.knows("ANA")
    assert seating.another("Ana") == "Ana (3)"
    assert seating.another("ana (2)") == "ana (3)"


def test_draft_says_whether_people_or_minutes_are_in_the_way(scenario: Scenario) -> None:
    """Each problem is told apart, so that it can be said where it is mended; too little time still shows who plays."""
    assert draft(scenario, Seating(), None).people
    short = draft(scenario, Seating(("Ana", "Ben", "Chloe")), 5)
    assert short.minutes
    assert short.plan is not None
    assert not short.fits
    fine = draft(scenario, Seating(("Ana", "Ben", "Chloe")), 35)
    assert fine.fits
    assert not fine.minutes
    assert fine.plan is not None
    assert fine.plan.planned_seconds <= 35 * 60
