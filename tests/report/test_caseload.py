"""The list of people whom somebody coaches."""

from __future__ import annotations

import json

from meetings import WALL

from roleplay.conduct.history import CaseloadRow
from roleplay.report.caseload import caseload_as_json, caseload_as_text

ROWS = (
    CaseloadRow("k-ben", "Ben", WALL, "Coaching plan", "Talk to\nMarta. " + "And so on. " * 30, ("Ask", "Wait")),
    CaseloadRow("k-ana", "Ana", WALL, "A debrief", "", ()),
)


def test_each_person_has_a_few_lines() -> None:
    """Words of several lines are one line that fits; what is not there takes none."""
    ben, ana = caseload_as_text(ROWS).split("\n\n")
    assert ana.splitlines() == ["Ana", "    Last: 9 Oct 2025, A debrief"]
    assert ben.splitlines()[1] == "    Last: 9 Oct 2025, Coaching plan"
    assert ben.splitlines()[2].startswith("    Next step: Talk to Marta. And so on.")
    assert ben.splitlines()[3:] == ["    Goal: Ask", "    Goal: Wait"]
    assert all(len(line) <= 110 for line in ben.splitlines())


def test_for_programs_nothing_is_cut() -> None:
    """A list of objects, with the whole words."""
    ben, ana = json.loads(caseload_as_json(ROWS))
    assert ben["next_step"] == ROWS[0].next_step
    assert (ben["goals"], ana["goals"], ana["last"]) == (["Ask", "Wait"], [], WALL)


def test_an_empty_list_says_how_it_fills() -> None:
    """And nothing for programs."""
    assert "set up" in caseload_as_text(())
    assert json.loads(caseload_as_json(())) == []
