"""What was said in one step: the lines of its recordings in order of the step's time, and who said them.

A line's speaker is known from its channel, or from what an observer noted while it was said, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from roleplay.analysis.folding import Folded, plain
from roleplay.analysis.talk import Stretch
from roleplay.session.heard import Recording, TranscriptLine
from roleplay.session.hearing_events import DropWhy
from roleplay.session.texts import TextRef

SpeakerHow = Literal["channel", "toggle", "unknown"]
"""How it is known who said a line."""


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A line of a transcript on the time of its step."""

    recording: str
    line: int
    """Its number in the transcript of its recording."""
    start: float
    """Seconds into the step, pauses left out."""
    end: float
    within: float
    """Seconds into its recording."""
    speaker: str | None
    how: SpeakerHow
    text: TextRef
    """The words that count."""
    original: TextRef | None
    """What the engine heard, where somebody corrected it."""
    corrected_by: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A stretch from which an engine wrote something that nobody said."""

    start: float
    end: float
    why: DropWhy


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text."""

    start: int
    end: int


def lines_in(recordings: Iterable[Recording], noted: Sequence[Stretch] = ()) -> tuple[SaidLine, ...]:
    """What was said in the recordings of one step, in order.

    Args:
        recordings: those of the step that a viewer may see.
        noted: who spoke when in the step, as an observer noted it.
    """
    found = [
        _placed(one, number, line, noted)
        for one in recordings
        if one.transcript is not None
        for number, line in enumerate(one.transcript.lines)
    ]
    return tuple(sorted(found, key=lambda line: (line.start, line.end)))


def left_out_in(recordings: Iterable[Recording]) -> tuple[LeftOut, ...]:
    """What was left out of the transcripts of one step, and why."""
    return tuple(
        LeftOut(round(one.into + gone.start, 3), round(one.into + gone.end, 3), gone.why)
        for one in recordings
        if one.transcript is not None
        for gone in one.transcript.dropped
    )


def _placed(one: Recording, number: int, line: TranscriptLine, noted: Sequence[Stretch]) -> SaidLine:
    heard = line.heard
    start, end = round(one.into + heard.start, 3), round(one.into + heard.end, 3)
    speaker, how = _speaker(one, heard.channel, start, end, noted)
    last = line.corrections[-1] if line.corrections else None
    return SaidLine(
        recording=one.id,
        line=number,
        start=start,
        end=end,
        within=heard.start,
        speaker=speaker,
        how=how,
        text=line.text,
        original=heard.text if last else None,
        corrected_by=last.by if last else None,
        confidence=heard.confidence,
    )


def _speaker(
    one: Recording, channel: int | None, start: float, end: float, noted: Sequence[Stretch]
) -> tuple[str | None, SpeakerHow]:
    if channel is not None and channel < len(one.voices):
        return one.voices[channel], "channel"
    spoken: dict[str, float] = {}
    for stretch in noted:
        both = max(0.0, min(end, stretch.end) - max(start, stretch.start))
        spoken[stretch.speaker] = spoken.get(stretch.speaker, 0.0) + both
    # A line in which both have an equal part is nobody's rather than the wrong one's.
    who = max(spoken, key=spoken.__getitem__, default="")
    return (who, "toggle") if who and spoken[who] > (end - start) / 2 else (None, "unknown")


def search(texts: Iterable[str], words: str) -> Iterator[tuple[int, tuple[Found, ...]]]:
    """The texts in which all words stand: the number of each, from 0, and the places of the words."""
    for number, text in enumerate(texts):
        if places := find_words(text, words):
            yield number, places


def find_words(text: str, words: str) -> tuple[Found, ...]:
    """Where some words stand in a text, in order; nothing where one of them is missing.

    Capitals and accents make no difference, and the beginning of a word finds it: `bus` finds `buses`.
    """
    folded = Folded(text)
    found: list[Found] = []
    for word in plain(words).split():
        here = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(word)}\w*", folded.plain)]
        if not here:
            return ()
        found += [Found(*folded.place(*span)) for span in here]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.start))
