"""What a rehearsal showed: the timeline, the bell list, the counts, and how to read its report."""

from __future__ import annotations

import json
from collections.abc import Iterator

from roleplay.analysis.bells import bell_list
from roleplay.conduct.rehearse import Rehearsed
from roleplay.content.durations import say_clock, say_duration
from roleplay.session.events import InjectGiven, StepStarted
from roleplay.session.state import TrackState

_TABLES_SHOWN = 3


def rehearsal_as_json(rehearsed: Rehearsed) -> str:
    """One object: the session and its counts, times in whole seconds."""
    plan = rehearsed.plan
    return json.dumps(
        {
            "session": rehearsed.session,
            "people": len(rehearsed.state.people),
            "groups": len(plan.tracks),
            "rounds": max(track.rounds for track in plan.tracks),
            "steps": rehearsed.steps,
            "planned_seconds": plan.planned_seconds,
            "forms": rehearsed.forms,
            "markers": rehearsed.markers,
            "journals": rehearsed.journals,
            "changes": len(rehearsed.changes),
        }
    )


def rehearsal_as_text(rehearsed: Rehearsed, program: str = "roleplay") -> str:
    """The timeline of each table, the bell list, and what was written; `program` is how its reader calls us."""
    plan, scenario = rehearsed.plan, rehearsed.state.setting.scenario
    parts = [f"{scenario.title}: rehearsed by bots, {say_duration(plan.planned_seconds)} as planned.", *plan.notes]
    tracks = list(rehearsed.state.tracks.values())
    for track in tracks[:_TABLES_SHOWN]:
        parts += ["", f"What happened{f' at {track.title}' if len(tracks) > 1 else ''}", *_timeline(rehearsed, track)]
    more = len(tracks) - _TABLES_SHOWN
    if more > 0 and not rehearsed.changes:
        parts += ["", f"{more} more tables did the same at the same time."]
    elif more > 0:
        parts += ["", f"And {more} more tables."]
    if rehearsed.changes:
        parts += ["", "Who came and went", *_changes(rehearsed)]
    parts += ["", "Bells"]
    parts += [f"  {say_clock(bell.at_seconds)}  {bell.sentence}" for bell in bell_list(scenario, plan)]
    parts += [
        "",
        _say_written(rehearsed),
        "Read the report:",
        f"  {program} report {rehearsed.session} -o report.html",
    ]
    return "\n".join(parts)


def _changes(rehearsed: Rehearsed) -> Iterator[str]:
    for at, sentences in rehearsed.changes:
        yield from (f"  {say_clock(at) if n == 0 else '     '}  {said}" for n, said in enumerate(sentences))


def _timeline(rehearsed: Rehearsed, track: TrackState) -> Iterator[str]:
    for event in rehearsed.events:
        if isinstance(event, StepStarted) and event.track == track.id:
            planned = track.planned(event.step)
            turn = f"Round {planned.round} · " if planned.round else ""
            yield f"  {say_clock(event.at)}  {turn}{planned.name}{_cast(rehearsed, planned.cast)}"
        elif isinstance(event, InjectGiven) and event.track == track.id:
            yield f"  {say_clock(event.at)}    something happens, as the scenario has it"


def _cast(rehearsed: Rehearsed, cast: dict[str, tuple[str, ...]]) -> str:
    state, roles = rehearsed.state, rehearsed.state.setting.scenario.roles
    said = [
        f"{roles[role].title} {', '.join(state.name(person, rehearsed.words) for person in playing)}"
        for role, playing in cast.items()
        if playing
    ]
    return f": {'; '.join(said)}" if said else ""


def _say_written(rehearsed: Rehearsed) -> str:
    forms, markers, journals = (
        f"1 {thing}" if number == 1 else f"{number} {thing}s"
        for number, thing in (
            (rehearsed.forms, "form"),
            (rehearsed.markers, "marker"),
            (rehearsed.journals, "journal"),
        )
    )
    return f"{forms}, {markers} and {journals} written by bots."
