"""Makes true what the session says should be recorded, and nothing else: the one place that opens a microphone.

The rule is the core's (`session.recording.wanted`). A recording is first written into the journal, and only then is the
microphone opened; whatever ends the rule's yes ends the sound at once. Nothing that goes wrong with a microphone, a
disk or a missing part stops a session: it is told as one sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from roleplay.conduct.runner import Runner

WhyNot = Literal["not-now", "not-everyone", "stopped", "no-parts", "no-microphone", "disk", "trouble", "beginning"]
"""Why nothing is recorded at a table: no conversation that is to be recorded runs, somebody has not said yes, somebody
stopped it, the parts for it are not installed, no microphone is there, the disk is full, it failed again and again, or
it is only just beginning."""

NewsKind = Literal["began", "ended", "warning", "trouble"]
"""What a sentence is about: sound is being kept, no more sound is kept, something to look at, something went wrong."""

Told = Callable[[str, str, NewsKind], None]
"""Called with a table, a sentence and what kind it is."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the recording of one table, for screens."""

    recording: str = ""
    """The id of the recording that is being written right now; empty where no sound is kept."""
    since: float | None = None
    """Session time of its first sound."""
    microphone: str = ""
    """What it listens with."""
    peak: float = 0.0
    """The loudest of the last moment, 0 to 1."""
    rms: float = 0.0
    """How loud the last moment was on the whole, 0 to 1."""
    clipping: bool = False
    """It was too loud a moment ago."""
    silent: bool = False
    """Nothing has been heard for ten seconds."""
    why_not: WhyNot | None = "not-now"
    """Why nothing is recorded; none where it is."""
    sentence: str = ""
    """What stands to be said about it; stays until it is mended."""


class Recorder:
    """Follows a session and records what is to be recorded at its tables."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def standing(self, track: str) -> Standing:  # noqa: ARG002 - until captures are wired in
        """How it stands with the recording of a table."""
        return Standing()

    def on_news(self, told: Told) -> Callable[[], None]:  # noqa: ARG002 - until captures are wired in
        """Have a function called with what there is to say, until what this returns is called."""
        return lambda: None

    async def stop(self, track: str | None = None) -> None:
        """Stop recording, at one table or at all, until somebody says otherwise."""

    async def again(self, track: str | None = None) -> None:
        """Record again what was stopped, by somebody or by a full disk."""

    async def close(self) -> None:
        """End what is being recorded, and wait until it is safe."""
