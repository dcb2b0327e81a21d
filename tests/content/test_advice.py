"""Advice about files that can be played as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import LISTENING, TRIAD, scenario_of

from roleplay.content.advice import advise_rubric, advise_scenario, advise_series, lix
from roleplay.content.folders import Folders
from roleplay.content.library import library
from roleplay.content.load import check_files, load_bundle
from roleplay.content.rubric import Rubric
from roleplay.content.series import Series

HARD = (
    "Notwithstanding considerable organisational constraints, practitioners systematically demonstrate "
    "differentiated instructional leadership throughout collaborative professional conversations, "
    "incorporating contextually appropriate communicative strategies, comprehensive documentation, "
    "multidimensional accountability mechanisms, transformational empowerment, interdisciplinary "
    "coordination, evidence-informed deliberation, institutional responsiveness, reciprocal transparency "
    "and sustainable relationship development across heterogeneous stakeholder constituencies."
)
LINE = "leaders " * 25
"""Long words, too few to be measured alone."""
PLAIN = "You lost the key. Say so. " * 20


def rubric_of(**changes: Any) -> Rubric:
    return Rubric.model_validate({**LISTENING, **changes})


def case_of(words: int, role: str = "parent", **more: Any) -> dict[str, Any]:
    """A case with a card of so many words."""
    return {"id": "one", "title": "One", "cards": {role: "word. " * words}, **more}


def script_of(*steps: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"name": "x", "length": "1m", **step} for step in steps]


def test_lix_is_words_per_sentence_and_long_words_in_a_hundred() -> None:
    """Ten words in two sentences, three of them of more than six letters: 5 + 30."""
    assert lix("The teacher waits for it. Nobody answers a question yet.") == 5 + 30
    assert lix("Short words only here") == 4
    assert lix("« Dernière chance ? » Peut-être.") == 4 / 2 + 25
    assert lix("Line one\nline two") == 2


@pytest.mark.parametrize("text", ["", "…", "12 34", "今天下午，一位家长来到了学校办公室谈话。" * 9])
def test_what_cannot_be_measured_is_not(text: str) -> None:
    """Without words, or in a script without capitals, there is no number to give."""
    assert lix(text) == 0


@given(st.text(max_size=200))
def test_any_text_can_be_measured(text: str) -> None:
    """No text makes it stumble."""
    assert lix(text) >= 0


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"about": HARD}, ("about",)),
        ({"roles": {**TRIAD["roles"], "leader": {"title": "L", "about": HARD}}}, ("roles", "leader", "about")),
        ({"cases": [{"id": "c", "title": "C", "cards": {"everyone": HARD}}]}, ("cases", 0, "cards", "everyone")),
        (
            {
                "cases": [
                    {**case_of(1), "hidden": [{"id": f"f{n}", "fact": line} for n, line in enumerate([LINE, LINE])]}
                ]
            },
            ("cases", 0, "hidden"),
        ),
        (
            {"cases": [case_of(1, injects=[{"at": "1m", "to": "leader", "say": HARD}])]},
            ("cases", 0, "injects", 0, "say"),
        ),
        (
            {"script": script_of({"kind": "play", "injects": [{"at": "5s", "to": "leader", "say": HARD}]})},
            ("script", 0, "injects", 0, "say"),
        ),
        ({"script": script_of({"kind": "brief", "prompts": [LINE, LINE]})}, ("script", 0, "prompts")),
        (
            {"script": [{"rotate": "every-role", "steps": script_of({"kind": "brief", "prompts": [LINE, LINE]})}]},
            ("script", 0, "steps", 0, "prompts"),
        ),
        (
            {"script": script_of({"kind": "debrief", "guide": [{"phase": "reactions", "ask": LINE}] * 2})},
            ("script", 0, "guide"),
        ),
    ],
)
def test_what_reads_hard_in_a_scenario_is_said(changes: dict[str, Any], path: tuple[str | int, ...]) -> None:
    """Each text is measured as a whole, also one that is spread over the lines of a list."""
    found = dict(advise_scenario(scenario_of({**TRIAD, "cases": []}, **changes)))
    assert list(found) == [path]
    assert found[path].startswith("reads hard: LIX ")


def test_what_reads_hard_in_a_rubric_or_a_series_is_said() -> None:
    """Its about, and of each criterion what it means, what to look for and the levels; and the prompts."""
    criterion = {
        "id": "a",
        "title": "A",
        "about": HARD,
        "look_for": [LINE, LINE],
        "levels": {1: LINE, 4: LINE.replace("leaders", "nobody ever")},
    }
    prompts = [{"id": f"p{n}", "ask": LINE} for n in range(2)]
    found = [path for path, _ in advise_rubric(rubric_of(about=HARD, criteria=[criterion], prompts=prompts))]
    assert found == [("about",), *(("criteria", 0, key) for key in ("about", "look_for", "levels")), ("prompts",)]
    series = Series.model_validate({"format": 1, "title": "x", "about": HARD, "series": ["a"]})
    assert [path for path, _ in advise_series(series)] == [("about",)]


@pytest.mark.parametrize("about", [PLAIN, LINE])
def test_plain_or_short_texts_are_let_be(about: str) -> None:
    """Short sentences of short words are fine at any length, and so are hard words where there are few."""
    assert list(advise_scenario(scenario_of({**TRIAD, "cases": []}, about=about))) == []


def rounds(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"rotate": "every-role", "steps": script_of(*steps)}


PREPARE, PLAY = {"kind": "prepare"}, {"kind": "play"}


@pytest.mark.parametrize(
    ("words", "script", "warned"),
    [
        (200, script_of(PREPARE, PLAY), False),
        (201, script_of(PREPARE, PLAY), True),
        (201, script_of({"kind": "brief"}, PLAY), False),
        (201, script_of(PLAY, PREPARE), False),
        (201, script_of({**PREPARE, "for": "leader"}, PLAY), False),
        (399, script_of(PREPARE, {"kind": "brief"}, {**PREPARE, "for": "parent"}, PLAY), False),
        (401, script_of(PREPARE, {"kind": "brief"}, {**PREPARE, "for": "parent"}, PLAY), True),
        (201, script_of(PREPARE, PLAY, PREPARE, PLAY), True),
        (201, [*script_of(PREPARE), rounds(PLAY)], False),
        (201, [*script_of(PREPARE), rounds(PREPARE, PLAY)], True),
        (201, [rounds({**PREPARE, "length": "2m"}, PLAY), rounds(PREPARE, PLAY)], True),
        (201, [*script_of(PREPARE), {"rotate": {"in-turn": "leader"}, "steps": script_of(PREPARE, PLAY)}], False),
    ],
)
def test_a_card_can_be_read_before_the_conversation(words: int, script: list[Any], warned: bool) -> None:
    """200 words go into a minute; what counts is the time to prepare since the cards were dealt, where there is any."""
    found = list(advise_scenario(scenario_of({**TRIAD, "cases": [case_of(words)]}, script=script)))
    assert [path for path, _ in found] == [("cases", 0, "cards", "parent")] * warned


def test_the_card_for_everyone_and_the_facts_are_read_too() -> None:
    """A hand is what is there for all, what is there for one role, and what only that role knows."""
    hidden = [{"id": "f", "fact": "word. " * 40}]
    case = {
        "id": "one",
        "title": "One",
        "cards": {"everyone": "word. " * 100, "parent": "word. " * 70},
        "hidden": hidden,
    }
    script = script_of({**PREPARE, "name": "Read"}, PLAY)
    [(path, sentence)] = advise_scenario(scenario_of({**TRIAD, "cases": [case]}, script=script))
    assert path == ("cases", 0, "cards", "parent")
    assert sentence == "takes Parent 1m3s to read, at 200 words a minute; there is 1m for it, in “Read”"


@pytest.mark.parametrize(
    ("low", "high", "alike"),
    [
        ("Sometimes asks open questions.", "Often asks open questions.", True),
        ("Listens well.", "Listens very well.", True),
        (
            "The leader names what the parent feels, waits for an answer and stays with it.",
            "The leader often names what the parent feels, waits for an answer, and mostly stays with it.",
            True,
        ),
        ("The teacher finds one step of her own today", "The teacher takes one step of mine today", False),
        ("No", "Yes", False),
        ("Not once", "Once", False),
        ("I would come back only if I had to.", "I would come back if something happened.", False),
        ("Offers a fix or an excuse at once.", "Listens for a while, then offers a fix or an excuse.", False),
        (
            "I do not know what was decided, or what comes next.",
            "I know what was decided, but not why or what comes next.",
            False,
        ),
    ],
)
def test_levels_say_different_things(low: str, high: str, alike: bool) -> None:
    """Two levels that differ by a word of degree tell nobody which one they saw; the higher one is pointed at."""
    criterion = {"id": "a", "title": "A", "levels": {1: low, 4: high}}
    found = [path for path, _ in advise_rubric(rubric_of(criteria=[criterion]))]
    assert found == [("criteria", 0, "levels", 4)] * alike


@pytest.fixture
def wordy(folders: Folders) -> Folders:
    """A scenario that reads hard, with a rubric that reads hard, in a series that reads hard."""
    scenario, rubric = folders.scenarios[0] / "talk.yaml", folders.rubrics[0] / "small.yaml"
    scenario.write_text(scenario.read_text(encoding="utf-8").replace("Two people talk.", HARD), encoding="utf-8")
    rubric.write_text(rubric.read_text(encoding="utf-8") + f"about: {HARD}\n", encoding="utf-8")
    (folders.scenarios[0] / "line.yaml").write_text(
        f"format: 1\ntitle: Line\nabout: {HARD}\nseries: [talk]\n", encoding="utf-8"
    )
    return folders


def test_a_series_is_checked_with_its_scenarios_and_their_rubrics(wordy: Folders) -> None:
    """Whoever checks the series learns what could be better in all that it plays."""
    found = check_files([wordy.scenarios[0] / "line.yaml"], wordy)
    assert {(Path(problem.file).name, problem.key, problem.warning) for problem in found} == {
        ("line.yaml", "about", True),
        ("talk.yaml", "about", True),
        ("small.yaml", "about", True),
    }
    assert all(f"{p.file}:{p.line}:{p.col}: about: warning: reads hard" in str(p) for p in found)


def test_a_warning_stops_nobody(wordy: Folders) -> None:
    """What could be better can be loaded, and is listed as in order."""
    assert load_bundle("talk", wordy).scenario.about == HARD
    assert [entry.problems for entry in library(wordy)] == [()]
