"""Recordings and what became of them, as a part of the state: values only."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.session.hearing_events import Dropped, Line, RecordingEnd, Span
from roleplay.session.texts import TextRef


@dataclass(frozen=True, slots=True)
class Correction:
    """Other words for a line, and who wrote them."""

    by: str
    at: float
    text: TextRef


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """A line of a transcript, with its corrections, the newest last."""

    heard: Line
    corrections: tuple[Correction, ...] = ()

    @property
    def text(self) -> TextRef:
        """The words that count."""
        return self.corrections[-1].text if self.corrections else self.heard.text

    @property
    def versions(self) -> tuple[TextRef, ...]:
        """All words that ever stood here, the heard ones first."""
        return (self.heard.text, *(one.text for one in self.corrections))


@dataclass(frozen=True, slots=True)
class Transcript:
    """What an engine heard in a recording; times in seconds from its first sample."""

    at: float
    engine: str
    model: str
    language: str
    lines: tuple[TranscriptLine, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """One unbroken stretch of sound of one table in one step."""

    id: str
    step: str
    at: float
    """When it was begun, in seconds since the session opened."""
    into: float
    """Seconds into the step at its first sample, pauses left out: the clock of `Mark.into`."""
    voices: tuple[str, ...]
    """Whose voice each channel holds, the left one first; nobody where one microphone hears all."""
    present: tuple[str, ...]
    """Everybody who was in the room."""
    seconds: float | None = None
    """How long it is; None while it goes on."""
    ended: RecordingEnd | None = None
    erased: bool = False
    """The sound is gone, or is about to be."""
    words_erased: bool = False
    """What was written down from it is gone, too."""
    speech: tuple[Span, ...] | None = None
    """Where somebody speaks; None as long as nobody looked."""
    speech_how: str = ""
    """What found it."""
    transcripts: tuple[Transcript, ...] = ()
    """The newest last."""
    failed: TextRef | None = None
    """Why the last try to write it down came to nothing."""

    @property
    def runs(self) -> bool:
        """Whether it goes on."""
        return self.ended is None

    @property
    def transcript(self) -> Transcript | None:
        """The transcript that counts, unless it was erased."""
        return self.transcripts[-1] if self.transcripts and not self.words_erased else None

    @property
    def texts(self) -> tuple[TextRef, ...]:
        """All words that were ever written down from it."""
        lines = (ref for one in self.transcripts for line in one.lines for ref in line.versions)
        return (*lines, self.failed) if self.failed else tuple(lines)


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """An observer noted who speaks from here on."""

    step: str
    at: float
    into: float
    """Seconds into the step, pauses left out."""
    speaker: str | None
    by: str
