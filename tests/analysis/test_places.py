"""How far people have come in a series."""

from __future__ import annotations

from meetings import SERIES, Meetings, part_bundle

from roleplay.analysis.places import Places
from roleplay.conduct.opening import Seat
from roleplay.content.series import Opens

ANA = Seat("p1", "Ana", known="k-ana")
BEN = Seat("p2", "Ben", known="k-ben")
TITLES = ("Questions", "Feedback", "A hard talk", "At the end of their strength")


def done(meetings: Meetings, known: str = "k-ana") -> tuple[int, ...]:
    """The parts that a person has done."""
    return meetings.places(known).done[known]


def test_a_part_is_done_by_who_led_it(meetings: Meetings) -> None:
    """As a part of the series or by itself, and by nobody else at the table."""
    meetings.play(part_bundle(1), (ANA, BEN), series="debriefs")
    meetings.play(part_bundle(3), (ANA, BEN))
    assert done(meetings) == (1, 3)
    assert done(meetings, "k-ben") == ()


def test_a_part_of_another_series_does_not_count(meetings: Meetings) -> None:
    """Though the scenario is the same."""
    meetings.play(part_bundle(1), (ANA, BEN), series="another")
    assert done(meetings) == ()


def test_what_was_not_played_to_its_end_is_not_done(meetings: Meetings) -> None:
    """A session that stands open in the middle, and one that was closed before anybody spoke."""
    meetings.play(part_bundle(1), (ANA, BEN), steps=2, end=False)
    meetings.play(part_bundle(2), (ANA, BEN), steps=0)
    assert done(meetings) == ()


def test_a_rehearsal_is_no_part(meetings: Meetings) -> None:
    """Nor is what a bot played."""
    meetings.play(part_bundle(1), (ANA, BEN), rehearsal=True)
    meetings.play(part_bundle(2), (Seat("b1", "Ana", bot=True, known="k-ana"), BEN))
    assert done(meetings) == ()


def test_it_is_said_in_a_sentence() -> None:
    """Who is at the beginning, in the middle, out of order, and through."""
    stand = Places(SERIES, {"one": (1,), "two": (1, 2), "hop": (1, 3, 4), "all": (1, 2, 3, 4)})
    assert stand.say("Ana", "two", TITLES) == "Ana has done parts 1 and 2; next is 3 of 4: A hard talk"
    assert stand.say("Ben", "one", TITLES) == "Ben has done part 1; next is 2 of 4: Feedback"
    assert stand.say("Chloe", "hop", TITLES) == "Chloe has done parts 1, 3 and 4; next is 2 of 4: Feedback"
    assert stand.say("Dee", None, TITLES) == "Dee begins with part 1 of 4: Questions"
    assert stand.say("Eva", "all", TITLES) == "Eva has done all 4 parts."
    assert stand.next_part("all") is None


def test_what_is_open() -> None:
    """One part after the other, with those done; or all, where the series says so."""
    stand = Places(SERIES, {"two": (1, 2), "hop": (1, 4), "all": (1, 2, 3, 4)})
    assert stand.open_parts(None) == (1,)
    assert stand.open_parts("two") == (1, 2, 3)
    assert stand.open_parts("hop") == (1, 2, 4)
    assert stand.open_parts("all") == (1, 2, 3, 4)
    any_time = SERIES.model_copy(update={"opens": Opens(after="any-time")})
    assert Places(any_time, {}).open_parts(None) == (1, 2, 3, 4)


def test_places_are_told_for_each(meetings: Meetings) -> None:
    """Whoever has not been here has done nothing."""
    meetings.play(part_bundle(1), (ANA, BEN), series="debriefs")
    stand = meetings.places("k-ana", "k-new")
    assert (stand.next_part("k-ana"), stand.next_part("k-new")) == (2, 1)
