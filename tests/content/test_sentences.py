"""What is wrong with the shape of a file, as its author reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Report = Callable[..., list[str]]

STEP = "script[1].steps[1]"
DURATION = 'write a length of time as "6m", "90s", "1m30s" or "1h"'
KEYS = "format, title, about, audience, shelf, practice, source, blanks, roles, groups, alone, occasions, cases, script"
ID = 'must be small letters, digits and hyphens, such as "names-feeling"'
KINDS = '"brief", "prepare", "play", "feedback", "journal" or "debrief"'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: A talk\n", "", ["1:1: title: is missing: give it a title in one line"]),
        ("title: A talk", "title:", ["2:1: title: is empty: give it a title in one line"]),
        ("title: A talk", "title: ''", ["2:8: title: is empty"]),
        ("title: A talk", "title: true", ['2:8: title: must be text; put quotes around it: "true"']),
        ("title: A talk", "title: {who}", ["2:1: title: must be text; put quotes around text that starts with { or ["]),
        (
            "title: A talk",
            "title: A talk\npractice:\n  - listening: well",
            ["4:5: practice[0]: must be text; put quotes around text that has a colon in it"],
        ),
        ("title: A talk", "title: |\n  A\n  talk", ["2:8: title: must be a single line"]),
        ("title: A talk", "title: " + "x" * 301, ["2:8: title: is longer than 300 characters"]),
        (
            "title: A talk",
            "titel: A talk",
            [
                "1:1: title: is missing: give it a title in one line",
                '2:1: titel: is not a key here. Did you mean "title"?',
            ],
        ),
        (
            "title: A talk",
            "title: A talk\nzzz: 1",
            [f"3:1: zzz: is not a key here. The keys are {KEYS}."],
        ),
        ("format: 1", "format: 2", ['1:9: format: this version reads format 1, not "2"']),
        ("format: 1\n", "", ['1:1: format: is missing: write "format: 1"']),
        (
            "  leader: {title",
            "  School Leader: {title",
            [f'5:3: roles."School Leader": {ID}. Did you mean "school-leader"?'],
        ),
        ("leads: true", "leads: maybe", ["5:34: roles.leader.leads: must be true or false"]),
        ("1-2", "a few", ["6:34: roles.parent.count: write how many people play this role, as 3 or as 4-6"]),
        ("1-2", "5-2", ["6:34: roles.parent.count: write the smaller number first"]),
        ("1-2", "0", ["6:34: roles.parent.count: nobody could play it; a role that may stay empty is 0-1"]),
        ("size: 3", "size: 3.5", ["8:16: groups.size: must be a whole number"]),
        ("size: 3", "size: 0", ["8:16: groups.size: must be 1 or more"]),
        ("size: 3", "size: 99", ["8:16: groups.size: must be 40 or less"]),
        ("groups: {size: 3}", "groups: 3", ["8:9: groups: must be a group of keys, such as size, left_over"]),
        ("size: 3", "size: 3, left_over: sit", ['8:30: groups.left_over: must be "join" or "pair"']),
        ("roles:\n", "roles: [a]\nnotes:\n", None),
        (
            "length: 5m",
            "lenght: 5m",
            [
                f"23:9: {STEP}.length: is missing: {DURATION}",
                f'25:9: {STEP}.lenght: is not a key here. Did you mean "length"?',
            ],
        ),
        ("length: 5m", "length: 5", [f"25:17: {STEP}.length: 5 of what? {DURATION}"]),
        ("length: 5m", "length: 25h", [f"25:17: {STEP}.length: is longer than a day"]),
        ("warn: [1m]", "warn: [1m, x]", [f"27:20: {STEP}.warn[1]: {DURATION}"]),
        ("warn: [1m]", "warn: 1m", [f'27:15: {STEP}.warn: must be a list: lines that begin with "- ", or [one, two]']),
        ("kind: play", "kind: plya", [f'24:15: {STEP}.kind: must be {KINDS}. Did you mean "play"?']),
        ("        kind: play\n", "", [f"23:9: {STEP}.kind: is missing: write which kind it is: {KINDS}"]),
        ("scope: class", "scope: clas", ['19:53: script[0].scope: must be "table" or "class". Did you mean "class"?']),
        (
            "length: 2m, scope",
            "length: 2m, injects: [], scope",
            ['19:46: script[0].injects: is not a key here; it belongs where the kind is "play"'],
        ),
        (
            "at: 2m",
            "at: soon",
            ['17:14: cases[0].injects[0].at: must be a length of time such as "3m", or "facilitator"'],
        ),
        ("at: 2m, ", "", ['17:9: cases[0].injects[0].at: is missing: write when it happens: "3m", or "facilitator"']),
        (
            "from: The bell",
            "form: The bell",
            ['31:45: script[1].steps[1].injects[0].form: is not a key here. Did you mean "from"?'],
        ),
        ("takes: 2", "takes: often", [f'29:16: {STEP}.takes: must be "any", or a number from 1 to 20']),
        ("takes: 2", "takes: 99", [f'29:16: {STEP}.takes: must be "any", or a number from 1 to 20']),
        (
            "rotate: every-role",
            "rotate: every-rol",
            ['20:13: script[1].rotate: must be "every-role", or "{in-turn: ROLE}" with the name of a role'],
        ),
        (
            "rotate: every-role",
            "rotate: {in-turns: leader}",
            [
                "20:5: script[1].rotate.in-turn: is missing: write the role whose people take their turn",
                '20:14: script[1].rotate.in-turns: is not a key here. Did you mean "in-turn"?',
            ],
        ),
        (
            "rotate: every-role",
            "rotate:",
            ['20:5: script[1].rotate: is empty: write "every-role", or "{in-turn: ROLE}"'],
        ),
        (
            "- {phase: reactions, ask: How was it?}",
            "- How was it?",
            ["44:9: script[3].guide[0]: must be a group of keys, such as phase, ask"],
        ),
        (
            "cards:\n      parent: It was thrown away.",
            "cards: none",
            ['12:12: cases[0].cards: must be lines of "name: text"'],
        ),
    ],
)
def test_each_mistake_in_a_scenario_has_its_sentence(
    report: Report, old: str, new: str, expected: list[str] | None
) -> None:
    """One mistake gives one sentence at its line and column, under the key as the author wrote it."""
    found = report("scenario", old, new)
    if expected is None:
        assert found[0] == 'x.yaml:4:1: roles: must be lines of "name: text"'
    else:
        assert found == [f"x.yaml:{line}" for line in expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "kind: levels",
            "kind: level",
            ['3:15: scale.kind: must be "levels", "agreement", "checklist", "count" or "text". Did you mean "levels"?'],
        ),
        (
            ", levels: {1: Low, 2: High}",
            "",
            ["3:1: scale.levels: is missing: write each level with its number and a word, lowest first"],
        ),
        ("levels: {1: Low, 2: High}", "levels: {1: Low}", ["3:23: scale.levels: needs 2 or more entries"]),
        ("1: Low", "low: Low", ["3:32: scale.levels.low: must be a whole number"]),
        ("{1: No,", "{1: ,", ["7:14: criteria[0].levels.1: is empty: write something, or delete it"]),
        ("2: High}}", "2: High}, more: 1}", ["3:50: scale.more: is not a key here. The keys are kind, levels."]),
        ("key: n", "key: nn", ["10:21: markers[0].key: must be one small letter or one digit"]),
    ],
)
def test_each_mistake_in_a_rubric_has_its_sentence(report: Report, old: str, new: str, expected: list[str]) -> None:
    """A scale's `levels` are both a kind and a key; the path is still the author's own."""
    assert report("rubric", old, new) == [f"x.yaml:{line}" for line in expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[talk]", "[]", ["3:1: series: needs 1 or more entries"]),
        ("after: done", "after: don", ['4:16: opens.after: must be "done" or "any-time". Did you mean "done"?']),
    ],
)
def test_each_mistake_in_a_series_has_its_sentence(report: Report, old: str, new: str, expected: list[str]) -> None:
    """A series speaks like the other files."""
    assert report("series", old, new) == [f"x.yaml:{line}" for line in expected]


def test_all_mistakes_are_told_in_one_pass(report: Report) -> None:
    """Several mistakes of one file come together, in the order of its lines."""
    found = report(
        "scenario", "length: 5m\n        least: 3m\n        warn: [1m]", "length: x\n        least: y\n        warn: z"
    )
    assert [line.split(": ")[1] for line in found] == [f"{STEP}.length", f"{STEP}.least", f"{STEP}.warn"]


@pytest.mark.parametrize("title", ["2024", "1.50", "no", "2024-01-31", '" A talk "', ">\n  A talk\n  goes on\n"])
def test_a_title_that_looks_like_something_else_is_a_title(report: Report, title: str) -> None:
    """Years, dates and the word `no` need no quotes where words are expected, and space around them means nothing."""
    assert report("scenario", "title: A talk", f"title: {title}") == []
