"""What a session tells people by itself: a few words, and whether a bell rings with them.

Cues follow from events that are safe, or from the moment a step runs over its time, which is no event.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from roleplay.analysis.bells import say_aloud
from roleplay.content.scenario import Scenario
from roleplay.session import events as e
from roleplay.session.event_base import TrackEvent
from roleplay.session.hearing_events import RecordingAllowed, RecordingStopped
from roleplay.session.state import State, TrackState


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to say at one table."""

    table: str
    words: str
    rings: bool = False
    """A bell goes with it, and a flash."""


def cues(before: State, state: State, events: Sequence[e.Event]) -> list[Cue]:
    """What follows from events: at most one cue for each table.

    Args:
        before: the state without the events.
        state: the state with them.
        events: what happened at one moment.
    """
    found = []
    for id, track in state.tracks.items():
        here = [event for event in events if isinstance(event, TrackEvent) and event.track == id]
        words = [
            said for event in here if (said := _say(state.setting.scenario, before.tracks.get(id, track), track, event))
        ]
        if here:
            found.append(Cue(id, " ".join(words), any(isinstance(event, _RINGING) for event in here)))
    return found


_RINGING = (e.StepStarted, e.StepEnded, e.WarningGiven, e.InjectGiven, e.TrackFinished)


def _say(scenario: Scenario, before: TrackState, track: TrackState, event: TrackEvent) -> str:
    match event:
        case e.StepEnded(why="on-time"):
            return "Time is up."
        case e.StepStarted(step=step):
            return _say_start(scenario, before, track, step)
        case e.TrackWaited() if track.status == "waiting":
            return "Waiting for the other tables."
        case e.TrackFinished():
            return "That was the last step."
        case e.WarningGiven(left=left):
            # After a step was made shorter, less may be left than the file says.
            remaining = track.clock.remaining(event.at) if track.clock else left
            return f"{say_aloud(max(1, math.ceil(remaining)))} left."
        case e.LengthChanged(by=by):
            return f"{say_aloud(round(abs(by)))} {'more' if by > 0 else 'less'}."
        case e.StepRestored(step=step, remaining=left):
            same = before.step is not None and before.step.id == step
            said = _say_taken_back(before, track, event.at) if same else f"Back to: {track.planned(step).name}."
            return said + (f" {say_aloud(math.ceil(left))} left." if left >= 1 else "")
        case e.TrackPaused(why="asleep", away=float(away)):
            return f"The laptop slept for {say_nearly(away)}."
        case RecordingStopped():
            return "Nothing is recorded here any more."
        case RecordingAllowed():
            return "Recording is on again here."
        case e.HelpAsked():
            return "You are asked to come."
    return ""


def _say_taken_back(before: TrackState, track: TrackState, at: float) -> str:
    """Which change of a step's length was taken back."""
    was, now = before.clock, track.clock
    by = round(was.remaining(at) - now.remaining(at)) if was and now else 0
    return f"Taken back: {say_aloud(abs(by))} {'more' if by > 0 else 'less'}." if by else "Taken back."


def _say_start(scenario: Scenario, before: TrackState, track: TrackState, step: str) -> str:
    planned = track.planned(step)
    if planned.says_take:
        return f"Once more: {planned.name}, take {planned.take}."
    last = before.step.round if before.step else None
    if scenario.turns_of(planned.source):
        return f"{'' if planned.round in (1, last) else 'The next one’s turn. '}Now: {planned.name}."
    changed = planned.round is not None and planned.round != last
    seats = ": change seats" if planned.round and planned.round > 1 else ""
    return f"Round {planned.round}{seats}. Now: {planned.name}." if changed else f"Now: {planned.name}."


def say_nearly(seconds: float) -> str:
    """A length of time in words, in whole minutes once it is longer than two."""
    whole = round(seconds)
    return say_aloud(whole if whole < 120 else round(whole / 60) * 60)


def overtime_cues(state: State, then: float, now: float) -> list[Cue]:
    """The tables whose step, which waits for the facilitator, came to the end of its time after `then` and by `now`."""
    return [
        Cue(track.id, "Time is up.", rings=True)
        for track in state.tracks.values()
        if _waits(track) and track.clock and track.clock.remaining(then) > 0 >= track.clock.remaining(now)
    ]


def next_overtime(state: State, now: float) -> float | None:
    """The session time at which the next such step comes to the end of its time, if nothing pauses it; or none."""
    ends = [track.clock.deadline for track in state.tracks.values() if _waits(track) and track.clock]
    return min((end for end in ends if end > now), default=None)


def _waits(track: TrackState) -> bool:
    """Whether the running step goes on until the facilitator ends it."""
    planned = track.step
    return (
        track.status == "running" and not track.paused and planned is not None and (track.held or not planned.on_time)
    )


def together(found: Sequence[Cue], titles: dict[str, str]) -> Cue | None:
    """One cue out of those for several tables: with the table's title where only some of them are meant."""
    said = list(dict.fromkeys(cue.words for cue in found if cue.words))
    rings = any(cue.rings for cue in found)
    if len(found) == len(titles) and len(said) == 1:
        return Cue(found[0].table, said[0], rings)
    if not said:
        return Cue(found[0].table, "", rings) if rings else None
    tables = {words: [titles[cue.table] for cue in found if cue.words == words] for words in said}
    told = [f"{say_titles(tables[words])}: {words}" if len(titles) > 1 else words for words in said]
    return Cue(next(cue.table for cue in found if cue.words), " ".join(told), rings)


def say_titles(titles: Sequence[str]) -> str:
    """What tables are called, in a line: `Table 3`, `Tables 1–4 and 7`; without numbers, one by one."""
    heads, numbers = {title.rpartition(" ")[0] for title in titles}, [title.rpartition(" ")[2] for title in titles]
    if len(titles) < 2 or len(heads) > 1 or not all(number.isdecimal() for number in numbers):
        return _list(list(titles))
    runs: list[list[int]] = []
    for number in sorted(map(int, numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run))]
    return f"{heads.pop()}s {_list(told)}"


def _list(parts: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
