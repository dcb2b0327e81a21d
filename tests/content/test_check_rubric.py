"""Rubrics of the right shape that still make no sense: by themselves, with their core, and where they are used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.content.folders import Folders
from roleplay.content.load import check_files

Report = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "criteria:\n",
            "criteria:\n  - {id: hears, title: x, levels: {1: a, 2: b}}\n",
            ['6:9: criteria[1].id: "hears" is already used by number 1'],
        ),
        (
            "markers:\n",
            "markers:\n  - {id: nods, key: x, title: x}\n",
            ['11:10: markers[1].id: "nods" is already used by number 1'],
        ),
        (
            "markers:\n",
            "markers:\n  - {id: other, key: n, title: x}\n",
            ['11:21: markers[1].key: "n" is already used by number 1'],
        ),
        (
            "prompts:\n",
            "prompts:\n  - {id: note, ask: x}\n",
            ['13:10: prompts[1].id: "note" is already used by number 1'],
        ),
        (
            "criterion: hears",
            "criterion: hear",
            ['10:48: markers[0].criterion: there is no criterion "hear". Did you mean "hears"?'],
        ),
        ("{1: No, 2: Yes}", "{1: No}", ["7:5: criteria[0].levels: needs to say what these levels look like: 2"]),
        (
            "    levels: {1: No, 2: Yes}\n",
            "",
            ["5:5: criteria[0].levels: needs to say what these levels look like: 1, 2"],
        ),
        (
            "{1: No, 2: Yes}",
            "{1: No, 2: Yes, 3: So}",
            ["7:32: criteria[0].levels.3: there is no level 3; the levels are 1, 2"],
        ),
        (
            "evidence: at-ends",
            "scale: {kind: count}",
            ["7:5: criteria[0].levels: is not used: this is answered with a count, not with levels"],
        ),
        (
            "    levels: {1: No, 2: Yes}\n",
            "    scale: {kind: text}\n",
            ['8:15: criteria[0].evidence: must be "never" or "always": only levels have ends'],
        ),
    ],
)
def test_each_nonsense_in_a_rubric_has_its_sentence(report: Report, old: str, new: str, expected: list[str]) -> None:
    """What an observer could not answer or tap is said where it stands."""
    assert report("rubric", old, new) == [f"x.yaml:{line}" for line in expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (("title: Small\n", "title: Small\nrows: 3\n"), []),
        (("title: Small\n", "title: Small\nrows: 6\n"), ["3:7: rows: must be 5 or less"]),
        (
            ("title: Small\n", "title: Small\nrows: 2\ncore: base\n"),
            ['3:7: rows: cannot be used together with "core"', '4:7: core: there is no rubric "base".'],
        ),
        (
            ("", "format: 1\ntitle: x\nscale: {kind: text}\nrows: 2\nprompts: [{id: a, ask: b}]\n"),
            ['4:7: rows: has nothing to repeat: each of the "criteria" is a column'],
        ),
        (
            ("", "format: 1\ntitle: x\nscale: {kind: text}\n"),
            ['1:1: is empty: give it "criteria", "markers" or "prompts"'],
        ),
        (
            ("kind: levels", "kind: agreement"),
            ["7:5: criteria[0].levels: is not used: the words of the scale say it all"],
        ),
        (("kind: levels", "kind: agreement", "    levels: {1: No, 2: Yes}\n", ""), []),
        (("{1: Low, 2: High}", "{0: Low, 2: High}", "{1: No, 2: Yes}", "{0: No, 2: Yes}"), []),
        (
            ("{1: Low, 2: High}", "{0: Low, 2: High}"),
            [
                "7:5: criteria[0].levels: needs to say what these levels look like: 0",
                "7:17: criteria[0].levels.1: there is no level 1; the levels are 0, 2",
            ],
        ),
        (("title: Small\n", "title: Small\nsource: A book\n"), []),
    ],
)
def test_rows_and_scales(report: Report, changes: tuple[str, ...], expected: list[str]) -> None:
    """What is asked in rows has columns; statements need no levels of their own; levels may begin at 0."""
    assert report("rubric", *changes) == [f"x.yaml:{line}" for line in expected]


BASE = """\
format: 1
title: Base
scale: {kind: count}
criteria:
  - {id: asks, title: Asks}
markers:
  - {id: waits, key: w, title: Waits, criterion: asks}
prompts:
  - {id: best, ask: What was best?}
