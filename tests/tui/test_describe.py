"""Scenarios, plans and sessions in words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.library import LibraryEntry
from roleplay.content.load import load_bundle
from roleplay.planning.build import build_plan
from roleplay.tui.describe import casts, in_short, matches, say_names, script_lines, when

HERE = bundled_folder()
SCENARIO = load_bundle("parent-conversation", Folders((HERE / "scenarios",), (HERE / "rubrics",))).scenario
ENTRY = LibraryEntry("x", Path("x.yaml"), "A hard talk", "Coaches", "", ("waiting", "asking"), (3, None), 2400)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", True), ("HARD", True), ("coach", True), ("wait ask", True), ("wait, hard", False), ("parent", False)],
)
def test_search_looks_at_title_practice_and_audience(typed: str, found: bool) -> None:
    """Every word must occur somewhere, whatever the case of its letters."""
    assert matches(ENTRY, typed) is found


def test_people_and_time_in_short() -> None:
    """A list says how many people are needed and how long it takes."""
    assert in_short(ENTRY) == "3 or more people · 40m"


def test_script_lines_show_each_step_once_and_blocks_as_such() -> None:
    """Steps that repeat stand once, inside their block; steps of the whole class say so."""
    lines = list(script_lines(SCENARIO))
    names = [line.name for line in lines if line.length]
    assert len(names) == len(set(names)) == len(SCENARIO.steps)
    assert {line.name for line in lines if line.inside} == {"Read your card", "Conversation", "Feedback"}
    assert {line.name for line in lines if line.together} == {"Welcome", "Class debrief"}


def test_casts_give_each_person_each_role_once() -> None:
    """With three people there are three rounds, and each leads once, with a case of its own."""
    plan = build_plan(SCENARIO, ["p1", "p2", "p3"])
    (table,) = casts(plan, SCENARIO, {"p1": "Ana", "p2": "Ben", "p3": "Chloe"})
    assert [row.label for row in table.rows] == ["Round 1", "Round 2", "Round 3"]
    assert [row.cast["leader"] for row in table.rows] == [("Ana",), ("Ben",), ("Chloe",)]
    assert len({row.case for row in table.rows}) == 3


def test_roles_that_are_kept_are_told_once() -> None:
    """Where nobody changes roles there is one row for the session, and those who have a turn stand in their order."""
    scenario = load_bundle("phase-iv", Folders((HERE / "scenarios",), (HERE / "rubrics",))).scenario
    people = {f"p{n}": name for n, name in enumerate("ABCDEFG")}
    (table,) = casts(build_plan(scenario, list(people)), scenario, people)
    (row,) = table.rows
    assert row.cast == {"candidate": tuple("ABCDE"), "rater": tuple("FG")}
    assert table.turns == tuple("ABCDE")


def test_names_beyond_the_most_become_a_number() -> None:
    """A list of a class stays on one line."""
    assert say_names(["Ana", "Ben", "Chloe"]) == "Ana, Ben, Chloe"
    assert say_names(["Ana", "Ben", "Chloe", "Dev"]) == "Ana, Ben and 2 more"


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (datetime(2026, 3, 4, 0, 5, tzinfo=UTC), "today 00:05"),
        (datetime(2026, 3, 3, 23, 55, tzinfo=UTC), "yesterday 23:55"),
        (datetime(2025, 12, 31, 9, 0, tzinfo=UTC), "31 December 2025, 09:00"),
    ],
)
def test_moments_are_said_by_the_calendar(then: datetime, said: str) -> None:
    """Yesterday begins at midnight, not 24 hours ago."""
    now = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    assert when(int(then.timestamp() * 1000), int(now.timestamp() * 1000)) == said
