"""What the facilitator's screen says about all tables: rows and sentences, as pure functions of the state.

Nothing here is private: who leads, which step, and how many forms are in. A safety pause names nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from roleplay.planning.plan import PlannedStep
from roleplay.session.commands import Undo
from roleplay.session.decide import NotAllowed, decide
from roleplay.session.event_base import TrackEvent
from roleplay.session.events import StepRestored
from roleplay.session.evolve import evolve
from roleplay.session.state import Phase, State, TrackState
from roleplay.session.tasks import tasks
from roleplay.tui.cues import cues, say_titles, together
from roleplay.tui.scene import Scene

Tone = Literal["plain", "call", "safety", "still", "over"]
"""How a row's sign is meant: nothing to do, somebody calls, a safety pause, it stands still, it is over its time."""

_NAMED = 4
"""So many tasks are told; of more, these and their number."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands about one table, but for its clock, which moves by itself."""

    table: str
    title: str
    where: str
    leads: str
    forms: str
    """In and asked for so far, as `5/7`; nothing where nothing was asked for."""
    sign: str
    tone: Tone


def line_of(state: State, words: Mapping[str, str], track: TrackState) -> Line:
    """The line of one table."""
    sign, tone = _sign(state, track)
    done, asked = forms_of(state, words, track)
    return Line(
        track.id,
        track.title,
        place(state, track),
        ", ".join(state.name(person, words) for person in _leading(state, track)),
        f"{done}/{asked}" if asked else "",
        sign,
        tone,
    )


def place(state: State, track: TrackState) -> str:
    """Round and step in few signs, as `2/3 Conversation`."""
    phase = state.phase(track.id)
    if phase == "ended":
        return "closed"
    if phase == "finished":
        return "all steps done"
    if track.step is None:
        return "not started"
    return say_place(track, track.step)


def say_place(track: TrackState, step: PlannedStep) -> str:
    """A step with its round and its take, in few signs."""
    turn = f"{step.round}/{track.rounds} " if step.round and track.rounds > 1 else ""
    return turn + step.name + (f", take {step.take}" if step.says_take else "")


def _leading(state: State, track: TrackState) -> tuple[str, ...]:
    step = track.seats
    if step is None or track.status == "finished":
        return ()
    turns = state.setting.scenario.turns_of(step.source)
    return step.cast.get(turns.in_turn, ()) if turns else state.setting.leaders(step)


def forms_of(state: State, words: Mapping[str, str], track: TrackState) -> tuple[int, int]:
    """How many forms and journals of a table are in, and how many were asked for; what bots write is left out."""
    scene = Scene(state, words, track.id)
    done = sum(task.done and not scene.is_bot(task.by) for task in tasks(state, track))
    return done, done + len(scene.missing())


def _sign(state: State, track: TrackState) -> tuple[str, Tone]:
    phase = state.phase(track.id)
    said: list[str] = []
    tone: Tone = "plain"
    if phase in ("waiting", "paused"):
        tone = "still"
        said.append(f"waits for {_count(late_tables(state, track))}" if phase == "waiting" else "paused")
    if track.help is not None and phase != "ended":
        said, tone = ["asks for you", *said], "call"
    if phase == "paused" and track.safe:
        said, tone = ["safety pause", *said[:-1]], "safety"
    return " · ".join(said), tone


def _count(late: Sequence[TrackState]) -> str:
    return late[0].title if len(late) == 1 else f"{len(late)} tables" if late else "you"


def late_tables(state: State, track: TrackState) -> tuple[TrackState, ...]:
    """The tables that a waiting table waits for: those that have not come to its step yet."""
    step = track.step
    if track.status != "waiting" or step is None:
        return ()
    return tuple(other for other in state.open_tracks if not _has_come(other, step.id))


def _has_come(track: TrackState, step: str) -> bool:
    ids = [planned.id for planned in track.steps]
    return track.status == "finished" or step not in ids or track.index >= ids.index(step)


def waiting(state: State) -> tuple[TrackState, ...]:
    """The tables that wait for others."""
    return tuple(track for track in state.open_tracks if state.phase(track.id) == "waiting")


def say_class(state: State) -> str:
    """Where the class stands, in a line: `6 of 8 tables in Conversation, 2 waiting`."""
    tables = state.open_tracks
    if state.ended is not None:
        return "The session is closed."
    if not tables:
        return "Nobody sits at a table."
    counted = Counter(_group(state, track) for track in tables)
    (first, many), *others = counted.most_common()
    all_of_them = many == len(tables)
    said = f"All {many} tables {first}" if all_of_them else f"{many} of {len(tables)} tables {first}"
    parts = [said, *(f"{count} {group}" for group, count in others)]
    return ", ".join(parts) + _calls(state, tables)


