"""Whether words name somebody who takes part, so that they are not said to the whole room."""

from __future__ import annotations

import re
from collections.abc import Iterable

ALSO_WORDS = frozenset(
    {"art", "bill", "bob", "chase", "dawn", "dean", "drew", "faith", "frank", "gene", "grace", "grant", "hope", "joy"}
    | {"june", "lance", "mark", "may", "miles", "page", "pat", "ray", "reed", "rich", "rob", "rose", "skip", "sue"}
    | {"summer", "van", "will"}
)
"""Names that are everyday words as well; only with a capital letter are they taken for a name."""
_WORD = re.compile(r"\w+")


class Naming:
    """Finds the names of some people in words; each part of a name counts, save single letters."""

    def __init__(self, names: Iterable[str]) -> None:
        parts = {part.casefold() for name in names for part in _WORD.findall(name) if len(part) > 1}
        self._sure, self._capital = parts - ALSO_WORDS, parts & ALSO_WORDS

    def finds(self, text: str) -> bool:
        """Whether somebody is named."""
        return any(
            (plain := word.casefold()) in self._sure or (plain in self._capital and word[0].isupper())
            for word in _WORD.findall(text)
        )
