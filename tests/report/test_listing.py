"""Lists for the terminal and for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from samples import TRIAD, bundle_of

from roleplay.content.library import LibraryEntry, SeriesEntry
from roleplay.content.shelves import Placed, Section
from roleplay.problems import Problem
from roleplay.report.listing import library_as_text, one_series_as_text, scenario_as_text, scenarios_as_json

FIRST = LibraryEntry("one", Path("one.yaml"), "First talk", "Coaches", people=(2, 2), seconds=1800)
SECOND = LibraryEntry("two", Path("two.yaml"), "Second talk", people=(2, None), seconds=2400)
LINE = SeriesEntry("line", Path("line.yaml"), "In line", "Twice.", "A book", True, (SECOND, FIRST))
BROKEN = (Problem("two.yaml", 1, 1, "title", "is missing"),)


def test_the_library_is_told_under_its_headings() -> None:
    """A series with the time of all its scenarios, and those a little to the right below it; one that needs mending
    says so."""
    here = (Placed(FIRST), Placed(LINE), Placed(SECOND, part=True))
    said = library_as_text([Section("In class", here), Section("More", (Placed(replace(LINE, problems=BROKEN)),))])
    assert said.startswith("In class\n────────\n\none\n    First talk\n")
    assert "\n\nline\n    In line\n    2 scenarios · 1h10m in all\n    two, one\n\n  two\n      Second talk\n" in said
    assert said.endswith("\n\nMore\n────\n\nline\n    In line\n    needs mending: roleplay check line.yaml")
    assert library_as_text([]) == ""


def test_one_series_is_told_part_by_part() -> None:
    """In order, each by the name under which it is played, with people and time, and what opens the next."""
    said = one_series_as_text(replace(LINE, parts=(replace(SECOND, problems=BROKEN), FIRST)))
    assert "1. two\n     Second talk\n     needs mending: roleplay check two.yaml" in said
    assert "2. one\n     First talk\n     2 people · 30m" in said
    assert "when the one before it has been played" in said
    assert "A book" in said
    assert "All are open from the start." in one_series_as_text(replace(LINE, in_order=False))


def test_programs_learn_which_series_a_scenario_is_in() -> None:
    """The list for programs holds scenarios alone: each of its ids can be played. The shelf is the file's."""
    told = json.loads(scenarios_as_json([FIRST, replace(SECOND, id="three", shelf="class")], [LINE]))
    assert [(entry["id"], entry["series"]) for entry in told] == [("one", ["line"]), ("three", [])]
    assert [entry["shelf"] for entry in told] == [None, "class"]


def test_a_scenario_that_needs_mending_says_how() -> None:
    """The command can be copied as it stands."""
    path = Path("a folder of some length", "another folder of some length", "a file of some length.yaml")
    said = library_as_text([Section("More", (Placed(FIRST), Placed(replace(SECOND, path=path, problems=BROKEN))))])
    assert "one\n    First talk\n    2 people · 30m\n    For Coaches" in said
    assert said.endswith(f"two\n    Second talk\n    needs mending: roleplay check {path}")


def test_what_is_asked_first_is_shown_and_its_answers_are_left_open() -> None:
    """The questions and the occasions are told; where an answer will stand there is a gap."""
    cases = [{**case, "title": "With {who}"} for case in TRIAD["cases"]]
    occasions = {"entry": {"title": "At the start", "cases": ["farm", "map"]}}
    bundle = bundle_of(TRIAD, cases=cases, blanks={"who": "Who will you talk to?"}, occasions=occasions)
    said = scenario_as_text(bundle)
    assert "Who will you talk to?" in said
    assert "At the start" in said
    assert "With …" in said
    assert "{who}" not in said
