"""Folding what happened around recordings into a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import singledispatch

from roleplay.session import hearing_events as h
from roleplay.session.heard import Correction, Recording, SpeakerChange, Transcript, TranscriptLine
from roleplay.session.state import TrackState


@singledispatch
def hear(event: h.HearingEvent, track: TrackState) -> TrackState:
    """The table after one more event of this kind."""
    return track


@hear.register
def _(event: h.RecordingStopped, track: TrackState) -> TrackState:
    return replace(track, recording_off=True)


@hear.register
def _(event: h.RecordingAllowed, track: TrackState) -> TrackState:
    return replace(track, recording_off=False)


@hear.register
def _(event: h.RecordingStarted, track: TrackState) -> TrackState:
    one = Recording(event.recording, event.step, event.at, event.into, event.voices, event.present)
    return replace(track, recordings={**track.recordings, one.id: one})


@hear.register
def _(event: h.RecordingTimed, track: TrackState) -> TrackState:
    return _changed(track, event.recording, lambda one: replace(one, into=event.into))


@hear.register
def _(event: h.RecordingEnded, track: TrackState) -> TrackState:
    return _changed(track, event.recording, lambda one: replace(one, ended=event.why, seconds=event.seconds))


@hear.register
def _(event: h.RecordingErased, track: TrackState) -> TrackState:
    return _changed(
        track,
        event.recording,
        lambda one: replace(one, erased=True, words_erased=one.words_erased or event.words),
    )


@hear.register
def _(event: h.SpeechFound, track: TrackState) -> TrackState:
    return _changed(track, event.recording, lambda one: replace(one, speech=event.spans, speech_how=event.how))


@hear.register
def _(event: h.Transcribed, track: TrackState) -> TrackState:
    lines = tuple(TranscriptLine(line) for line in event.lines)
    made = Transcript(event.at, event.engine, event.model, event.language, lines, event.dropped)
    return _changed(track, event.recording, lambda one: replace(one, transcripts=(*one.transcripts, made), failed=None))


@hear.register
def _(event: h.TranscriptionFailed, track: TrackState) -> TrackState:
    return _changed(track, event.recording, lambda one: replace(one, failed=event.why))


@hear.register
def _(event: h.LineCorrected, track: TrackState) -> TrackState:
    def correct(one: Recording) -> Recording:
        if not one.transcripts or event.line >= len(one.transcripts[-1].lines):
            return one
        *before, last = one.transcripts
        corrected = tuple(
            replace(line, corrections=(*line.corrections, Correction(event.by, event.at, event.text)))
            if number == event.line
            else line
            for number, line in enumerate(last.lines)
        )
        return replace(one, transcripts=(*before, replace(last, lines=corrected)))

    return _changed(track, event.recording, correct)


@hear.register
def _(event: h.SpeakerSet, track: TrackState) -> TrackState:
    into = track.clock.elapsed(event.at) if track.clock else 0.0
    return replace(
        track, speakers=(*track.speakers, SpeakerChange(event.step, event.at, into, event.speaker, event.by))
    )


def _changed(track: TrackState, recording: str, change: Callable[[Recording], Recording]) -> TrackState:
    one = track.recordings.get(recording)
    return track if one is None else replace(track, recordings={**track.recordings, recording: change(one)})
