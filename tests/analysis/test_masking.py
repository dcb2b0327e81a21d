"""Names taken out of words."""

from __future__ import annotations

import pytest

from roleplay.analysis.masking import Mask

MASK = Mask(
    {
        "Élodie Martin": "Leader of round 1",
        "Ben Martin": "Person A",
        "Mary-Jane O’Brien": "Person B",
        "Will": "Person C",
    },
    ["Lincoln School", "Bobby"],
)


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("Élodie Martin", "Leader of round 1"),
        ("I met elodie  martin today.", "I met Leader of round 1 today."),
        ("ELODIE’s office, Ben's bus", "Leader of round 1’s office, Person A's bus"),
        ("E\u0301lodie", "Leader of round 1"),
        ("the Martins and Mr Martin", "the Martins and Mr somebody"),
        ("Mary-Jane and mary‑jane, O'Brien", "Person B and Person B, Person B"),
        ("Benjamin bends the bench", "Benjamin bends the bench"),
        ("at lincoln\nschool, with Bobby", "at (left out), with (left out)"),
        ("Will, I will.", "Person C, I will."),
        ("nobody at all", "nobody at all"),
        ("", ""),
    ],
)
def test_names_are_masked_as_whole_words(said: str, masked: str) -> None:
    """Whatever their capitals, accents and hyphens, whole or in parts; what follows a name stays."""
    assert MASK.hide(said) == masked


def test_strange_names_are_masked_where_they_stand_alone() -> None:
    """A name of one letter is masked where it is a name, and stays where it may be a word."""
    mask = Mask({"a": "Person A", "👩‍👩‍👧": "Person B", "(x": "Person C"})
    assert [mask.hide(said) for said in ("A", "a bus", "👩‍👩‍👧", "so 👩‍👩‍👧!", "(x)")] == [
        "Person A", "a bus", "Person B", "so Person B!", "Person C)",
    ]  # fmt: skip


def test_without_names_nothing_is_masked() -> None:
    """An empty mask changes nothing."""
    assert Mask({}).hide("Ben’s bus") == "Ben’s bus"
