from __future__ import annotations

import pytest

from roleplay.analysis.naming import Naming


@pytest.mark.parametrize("text", ["Ben waited.", "how ben waited", "Miller’s question", "BEN!", "Thank you, Will."])
def test_each_part_of_a_name_counts_however_it_is_written(text: str) -> None:
    """First names and family names, with or without capitals."""
    assert Naming(["Ben Miller", "Will Ng"]).finds(text)


@pytest.mark.parametrize("text", ["The bench was hard.", "I will wait.", "Nobody was named.", "", "A pause. B."])
def test_words_that_name_nobody_are_let_through(text: str) -> None:
    """Nor is an everyday word a name that is written like one, nor a single letter."""
    assert not Naming(["Ben Miller", "Will Ng", "A. B."]).finds(text)
