"""Who sits where before a session begins."""

from __future__ import annotations

import pytest

from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.load import load_bundle
from roleplay.content.scenario import Scenario
from roleplay.tui.seating import Place, Seating, draft, give_role, holders, roles_of


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
    assert Seating().add("Ana").with_bots(2).add("Ben") == Seating.of("Ana", "Ben", None, None)


def test_second_bearer_of_a_name_gets_a_free_number() -> None:
    """Numbers that are taken are passed over, whatever the case of the letters."""
    seating = Seating.of("Ana", "ana (2)")
    assert seating.knows("ANA")
    assert seating.another("Ana") == "Ana (3)"
    assert seating.another("ana (2)") == "ana (3)"


def test_draft_says_whether_people_or_minutes_are_in_the_way(scenario: Scenario) -> None:
    """Each problem is told apart, so that it can be said where it is mended; too little time still shows who plays."""
    assert draft(scenario, Seating(), None).people
    short = draft(scenario, Seating.of("Ana", "Ben", "Chloe"), 5)
    assert short.minutes
    assert short.plan is not None
    assert not short.fits
    fine = draft(scenario, Seating.of("Ana", "Ben", "Chloe"), 35)
    assert fine.fits
    assert not fine.minutes
    assert fine.plan is not None
    assert fine.plan.planned_seconds <= 35 * 60


def test_who_somebody_is_goes_with_them_and_roles_stay_at_the_places() -> None:
    """Two who change places take along who they are in all sessions, and change roles."""
    seating = Seating((Place("Ana", "k-1", role="coach"), Place("Ben", role="fellow"), Place()))
    swapped = seating.swap(0, 1)
    assert [(place.name, place.known, place.role) for place in swapped.places[:2]] == [
        ("Ben", None, "coach"),
        ("Ana", "k-1", "fellow"),
    ]
    assert [seat.known for seat in swapped.seats()] == [None, "k-1", None]
    assert swapped.held == {"p1": "coach", "p2": "fellow"}
    assert swapped.known == ("k-1",)


def test_names_are_recognised_one_by_one() -> None:
    """What is said of one name changes nobody else; somebody new has been asked about, too."""
    seating = Seating.of("Ana", "Ben", "Chloe").recognise({"Ana": "k-1", "Ben": None})
    assert [(place.known, place.asked) for place in seating.places] == [("k-1", True), (None, True), (None, False)]


@pytest.fixture(scope="module")
def committee() -> Scenario:
    """Four to six finalists, two to six who rate them."""
    return bundled("phase-iv")


@pytest.fixture(scope="module")
def mediation() -> Scenario:
    """A mediator, two parties, a third one that may be missing, and observers."""
    return bundled("mediation")


def bundled(id: str) -> Scenario:
    """A bundled scenario."""
    here = bundled_folder()
    return load_bundle(id, Folders((here / "scenarios",), (here / "rubrics",))).scenario


EIGHT = Seating.of(*"ABCDEFGH")


def test_roles_are_seated_by_order_within_their_counts(committee: Scenario, scenario: Scenario) -> None:
    """By default as many lead as there may be; where everybody plays each role, nobody holds one."""
    assert roles_of(committee, EIGHT) == ("candidate",) * 6 + ("rater",) * 2
    assert roles_of(scenario, Seating.of("Ana", "Ben", "Chloe")) == (None,) * 3


def test_role_given_by_hand_leaves_all_others_theirs(committee: Scenario) -> None:
    """Only the one person changes; the plan is made with it."""
    seating, other = give_role(committee, EIGHT, 2, "rater")
    assert other is None
    assert roles_of(committee, seating) == ("candidate",) * 2 + ("rater",) + ("candidate",) * 3 + ("rater",) * 2
    plan = draft(committee, seating, None).plan
    assert plan is not None
    assert plan.tracks[0].steps[0].cast["rater"] == ("p3", "p7", "p8")


def test_role_without_room_is_handed_over(committee: Scenario) -> None:
    """Whoever gets it changes roles with the last one who had it."""
    seating, other = give_role(committee, EIGHT, 7, "candidate")
    assert other == 5
    assert roles_of(committee, seating) == ("candidate",) * 5 + ("rater",) * 2 + ("candidate",)


def test_misfit_is_said_as_a_thing_of_the_people(committee: Scenario) -> None:
    """Too few in a role make no plan, and one sentence names the role; minutes are not blamed."""
    seating, _ = give_role(committee, Seating.of(*"ABCDEF"), 0, "rater")
    said = draft(committee, seating, 200)
    assert said.plan is None
    assert said.people.startswith("Finalist needs 4, and 3 have it.")
    assert not said.minutes
    assert roles_of(committee, seating)[0] == "rater"


def test_role_that_may_stay_empty_can_be_given(mediation: Scenario) -> None:
    """With four people the third party is missing, until somebody is given it."""
    four = Seating.of(*"ABCD")
    assert roles_of(mediation, four) == ("mediator", "party-a", "party-b", "observer")
    assert holders(mediation, four, 3, "party-c") == []
    seating, other = give_role(mediation, four, 3, "party-c")
    assert other is None
    assert draft(mediation, seating, None).fits


def test_newcomer_takes_a_seat_that_is_left(committee: Scenario) -> None:
    """Roles given by hand stay, whoever comes or goes."""
    seating, _ = give_role(committee, EIGHT, 2, "rater")
    more = seating.add("I")
    assert roles_of(committee, more)[:8] == roles_of(committee, seating)
    assert roles_of(committee, more)[8] == "candidate"
    assert roles_of(committee, seating.remove(2))[:2] == ("candidate", "candidate")
