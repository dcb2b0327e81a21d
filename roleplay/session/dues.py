"""What becomes due by itself while a step runs: warnings, injects, and the end of a step that ends on time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roleplay.session.forms import injects_of
from roleplay.session.state import Due, Setting, State, TrackState

_ORDER = {"warning": 0, "inject": 1, "end": 2}


def next_due(state: State) -> Due | None:
    """What becomes due first at any table, or none while nothing runs."""
    if state.ended is not None:
        return None
    return _first(track.due for track in state.tracks.values() if track.due is not None)


def next_due_at(setting: Setting, track: TrackState) -> Due | None:
    """What becomes due first at one table, worked out from its clock."""
    return _first(_dues_at(setting, track))


def _first(dues: Iterable[Due]) -> Due | None:
    return min(dues, key=lambda due: (due.at, _ORDER[due.what]), default=None)


def _dues_at(setting: Setting, track: TrackState) -> Iterator[Due]:
    """What is still due in the running step of a table; nothing while its clock stands."""
    planned, clock = track.step, track.clock
    if track.status != "running" or planned is None or clock is None or clock.since is not None:
        return
    for left in setting.step(planned).warn:
        if left < clock.total and left not in track.warned:
            yield Due(max(clock.when(clock.total - left), clock.started), "warning", track.id, left=left)
    given = track.injects.get(planned.id, {})
    for item in injects_of(setting, planned):
        at = item.inject.at
        if at != "facilitator" and item.id not in given and (planned.id, item.id) not in track.held_back:
            yield Due(max(clock.when(at), clock.started), "inject", track.id, inject=item.id)
    if planned.on_time and not track.held:
        yield Due(max(clock.deadline, clock.started), "end", track.id)
