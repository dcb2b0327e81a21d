"""What happened around a recording: who agreed, what was recorded, what was written down from it, what was erased.

A recording is one unbroken stretch of sound of one table in one step. Times in it are in seconds from its first sample.
"""

from __future__ import annotations

from typing import Literal

from roleplay.session.event_base import EventBase, TrackEvent
from roleplay.session.texts import TextRef
from roleplay.values import Value

RecordingEnd = Literal["step-over", "paused", "safety", "stopped", "consent", "microphone", "disk", "fault", "shut"]
"""Why a recording ended: `microphone` is one that was lost, `shut` the end of the program."""

EraseWhy = Literal["withdrawn", "asked", "kept-long-enough", "written-down"]

DropWhy = Literal["silence", "repeated", "doubtful"]


class ConsentAnswered(EventBase):
    """Somebody said whether conversations may be recorded in their presence; said again, it counts instead."""

    kind: Literal["consent-answered"] = "consent-answered"
    person: str
    yes: bool


class HearingEvent(TrackEvent):
    """Something that happened around the recordings of one table."""


class RecordingStopped(HearingEvent):
    """Somebody, who is not named, wants nothing recorded at this table from here on."""

    kind: Literal["recording-stopped"] = "recording-stopped"


class RecordingAllowed(HearingEvent):
    """The table agrees again to be recorded."""

    kind: Literal["recording-allowed"] = "recording-allowed"


class RecordingStarted(HearingEvent):
    """A recording begins. The microphone is opened only after this is safe."""

    kind: Literal["recording-started"] = "recording-started"
    recording: str
    step: str
    into: float
    """Seconds into the step."""
    voices: tuple[str, ...] = ()
    """Whose voice each channel holds, the left one first; nobody where one microphone hears all."""
    present: tuple[str, ...]
    """Everybody who was in the room; each had said yes."""


class RecordingTimed(HearingEvent):
    """The first sample arrived."""

    kind: Literal["recording-timed"] = "recording-timed"
    recording: str
    into: float
    """Seconds into the step at the first sample."""


class RecordingEnded(HearingEvent):
    """A recording ended, and what was recorded is kept."""

    kind: Literal["recording-ended"] = "recording-ended"
    recording: str
    why: RecordingEnd
    seconds: float


class RecordingErased(HearingEvent):
    """The sound of a recording is erased, and with `words` also what was written down from it."""

    kind: Literal["recording-erased"] = "recording-erased"
    recording: str
    why: EraseWhy
    words: bool


class Span(Value):
    """A stretch in which somebody speaks."""

    channel: int
    start: float
    end: float


class SpeechFound(HearingEvent):
    """Where in a recording somebody speaks."""

    kind: Literal["speech-found"] = "speech-found"
    recording: str
    spans: tuple[Span, ...]
    how: str
    """What found it."""


class Line(Value):
    """A line of a transcript."""

    channel: int | None = None
    """None where one microphone hears all."""
    start: float
    end: float
    text: TextRef
    confidence: float | None = None
    """How sure the engine is, from 0 to 1."""


class Dropped(Value):
    """A stretch from which the engine wrote something that nobody said."""

    start: float
    end: float
    why: DropWhy


class Transcribed(HearingEvent):
    """What was said was written down."""

    kind: Literal["transcribed"] = "transcribed"
    recording: str
    engine: str
    model: str
    language: str
    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...] = ()


class TranscriptionFailed(HearingEvent):
    """What was said could not be written down; it can be tried again."""

    kind: Literal["transcription-failed"] = "transcription-failed"
    recording: str
    why: TextRef


class LineCorrected(HearingEvent):
    """Somebody corrected a line of the last transcript of a recording; what stood there stays in the journal."""

    kind: Literal["line-corrected"] = "line-corrected"
    recording: str
    line: int
    """Its number, from 0."""
    by: str
    text: TextRef


class SpeakerSet(HearingEvent):
    """An observer noted who speaks from here on."""

    kind: Literal["speaker-set"] = "speaker-set"
    step: str
    speaker: str | None
    by: str


def texts_of(event: HearingEvent) -> tuple[TextRef, ...]:
    """Every reference to words that such an event holds."""
    if isinstance(event, Transcribed):
        return tuple(line.text for line in event.lines)
    if isinstance(event, LineCorrected):
        return (event.text,)
    if isinstance(event, TranscriptionFailed):
        return (event.why,)
    return ()