"""


@pytest.mark.parametrize(
    ("core", "changes", "expected"),
    [
        ("base", (), []),
        ("base", ("criterion: hears", "criterion: asks"), []),
        ("bass", (), ['3:7: core: there is no rubric "bass". Did you mean "base"?']),
        ("talk", (), ['3:7: core: there is no rubric "talk".']),
        ("line", (), ['3:7: core: "line" is a series, not a rubric']),
        (
            "base",
            ("id: hears", "id: asks"),
            [
                '6:9: criteria[0].id: "asks" is already used in the core, "base"',
                '11:48: markers[0].criterion: there is no criterion "hears". The criteria are asks.',
            ],
        ),
        ("base", ("id: nods", "id: waits"), ['11:10: markers[0].id: "waits" is already used in the core, "base"']),
        ("base", ("key: n", "key: w"), ['11:21: markers[0].key: "w" is already used in the core, for “Waits”']),
        ("base", ("id: note", "id: best"), ['13:10: prompts[0].id: "best" is already used in the core, "base"']),
        ("tower", (), ['3:7: core: has a core of its own, "base"; only one goes into another']),
        ("rows", (), ["3:7: core: is asked in rows, and cannot be a core"]),
        ("x", (), ['3:7: core: has a core of its own, "x"; only one goes into another']),
    ],
)
def test_a_core_fits_the_rubric_that_has_it(
    report: Report, folders: Folders, core: str, changes: tuple[str, ...], expected: list[str]
) -> None:
    """The core is a rubric that is there and has no core; nothing of it is named a second time."""
    places = folders.rubrics[0]
    (places / "base.yaml").write_text(BASE, encoding="utf-8")
    (places / "tower.yaml").write_text("format: 1\ntitle: T\ncore: base\nscale: {kind: count}\n", encoding="utf-8")
    (places / "line.yaml").write_text("format: 1\ntitle: L\nseries: [talk]\n", encoding="utf-8")
    rows = BASE.replace("title: Base", "title: Rows\nrows: 2")
    (places / "rows.yaml").write_text(rows, encoding="utf-8")
    found = report("rubric", "title: Small\n", f"title: Small\ncore: {core}\n", *changes)
    assert found == [f"x.yaml:{line}" for line in expected]


def test_the_mistakes_of_a_core_are_told_once(folders: Folders) -> None:
    """Whoever checks a rubric learns what is wrong with its core, under the core's own name."""
    places = folders.rubrics[0]
    (places / "base.yaml").write_text(BASE.replace("criterion: asks", "criterion: ask"), encoding="utf-8")
    (places / "top.yaml").write_text("format: 1\ntitle: T\ncore: base\nscale: {kind: count}\n", encoding="utf-8")
    found = check_files([places / "top.yaml", places / "base.yaml"], folders)
    assert [(Path(problem.file).name, problem.key) for problem in found] == [("base.yaml", "markers[0].criterion")]


DIGITS = "several people can be meant here, and digits choose the person: give markers letters in place of 1"
WATCH = "script[1].steps[1].markers"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), []),
        (("markers: small", "markers: {rubric: small, by: observer, about: parent}"), [f"28:9: {WATCH}: {DIGITS}"]),
        (("markers: small", "markers: {rubric: small, about: each observer}"), [f"28:9: {WATCH}: {DIGITS}"]),
        (("markers: small", "markers: {rubric: small, about: everyone}"), [f"28:9: {WATCH}: {DIGITS}"]),
        (("markers: small", "markers: {rubric: small, about: each leader}"), []),
        (("leads: true", "count: 1-2"), [f"28:18: {WATCH}: {DIGITS}"]),
        (("leads: true", "count: 1-2", "rotate: every-role", "rotate: {in-turn: leader}"), []),
        (
            (
                "leads: true",
                "count: 1-2",
                "rotate: every-role",
                "rotate: {in-turn: leader, others: parent}",
                "markers: small",
                "markers: {rubric: small, about: parent}",
            ),
            [],
        ),
        (
            (
                "leads: true",
                "count: 1-3",
                "rotate: every-role",
                "rotate: {in-turn: leader, others: parent}",
                "markers: small",
                "markers: {rubric: small, about: parent}",
            ),
            [f"28:9: {WATCH}: {DIGITS}"],
        ),
    ],
)
def test_where_digits_choose_a_person_they_are_no_markers(
    report: Report, folders: Folders, changes: tuple[str, ...], expected: list[str]
) -> None:
    """A digit may be the key of a marker only where no more than one person can be meant."""
    rubric = folders.rubrics[0] / "small.yaml"
    rubric.write_text(rubric.read_text(encoding="utf-8").replace("key: n", "key: 1"), encoding="utf-8")
    assert [line for line in report("scenario", *changes) if WATCH in line] == [f"x.yaml:{line}" for line in expected]


def test_a_rubric_that_has_only_a_core_is_asked_with_it(report: Report, folders: Folders) -> None:
    """What the core has can be filled in, forecast and tapped."""
    core = (folders.rubrics[0] / "small.yaml").rename(folders.rubrics[0] / "base.yaml")
    scale = core.read_text(encoding="utf-8").splitlines()[2]
    text = f"format: 1\ntitle: Top\ncore: base\n{scale}\n"
    (folders.rubrics[0] / "small.yaml").write_text(text, encoding="utf-8")
    assert report("scenario") == []
