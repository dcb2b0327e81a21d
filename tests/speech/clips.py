"""Spoken conversations for tests: what is said when, and the sound of it."""

from __future__ import annotations

import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from speech.speak import RATE, Voice, speak

if TYPE_CHECKING:
    from speech.speak import Samples

LEADER = Voice("en-us", 160)
PARENT = Voice("en-gb", 160)
"""Two voices at a speed that the tiny checkpoint never heard."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a conversation, in seconds from its beginning."""

    text: str
    start: float
    end: float
    channel: int = 0


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said, and its sound: one row of samples for each channel."""

    said: tuple[Said, ...]
    sound: tuple[Samples, ...]

    @property
    def text(self) -> str:
        """All of it, in order."""
        return " ".join(each.text for each in self.said)

    def write(self, path: Path) -> Path:
        """Write the sound as a WAV of 16 bits."""
        import numpy as np

        samples = np.stack(self.sound, axis=1)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(len(self.sound))
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
        return path


def talk(texts: Sequence[str], pauses: Iterable[float], *, channels: int = 1, lead: float = 0.5) -> Conversation:
    """The two take turns; after each sentence comes a pause. With two channels the leader, who begins, is the first."""
    import numpy as np

    said: list[Said] = []
    placed = []
    at = int(lead * RATE)
    for turn, (text, pause) in enumerate(zip(texts, pauses, strict=False)):
        voiced = say(text, PARENT if turn % 2 else LEADER)
        channel = turn % channels
        said.append(Said(text, at / RATE, (at + len(voiced)) / RATE, channel))
        placed.append((at, channel, voiced))
        at += len(voiced) + int(pause * RATE)
    sound = np.zeros((channels, at), np.float32)
    for begin, channel, voiced in placed:
        sound[channel, begin : begin + len(voiced)] += voiced
    return Conversation(tuple(said), tuple(sound))


@cache
def say(text: str, voice: Voice) -> Samples:
    """The sentence without the silence around it, so that its times are known."""
    import numpy as np

    sound = speak(text, voice)
    (loud,) = np.nonzero(np.abs(sound) > 0.01)
    return sound[loud[0] : loud[-1] + 1]
