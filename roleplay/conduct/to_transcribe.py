"""Which recordings are still to be written down, and how what was heard gets into the journal.

Nothing of this is stored: a recording that has ended, whose sound is there and that has no transcript is to be written
down. So a queue of them survives whatever happens to the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from roleplay.audio.shelf import Shelf
from roleplay.conduct.runner import Runner, new_text
from roleplay.session.commands import Command, NotAllowed
from roleplay.session.heard import Recording
from roleplay.session.hearing_commands import AddTranscript, NoteFailure, NoteSpeech
from roleplay.session.hearing_events import Line
from roleplay.session.state import State
from roleplay.session.texts import Text
from roleplay.transcription.protocol import Heard

_TOO_SHORT = 0.5
"""Seconds: in less, nobody has said anything."""


Words: TypeAlias = tuple[tuple[Command, tuple[Text, ...]], ...]
"""What came of a job, as commands with the words that go with them."""


@dataclass(frozen=True, slots=True)
class ToTranscribe:
    """A recording that is to be written down."""

    session: str
    track: str
    recording: str
    sound: Path
    seconds: float


@dataclass(frozen=True, slots=True)
class Again:
    """What is to be written down once more, beside what never was: what failed, and what others have written."""

    engine: str = ""
    """Transcripts by another engine; none where it is empty."""
    model: str = ""
    """Transcripts with another model; none where it is empty."""

    def concerns(self, recording: Recording) -> bool:
        """Whether a recording that has a transcript is to get another one; words that people corrected are kept."""
        made = recording.transcript
        if made is None or any(line.corrections for line in made.lines):
            return False
        return bool(self.engine and made.engine != self.engine) or bool(self.model and made.model != self.model)


def to_transcribe(
    session: str, state: State, shelf: Shelf, again: Again | None = None, asked: frozenset[str] = frozenset()
) -> tuple[ToTranscribe, ...]:
    """The recordings of a session that are to be written down, in the order in which they were made.

    Args:
        session: its id.
        state: how it stands.
        shelf: where the sound lies.
        again: also these.
        asked: also these recordings, though they failed before.
    """
    found = sorted(_missing(session, state, shelf, again, asked), key=lambda pair: pair[0])
    return tuple(one for _, one in found)


def _missing(
    session: str, state: State, shelf: Shelf, again: Again | None, asked: frozenset[str]
) -> Iterator[tuple[float, ToTranscribe]]:
    for track in state.tracks.values():
        for one in track.recordings.values():
            if one.runs or one.erased or (one.seconds or 0.0) < _TOO_SHORT:
                continue
            if one.transcript is not None and not (again and again.concerns(one)):
                continue
            if one.failed is not None and not again and one.id not in asked:
                continue
            sound = shelf.find(session, one.id)
            if sound is not None:
                yield one.at, ToTranscribe(session, track.id, one.id, sound, one.seconds or 0.0)


def transcript_words(job: ToTranscribe, heard: Heard) -> Words:
    """What keeps in the journal that this was heard, with the words beside it."""
    texts = tuple(new_text(line.text) for line in heard.lines)
    lines = tuple(
        Line(channel=line.channel, start=line.start, end=line.end, text=text.ref, confidence=line.confidence)
        for line, text in zip(heard.lines, texts, strict=True)
    )
    add = AddTranscript(job.track, job.recording, heard.engine, heard.model, heard.language, lines, heard.dropped)
    return (NoteSpeech(job.track, job.recording, heard.speech, heard.speech_how), ()), (add, texts)


def failure_words(job: ToTranscribe, why: str) -> Words:
    """What keeps in the journal why it could not be written down."""
    text = new_text(why)
    return ((NoteFailure(job.track, job.recording, text.ref), (text,)),)


def is_erased(state: State, job: ToTranscribe) -> bool:
    """Whether somebody has erased it, so that nothing of it is kept any more."""
    track = state.tracks.get(job.track)
    one = track.recordings.get(job.recording) if track else None
    return one is None or one.erased


def keep_at_once(runner: Runner, job: ToTranscribe, words: Words) -> bool:
    """Keep what came of a job; returns whether it was kept: of what was erased meanwhile, nothing is."""
    if is_erased(runner.state, job):
        return False
    try:
        for command, texts in words:
            runner.do_at_once(command, texts)
    except NotAllowed:
        return False
    return True


async def keep(runner: Runner, job: ToTranscribe, words: Words) -> bool:
    """The same while a session goes on."""
    try:
        for command, texts in words:
            if is_erased(runner.state, job):
                return False
            await runner.do(command, texts)
    except NotAllowed:
        return False
    return True
