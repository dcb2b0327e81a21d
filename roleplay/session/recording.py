"""Whether a table may be recorded right now: the one place where this is said.

A conversation is recorded only where its step asks for it and everybody in the room has said yes: a microphone hears
all of them, at whichever table they sit. Who said no is nobody's business but theirs.
"""

from __future__ import annotations

from typing import Literal

from roleplay.content.scenario import Scenario
from roleplay.content.steps import PlayStep
from roleplay.planning.plan import PlannedStep
from roleplay.session.heard import Recording
from roleplay.session.hearing_events import RecordingEnd
from roleplay.session.state import Setting, State, TrackState

WhyNot = Literal["rehearsal", "not-asked-for", "not-running", "not-everyone", "stopped"]


def is_recorded(setting: Setting, planned: PlannedStep) -> bool:
    """Whether the script wants the sound of a planned step, where everybody agrees."""
    step = setting.step(planned)
    return isinstance(step, PlayStep) and step.record


def has_recording(scenario: Scenario) -> bool:
    """Whether the script wants the sound of any step."""
    return any(isinstance(step, PlayStep) and step.record for step in scenario.steps.values())


def asked(state: State) -> tuple[str, ...]:
    """Whose yes is needed: that of everybody in the room."""
    return tuple(person for person in state.humans if person not in state.away)


def still_to_ask(state: State) -> tuple[str, ...]:
    """Those in the room who have not answered yet."""
    return tuple(person for person in asked(state) if person not in state.consents)


def everyone_agrees(state: State) -> bool:
    """Whether everybody in the room has said yes."""
    people = asked(state)
    return bool(people) and all(state.consents.get(person, False) for person in people)


def taken_back_with(state: State, person: str) -> tuple[tuple[str, Recording], ...]:
    """What is erased where somebody takes a yes back, with its table: whatever is left of all that was recorded while
    they were in the room."""
    return tuple(
        (track.id, one)
        for track in state.tracks.values()
        for one in track.recordings.values()
        if person in one.present and not one.words_erased
    )


def why_not(state: State, track: TrackState) -> WhyNot | None:
    """Why a table is not to be recorded right now, or None where it is."""
    if state.rehearsal:
        return "rehearsal"
    if track.step is None or not is_recorded(state.setting, track.step):
        return "not-asked-for"
    if not everyone_agrees(state):
        return "not-everyone"
    if track.recording_off:
        return "stopped"
    if state.phase(track.id) != "running":
        return "not-running"
    return None


def wanted(state: State) -> tuple[str, ...]:
    """The tables that are to be recorded right now; the recorder only ever makes this true."""
    return tuple(track.id for track in state.open_tracks if why_not(state, track) is None)


def why_over(state: State, track: TrackState, recording: Recording) -> RecordingEnd | None:
    """Why a recording that runs has to end now, or None where it is to go on.

    Whoever comes into the room ends it, even with a yes: a recording names all who were there while it ran, so that
    each of them can take it back.
    """
    run = track.runs[-1] if track.runs else None
    if run is None or run.ended is not None or run.step != recording.step or run.started > recording.at:
        return "step-over"
    if state.ended is not None or track.given_up:
        return "step-over"
    if recording.erased or not everyone_agrees(state) or not set(asked(state)) <= set(recording.present):
        return "consent"
    if track.recording_off:
        return "stopped"
    if track.paused:
        return "safety" if track.safe else "paused"
    return None


def voices_of(setting: Setting, planned: PlannedStep) -> tuple[str, str] | None:
    """The leader and the partner of a conversation between two; None where more people, or fewer, take part."""
    leaders = setting.leaders(planned)
    others = [person for person in speakers_of(setting, planned) if person not in leaders]
    return (leaders[0], others[0]) if len(leaders) == len(others) == 1 else None


def speakers_of(setting: Setting, planned: PlannedStep) -> tuple[str, ...]:
    """Those who take part in a conversation, the leader first; not those who watch it."""
    leaders = setting.leaders(planned)
    roles = setting.scenario.roles
    inside = (person for role, people in planned.cast.items() if not roles[role].extra for person in people)
    return tuple(dict.fromkeys((*leaders, *inside)))


def may_correct(setting: Setting, track: TrackState, recording: Recording, line: int, by: str) -> bool:
    """Whether somebody may correct a line of a transcript: whoever said it, or, where that is not known, whoever took
    part in the conversation."""
    transcript = recording.transcript
    if transcript is None or not 0 <= line < len(transcript.lines):
        return False
    channel = transcript.lines[line].heard.channel
    if channel is not None and channel < len(recording.voices):
        return by == recording.voices[channel]
    planned = track.find(recording.step)
    return planned is not None and by in speakers_of(setting, planned)
