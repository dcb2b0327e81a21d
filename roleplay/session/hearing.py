"""What follows from the commands about recordings: consent, the recorder's reports, transcripts, who spoke.

That nobody is recorded who has not said yes is checked here, whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from roleplay.session import hearing_commands as c
from roleplay.session import hearing_events as h
from roleplay.session.commands import NotAllowed
from roleplay.session.event_base import EventBase
from roleplay.session.heard import Recording
from roleplay.session.recording import WhyNot, asked, may_correct, speakers_of, taken_back_with, voices_of, why_not
from roleplay.session.state import FACILITATOR, State, TrackState
from roleplay.session.writing import find_track

_SAY: dict[WhyNot, str] = {
    "rehearsal": "A rehearsal is not recorded.",
    "not-asked-for": "This step is not recorded.",
    "not-running": "Only a conversation that runs is recorded.",
    "not-everyone": "Not everybody in the room has said yes, so nothing is recorded.",
    "stopped": "Somebody wants nothing recorded here.",
}


def _consent(state: State, command: c.AnswerConsent, now: float) -> tuple[EventBase, ...]:
    person = state.people.get(command.person)
    if person is None or person.bot:
        raise NotAllowed("Only somebody who takes part is asked whether they may be recorded.")
    if state.ended is not None and command.yes:
        raise NotAllowed("The session is closed; nothing more is recorded.")
    answered = h.ConsentAnswered(at=now, person=person.id, yes=command.yes)
    if command.yes:
        return () if state.consents.get(person.id) else (answered,)
    erased = tuple(
        h.RecordingErased(at=now, track=track, recording=one.id, why="withdrawn", words=True)
        for track, one in taken_back_with(state, person.id)
    )
    return erased if state.consents.get(person.id) is False else (answered, *erased)


def _stop(state: State, command: c.StopRecording, now: float) -> tuple[EventBase, ...]:
    tracks = [track for track in _meant(state, command.track) if not track.recording_off]
    return tuple(h.RecordingStopped(at=now, track=track.id) for track in tracks)


def _again(state: State, command: c.RecordAgain, now: float) -> tuple[EventBase, ...]:
    tracks = [track for track in _meant(state, command.track) if track.recording_off]
    return tuple(h.RecordingAllowed(at=now, track=track.id) for track in tracks)


def _meant(state: State, track: str | None) -> tuple[TrackState, ...]:
    return state.open_tracks if track is None else (find_track(state, track),)


def _start(state: State, command: c.StartRecording, now: float) -> tuple[EventBase, ...]:
    track = find_track(state, command.track)
    reason = why_not(state, track)
    if reason is not None:
        raise NotAllowed(_SAY[reason])
    if track.recording is not None:
        raise NotAllowed(f"{track.title} is being recorded already.")
    if any(command.recording in other.recordings for other in state.tracks.values()):
        raise NotAllowed("There is a recording of this name already.")
    assert track.step is not None
    assert track.clock is not None
    voices = voices_of(state.setting, track.step) if command.two_channels else None
    if command.two_channels and voices is None:
        raise NotAllowed("Two channels are for a conversation between one leader and one partner.")
    return (
        h.RecordingStarted(
            at=now,
            track=track.id,
            recording=command.recording,
            step=track.step.id,
            into=track.clock.elapsed(now),
            voices=voices or (),
            present=asked(state),
        ),
    )


def _time(state: State, command: c.TimeRecording, now: float) -> tuple[EventBase, ...]:
    one = _recording(state, command)
    # The step's clock runs as long as a recording does, so both moved on by the same.
    into = max(0.0, round(one.into + command.first - one.at, 3))
    return (h.RecordingTimed(at=now, track=command.track, recording=one.id, into=into),)


def _end(state: State, command: c.EndRecording, now: float) -> tuple[EventBase, ...]:
    one = _recording(state, command)
    if not one.runs:
        raise NotAllowed("This recording has ended already.")
    seconds = max(0.0, round(command.seconds, 3))
    return (h.RecordingEnded(at=now, track=command.track, recording=one.id, why=command.why, seconds=seconds),)


def _erase(state: State, command: c.EraseRecording, now: float) -> tuple[EventBase, ...]:
    one = _recording(state, command)
    if one.erased and (one.words_erased or not command.words):
        return ()
    return (h.RecordingErased(at=now, track=command.track, recording=one.id, why=command.why, words=command.words),)


def _speech(state: State, command: c.NoteSpeech, now: float) -> tuple[EventBase, ...]:
    one = _not_erased(state, command)
    return (h.SpeechFound(at=now, track=command.track, recording=one.id, spans=command.spans, how=command.how),)


def _transcript(state: State, command: c.AddTranscript, now: float) -> tuple[EventBase, ...]:
    one = _not_erased(state, command)
    return (
        h.Transcribed(
            at=now,
            track=command.track,
            recording=one.id,
            engine=command.engine,
            model=command.model,
            language=command.language,
            lines=command.lines,
            dropped=command.dropped,
        ),
    )


def _failed(state: State, command: c.NoteFailure, now: float) -> tuple[EventBase, ...]:
    one = _not_erased(state, command)
    return (h.TranscriptionFailed(at=now, track=command.track, recording=one.id, why=command.why),)


def _correct(state: State, command: c.CorrectLine, now: float) -> tuple[EventBase, ...]:
    one = _not_erased(state, command)
    track = state.tracks[command.track]
    if not may_correct(state.setting, track, one, command.line, command.by):
        raise NotAllowed("A line is corrected by whoever said it.")
    return (
        h.LineCorrected(at=now, track=track.id, recording=one.id, line=command.line, by=command.by, text=command.text),
    )


def _speaker(state: State, command: c.SetSpeaker, now: float) -> tuple[EventBase, ...]:
    track = find_track(state, command.track)
    planned = track.step
    if planned is None or planned.kind != "play" or state.phase(track.id) != "running":
        raise NotAllowed("Who speaks is noted while a conversation runs.")
    if command.speaker is not None and command.speaker not in speakers_of(state.setting, planned):
        raise NotAllowed("Only somebody who takes part in the conversation speaks in it.")
    if command.by not in (*track.people_in(planned), *track.people, FACILITATOR):
        raise NotAllowed("Somebody at this table notes who speaks.")
    before = track.speakers[-1] if track.speakers and track.speakers[-1].step == planned.id else None
    if command.speaker == (before.speaker if before else None):
        return ()
    return (h.SpeakerSet(at=now, track=track.id, step=planned.id, speaker=command.speaker, by=command.by),)


def _recording(state: State, command: c.OfRecording) -> Recording:
    one = find_track(state, command.track).recordings.get(command.recording)
    if one is None:
        raise NotAllowed("There is no such recording.")
    return one


def _not_erased(state: State, command: c.OfRecording) -> Recording:
    """A recording from which words may be kept."""
    one = _recording(state, command)
    if one.words_erased:
        raise NotAllowed("This recording was erased.")
    return one


HEARING: dict[type[Any], Callable[[State, Any, float], tuple[Any, ...]]] = {
    c.AnswerConsent: _consent,
    c.StopRecording: _stop,
    c.RecordAgain: _again,
    c.StartRecording: _start,
    c.TimeRecording: _time,
    c.EndRecording: _end,
    c.EraseRecording: _erase,
    c.NoteSpeech: _speech,
    c.AddTranscript: _transcript,
    c.NoteFailure: _failed,
    c.CorrectLine: _correct,
    c.SetSpeaker: _speaker,
}
"""What follows from each command about recordings."""

HEARING_AFTERWARDS = (
    *(c.AnswerConsent, c.TimeRecording, c.EndRecording, c.EraseRecording),
    *(c.NoteSpeech, c.AddTranscript, c.NoteFailure, c.CorrectLine),
)
"""What can still be done once the session is closed: taking a yes back, above all."""
