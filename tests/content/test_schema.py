"""The schema files that editors read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

import roleplay
from roleplay.content.kinds import Kind
from roleplay.content.rubric import Rubric
from roleplay.content.schema import field_words, schema_text
from roleplay.content.steps import PlayStep

FOLDER = Path(roleplay.__file__).parent / "data" / "schema"


@pytest.mark.parametrize("kind", get_args(Kind))
def test_the_schema_files_are_up_to_date(kind: Kind) -> None:
    """Each file is what the models say: `python -m roleplay.content.schema KIND` prints it anew."""
    assert (FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8") == schema_text(kind)


def test_the_schema_speaks_with_the_names_and_words_of_the_file() -> None:
    """Keys are those that an author writes, each with the words that stand under its field."""
    steps = json.loads(schema_text("scenario"))["$defs"]
    assert "for" in steps["PlayStep"]["properties"]
    assert "for_" not in steps["PlayStep"]["properties"]
    assert steps["PlayStep"]["properties"]["length"]["description"] == "How long it takes."
    assert (
        steps["Inject"]["properties"]["from"]["description"]
        == "Who it comes from; a role says it itself, and knows what to say."
    )


def test_words_are_inherited() -> None:
    """A step's own fields and those that every step has are both described."""
    assert field_words(PlayStep)["record"] == "Record the sound, where everybody agrees."
    assert field_words(PlayStep)["length"] == "How long it takes."
    assert field_words(Rubric)["about"] == "What the rubric is for."
