"""What somebody, or the recorder, asks the session to do about recordings."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.session.hearing_events import Dropped, EraseWhy, Line, RecordingEnd, Span
from roleplay.session.texts import TextRef


@dataclass(frozen=True, slots=True)
class AnswerConsent:
    """Somebody says whether conversations may be recorded in their presence.

    A no after a yes takes it back: everything is erased that was recorded while they were in the room.
    """

    person: str
    yes: bool


@dataclass(frozen=True, slots=True)
class StopRecording:
    """Record nothing more at this table, or at none, until it agrees again."""

    track: str | None = None


@dataclass(frozen=True, slots=True)
class RecordAgain:
    """The table, or each table, agrees again to be recorded."""

    track: str | None = None


@dataclass(frozen=True, slots=True)
class StartRecording:
    """Begin a recording."""

    track: str
    recording: str
    """A new id."""
    two_channels: bool = False
    """The leader's voice is on the left channel, the partner's on the right one."""


@dataclass(frozen=True, slots=True)
class OfRecording:
    """A command about a recording that was begun."""

    track: str
    recording: str


@dataclass(frozen=True, slots=True)
class TimeRecording(OfRecording):
    """Its first sample arrived at this time, in seconds since the session opened."""

    first: float


@dataclass(frozen=True, slots=True)
class EndRecording(OfRecording):
    """It ended, and is so many seconds long."""

    why: RecordingEnd
    seconds: float


@dataclass(frozen=True, slots=True)
class EraseRecording(OfRecording):
    """Erase its sound, and with `words` also what was written down from it."""

    why: EraseWhy
    words: bool


@dataclass(frozen=True, slots=True)
class NoteSpeech(OfRecording):
    """Keep where somebody speaks in it."""

    spans: tuple[Span, ...]
    how: str


@dataclass(frozen=True, slots=True)
class AddTranscript(OfRecording):
    """Keep what was said in it."""

    engine: str
    model: str
    language: str
    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteFailure(OfRecording):
    """Keep why it could not be written down."""

    why: TextRef


@dataclass(frozen=True, slots=True)
class CorrectLine(OfRecording):
    """Correct a line of its last transcript."""

    line: int
    by: str
    text: TextRef


@dataclass(frozen=True, slots=True)
class SetSpeaker:
    """Note who speaks from here on, or that nobody does."""

    track: str
    speaker: str | None
    by: str


HearingCommand = (
    AnswerConsent
    | StopRecording
    | RecordAgain
    | StartRecording
    | TimeRecording
    | EndRecording
    | EraseRecording
    | NoteSpeech
    | AddTranscript
    | NoteFailure
    | CorrectLine
    | SetSpeaker
)
