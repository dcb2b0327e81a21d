"""Texts compared without capitals and accents, and found again where they stand."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """A text without capitals and accents, with one kind of apostrophe and of hyphen."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.replace("’", "'").replace("‐", "-").replace("‑", "-")


class Folded:
    """A text made plain that knows which of its letters came from where."""

    def __init__(self, text: str) -> None:
        letters = [(plain(letter), place) for place, letter in enumerate(text)]
        self.plain = "".join(of for of, _ in letters)
        """The plain text."""
        self._places = [place for of, place in letters for _ in of]
        self._end = len(text)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text begins and ends in the text itself."""
        # What follows a letter without one of its own, such as an accent that stands apart, belongs to that letter.
        return self._places[start], self._places[end] if end < len(self._places) else self._end
