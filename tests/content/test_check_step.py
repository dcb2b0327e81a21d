"""A step that has the right shape and still makes no sense where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Report = Callable[..., list[str]]

STEP = "script[1].steps[1]"
FORM = "script[1].steps[2].forms[0]"
ROLES = "The roles are leader, parent, observer"
NOT_HERE = 'has no part in this step, which is for "parent"'
GUIDE_TEXT = """\
    guide:
      - {phase: reactions, ask: How was it?}
      - {phase: application, ask: What will you do?}
"""
GUIDE = "the order is reactions, description, analysis, application"
MOVE = 'in this step: roles change only inside "rotate"; move the step there'
NOTHING_AGAIN = "has no conversation before it that could be played again"
NOT_IN_TURN = "in this step: it is only for those who are not in turn"
OBSERVERS = """\
rotate: {in-turn: leader, others: observer}
    steps: [{name: x, kind: play, length: 5m}]
  - rotate: {in-turn: leader}"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # names that name nothing
        ("to: everyone", "to: all", [f'31:35: {STEP}.injects[0].to: there is no role "all". {ROLES}, everyone.']),
        ("by: observer", "by: observr", [f'37:33: {FORM}.by: there is no role "observr". Did you mean "observer"?']),
        ("by: observer", "by: self", [f'37:33: {FORM}.by: there is no role "self". {ROLES}.']),
        (
            "about: leader",
            "about: each leadr",
            [f'37:50: {FORM}.about: there is no role "each leadr". Did you mean "each leader"?'],
        ),
        ("warn: [1m]", "for: nobody", [f'27:14: {STEP}.for: there is no role "nobody". {ROLES}.']),
        (
            "forecast: small",
            "forecast: smal",
            ['22:59: script[1].steps[0].forecast: there is no rubric "smal". Did you mean "small"?'],
        ),
        (
            "markers: small",
            "markers: smal",
            [f'28:18: {STEP}.markers: there is no rubric "smal". Did you mean "small"?'],
        ),
        (
            "{rubric: small, by: observer",
            "{rubric: large, by: observer",
            [f'37:22: {FORM}.rubric: there is no rubric "large".'],
        ),
        # names that stand twice, or mean something else
        (
            "          - {rubric: small, by: leader, about: self}",
            "          - {rubric: small, by: observer, about: leader}",
            ["38:13: script[1].steps[2].forms[1]: asks for the same form a second time"],
        ),
        # people who are not there
        (
            "by: observer",
            "by: leader",
            [f'37:48: {FORM}.about: "leader" would fill in a form about "leader"; write "self" if that is meant'],
        ),
        (
            "learned: true\n",
            "for: parent\n",
            [
                '37:33: script[1].steps[2].forms[0].by: "observer" ' + NOT_HERE,
                '38:33: script[1].steps[2].forms[1].by: "leader" ' + NOT_HERE,
            ],
        ),
        (
            "kind: journal, length: 3m, prompts: [What happened?]",
            "kind: feedback, length: 3m, forms: [{rubric: small, by: leader, about: self}]",
            [f'39:77: script[2].forms[0].by: nobody plays "leader" {MOVE}'],
        ),
        (
            "kind: journal, length: 3m, prompts: [What happened?]",
            "kind: prepare, length: 3m, forecast: small",
            [f'39:58: script[2].forecast: nobody plays "leader" {MOVE}'],
        ),
        ("kind: journal", "for: parent, kind: journal", [f'39:26: script[2].for: nobody plays "parent" {MOVE}']),
        (
            "kind: journal, length: 3m, prompts: [What happened?]",
            "kind: play, length: 3m, injects: [{at: 1m, to: parent, say: x}]",
            [f'39:68: script[2].injects[0].to: nobody plays "parent" {MOVE}'],
        ),
        # times that cannot be
        (
            "length: 5m",
            "length: 0s",
            [
                f"25:17: {STEP}.length: is no time at all",
                f"26:16: {STEP}.least: is longer than the step, which lasts 0s",
            ],
        ),
        ("least: 3m", "least: 6m", [f"26:16: {STEP}.least: is longer than the step, which lasts 5m"]),
        ("warn: [1m]", "warn: [5m, 1m]", [f"27:16: {STEP}.warn[0]: comes before the step begins: it lasts 5m"]),
        ("warn: [1m]", "warn: [1m, 60s]", [f"27:20: {STEP}.warn[1]: is written twice"]),
        ("at: facilitator", "at: 5m", [f"31:18: {STEP}.injects[0].at: comes too late: this step lasts 5m"]),
        # who marks whom
        (
            "markers: small",
            "markers: {rubric: small, by: observr, about: each leadr}",
            [
                f'28:38: {STEP}.markers.by: there is no role "observr". Did you mean "observer"?',
                f'28:54: {STEP}.markers.about: there is no role "each leadr". Did you mean "each leader"?',
            ],
        ),
        (
            "markers: small",
            "markers: {rubric: smal}",
            [f'28:9: {STEP}.markers: there is no rubric "smal". Did you mean "small"?'],
        ),
        (
            "kind: journal, length: 3m, prompts: [What happened?]",
            "kind: play, length: 3m, markers: {rubric: small, by: parent, about: everyone}",
            [f'39:74: script[2].markers.by: nobody plays "parent" {MOVE}'],
        ),
        # the same conversation again
        ("takes: 2", "again: true", [f"29:16: {STEP}.again: {NOTHING_AGAIN}"]),
        (
            "kind: journal, length: 3m, prompts: [What happened?]",
            "kind: play, length: 3m, again: true",
            [f"39:52: script[2].again: {NOTHING_AGAIN}"],
        ),
        # a role for others while one is in turn
        (
            "rotate: every-role",
            OBSERVERS,
            [
                f'39:33: script[2].steps[2].forms[0].by: nobody plays "observer" {NOT_IN_TURN}',
            ],
        ),
        # steps without what they are for
        (", prompts: [What happened?]", "", ['39:5: script[2]: a journal needs "prompts": the questions to answer']),
        (
            GUIDE_TEXT,
            "",
            ['40:5: script[3]: a debrief needs a "guide": questions, each with "phase" and "ask"'],
        ),
        (
            "phase: application",
            "phase: reactions, ask: x}\n      - {phase: description, ask: y}\n      - {phase: reactions",
            ['47:17: script[3].guide[3].phase: "reactions" comes after "description"; ' + GUIDE],
        ),
        (
            "    hidden:\n      - {id: third, fact: It is the third time.}\n",
            "",
            ["33:18: script[1].steps[2].learned: has nothing to ask about: no case has hidden facts"],
        ),
    ],
)
def test_each_nonsense_in_a_step_has_its_sentence(report: Report, old: str, new: str, expected: list[str]) -> None:
    """What nobody could play, fill in or see in time is said where it stands."""
    found = report("scenario", old, new)
    assert found == [f"x.yaml:{line}" for line in expected]
