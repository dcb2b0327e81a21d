"""Who was here and did what: where each person sat, what they played, when they came, left and came back.

Only conversations that were played count, each once, however many takes it had; in a scenario without conversations,
the steps that have begun. Times are in seconds of the session's clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roleplay.planning.plan import PlannedStep
from roleplay.session.state import State, TrackState


@dataclass(frozen=True, slots=True)
class Participation:
    """What one person did in a session."""

    person: str
    tables: tuple[str, ...]
    """The ids of the tables, in the order in which this person sat there."""
    played: Mapping[str, int]
    """Role to the number of conversations."""
    came: float | None
    """When somebody came who was not here at the beginning."""
    left: tuple[float, ...]
    back: tuple[float, ...]
    gone: bool


def participations(state: State) -> tuple[Participation, ...]:
    """One for each person, in the order of the session."""
    played: dict[str, Counter[str]] = {}
    for track in state.tracks.values():
        for step in conversations_played(track):
            for role, people in step.cast.items():
                for person in people:
                    played.setdefault(person, Counter())[role] += 1
    return tuple(
        Participation(
            person=person,
            tables=tuple(_tables(state, person)),
            played=played.get(person, Counter()),
            came=next((c.at for c in state.changes for new in c.people if new.id == person), None),
            left=tuple(change.at for change in state.changes if person in change.gone),
            back=tuple(change.at for change in state.changes if person in change.back),
            gone=state.people[person].gone,
        )
        for person in state.people
    )


def conversations_played(track: TrackState) -> list[PlannedStep]:
    """The conversations of a table that were played, their first takes alone."""
    return [step for step in takes_played(track) if step.take == 1]


def takes_played(track: TrackState) -> list[PlannedStep]:
    """The conversations of a table that were played, take by take; where there are none, the steps that have begun."""
    plays = [step for step in track.steps if step.kind == "play"]
    if plays:
        return [step for step in plays if track.has_played({step.id})]
    return [step for step in track.steps if track.has_begun(step.id)]


def _tables(state: State, person: str) -> Iterator[str]:
    """Where somebody sat in a step that has begun, and sits now."""
    sat: dict[str, float] = {}
    for track in state.tracks.values():
        for step in track.steps:
            if person in track.people_in(step):
                begun = [run.started for run in track.runs if run.step == step.id]
                if begun:
                    sat.setdefault(track.id, begun[0])
        if person in track.people:
            sat.setdefault(track.id, state.now)
    return iter(sorted(sat, key=lambda table: sat[table]))
