"""The sentences of the conversation, and a voice for them: espeak-ng, brought to 16 kHz by sox."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 16_000
"""Samples in a second: what Whisper hears."""

SENTENCES_FILE = Path(__file__).with_name("sentences.txt")


@dataclass(frozen=True, slots=True)
class Voice:
    """One way of saying things."""

    name: str = "en-us"
    speed: int = 160
    pitch: int = 50


def sentences(role: str = "") -> list[str]:
    """All that the two say, or one of them, `leader` or `parent`."""
    said = (line.split(": ", 1) for line in SENTENCES_FILE.read_text(encoding="utf-8").splitlines())
    return [text for who, text in said if role in ("", who)]


def speak(text: str, voice: Voice | None = None) -> Samples:
    """The text as sound, float32 between -1 and 1, with the little silence that the voice puts around it."""
    import numpy as np

    voice = voice or Voice()
    said = ["espeak-ng", "-v", voice.name, "-s", str(voice.speed), "-p", str(voice.pitch), "--stdout", text]
    spoken = subprocess.run(said, check=True, capture_output=True).stdout
    raw = ["-t", "raw", "-r", str(RATE), "-c", "1", "-b", "16", "-e", "signed-integer", "-"]
    # The header comes before the length is known, so it lies.
    resampled = subprocess.run(
        ["sox", "-V1", "-t", "wav", "--ignore-length", "-", *raw], check=True, input=spoken, capture_output=True
    ).stdout
    return np.frombuffer(resampled, dtype="<i2").astype(np.float32) / np.float32(32768)
