"""What can be asked of a session that lies behind."""

from __future__ import annotations

from typing import Any

import pytest
from meetings import Meetings, part_bundle

from roleplay.analysis.past import Past
from roleplay.conduct.history import past_of
from roleplay.conduct.opening import Seat

ANA = Seat("p1", "Ana", known="k-ana")
BEN = Seat("p2", "Ben", known="k-ben")
ROBIN = Seat("b1", "Robin (bot)", bot=True, known="k-robin")


def played(meetings: Meetings, **options: Any) -> Past:
    """One session, looked back at."""
    meetings.play(part_bundle(1), (ANA, BEN, ROBIN), **options)
    [past] = past_of(meetings.store, ["k-ana"])
    return past


def test_known_people_are_found_by_who_they_are(meetings: Meetings) -> None:
    """In either direction; a bot is nobody, whatever stands behind it."""
    past = played(meetings)
    assert (past.person("k-ana"), past.person("k-ben"), past.person("k-robin")) == ("p1", "p2", None)
    assert (past.known("p2"), past.known("b1")) == ("k-ben", None)
    assert (past.scenario, past.title) == ("part-1", "Debrief 1")
    assert past.tracks("k-robin") == ()


def test_only_who_led_a_conversation_has_led(meetings: Meetings) -> None:
    """Playing another role is not leading."""
    past = played(meetings)
    assert past.led("k-ana")
    assert not past.led("k-ben")
    assert not past.led("k-nobody")


@pytest.mark.parametrize(("steps", "led"), [(1, False), (2, False), (3, True)])
def test_a_conversation_counts_once_it_was_played(meetings: Meetings, steps: int, led: bool) -> None:
    """Not while cards are read, nor while it still runs."""
    assert played(meetings, steps=steps - 1, end=False).led("k-ana") is led


@pytest.mark.parametrize(
    ("options", "over"), [({"steps": 2, "end": False}, False), ({"steps": 2}, True), ({"end": False}, True)]
)
def test_a_session_is_over_when_it_ended_or_the_table_has_finished(
    meetings: Meetings, options: dict[str, Any], over: bool
) -> None:
    """One left open in the middle is not."""
    assert played(meetings, **options).over_for("k-ana") is over


def test_without_a_conversation_whoever_led_a_step_has_led(meetings: Meetings) -> None:
    """As in a scenario of forms alone."""
    script = [{"name": "Say", "kind": "feedback", "length": "1m", "forms": []}]
    meetings.play(part_bundle(1, script=script), (ANA, BEN), steps=1)
    [past] = past_of(meetings.store, ["k-ana"])
    assert past.led("k-ana")
