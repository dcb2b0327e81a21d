"""Who has worked with whom, and who led when, from sessions that are kept in a store."""

from __future__ import annotations

from typing import Any

from meetings import Meetings, part_bundle

from roleplay.analysis.company import company_of
from roleplay.conduct.history import past_of
from roleplay.conduct.opening import Seat
from roleplay.content.bundle import Bundle
from roleplay.planning.mixing import Company
from roleplay.session.commands import End, Merge, Next, Start, Swap

NAMES = ("ana", "ben", "chen", "dee", "eva", "fay")
HERE = {f"now-{name}": f"k-{name}" for name in NAMES}


def seats(*names: str) -> tuple[Seat, ...]:
    return tuple(Seat(f"p{n}", name.title(), known=f"k-{name}") for n, name in enumerate(names, start=1))


def in_turn(**changes: Any) -> Bundle:
    """Each leads once, at tables of three."""
    rounds = [{"rotate": "every-role", "steps": [{"name": "Talk", "kind": "play", "length": "1m", **changes}]}]
    return part_bundle(1, script=rounds, groups={"size": 3})


def company(meetings: Meetings) -> Company:
    return company_of(past_of(meetings.store, HERE.values()), HERE)


def pairs(met: Company) -> dict[str, int]:
    return {"+".join(person.removeprefix("now-") for person in two): times for two, times in met.together.items()}


def led(met: Company) -> dict[str, int]:
    return {person.removeprefix("now-"): turn for person, turn in met.led.items()}


def test_those_at_one_table_have_worked_together(meetings: Meetings) -> None:
    """Once for each session, however many rounds they played; who led, in which round, is that of the last time."""
    meetings.play(in_turn(), seats(*NAMES))
    meetings.play(in_turn(), seats("chen", "ana", "dee"))
    met = company(meetings)
    assert pairs(met) == {
        "ana+ben": 1,
        "ana+chen": 2,
        "ben+chen": 1,
        "dee+eva": 1,
        "dee+fay": 1,
        "eva+fay": 1,
        "chen+dee": 1,
        "ana+dee": 1,
    }
    assert led(met) == {"chen": 1, "ana": 2, "dee": 3, "ben": 2, "eva": 2, "fay": 3}


def test_only_what_was_played_counts(meetings: Meetings) -> None:
    """Who would lead in the round that runs has not led yet; a session that did not begin is none."""
    meetings.play(in_turn(), seats("ana", "ben", "chen"), steps=1, end=False)
    assert led(company(meetings)) == {"ana": 1, "ben": 0, "chen": 0}
    meetings.begin(in_turn(), seats("ana", "dee", "eva")).close()
    met = company(meetings)
    assert "ana+dee" not in pairs(met)
    assert led(met)["ana"] == 1


def test_people_nobody_knows_and_bots_are_left_out(meetings: Meetings) -> None:
    """Neither can be met again."""
    others = (Seat("p2", "Somebody new"), Seat("b1", "Robin (bot)", bot=True, known="k-ben"))
    meetings.play(in_turn(), (*seats("ana"), *others))
    assert (pairs(company(meetings)), led(company(meetings))) == ({}, {"ana": 1})


def test_a_role_held_for_the_whole_session_is_led_once(meetings: Meetings) -> None:
    """Without rounds, who leads has led, and the others have not."""
    meetings.play(part_bundle(1), seats("ana", "ben", "chen"))
    assert led(company(meetings)) == {"ana": 1, "ben": 0, "chen": 0}


def test_a_scenario_without_a_conversation_counts_too(meetings: Meetings) -> None:
    """What people do together there is its other steps."""
    script = [{"name": "Read", "kind": "prepare", "length": "1m"}]
    meetings.play(part_bundle(1, script=script), seats("ana", "ben"))
    assert pairs(company(meetings)) == {"ana+ben": 1}


def test_those_who_changed_tables_have_worked_with_both(meetings: Meetings) -> None:
    """Whoever swapped after the first round has met both tables, also one that was given up later."""
    runner = meetings.begin(in_turn(), seats(*NAMES))
    for command in (Start(), Next(), Swap("p2", "p5"), Next(), Merge("t2", "t1"), End()):
        runner.do_at_once(command)
    runner.close()
    met = pairs(company(meetings))
    assert {"ana+ben", "ana+eva", "ben+dee", "ben+fay", "chen+eva", "dee+eva", "eva+fay"} <= set(met)
    assert set(met.values()) == {1}
