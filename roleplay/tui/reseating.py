"""People come, go and move while a session runs: whom one can choose, and what a change would mean, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from roleplay.analysis.changes import say_changes
from roleplay.conduct.names import tell_apart
from roleplay.session.commands import Command
from roleplay.session.decide import decide
from roleplay.session.events import Event
from roleplay.session.evolve import evolve
from roleplay.session.state import State

Name = Callable[[str], str]


def would_say(state: State, command: Command, now: float, name: Name) -> tuple[str, ...]:
    """What a command would change, without carrying it out.

    Raises:
        NotAllowed: it makes no sense right now.
    """
    return told(state, decide(state, command, now), name)


def told(state: State, events: Sequence[Event], name: Name) -> tuple[str, ...]:
    """What events changed about people and places, from the state before them."""
    said: list[str] = []
    for event in events:
        said += say_changes(state, event, name)
        state = evolve(state, event)
    return tuple(said)


def people_here(state: State, words: Mapping[str, str], table: str | None = None) -> list[tuple[str, str]]:
    """Those who are here with their table, by id: those of the table first that is meant."""
    tracks = sorted(state.open_tracks, key=lambda track: track.id != table)
    return [
        (person, f"{state.name(person, words)} · {track.title}")
        for track in tracks
        for person in track.people
        if not state.people[person].gone
    ]


def people_gone(state: State, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Those who left."""
    return [(person.id, state.name(person.id, words)) for person in state.people.values() if person.gone]


def tables_but(state: State, words: Mapping[str, str], table: str | None = None) -> list[tuple[str, str]]:
    """The other tables with their people, those with the fewest first."""
    others = [track for track in state.open_tracks if track.id != table and track.status != "finished"]
    others.sort(key=lambda track: len(track.people))
    return [(track.id, f"{track.title}: {', '.join(state.name(p, words) for p in track.people)}") for track in others]


def new_names(state: State, words: Mapping[str, str], names: Sequence[str]) -> list[str]:
    """Names for people who come, told apart from those of the people who take part already."""
    taken = [state.name(person, words) for person in state.people]
    return tell_apart([*taken, *names])[len(taken) :]


def new_ids(state: State, count: int) -> list[str]:
    """Ids that nobody in the session has."""
    number, ids = len(state.people), list[str]()
    while len(ids) < count:
        number += 1
        if f"p{number}" not in state.people:
            ids.append(f"p{number}")
    return ids
