"""How much of the disk an hour of a recording takes once it is kept, and how long that takes.

The sound is a conversation: sentences that espeak-ng speaks, as loud as somebody a metre from a laptop, pauses between
them, and the noise of a room below all of it.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.table import Row
from roleplay.audio.compress import LARGEST, compress
from roleplay.audio.shelf import Shelf

RATE = 16_000
SAID = (
    ("en-us", "Thank you for coming in today. I would like to hear how the last weeks have been for you."),
    ("en-gb+f3", "Well, she comes home in tears, and nobody here has told me anything about it."),
    ("en-us", "That sounds hard, and I am sorry that you had to hear of it that way."),
    ("en-gb+f3", "What I want to know is what you are going to do about it, starting tomorrow morning."),
)
SPEECH = 0.1
"""How loud speech is on the average while somebody speaks, of 1."""
ROOM = 0.003
"""How loud the room is: 50 dB below the loudest, as with a fan running."""
LARGEST_TWO = 40_000_000


def kept_sizes(quick: bool) -> list[Row]:
    """One channel as FLAC, two as Opus."""
    if shutil.which("espeak-ng") is None:
        return [Row("an hour of sound", "espeak-ng is missing")]
    import numpy as np

    minutes = 1 if quick else 10
    voices = _conversation(60 * minutes)
    rows = []
    for name, sound, limit in (
        ("one channel", voices.sum(axis=1, keepdims=True), LARGEST),
        ("two channels", voices + 0.1 * voices[:, ::-1], LARGEST_TWO),
    ):
        noise = np.random.default_rng(1).standard_normal(sound.shape)
        # A room rumbles more than it hisses.
        room = _filtered(noise, np.ones(8) / 8**0.5) * ROOM
        rows.append(_measured(name, np.clip(sound + room, -1, 1), minutes, limit))
    return rows


def _measured(name: str, sound: Any, minutes: int, limit: int) -> Row:
    import soundfile

    with tempfile.TemporaryDirectory() as folder:
        wav = Shelf(Path(folder)).new("session", "r1")
        soundfile.write(wav, sound, RATE, subtype="PCM_16")
        before = wav.stat().st_size
        started = time.perf_counter()
        kept = compress(wav)
        took = time.perf_counter() - started
        assert kept is not None
        hour = kept.stat().st_size * 60 / minutes
        return Row(
            f"an hour of {name}, kept as {kept.suffix.removeprefix('.').upper()}",
            f"{hour / 1e6:.1f} MB in {took * 60 / minutes:.0f} s",
            f"{before * 60 / minutes / 1e6:.0f} MB WAV",
            f"{hour / (before * 60 / minutes):.2f}x",
            f"{limit / 1e6:.0f} MB",
            hour <= limit,
        )


def _conversation(seconds: int) -> Any:
    """Two voices that take turns, a column for each, at an even loudness and with pauses."""
    import numpy as np

    spoken = [_spoken(voice, words) for voice, words in SAID]
    chance = np.random.default_rng(1)
    voices = np.zeros((seconds * RATE, 2))
    at, turn = 0, 0
    while at < len(voices):
        words = spoken[turn % len(spoken)][: len(voices) - at]
        voices[at : at + len(words), turn % 2] = words * SPEECH / np.sqrt(np.mean(words**2))
        at += len(words) + round(chance.uniform(0.4, 2.0) * RATE)
        turn += 1
    return voices


def _spoken(voice: str, words: str) -> Any:
    import soundfile

    from roleplay.audio.resample import Resampler

    told = subprocess.run(["espeak-ng", "-v", voice, "--stdout", words], check=True, capture_output=True).stdout
    sound, rate = soundfile.read(io.BytesIO(told), dtype="float32")
    return Resampler(rate, RATE).push(sound)


def _filtered(noise: Any, filter_: Any) -> Any:
    import numpy as np

    return np.stack([np.convolve(column, filter_, "same") for column in noise.T], axis=1)
