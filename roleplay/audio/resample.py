"""Another rate for a sound that comes in blocks.

None of the parts that recording needs anyway brings a resampler that works without whole files in memory, and one more
part to install would be a high price for thirty lines: a windowed sinc, kept as one short filter for each place that an
output sample can have between two input samples.
"""

from __future__ import annotations

from math import ceil, gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples

_CROSSINGS = 32
"""Zero crossings of the sinc on each side; more make the edge at the highest tone steeper."""
_BETA = 9.0
"""Of the Kaiser window: what must not be heard is 90 dB below the rest."""
_PASS = 0.95
"""Of the highest tone that both rates can hold, so much passes untouched."""


class Resampler:
    """Turns blocks at one rate into blocks at another, without a delay: the first sample stays the first."""

    def __init__(self, rate: int, wanted: int) -> None:
        import numpy as np

        divisor = gcd(rate, wanted)
        self._up, self._down = wanted // divisor, rate // divisor
        # In units of the input's samples.
        cutoff = 0.5 * min(1.0, wanted / rate) * _PASS
        self._reach = ceil(_CROSSINGS / (2 * cutoff))
        places = np.arange(-self._reach, self._reach + 1)[None, :] - np.arange(self._up)[:, None] / self._up
        window = np.i0(_BETA * np.sqrt(np.clip(1 - (places / (self._reach + 1)) ** 2, 0, None))) / np.i0(_BETA)
        filters = 2 * cutoff * np.sinc(2 * cutoff * places) * window
        self._filters = (filters / filters.sum(axis=1, keepdims=True)).astype(np.float32)
        self._heard = np.zeros(self._reach, np.float32)
        """What the next outputs need of the input, which begins with silence."""
        self._passed = 0
        """How many samples stood before these."""
        self._given = 0

    def push(self, block: Samples) -> Samples:
        """All that can be given once this block was heard."""
        import numpy as np

        self._heard = np.concatenate([self._heard, block.astype(np.float32, copy=False)])
        return self._give()

    def finish(self) -> Samples:
        """What is left once everything was heard; the whole is then as long as the input, to a sample."""
        import numpy as np

        return self.push(np.zeros(self._reach, np.float32))

    def _give(self) -> Samples:
        import numpy as np

        width = self._filters.shape[1]
        ready = self._passed + len(self._heard) - width + 1
        end = max(self._given, -(-ready * self._up // self._down))
        given = np.empty(end - self._given, np.float32)
        if len(given):
            windows = np.lib.stride_tricks.sliding_window_view(self._heard, width)
            # Outputs that stand at the same place between two inputs share a filter, and lie `down` inputs apart.
            for first in range(min(self._up, len(given))):
                place, between = divmod((self._given + first) * self._down, self._up)
                same = given[first :: self._up]
                at = place - self._passed
                np.matmul(windows[at : at + len(same) * self._down : self._down], self._filters[between], out=same)
        self._given = end
        done = min(len(self._heard), end * self._down // self._up - self._passed)
        self._heard = self._heard[done:]
        self._passed += done
        return given
