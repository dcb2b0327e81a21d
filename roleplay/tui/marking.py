"""Who marks whom in the conversation that runs, and what has been marked: pure functions of the scene.

Where one observer marks several people, each of them has a number, the same for all observers.
"""

from __future__ import annotations

from roleplay.analysis.markers import marker_counts
from roleplay.content.rubric import Rubric
from roleplay.session.forms import marker_pairs, markers_of
from roleplay.session.state import Mark
from roleplay.session.visible import seen_marks, viewer_of
from roleplay.tui.scene import Scene

DIGITS = "123456789"
"""The keys that choose people, in their order."""


def markers(scene: Scene) -> tuple[str, Rubric] | None:
    """The rubric whose markers are tapped in this step, with its id."""
    return markers_of(scene.state.setting, scene.step) if scene.step else None


def tappers(scene: Scene) -> tuple[str, ...]:
    """Who may tap, bots left out; the facilitator where nobody observes."""
    return tuple(dict.fromkeys(by for by, _ in _pairs(scene) if not scene.is_bot(by)))


def subjects(scene: Scene) -> tuple[str, ...]:
    """Who is marked by anybody in this step, in the order in which they sit; their place is their number, from 1."""
    marked = {about for _, about in _pairs(scene)}
    return tuple(person for person in scene.track.here if person in marked)


def tapping(scene: Scene) -> tuple[str, str] | None:
    """Who taps now, and about whom."""
    able = tappers(scene)
    if not able:
        return None
    by, pairs = scene.tapper if scene.tapper in able else able[0], _pairs(scene)
    mine = [person for person in subjects(scene) if (by, person) in pairs]
    return by, scene.subject if scene.subject in mine else mine[0]


def next_tapper(scene: Scene) -> str | None:
    """Who taps after the one who taps now, or none where there is one alone."""
    able, now = tappers(scene), tapping(scene)
    return able[(able.index(now[0]) + 1) % len(able)] if now and len(able) > 1 else None


def taps(scene: Scene) -> tuple[Mark, ...]:
    """What the one who taps has tapped in this step and not taken back, the oldest first."""
    now = tapping(scene)
    if now is None or scene.step is None:
        return ()
    seen = seen_marks(scene.state, scene.track, viewer_of(now[0]))
    return tuple(mark for mark in seen if (mark.step, mark.by) == (scene.step.id, now[0]))


def counts(scene: Scene) -> dict[str, int]:
    """How many marks the one who taps has given to each person."""
    given = taps(scene)
    return {person: sum(marker_counts(given, person).values()) for person in subjects(scene)}


def _pairs(scene: Scene) -> tuple[tuple[str, str], ...]:
    return marker_pairs(scene.state.setting, scene.step, scene.track.here) if scene.step else ()
