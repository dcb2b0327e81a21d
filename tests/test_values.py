"""What all values have in common."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from roleplay.values import Value


class Note(Value):
    """Something that somebody wrote."""

    words: str


def test_an_error_does_not_repeat_what_was_written() -> None:
    """Private words never reach an error message, from where they could be copied or logged."""
    with pytest.raises(ValidationError, match="words") as error:
        Note.model_validate({"words": ["my own secret"]})
    assert "secret" not in f"{error.value} {error.value!r}"


def test_a_value_does_not_change_and_takes_nothing_unknown() -> None:
    """A value that was handed on stays what it was, and a misspelt key is no silence."""
    note = Note(words="x")
    with pytest.raises(ValidationError, match="frozen"):
        note.words = "y"  # type: ignore[misc] # that it cannot be is the point
    with pytest.raises(ValidationError, match="wrods"):
        Note.model_validate({"words": "x", "wrods": "y"})
