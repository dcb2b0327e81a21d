"""Cases and occasions that are fresh for those who are here, over whole sessions that are kept in a store."""

from __future__ import annotations

from typing import Any

from meetings import Meetings, part_bundle

from roleplay.conduct.opening import Seat

ANA = Seat("p1", "Ana", known="k-ana")
BEN = Seat("p2", "Ben", known="k-ben")
CLEO = Seat("p3", "Cleo", known="k-cleo")
NEW = Seat("p9", "Somebody new")
OCCASIONS: dict[str, Any] = {
    "occasions": {
        "entry": {"title": "At the start", "cases": ["one", "two"]},
        "exit": {"title": "At the end", "cases": ["three"]},
    }
}


def test_nobody_meets_a_case_twice_while_there_are_fresh_ones(meetings: Meetings) -> None:
    """It is the first that none of those here has met."""
    bundle = part_bundle(1)
    assert meetings.fresh_case(bundle, (ANA, BEN)) == 0
    meetings.play(bundle, (ANA, BEN))
    assert meetings.fresh_case(bundle, (ANA, BEN)) == 1
    assert meetings.fresh_case(bundle, (CLEO, BEN)) == 1
    assert meetings.fresh_case(bundle, (CLEO, NEW)) == 0
    meetings.play(bundle, (BEN, CLEO), first_case=1)
    assert meetings.fresh_case(bundle, (ANA, CLEO)) == 2


def test_without_a_fresh_case_the_fewest_meet_one_again(meetings: Meetings) -> None:
    """However lately it was."""
    bundle = part_bundle(1)
    for case in (0, 1):
        meetings.play(bundle, (ANA, BEN), first_case=case)
    meetings.play(bundle, (ANA, CLEO), first_case=2)
    assert meetings.fresh_case(bundle, (ANA, BEN)) == 2


def test_of_cases_met_by_as_many_the_one_longest_ago_comes_again(meetings: Meetings) -> None:
    """The last time counts."""
    bundle = part_bundle(1)
    for case in (0, 1, 2, 0):
        meetings.play(bundle, (ANA, BEN), first_case=case)
    assert meetings.fresh_case(bundle, (ANA, BEN)) == 1


def test_a_case_that_was_not_reached_was_not_met(meetings: Meetings) -> None:
    """Nobody has read its cards; nor does another scenario's case of the same name count."""
    meetings.begin(part_bundle(1), (ANA, BEN)).close()
    meetings.play(part_bundle(2), (ANA, BEN))
    assert meetings.fresh_case(part_bundle(1), (ANA, BEN)) == 0


def test_where_people_rotate_all_their_rounds_count(meetings: Meetings) -> None:
    """Two rounds meet two cases: with one of four behind them, they begin where both are fresh."""
    cases: list[Any] = [{"id": case, "title": case, "cards": {}} for case in ("one", "two", "three", "four")]
    roles = {"coach": {"title": "Coach"}, "teacher": {"title": "Teacher"}}
    rounds = [{"rotate": "every-role", "steps": [{"name": "Talk", "kind": "play", "length": "1m"}]}]
    bundle = part_bundle(1, roles=roles, cases=cases, script=rounds, groups={"size": 2})
    meetings.play(bundle, (ANA, BEN), steps=2)
    assert meetings.fresh_case(bundle, (ANA, BEN)) == 2


def test_too_few_people_meet_the_first_case(meetings: Meetings) -> None:
    """While names are still being typed there is no plan to go by."""
    meetings.play(part_bundle(1), (ANA, BEN))
    assert meetings.fresh_case(part_bundle(1), (ANA,)) == 0


def test_cases_are_fresh_within_their_occasion(meetings: Meetings) -> None:
    """The number counts among the cases of the occasion; the first occasion is meant without one."""
    bundle = part_bundle(1, **OCCASIONS)
    meetings.play(bundle, (ANA, BEN), occasion="entry")
    assert meetings.fresh_case(bundle, (ANA, BEN)) == 1
    assert meetings.fresh_case(bundle, (ANA, BEN), "exit") == 0


def test_the_first_occasion_not_yet_done_comes_next(meetings: Meetings) -> None:
    """Done is what those who will lead have led to its end; with all done, the one that lies back longest."""
    bundle = part_bundle(1, **OCCASIONS)

    def next_for(*seats: Seat) -> str | None:
        return meetings.next_occasion(bundle, seats)

    assert meetings.next_occasion(part_bundle(1), (ANA, BEN)) is None
    assert next_for(ANA, BEN) == "entry"
    meetings.play(bundle, (ANA, BEN), occasion="entry", steps=2, end=False)
    assert next_for(ANA, BEN) == "entry"
    meetings.play(bundle, (ANA, BEN), occasion="entry")
    assert next_for(ANA, BEN) == "exit"
    assert next_for(ANA, NEW) == "exit"
    assert next_for(BEN, ANA) == "entry"
    assert next_for(NEW, ANA) == "entry"
    assert next_for(ANA) == "entry"
    meetings.play(bundle, (ANA, BEN), occasion="exit")
    assert next_for(ANA, BEN) == "entry"
    meetings.play(bundle, (ANA, BEN), occasion="entry")
    assert next_for(ANA, BEN) == "exit"


def test_an_occasion_is_done_when_all_who_lead_have_done_it(meetings: Meetings) -> None:
    """Where people rotate, each of them leads."""
    roles = {"coach": {"title": "Coach"}, "teacher": {"title": "Teacher"}}
    rounds = [{"rotate": "every-role", "steps": [{"name": "Talk", "kind": "play", "length": "1m"}]}]
    bundle = part_bundle(1, roles=roles, script=rounds, groups={"size": 2}, **OCCASIONS)
    meetings.play(bundle, (ANA, CLEO), occasion="entry")
    assert meetings.next_occasion(bundle, (ANA, CLEO)) == "exit"
    assert meetings.next_occasion(bundle, (ANA, BEN)) == "entry"


def test_a_bot_that_leads_holds_nobody_back(meetings: Meetings) -> None:
    """Whoever goes through a scenario alone, with a bot in the other seat, comes to the next occasion."""
    roles = {"coach": {"title": "Coach", "count": "2-8", "leads": True}}
    bundle = part_bundle(1, roles=roles, **OCCASIONS)
    alone = (ANA, Seat("bot1", "Robin", bot=True))
    meetings.play(bundle, alone, occasion="entry")
    assert meetings.next_occasion(bundle, alone) == "exit"
