"""Words, kept apart from the events that point at them.

An event holds a `TextRef`: an id and a salted hash. The words themselves, with their salt,
are a `Text` in a table of their own, so that deleting them leaves every event in place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from roleplay.values import Value

GONE = "(these words were erased)"
NAME_GONE = "(name erased)"


class TextRef(Value):
    """Points at words without saying them."""

    id: str
    hash: str


class Text(Value):
    """Words, and the salt that keeps their hash from being guessed."""

    id: str
    salt: str
    text: str

    @property
    def ref(self) -> TextRef:
        """What an event may hold of these words."""
        return TextRef(id=self.id, hash=hash_of(self.salt, self.text))


def hash_of(salt: str, text: str) -> str:
    """The salted SHA-256 of some words, in hexadecimal."""
    return hashlib.sha256(f"{salt}\0{text}".encode()).hexdigest()


def read(words: Mapping[str, str], ref: TextRef | None) -> str:
    """The words behind a reference, or a sentence that says that they were erased; nothing for no reference."""
    return "" if ref is None else words.get(ref.id, GONE)
