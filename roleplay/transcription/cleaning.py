"""What an engine wrote and nobody said.

Engines fill silence with sentences from their training, fall into loops, and guess where they hear nothing they know.
Each of these leaves a trace, and what bears one is left out, with the reason.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from roleplay.session.hearing_events import DropWhy
from roleplay.transcription.packing import Window
from roleplay.transcription.protocol import Segment

LEAST_LOG_PROBABILITY = -1.0
MOST_NO_SPEECH = 0.6
MOST_COMPRESSION = 2.4
"""The bounds by which Whisper's own code calls a window failed."""

LEAST_BY_ITSELF = -1.5
"""Below this log probability, nothing else needs to speak against a text."""

LOOP = 5
"""So many times the same words in a row are no longer said by anybody."""

MOST_LETTERS_A_SECOND = 45
"""Twice what the quickest speakers say."""

UNHEARD = 10.0
"""Seconds at the end of a window without a word, after which it is worth another try: all of it was speech."""


@dataclass(frozen=True, slots=True)
class Said:
    """A segment, put back to its own time."""

    start: float
    end: float
    text: str
    log_probability: float


@dataclass(frozen=True, slots=True)
class Left:
    """A segment that is left out."""

    start: float
    end: float
    why: DropWhy


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of the segments of one window."""

    said: tuple[Said, ...]
    left: tuple[Left, ...]
    failed: bool
    """Whether it went wrong in a way that another try, with less at once, may mend."""


def sort_out(window: Window, segments: Sequence[Segment]) -> Sorted:
    """What was said in a window, and what was not."""
    said: list[Said] = []
    left: list[Left] = []
    for words, same in groupby((one for one in segments if words_of(one.text)), key=lambda one: words_of(one.text)):
        times = list(same)
        for number, one in enumerate(times):
            place = window.place(one.start, one.end)
            if place is None:
                # Behind the last sound, or between two: it belongs to the sound before.
                before = [piece.end for piece in window.pieces if piece.at <= one.start]
                left.append(Left(before[-1], before[-1], "silence"))
            elif number and len(times) >= LOOP:
                left.append(Left(*place, "repeated"))
            elif why := _why_not(words, one):
                left.append(Left(*place, why))
            else:
                said.append(Said(*place, " ".join(one.text.split()), one.log_probability))
    unheard = window.seconds - max((one.end for one in segments), default=0.0)
    unsure = any(one.log_probability < LEAST_LOG_PROBABILITY for one in segments)
    failed = unheard > UNHEARD or unsure or any(one.why != "silence" for one in left)
    return Sorted(tuple(said), tuple(left), failed)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case and signs. Where a language writes none, its letters."""
    words = re.findall(r"\w+", text.casefold())
    return tuple(words) if all(len(word) < 25 for word in words) else tuple("".join(words))


def _why_not(words: tuple[str, ...], one: Segment) -> DropWhy | None:
    if one.no_speech > MOST_NO_SPEECH and one.log_probability < LEAST_LOG_PROBABILITY:
        return "silence"
    if _goes_round(words) or _compression(one.text) > MOST_COMPRESSION:
        return "repeated"
    if one.log_probability < LEAST_BY_ITSELF:
        return "doubtful"
    if len(one.text) > MOST_LETTERS_A_SECOND * max(one.end - one.start, 1.0):
        return "doubtful"
    return None


def _goes_round(words: tuple[str, ...]) -> bool:
    """Whether the same few words, said again and again, are more than half of a text."""
    for length in range(1, len(words) // LOOP + 1):
        # A word alone is repeated for emphasis ("no, no, no, no, no"), which nobody does for long.
        least = LOOP * 2 if length == 1 else LOOP
        run = 0
        for here, before in zip(words[length:], words, strict=False):
            run = run + 1 if here == before else 0
            times = run // length + 1
            if times >= least and times * length * 2 > len(words):
                return True
    return False


def _compression(text: str) -> float:
    data = text.encode()
    return len(data) / len(zlib.compress(data))
