"""What a level says: how many cells of a meter it fills, whether it was too loud, whether nothing has been heard."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, replace
from operator import mul

LOWEST = -60.0
"""Decibels below full scale at which a meter begins."""
CLIPS = 0.99
"""From this part of full scale on, a sound counts as cut off at its top."""
QUIET = 10 ** (-50 / 20)
"""A moment that is on the whole softer than this part of full scale counts as silence."""
PATIENCE = 10.0
"""Seconds of silence before there is something to say."""
_FULL = 2**15
"""The loudest sample of 16 bits."""


def measure(samples: array[int], channels: int) -> tuple[list[float], float]:
    """The loudest of each channel's samples, and how loud the loudest channel was on the whole, both 0 to 1."""
    each = [samples[channel::channels] for channel in range(channels)]
    peaks = [max(abs(extreme(one)) for extreme in (min, max)) / _FULL for one in each]
    return peaks, max(math.sqrt(sum(map(mul, one, one)) / len(one)) for one in each) / _FULL


def decibels(level: float) -> float:
    """A level between 0 and 1 in decibels below full scale; of nothing at all, far below every meter."""
    return 20 * math.log10(level) if level > 1e-6 else -120.0


def cells(level: float, width: int) -> int:
    """How many of a meter's cells a level fills; any sound above its beginning fills one, full scale all."""
    part = 1 - decibels(min(level, 1.0)) / LOWEST
    return max(0, min(width, math.ceil(part * width - 1e-9)))


def clips(peak: float) -> bool:
    """Whether a moment was so loud that its peaks may be cut off."""
    return peak >= CLIPS


@dataclass(frozen=True, slots=True)
class Silence:
    """How long nothing has been heard, moment by moment; it is told once, until the first sound after it."""

    seconds: float = 0.0
    told: bool = False
    """It has been said before, so a later silence is left alone: people may be quiet."""

    @property
    def to_be_told(self) -> bool:
        """Whether the screen should say now that nothing is heard."""
        return not self.told and self.seconds >= PATIENCE

    def then(self, rms: float, seconds: float) -> Silence:
        """After one moment more of that loudness and length."""
        if rms < QUIET:
            return replace(self, seconds=self.seconds + seconds)
        return Silence(0.0, self.told or self.to_be_told)
