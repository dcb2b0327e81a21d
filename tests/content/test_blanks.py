"""Blanks that people fill in before they play."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import TRIAD, scenario_of

from roleplay.content.blanks import blanks_in, fill
from roleplay.content.scenario import Scenario
from roleplay.content.steps import PlayStep

BLANKS = {"who": "Who will you talk to?", "what-happened": "What happened?"}


def with_words(words: str, **changes: Any) -> Scenario:
    """A scenario with the same words wherever people read something."""
    step: dict[str, Any] = {"name": words, "length": "5m", "prompts": [words]}
    data: dict[str, Any] = {
        **TRIAD,
        "blanks": BLANKS,
        "roles": {"leader": {"title": words, "about": words}, "parent": {"title": "P", "plays": words, "also": words}},
        "cases": [
            {
                "id": "one",
                "title": words,
                "cards": {"everyone": words, "parent": words},
                "hidden": [{"id": "fact", "fact": words}],
                "injects": [{"at": "1m", "to": "leader", "from": words, "say": words}],
            }
        ],
        "script": [
            {**step, "kind": "play", "injects": [{"at": "facilitator", "to": "parent", "say": words}]},
            {**step, "kind": "debrief", "guide": [{"phase": "reactions", "ask": words}]},
        ],
    }
    return scenario_of(data, **changes)


def read_words(scenario: Scenario) -> set[str]:
    """All that stands at the places which `with_words` writes to."""
    case = scenario.cases[0]
    words = {case.title, *case.cards.values(), case.hidden[0].fact, case.injects[0].say, case.injects[0].from_}
    words |= {scenario.roles["leader"].title, scenario.roles["leader"].about}
    words |= {scenario.roles["parent"].plays, scenario.roles["parent"].also}
    for step in scenario.steps.values():
        words |= {step.name, *step.prompts}
        words |= {item.ask for item in getattr(step, "guide", ())} | {item.say for item in getattr(step, "injects", ())}
    return {str(word) for word in words}


def test_an_answer_stands_wherever_people_read() -> None:
    """Titles, cards, facts, injects, prompts and the guide: each blank becomes its answer, however often."""
    filled = fill(with_words("{who} and {who}: {what-happened}"), {"who": "Kim", "what-happened": "It rained."})
    assert read_words(filled) == {"Kim and Kim: It rained."}


def test_a_blank_without_an_answer_stays_open() -> None:
    """Nothing written, or only spaces, is shown as a gap."""
    assert read_words(fill(with_words("{who}: {what-happened}"), {"who": "  "})) == {"…: …"}


@given(
    st.text(alphabet="{}whoat-x \n", max_size=40),
    st.dictionaries(st.sampled_from(sorted(BLANKS)), st.text(max_size=30)),
)
def test_no_known_blank_is_left_and_nothing_else_changes(words: str, answers: dict[str, str]) -> None:
    """Whatever is written around them and into them, known blanks are replaced once and all other words stay."""
    expected = words
    for id, mark in (("who", "\ue000"), ("what-happened", "\ue001")):
        expected = expected.replace(f"{{{id}}}", mark)
    for id, mark in (("who", "\ue000"), ("what-happened", "\ue001")):
        expected = expected.replace(mark, answers.get(id, "").strip() or "…")
    scenario = with_words("x").model_copy(update={"cases": ()})
    role = scenario.roles["leader"].model_copy(update={"title": words})
    filled = fill(scenario.model_copy(update={"roles": {"leader": role}}), answers)
    assert filled.roles["leader"].title == expected


def test_what_is_no_words_stays_as_it_is() -> None:
    """Times, counts and the order of the script are the same, and a filled scenario can be used like any other."""
    scenario = with_words("{who}")
    filled = fill(scenario, {"who": "Kim"})
    assert list(filled.steps) == list(scenario.steps)
    assert isinstance(filled.steps["0"], PlayStep)
    assert (filled.steps["0"].length, filled.roles["leader"].count) == (300, scenario.roles["leader"].count)
    assert filled.cases[0].injects[0].at == 60
    assert (filled.leading_role, filled.people_needed) == ("leader", 2)
    assert list(blanks_in(filled.roles)) == []


def test_an_answer_may_be_longer_than_a_line() -> None:
    """People write as much as they like, in several lines; braces in an answer mean nothing."""
    answer = "{what-happened}\n" + "x" * 1000
    assert fill(with_words("{who}"), {"who": answer}).roles["leader"].title == answer


def test_without_blanks_braces_are_braces() -> None:
    """A scenario that asks nothing is left alone."""
    scenario = with_words("{who}", blanks={})
    assert fill(scenario, {"who": "Kim"}) is scenario


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "It was thrown away.",
            '"{whom} threw it."',
            [
                "3:15: blanks.who: is asked and never used: write {who} where the answer belongs",
                '14:15: cases[0].cards.parent: there is no blank "whom". Did you mean "who"?',
            ],
        ),
        ("It was thrown away.", '"{who} threw it."', []),
        ("{title: Parent, ", '{title: "{who}", ', []),
        ("{phase: reactions, ask: How was it?}", '{phase: reactions, ask: "How was {who}?"}', []),
        ("from: The bell", 'from: "{who}"', []),
        (
            "name: Talk",
            'name: "Talk with {who}"',
            [
                "3:15: blanks.who: is asked and never used: write {who} where the answer belongs",
                "24:15: script[1].steps[1].name: is read before anything is filled in: {who} would stay as it is",
            ],
        ),
        (
            "about: Two people talk.",
            'about: "{who} talks."',
            [
                "3:15: blanks.who: is asked and never used: write {who} where the answer belongs",
                "4:8: about: is read before anything is filled in: {who} would stay as it is",
            ],
        ),
    ],
)
def test_blanks_are_known_and_used(report: Callable[..., list[str]], old: str, new: str, expected: list[str]) -> None:
    """A blank that is nowhere asked, never used, or stands where nothing is filled in is said where it stands."""
    found = report("scenario", "about: Two", "blanks: {who: Who is it?}\nabout: Two", old, new)
    assert found == [f"x.yaml:{line}" for line in expected]


def test_braces_mean_nothing_in_a_file_without_blanks(report: Callable[..., list[str]]) -> None:
    """Somebody may write braces for a reason of their own."""
    assert report("scenario", "It was thrown away.", '"{who} threw it."') == []
