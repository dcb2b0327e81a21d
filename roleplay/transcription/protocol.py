"""What goes into the process that writes down, what comes out of it, and what an engine is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from roleplay.session.hearing_events import Dropped, Span
from roleplay.values import Value

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples

WINDOW = 30.0
"""Seconds that an engine takes in at once."""

Stage = Literal["listening", "loading", "writing"]
"""What is going on: speech is looked for, the engine gets ready, what was said is written down."""


class Job(Value):
    """A sound file to write down."""

    sound: Path
    engine: str = ""
    """The name of an engine; empty for the quickest that is there."""
    model: str = "base"
    """The name of a model, or the path of one."""
    language: str = ""
    """Two letters, such as "en"; empty to find out from the sound."""
    beside_session: bool = False
    """Whether a session goes on meanwhile: then one processor is left to it."""


class Progress(Value):
    """How far a job is."""

    stage: Stage
    fraction: float
    """Of the whole job, 0 to 1; it never goes back."""
    seconds_left: float | None = None
    """None as long as nobody can say."""


class HeardLine(Value):
    """What was said in one breath, in seconds from the first sample."""

    channel: int | None = None
    """None where no channel holds a voice of its own."""
    start: float
    end: float
    text: str
    confidence: float | None = None
    """How sure the engine is, from 0 to 1."""


class Heard(Value):
    """What came of a job; everything in the order of time."""

    seconds: float
    """How long the sound is."""
    channels: int
    """2 where there is a voice on each of two channels; else 1."""
    speech: tuple[Span, ...]
    """Where somebody speaks, for each channel; the same on both where they hold the same voices."""
    speech_how: str
    """What found it."""
    lines: tuple[HeardLine, ...]
    dropped: tuple[Dropped, ...] = ()
    """Stretches from which the engine wrote what nobody said."""
    engine: str
    model: str
    language: str
    """As it was asked for, or found; empty where nobody speaks."""
    note: str = ""
    """A sentence for the user, such as that another engine was taken than the one that comes first."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What an engine makes of a part of one window; times in seconds from the beginning of the window."""

    start: float
    end: float
    text: str
    log_probability: float
    """Of its tokens, on average."""
    no_speech: float
    """How likely the engine holds it that nobody speaks, 0 to 1."""


class Engine(Protocol):
    """Turns windows of sound into text; one is loaded for a job."""

    name: str
    language: str
    """The one that was asked for; else, after the first window, the one that was found."""

    def transcribe(self, windows: Iterable[Samples]) -> Iterator[tuple[Segment, ...]]:
        """What is said in each window, in their order; mono float32 at 16 kHz, at most 30 seconds each."""
        ...
