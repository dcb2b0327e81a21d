"""Two voices on two channels: which sound is whose.

Each microphone also hears the other voice, only softer. How loud a voice comes out of its own microphone differs, so
each channel is measured by how loud it is at its loudest while somebody speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from roleplay.transcription.cleaning import words_of
from roleplay.transcription.protocol import HeardLine
from roleplay.transcription.vad import BEGINS, FRAME_SECONDS, Frames

BLEED = 2.0
"""How much louder, in its own measure, the other channel is where this one only hears the other voice."""

AROUND = 4
"""Frames before and after that are weighed together: voices do not change by the frame."""

DEAD = 1e-4
"""A channel that never gets louder has no microphone behind it."""

LEAST_ALONE = 0.5
"""Of all speech, how much must be on one channel alone for each of them to hold one voice."""

ALIKE = 0.75
"""Two lines with so much in common are the same words, heard twice."""

FEW = 3
"""With fewer words, two people may well say the same at once."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two channels with one voice each."""

    likelihood: tuple[tuple[float, ...], tuple[float, ...]]
    """That the voice of this channel speaks, frame by frame."""
    loudness: tuple[tuple[float, ...], tuple[float, ...]]
    """How loud, in the channel's own measure: 1 is its loudest."""


def tell_apart(left: Frames, right: Frames) -> Apart | None:
    """The voices of two channels; None where they do not hold one each: a room in stereo, or the same sound twice."""
    if min(max(one.loudness, default=0.0) for one in (left, right)) < DEAD:
        return None
    loud = (_measured(left), _measured(right))
    own: tuple[list[float], list[float]] = ([], [])
    alone = together = 0
    for likely, here in zip(zip(left.likelihood, right.likelihood, strict=True), zip(*loud, strict=True), strict=True):
        speaks = [0.0, 0.0]
        for channel, other in ((0, 1), (1, 0)):
            only_heard = likely[other] >= BEGINS and here[channel] * BLEED < here[other]
            speaks[channel] = 0.0 if only_heard else likely[channel]
            own[channel].append(speaks[channel])
        alone += (speaks[0] >= BEGINS) != (speaks[1] >= BEGINS)
        together += min(speaks) >= BEGINS
    if together and alone < LEAST_ALONE * (alone + together):
        return None
    return Apart((tuple(own[0]), tuple(own[1])), loud)


def drop_heard_twice(lines: Iterable[HeardLine], voices: Apart) -> list[HeardLine]:
    """The lines without those that are the softer copy of what is on the other channel at the same time."""
    kept: list[HeardLine] = []
    for line in sorted(lines, key=lambda one: (one.start, one.end)):
        twins = [one for one in kept if _are_the_same(one, line, voices)]
        if all(_loud(one, voices) < _loud(line, voices) for one in twins):
            kept = [one for one in kept if one not in twins] + [line]
    return kept


def _measured(frames: Frames) -> tuple[float, ...]:
    """How loud it is around each frame, by the measure of the channel."""
    sums = list(accumulate(frames.loudness, initial=0.0))
    last = len(frames.loudness)
    around = [(max(0, frame - AROUND), min(last, frame + AROUND + 1)) for frame in range(last)]
    level = [(sums[end] - sums[start]) / (end - start) for start, end in around]
    spoken = sorted(loud for loud, likely in zip(level, frames.likelihood, strict=True) if likely >= BEGINS)
    # The very loudest may be a knock at the microphone.
    loudest = spoken[int(len(spoken) * 0.98)] if spoken else max(level, default=1.0)
    return tuple(loud / (loudest or 1.0) for loud in level)


def _are_the_same(one: HeardLine, other: HeardLine, voices: Apart) -> bool:
    if one.channel == other.channel:
        return False
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared * 2 < min(one.end - one.start, other.end - other.start):
        return False
    first, second = words_of(one.text), words_of(other.text)
    if min(len(first), len(second)) < FEW:
        softer, louder = sorted((_loud(one, voices), _loud(other, voices)))
        return first == second and softer * BLEED < louder
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def _loud(line: HeardLine, voices: Apart) -> float:
    loudness: Sequence[float] = voices.loudness[line.channel or 0]
    frames = loudness[int(line.start / FRAME_SECONDS) : int(line.end / FRAME_SECONDS) + 1]
    return sum(frames) / len(frames) if frames else 0.0
