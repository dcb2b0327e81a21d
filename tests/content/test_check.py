"""What has the right shape and still makes no sense."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from roleplay.content.load import Folders

Report = Callable[..., list[str]]

STEP = "script[1].steps[1]"
FORM = "script[1].steps[2].forms[0]"
ROLES = "The roles are leader, parent, observer"
KNOW = '15:9: cases[0].hidden[0]: nobody knows this: give a role beside the leading one a card, or add "known_to"'
FINDS = "leads the conversation and is the one who finds this out"
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
        (
            "parent: It was",
            "parents: It was",
            [
                '13:16: cases[0].cards.parents: there is no role "parents". Did you mean "parent"?',
                KNOW,
            ],
        ),
        (
            "fact: It is the third time.",
            "fact: x, known_to: neighbour",
            [f'15:40: cases[0].hidden[0].known_to: there is no role "neighbour". {ROLES}.'],
        ),
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
            "rotate: every-role",
            "rotate: {in-turn: leadr}",
            ['20:23: script[1].rotate.in-turn: there is no role "leadr". Did you mean "leader"?'],
        ),
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
            "  parent: {",
            "  facilitator: {title: F, extra: true}\n  parent: {",
            ['6:3: roles.facilitator: cannot be the name of a role: "facilitator" has a meaning of its own'],
        ),
        ("count: 1-2", "leads: true", ['6:34: roles.parent.leads: only one role leads, and "leader" already does']),
        (
            "  - id: bag",
            "  - {id: bag, title: x, cards: {}}\n  - id: bag",
            ['11:9: cases[1].id: "bag" is already used by number 1'],
        ),
        (
            "      - {id: third,",
            "      - {id: third, fact: x}\n      - {id: third,",
            ['16:14: cases[0].hidden[1].id: "third" is already used by number 1'],
        ),
        (
            "          - {rubric: small, by: leader, about: self}",
            "          - {rubric: small, by: observer, about: leader}",
            ["38:13: script[1].steps[2].forms[1]: asks for the same form a second time"],
        ),
        # people who are not there
        ("size: 3", "size: 1", ["8:16: groups.size: is too small: a table has 1, and its roles need 2"]),
        (
            "parent: It was",
            "leader: It was",
            [KNOW],
        ),
        (
            "fact: It is the third time.",
            "fact: x, known_to: leader",
            ['15:40: cases[0].hidden[0].known_to: "leader" ' + FINDS],
        ),
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
        ("at: 2m", "at: 6m", ["17:14: cases[0].injects[0].at: comes too late: the conversation lasts 5m"]),
        # occasions
        (
            "cases:\n",
            "occasions: {entry: {title: E, cases: [bags]}}\ncases:\n",
            [
                '9:39: occasions.entry.cases[0]: there is no case "bags". Did you mean "bag"?',
                "11:5: cases[0]: is played on no occasion: name it under one of them",
            ],
        ),
        (
            "cases:\n",
            "occasions: {entry: {title: E, cases: [bag]}, exit: {title: E, cases: [bag]}}\ncases:\n",
            ['9:71: occasions.exit.cases[0]: is already played on "entry": nobody meets a case twice'],
        ),
        ("cases:\n", "occasions: {entry: {title: E, cases: [bag]}}\ncases:\n", []),
        # who marks whom
        (
            "markers: small",
            "markers: {rubric: small, by: observr, about: each leadr}",
            [
                f'28:38: {STEP}.markers.by: there is no role "observr". Did you mean "observer"?',
                f'28:54: {STEP}.markers.about: there is no role "each leadr". Did you mean "each leader"?',
            ],
        ),
        ("markers: small", "markers: {rubric: small, by: everyone, about: everyone}", []),
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
            "      - name: Feedback\n",
            "      - {name: Once more, kind: play, length: 3m, again: true}\n      - name: Feedback\n",
            [],
        ),
        (
            "kind: journal, length: 3m, prompts: [What happened?]",
            "kind: play, length: 3m, again: true",
            [f"39:52: script[2].again: {NOTHING_AGAIN}"],
        ),
        # a role for others while one is in turn
        (
            "rotate: every-role",
            "rotate: {in-turn: parent, others: peers}",
            [f'20:39: script[1].rotate.others: there is no role "peers". {ROLES}.'],
        ),
        (
            "rotate: every-role",
            "rotate: {in-turn: parent, others: parent}",
            ["20:39: script[1].rotate.others: is the role that is in turn; the others need another one"],
        ),
        ("rotate: every-role", "rotate: {in-turn: leader, others: parent}", []),
        (
            "rotate: every-role",
            OBSERVERS,
            [
                f'39:33: script[2].steps[2].forms[0].by: nobody plays "observer" {NOT_IN_TURN}',
            ],
        ),
        (
            "  - {name: Journal",
            "  - {rotate: {in-turn: leader}, steps: [{name: x, kind: play, length: 1m}]}\n  - {name: Journal",
            ['39:24: script[2].rotate.in-turn: nobody has the role "leader" for the whole session: roles change'],
        ),
        # an optional role
        ("count: 1-2", "count: 0-1", []),
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
def test_each_nonsense_in_a_scenario_has_its_sentence(report: Report, old: str, new: str, expected: list[str]) -> None:
    """What nobody could play, fill in or see in time is said where it stands."""
    found = report("scenario", old, new)
    assert found == [f"x.yaml:{line}" for line in expected]


def test_people_without_a_role(report: Report) -> None:
    """A table must not seat more people than its roles take, unless one role takes who is left over."""
    roles = "observer: {title: Observer, extra: true}\ngroups: {size: 3}"
    assert report("scenario", roles, "observer: {title: Observer}\ngroups: {size: 5}") == [
        'x.yaml:8:16: groups.size: is too large: a table has 5, and its roles take 4; add "extra: true"'
    ]
    assert report("scenario", roles, "observer: {title: Observer, extra: true}\ngroups: {size: 5}") == []


def test_a_single_role_has_nothing_to_rotate(report: Report) -> None:
    """Rotation needs a second role."""
    text = """\
format: 1
title: Alone
about: One person talks.
roles: {leader: {title: L}}
script:
  - rotate: every-role
    steps: [{name: Talk, kind: play, length: 1m}]
"""
    assert report("scenario", "", text) == [
        "x.yaml:6:13: script[0].rotate: has nothing to rotate: there is only one role"
    ]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("[tolk]", ['3:10: series[0]: there is no scenario "tolk". Did you mean "talk"?']),
        ("[talk, talk]", ['3:16: series[1]: "talk" is already used by number 1']),
        ("[x]", ['3:10: series[0]: there is no scenario "x". The scenarios are line, talk.']),
        ("[line]", ['3:10: series[0]: "line" is a series, not a scenario']),
        ("[talk]\nsource: A book", []),
    ],
)
def test_each_nonsense_in_a_series_has_its_sentence(
    report: Report, folders: Folders, new: str, expected: list[str]
) -> None:
    """A series names scenarios that exist, each once, and neither itself nor another series."""
    (folders.scenarios[0] / "line.yaml").write_text("format: 1\ntitle: Line\nseries: [talk]\n", encoding="utf-8")
    assert report("series", "[talk]", new) == [f"x.yaml:{line}" for line in expected]