def _group(state: State, track: TrackState) -> str:
    phase: Phase = state.phase(track.id)
    if phase == "waiting":
        return "waiting"
    if phase == "finished":
        return "done"
    return f"in {track.step.name}" if track.step is not None and phase != "ready" else "not started"


def _calls(state: State, tables: Iterable[TrackState]) -> str:
    """Who needs the facilitator, behind the rest of the line."""
    safe = sum(track.safe for track in tables)
    calls = sum(track.help is not None for track in tables)
    still = sum(state.phase(track.id) == "paused" for track in tables) - safe
    said = [f"{still} paused"] if still else []
    said += [f"{safe} safety pause{'s' if safe > 1 else ''}"] if safe else []
    said += [f"{calls} {'asks' if calls == 1 else 'ask'} for you"] if calls else []
    return "".join(f" · {part}" for part in said)


def say_tables(tables: Iterable[TrackState]) -> str:
    """What tables are called, in a line."""
    return say_titles([track.title for track in tables])


def say_waiting(state: State, key: str) -> str:
    """For whom a step of the whole class waits; `key` begins it regardless."""
    waits = waiting(state)
    if not waits or waits[0].step is None:
        return ""
    late = late_tables(state, waits[0])
    who = say_tables(late) if late else "you"
    return f"“{waits[0].step.name}” waits for {who}; {key} begins it now."


def say_meant(state: State, table: str | None, back: str) -> str:
    """For whom the keys count; `back` is the key that makes them count for all again."""
    if table is None:
        return f"The keys count for all {len(state.open_tracks)} tables"
    return f"The keys count for {state.tracks[table].title} alone; {back}: for all"


def in_one_step(state: State) -> bool:
    """Whether the whole class does one step together."""
    steps = [track.step for track in state.open_tracks if track.status == "running"]
    first = steps[0] if len(steps) == len(state.open_tracks) and steps else None
    return first is not None and first.scope == "class" and all(step and step.id == first.id for step in steps)


def still_talking(state: State) -> tuple[TrackState, ...]:
    """The tables whose conversation runs or stands, while others have gone on to another step."""
    active = [track for track in state.open_tracks if track.status == "running" and not track.safe]
    apart = len({(track.step.id if track.step else "") for track in state.open_tracks}) > 1
    return tuple(track for track in active if track.talk is not None) if apart else ()


def undone_apart(state: State, now: float) -> str:
    """What taking back for all would take back, where that is not the same everywhere; nothing where it is."""
    try:
        events = decide(state, Undo(), now)
    except NotAllowed:
        return ""
    moves = {(event.step, event.left) for event in events if isinstance(event, StepRestored)}
    if len(moves) < 2:
        return ""
    after = state
    for event in events:
        after = evolve(after, event)
    cue = together(cues(state, after, events), {track.id: track.title for track in state.tracks.values()})
    return cue.words if cue else ""


def not_undone(state: State, now: float) -> tuple[str, ...]:
    """Which tables stay where they are when the others go back, and why; nothing where none can go back."""
    try:
        events = decide(state, Undo(), now)
    except NotAllowed:
        return ()
    back = {event.track for event in events if isinstance(event, TrackEvent)}
    stay: dict[str, list[TrackState]] = {}
    for track in state.open_tracks:
        if track.id not in back and track.moves and not track.safe:
            try:
                decide(state, Undo(track.id), now)
            except NotAllowed as problem:
                stay.setdefault(problem.sentence, []).append(track)
    return tuple(f"{say_tables(tracks)} did not go back: {why}" for why, tracks in stay.items())


def about_table(state: State, words: Mapping[str, str], table: str) -> list[str]:
    """A few lines about one table: who plays what, who still has to write, what comes next."""
    scene = Scene(state, words, table)
    lines = []
    seats = scene.track.seats
    if seats is not None and scene.phase not in ("finished", "ended"):
        lines.append(" · ".join(f"{title}: {names}" for title, names in scene.cast(seats)))
    else:
        lines.append(scene.names(scene.track.people))
    missing = [scene.say_task(task) for task in scene.missing()]
    if missing:
        rest = f"; {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        lines.append("Missing: " + "; ".join(missing[:_NAMED]) + rest)
    late = late_tables(state, scene.track)
    lines.append(f"Waits for {say_tables(late)}." if late else scene.coming())
    return [line for line in lines if line]
