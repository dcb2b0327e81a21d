"""Ids made from words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.content.ids import as_id
from roleplay.content.rubric import ID_PATTERN


@given(st.text(max_size=100))
def test_what_comes_out_is_an_id_or_nothing(words: str) -> None:
    """Whatever goes in, a file may use what comes out, and made into an id once more it stays."""
    made = as_id(words)
    assert made == "" or (re.fullmatch(ID_PATTERN, made) and len(made) <= 60)
    assert as_id(made) == made


@pytest.mark.parametrize(
    ("words", "id"), [("A hard talk", "a-hard-talk"), ("Zoë & Łukasz", "zoe-ukasz"), ("  --x_1--", "x-1"), ("日本", "")]
)
def test_words_stay_recognizable(words: str, id: str) -> None:
    """Letters and digits stay, accents go, and what stands between becomes one hyphen."""
    assert as_id(words) == id
