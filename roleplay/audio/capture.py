"""Recording from the side of the session: starts the process that records, hears how it goes, and ends it.

    capture = Capture(path, microphone=None, channels=1)
    began = await capture.start()              # CommandProblem: AudioMissing, NoMicrophone, or another sentence
    async for report in capture.reports():     # Level, five a second, then Ended, once
        ...
    ended = await capture.stop()               # harmless when it has ended by itself

Levels that nobody has read yet replace each other; the end is never lost.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from roleplay.audio.devices import Microphone

Why = Literal["stopped", "microphone", "disk", "fault"]


@dataclass(frozen=True, slots=True)
class Began:
    """Sound is coming in."""

    monotonic: float
    """When the first sample was heard, on the clock of `time.monotonic`, which all processes share."""
    channels: int
    """As many as are recorded: fewer than asked for where the microphone has no more."""
    rate: int
    """Samples a second."""
    microphone: str
    """The name of what is heard."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the last fifth of a second was."""

    seconds: float
    """How much is recorded so far."""
    peak: float
    """The loudest sample of all channels, 0 to 1."""
    rms: float
    """How loud it was on the whole in the loudest channel, 0 to 1."""
    clipped: bool
    """It was too loud: peaks are cut off."""
    silent: bool
    """Nothing has been heard for ten seconds; true only in the first such silence, so it warns once."""
    peaks: tuple[float, ...]
    """The loudest sample of each channel."""


@dataclass(frozen=True, slots=True)
class Ended:
    """No more sound is coming in; what was recorded until then is in the file, which is closed."""

    seconds: float
    why: Why
    """Somebody stopped it, the microphone was lost, the disk is full, or something else went wrong."""
    sentence: str = ""
    """What to tell people; empty where somebody stopped it."""
    overflows: int = 0
    """How often the system came too late to fetch a block of sound."""
    lost: float = 0.0
    """How many seconds are missing because of that, as near as the clock can tell."""


Report: TypeAlias = Began | Level | Ended


class Capture:
    """One recording of one microphone, from its start to its end."""

    def __init__(self, path: Path | None, microphone: str | Microphone | None = None, channels: int = 1) -> None:
        """The file must not be there yet; without a path it is only listened, and nothing is kept."""
        raise NotImplementedError

    @property
    def ended(self) -> Ended | None:
        """How it ended; none while it goes on."""
        raise NotImplementedError

    async def start(self) -> Began:
        """Begin; returns when the first sound has come in.

        Raises CommandProblem where it cannot begin (AudioMissing, NoMicrophone or another one); no file is left then.
        """
        raise NotImplementedError

    def reports(self) -> AsyncIterator[Level | Ended]:
        """What happens, until the end, which is the last report."""
        raise NotImplementedError

    async def stop(self) -> Ended:
        """End the recording and wait until it is safe on the disk; says how it ended."""
        raise NotImplementedError
