"""What a whole class reads from the wall: the time that most tables share, and who plays what at which table.

Nothing here is private, and no pause says why it is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roleplay.content.durations import face
from roleplay.planning.plan import PlannedStep
from roleplay.session.state import State, TrackState
from roleplay.tui.class_view import say_place
from roleplay.tui.describe import shorter
from roleplay.tui.happening import say_who, spoken
from roleplay.tui.scene import Scene

EVERYBODY = ""
"""Stands where a role's title stands, for tables at which nobody plays a role now."""


@dataclass(frozen=True, slots=True)
class Seats:
    """A table on the wall: who plays what, and where it stands if not where most do."""

    title: str
    cast: Mapping[str, str]
    """The title of a role and the names of those who play it; all names under `EVERYBODY` where roles do not count."""
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Wall:
    """What the class reads at a moment."""

    where: str
    left: float | None
    """Seconds left at the tables that stand together; none where no clock is shared."""
    still: bool
    roles: tuple[str, ...]
    seats: tuple[Seats, ...]
    prompts: tuple[str, ...]
    lead: str | None = None
    """One of the tables that share the clock."""


def wall(state: State, words: Mapping[str, str], now: float) -> Wall:
    """What the class reads now."""
    tables = state.open_tracks
    lead = _shared(tables, now)
    scene = Scene(state, words, lead.id) if lead is not None else None
    names = {person: state.name(person, words) for track in tables for person in _seated(track)}
    called = shorter(names) if len(tables) > 1 else names
    seats = tuple(_seats(state, called, track, lead, now) for track in tables)
    used = {title for table in seats for title in table.cast}
    titles = [role.title for role in state.setting.scenario.roles.values()]
    return Wall(
        where=_say_where(state, tables, scene),
        left=lead.clock.remaining(now) if lead is not None and lead.clock else None,
        still=lead is not None and state.phase(lead.id) == "paused",
        roles=tuple(title for title in titles if title in used),
        seats=seats,
        prompts=_prompts(scene) if scene is not None else (),
        lead=lead.id if lead is not None else None,
    )


def _stands(track: TrackState, now: float) -> tuple[str, str, int, bool]:
    """Where a table stands, to the second: those for which this is the same share a clock."""
    left = round(track.clock.remaining(now)) if track.clock else 0
    return track.status, track.step.id if track.step else "", left, track.paused


def _shared(tables: Sequence[TrackState], now: float) -> TrackState | None:
    """A table of those that share a clock, in the step in which half of the class or more is."""
    steps = Counter(_stands(track, now)[:2] for track in tables)
    step, many = steps.most_common(1)[0] if steps else (("", ""), 0)
    if 2 * many < len(tables) or not tables:
        return None
    clocks = Counter(stands for track in tables if (stands := _stands(track, now))[:2] == step)
    stands = clocks.most_common(1)[0][0]
    return next(track for track in tables if _stands(track, now) == stands)


def _say_where(state: State, tables: Sequence[TrackState], scene: Scene | None) -> str:
    if scene is None:
        return "Each table at its own time"
    if scene.phase == "waiting":
        return f"Next, all together: {scene.step.name}" if scene.step else ""
    together = sum(track.step == scene.step or _same(track.step, scene.step) for track in tables)
    return scene.where() + ("" if together == len(tables) else " at most tables")


def _same(one: PlannedStep | None, other: PlannedStep | None) -> bool:
    return one is not None and other is not None and one.id == other.id


def _seated(track: TrackState) -> tuple[str, ...]:
    """Those whose names stand beside a table."""
    planned = _casting(track)
    return track.people if planned is None else tuple(p for people in planned.cast.values() for p in people)


def _seats(state: State, called: Mapping[str, str], track: TrackState, lead: TrackState | None, now: float) -> Seats:
    planned = _casting(track)
    if planned is None:
        cast = {EVERYBODY: _names(called, track.people)}
    else:
        roles = state.setting.scenario.roles
        cast = {roles[role].title: _names(called, people) for role, people in planned.cast.items() if people}
    with_most = lead is not None and _stands(track, now) == _stands(lead, now)
    return Seats(track.title, cast, "" if with_most else _apart(state, track, lead, now))


def _names(called: Mapping[str, str], people: Sequence[str]) -> str:
    return ", ".join(called[person] for person in people)


def _casting(track: TrackState) -> PlannedStep | None:
    """The step whose roles people look for: the one that runs, or the next one in which there are roles."""
    onward = track.steps[max(track.index, 0) :] if track.status != "finished" else ()
    planned = next((step for step in onward if step.cast), None)
    return track.seats if planned is not None and planned == track.step else planned


def _apart(state: State, track: TrackState, lead: TrackState | None, now: float) -> str:
    phase = state.phase(track.id)
    if phase in ("waiting", "ended", "finished", "ready") or track.step is None or track.clock is None:
        return {"waiting": "waiting", "finished": "done", "ready": "not started"}.get(phase, "closed")
    clock = "paused" if phase == "paused" else face(track.clock.remaining(now))
    same = lead is not None and lead.clock is not None and _same(lead.step, track.step)
    return clock if same else f"{clock} {say_place(track, track.step)}"


def _prompts(scene: Scene) -> tuple[str, ...]:
    said = list(scene.script.prompts) if scene.script else []
    told = [f"{say_who(inject)} {inject.say}".strip() for inject in spoken(scene)[-1:]]
    return (*said, *told) if scene.phase in ("running", "paused") else ()
