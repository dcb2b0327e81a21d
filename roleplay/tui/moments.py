"""What was said and marked in a conversation, moment by moment, and how to find one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from roleplay.analysis.transcript import SaidLine, find_words
from roleplay.tui.strip import Tone


@dataclass(frozen=True, slots=True)
class Moment:
    """Something at a time of the conversation."""

    into: float | None
    """None for a mark from paper."""
    kind: Literal["line", "mark", "gap", "left-out"]
    who: str
    """Who said it, where that is known, or the sign of a marker."""
    words: str
    tone: Tone = "neutral"
    line: SaidLine | None = None
    original: str = ""
    """What was heard, where somebody corrected it."""
    unsure: bool = False
    """The engine was not sure of these words."""
    questions: tuple[str, ...] = ()
    """`open` or `closed`, for each question in it."""


def moment_at(moments: Sequence[Moment], into: float) -> int | None:
    """The last moment that has begun at a time: what is heard then."""
    begun = [n for n, one in enumerate(moments) if one.kind == "line" and one.into is not None and one.into <= into]
    return begun[-1] if begun else None


def search(moments: Sequence[Moment], words: str, after: int, way: int = 1) -> int | None:
    """The next line in which some words stand, beginning again at the other end; None where they stand nowhere."""
    count = len(moments)
    for step in range(1, count + 1):
        number = (after + way * step) % count
        if find_words(moments[number].words, words):
            return number
    return None


def next_mark(moments: Sequence[Moment], after: int) -> int | None:
    """The next marker, beginning again at the top."""
    count = len(moments)
    later = ((after + step) % count for step in range(1, count + 1))
    return next((number for number in later if moments[number].kind == "mark"), None)
