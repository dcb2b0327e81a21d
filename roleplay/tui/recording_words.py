"""What the screens say about recordings: what people are asked, the sign, and why nothing is recorded.

No sentence names anybody who has answered: a no is known to whoever gave it, and to nobody else. What differs between
a no and no answer stands in no sentence before everybody has answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from roleplay.analysis.bells import say_aloud
from roleplay.audio.devices import Microphone
from roleplay.audio.levels import cells
from roleplay.conduct.recording import Standing
from roleplay.content.words import paragraphs
from roleplay.planning.words import say_list
from roleplay.session.recording import asked, everyone_agrees, has_recording, is_recorded, still_to_ask, taken_back_with
from roleplay.session.state import State, TrackState
from roleplay.tui.cues import say_titles

DOT = "●"
_CELLS = 8
_SHORT = 24
"""Signs of the tables' titles that fit beside the heading."""

_PROMISES = """\
Where it stays: on this computer. Nothing is sent anywhere.
Who can hear and read it: those who were at the table then, and whoever leads this session; nobody before the \
conversation is over.
Anyone can stop it at any time, with one key and without a reason.
A yes can be taken back, today or later. Then everything that was recorded while you were in the room is erased, with \
all that was written down from it.
A no needs no reason, and nobody is told whose it was. If not everyone says yes, nothing is recorded, and all else \
stays as it is.
"""


def offered(state: State) -> bool:
    """Whether there is anything to ask people about being recorded."""
    return has_recording(state.setting.scenario) and not state.rehearsal and bool(asked(state))


# What people are asked


def consent_text(state: State) -> tuple[str, ...]:
    """What somebody reads before answering, paragraph by paragraph."""
    steps = dict.fromkeys(
        f"“{planned.name}”"
        for track in state.open_tracks
        for planned in track.steps
        if is_recorded(state.setting, planned)
    )
    several = len(state.open_tracks) > 1
    hears = "A microphone hears everybody in the room, so everybody is asked." if several else ""
    what = f"What: the sound of {say_list(steps or ('conversations',))}, and what is written down from it. {hears}"
    return (what.strip(), *paragraphs(_PROMISES))


def say_own(state: State, person: str) -> str:
    """What somebody has answered so far; for the eyes of that person alone."""
    answer = state.consents.get(person)
    if answer is None:
        return ""
    return "You have said yes." if answer else "You have said no."


def say_erased(state: State, person: str) -> str:
    """What is erased where somebody takes a yes back; for the eyes of that person alone."""
    kept = [one for _, one in taken_back_with(state, person)]
    if not kept:
        return "Nothing was recorded so far, so there is nothing to erase."
    seconds = round(sum(one.seconds or 0.0 for one in kept))
    long = f", {say_aloud(seconds)} in all" if seconds else ""
    many = "1 recording" if len(kept) == 1 else f"{len(kept)} recordings"
    was = "was" if len(kept) == 1 else "were"
    return f"This erases {many}{long}, and what {was} written down from it. It cannot be undone."


def say_result(state: State) -> str:
    """What all may know of the answers."""
    if everyone_agrees(state):
        return "Everyone has said yes."
    if not state.consents:
        return "Nobody has been asked yet."
    if still_to_ask(state):
        return "Not everyone has been asked yet."
    return "Not everyone has said yes, so nothing is recorded."


def say_to_ask(state: State, words: Mapping[str, str]) -> str:
    """Who was not asked yet."""
    names = [state.name(person, words) for person in still_to_ask(state)]
    return f"Still to ask: {', '.join(names)}." if names else ""


# The sign


def sign(state: State, standings: Mapping[str, Standing]) -> str:
    """What stands on every screen while sound is kept anywhere: `● Recording`, or at which tables; else nothing."""
    tables = [track for track in state.tracks.values() if track.id in standings and standings[track.id].recording]
    if not tables:
        return ""
    if len(tables) >= len(state.open_tracks):
        return f"{DOT} Recording"
    titles = say_titles([track.title for track in tables])
    if len(titles) > _SHORT:
        titles = f"{len(tables)} of {len(state.open_tracks)} tables"
    return f"{DOT} Recording at {titles}"


Tone = Literal["on", "warning", "off"]
"""Sound is kept; it is, or should be, and something is wrong; nothing is kept."""


@dataclass(frozen=True, slots=True)
class Said:
    """A few words about the recording of a table."""

    words: str = ""
    tone: Tone = "off"


def say_standing(state: State, track: TrackState, standing: Standing, key: str, motion: bool = True) -> Said:
    """What stands beside the clock of a table: the sign and how loud it is, or calmly why nothing is recorded.

    Args:
        state: the session.
        track: the table.
        standing: how it stands with its recording.
        key: the key that leads to all about recordings.
        motion: whether a meter may move; otherwise words say how loud it is.
    """
    if standing.recording:
        if standing.clipping:
            return Said(f"{DOT} Recording · too loud", "warning")
        if standing.silent:
            return Said(f"{DOT} Recording · nothing heard", "warning")
        return Said(f"{DOT} Recording {meter(standing) if motion else ''}".rstrip(), "on")
    if state.rehearsal or track.step is None or track.clock is None or not is_recorded(state.setting, track.step):
        return Said()
    return _why_not(state, track, standing, key)


def _why_not(state: State, track: TrackState, standing: Standing, key: str) -> Said:
    if not state.consents:
        return Said("Not recorded")
    if still_to_ask(state):
        return Said(f"Not recording yet: {key} asks on")
    if not everyone_agrees(state):
        return Said("Not recording: not everyone said yes")
    if track.recording_off:
        return Said(f"Not recording: stopped · {key}")
    if state.phase(track.id) != "running":
        return Said("Not recording: paused")
    match standing.why_not:
        case "no-parts":
            return Said(f"Not recording: not set up · {key}", "warning")
        case "no-microphone":
            return Said(f"Not recording: no microphone · {key}", "warning")
        case "disk":
            return Said(f"Not recording: the disk is full · {key}", "warning")
        case "fault":
            return Said(f"Not recording · {key} says why", "warning")
    return Said("Recording begins…")


def explain(state: State, track: TrackState, standing: Standing) -> str:
    """How it stands with the recording of a table, in a sentence."""
    if standing.recording:
        loud = " It is too loud: move the microphone away." if standing.clipping else ""
        quiet = " Nothing has been heard for a while." if standing.silent else ""
        return f"{DOT} Recording.{loud}{quiet}"
    if not everyone_agrees(state):
        return say_result(state) if state.consents else "Nothing is recorded: nobody has been asked."
    if track.recording_off:
        return "Somebody stopped it, and nothing is recorded."
    if standing.sentence:
        return standing.sentence
    if track.step is not None and is_recorded(state.setting, track.step):
        paused = state.phase(track.id) == "paused"
        return "Nothing is recorded while the clock stands." if paused else "Recording begins…"
    return "Nothing is recorded now. It begins by itself with the next conversation that is to be recorded."


def meter(standing: Standing) -> str:
    """How loud it is, in a row of small bars."""
    filled = cells(standing.peak, _CELLS)
    return "▮" * filled + "▯" * (_CELLS - filled)


def say_microphone(one: Microphone, chosen: str | None, elsewhere: str) -> str:
    """A microphone in a list: whether it is the chosen one, the system's own, or that of another table."""
    told = ["chosen"] if one.name == chosen else []
    told += ["the system’s own"] if one.is_default else []
    told += [elsewhere] if elsewhere else []
    return f"{one.name}  ({', '.join(told)})" if told else one.name
