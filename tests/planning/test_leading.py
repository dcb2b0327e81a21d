"""In which order people lead."""

from __future__ import annotations

from random import Random

import pytest

from roleplay.planning.leading import lead_orders


@pytest.mark.parametrize(
    ("led", "order"),
    [
        ({"a": 1, "b": 2, "c": 3}, "cba"),
        ({"a": 1, "b": 0, "c": 3}, "bca"),
        ({"a": 1, "c": 0}, "cba"),
        ({"b": 4, "c": 1}, "abc"),
    ],
)
def test_who_led_first_last_time_leads_later(led: dict[str, int], order: str) -> None:
    """Who did not lead comes first, then who is new, then who led last."""
    assert lead_orders([["abc"]], led, None, Random(0)) == ((tuple(order),),)


def test_a_plan_ahead_remembers_who_led() -> None:
    """Those whose turn did not come in one session lead first in the next."""
    sessions = [["abcd", "efgh"], ["aebf", "cgdh"]]
    for seed in range(20):
        first, second = lead_orders(sessions, {}, 3, Random(seed))
        waited = {group[3] for group in first}
        began = {group[0] for group in first}
        for group in second:
            assert {person for person in group if person in waited} == set(group[: len(waited & set(group))])
            assert group[0] not in began


def test_a_plan_ahead_does_not_gather_those_who_lead_first() -> None:
    """Where each table of the next session has people of three tables, it never has all their first leaders."""
    for seed in range(200):
        first, second = lead_orders([["abc", "def", "ghi"], ["adg", "beh", "cfi"]], {}, None, Random(seed))
        assert not {group[0] for group in first} & {group[0] for group in second}
