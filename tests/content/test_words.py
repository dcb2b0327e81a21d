"""How words of a file fall into paragraphs."""

from __future__ import annotations

import pytest

from roleplay.content.words import paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One line.", ["One line."]),
        ("One.\nTwo.\n\n\nThree  words.\n", ["One.", "Two.", "Three words."]),
        ("Present:\n\n  Last year: 94\n  This year: 89\n\nWhy?", ["Present:", "Last year: 94\nThis year: 89", "Why?"]),
        ("  a: 1\n\n  b: 2\n", ["a: 1", "b: 2"]),
        ("Text\n\trow", ["Text", "row"]),
    ],
)
def test_rows_stay_together_and_all_else_is_apart(text: str, expected: list[str]) -> None:
    """Lines one after the other that begin with a space are rows of one paragraph; any other line stands alone."""
    assert list(paragraphs(text)) == expected
