"""How something can be answered."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from roleplay.content.scales import LevelsScale, Scale

READ: TypeAdapter[Scale] = TypeAdapter(Scale)
AGREE = {"kind": "agreement", "levels": {1: "Not at all", 2: "Partly", 3: "Completely"}}
FROM_NOTHING = {"kind": "levels", "levels": {0: "Not there", 1: "Begun", 2: "There"}}


@pytest.mark.parametrize(
    ("scale", "answer", "words"),
    [
        (AGREE, 3, "3 · Completely"),
        (FROM_NOTHING, 0, "0 · Not there"),
        ({"kind": "checklist"}, False, "not seen"),
        ({"kind": "count"}, 1, "once"),
        ({"kind": "text"}, "Waited", "Waited"),
    ],
)
def test_an_answer_is_taken_and_said_in_words(scale: dict[str, Any], answer: object, words: str) -> None:
    """Every scale knows its answers, and how to say them; 0 is a level like any other where there is one."""
    read = READ.validate_python(scale)
    assert read.check(answer) == ""
    assert read.describe(answer) == words
    assert READ.validate_json(READ.dump_json(read)) == read


@pytest.mark.parametrize(
    ("scale", "answer"),
    [(AGREE, 0), (AGREE, True), (AGREE, "3"), (FROM_NOTHING, 3), (FROM_NOTHING, False), ({"kind": "text"}, "  ")],
)
def test_what_is_no_answer_is_refused_with_a_sentence(scale: dict[str, Any], answer: object) -> None:
    """A level that is not there, a tick for a number, and empty words are no answers."""
    assert READ.validate_python(scale).check(answer)


def test_statements_are_no_levels() -> None:
    """What is agreed with is told apart from levels of skill, though both are ordered."""
    scale = READ.validate_python(AGREE)
    assert not isinstance(scale, LevelsScale)
    assert getattr(scale, "ends") == (1, 3)  # noqa: B009 - not every scale has ends
