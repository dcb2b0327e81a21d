"""The sound of windows, from a file that is read once, forwards: some kinds of files can be read in no other way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from roleplay.audio.sound import RATE

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples
    from roleplay.transcription.packing import Window


class Tape:
    """Blocks of sound, of which only those are kept from which something may still be cut."""

    def __init__(self, blocks: Iterable[Samples]) -> None:
        self._blocks = iter(blocks)
        self._kept: list[Samples] = []
        self._first = 0
        """Where the kept blocks begin, in samples."""
        self._end = 0

    def cut(self, start: int, end: int) -> Samples:
        """The samples from one to another, fewer at the end of the sound; `start` never goes back."""
        import numpy as np

        while self._end < end and (block := next(self._blocks, None)) is not None:
            self._kept.append(block)
            self._end += len(block)
        while len(self._kept) > 1 and self._first + len(self._kept[0]) <= start:
            self._first += len(self._kept.pop(0))
        whole = np.concatenate(self._kept) if self._kept else np.zeros(0, np.float32)
        return whole[start - self._first : end - self._first]


def sound_of(window: Window, tape: Tape) -> Samples:
    """What an engine hears of a window: its pieces, and silence between them."""
    import numpy as np

    sound = np.zeros(round(window.seconds * RATE), np.float32)
    for piece in window.pieces:
        begin = round(piece.at * RATE)
        length = min(round(piece.end * RATE) - round(piece.start * RATE), len(sound) - begin)
        samples = tape.cut(round(piece.start * RATE), round(piece.start * RATE) + length)
        sound[begin : begin + len(samples)] = samples
    return sound
