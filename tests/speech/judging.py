"""How far a transcript is from what was said."""

from __future__ import annotations

import re


def words_of(text: str) -> list[str]:
    """The words alone, in small letters."""
    return re.findall(r"[\w']+", text.casefold())


def word_error_rate(said: str, heard: str) -> float:
    """Words that were put in, left out or taken for others, for each word that was said."""
    wanted, got = words_of(said), words_of(heard)
    row = list(range(len(got) + 1))
    for n, word in enumerate(wanted, 1):
        above, row = row, [n]
        for k, other in enumerate(got, 1):
            row.append(min(above[k] + 1, row[-1] + 1, above[k - 1] + (word != other)))
    return row[-1] / len(wanted)
