"""What becomes due by itself while a step runs: warnings, injects, and the end of a step that ends on time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from roleplay.session.forms import injects_of
from roleplay.session.state import Setting, State, TrackState


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due at a session time, in seconds."""

    at: float
    what: Literal["warning", "inject", "end"]
    track: str
    left: int = 0
    """For a warning: seconds before the end of the step."""
    inject: str = ""


_ORDER = {"warning": 0, "inject": 1, "end": 2}


def next_due(state: State) -> Due | None:
    """What becomes due first at any table, or none while nothing runs."""
    if state.ended is not None:
        return None
    dues = (due for track in state.tracks.values() for due in dues_of(state.setting, track))
    return min(dues, key=lambda due: (due.at, _ORDER[due.what]), default=None)


def dues_of(setting: Setting, track: TrackState) -> Iterator[Due]:
    """What is still due in the running step of a table; nothing while its clock stands."""
    planned, clock = track.step, track.clock
    if track.status != "running" or planned is None or clock is None or clock.since is not None:
        return
    for left in setting.step(planned).warn:
        if left < clock.total and left not in track.warned:
            yield Due(max(clock.when(clock.total - left), clock.started), "warning", track.id, left=left)
    given = track.injects.get(planned.id, {})
    for item in injects_of(setting, planned):
        if item.inject.at != "facilitator" and item.id not in given:
            yield Due(max(clock.when(item.inject.at), clock.started), "inject", track.id, inject=item.id)
    if planned.on_time and not track.held:
        yield Due(max(clock.deadline, clock.started), "end", track.id)
