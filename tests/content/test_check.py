"""What has the right shape and still makes no sense."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from roleplay.content.folders import Folders

Report = Callable[..., list[str]]

ROLES = "The roles are leader, parent, observer"
KNOW = '15:9: cases[0].hidden[0]: nobody knows this: give a role beside the leading one a card, or add "known_to"'
FINDS = "leads the conversation and is the one who finds this out"


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
        (
            "rotate: every-role",
            "rotate: {in-turn: leadr}",
            ['20:23: script[1].rotate.in-turn: there is no role "leadr". Did you mean "leader"?'],
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
        # times that cannot be
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
        ("markers: small", "markers: {rubric: small, by: everyone, about: everyone}", []),
        # the same conversation again
        (
            "      - name: Feedback\n",
            "      - {name: Once more, kind: play, length: 3m, again: true}\n      - name: Feedback\n",
            [],
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
            "  - {name: Journal",
            "  - {rotate: {in-turn: leader}, steps: [{name: x, kind: play, length: 1m}]}\n  - {name: Journal",
            ['39:24: script[2].rotate.in-turn: nobody has the role "leader" for the whole session: roles change'],
        ),
        # an optional role
        ("count: 1-2", "count: 0-1", []),
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


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("observer: {title: Observer, extra: true}", "observer: {title: Observer}", "its roles need 3"),
        ("size: 3", "size: 2", "a usual table has no more than two anyway"),
        ("size: 3", "size: 3", None),
    ],
)
def test_a_pair_must_be_playable(report: Report, old: str, new: str, why: str | None) -> None:
    """Two who are left over can be a pair where two can play and a usual table has more."""
    old, new = (text + "\ngroups: {size: 3}" if "extra" in old else text for text in (old, new))
    found = report("scenario", old, new.replace("size: ", "left_over: pair, size: "))
    pairs = [line for line in found if "left_over" in line]
    assert pairs == ([f'x.yaml:8:21: groups.left_over: cannot be "pair": {why}; leave it out'] if why else [])


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
