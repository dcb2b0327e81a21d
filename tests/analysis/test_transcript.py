"""Words found in transcripts."""

from __future__ import annotations

import pytest

from roleplay.analysis.transcript import find_words, search


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Élodie took the BUSES home.", "elodie bus", ["Élodie", "BUSES"]),
        ("the bus and the bus", "bus", ["bus", "bus"]),
        ("Straße und Strasse", "strasse", ["Straße", "Strasse"]),
        ("It’s fine", "it's", ["It’s"]),
        ("Elodie", "élodie", ["Elodie"]),
        ("(c++) a+b", "a+b", ["a+b"]),
    ],
)
def test_words_are_found_without_capitals_and_accents(text: str, words: str, marked: list[str]) -> None:
    """What is marked are the words as they stand in the text, from their beginning to their end."""
    assert [text[one.start : one.end] for one in find_words(text, words)] == marked


@pytest.mark.parametrize(("text", "words"), [("the bus", "bus home"), ("omnibus", "bus"), ("", "a"), ("the bus", " ")])
def test_all_words_have_to_be_there_and_begin_a_word(text: str, words: str) -> None:
    """One that is missing, or stands within another, finds nothing; no words find nothing."""
    assert find_words(text, words) == ()


def test_texts_are_searched_by_number() -> None:
    """Each text in which all words stand is told by its number."""
    assert [number for number, _ in search(["a bus", "a car", "Bus!"], "bus")] == [0, 2]
