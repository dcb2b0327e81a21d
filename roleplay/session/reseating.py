"""People come, go, come back, change places, and tables are put together: who sits where, and what then follows.

A seating is worked out first. Whoever is left alone goes to another table that can take one more; then the plan of
every table that changes is made anew from the next round on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from roleplay.planning.plan import PlannedStep
from roleplay.planning.replan import Around, block_of, casts_begun, replan
from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.barrier import begin_together
from roleplay.session.batch import Batch
from roleplay.session.commands import NotAllowed
from roleplay.session.seating import Change, kept_of, seated_of
from roleplay.session.state import State, TrackState

# The commands


def _arrive(state: State, command: c.Arrive, now: float) -> tuple[e.Event, ...]:
    change = Change.of(state)
    for person in command.people:
        if person.id in state.people:
            raise NotAllowed("This person takes part already.", "Say that they have come back instead.")
        change.join(person.id, _place_for(change, command.table))
    who = tuple(person.id for person in command.people)
    return _replanned(change, e.Replanned(at=now, why="arrived", who=who, people=command.people))


def _place_for(change: Change, wanted: str | None) -> str:
    if wanted is not None:
        _check_table(change, wanted, 1)
        return wanted
    if all(track.status == "finished" for track in change.state.open_tracks):
        raise NotAllowed("All tables have done their last step; there is nothing left to take part in.")
    table = change.find_table()
    if table is None:
        raise NotAllowed("No table has a role free for somebody more.", "They can watch at a table of their choice.")
    return table


def _check_table(change: Change, table: str, count: int) -> None:
    track = change.state.tracks.get(table)
    if track is None:
        raise NotAllowed("There is no such table.")
    if track.given_up:
        raise NotAllowed(f"{track.title} was given up; nobody sits there any more.")
    if track.status == "finished":
        raise NotAllowed(f"{track.title} has done its last step; there is nothing left to take part in.")
    if not change.has_room(table, count):
        raise NotAllowed(f"{track.title} has no role free for somebody more.", "Choose another table.")


def _leave(state: State, command: c.Leave, now: float) -> tuple[e.Event, ...]:
    change = Change.of(state)
    people = tuple(dict.fromkeys(command.people))
    for person in people:
        change.take_away(person)
    change.gone |= set(people)
    if not any(change.seats.values()):
        raise NotAllowed("Then nobody would be left.", "Close the session instead.")
    return _replanned(change, e.Replanned(at=now, why="left", who=people, gone=people))


def _come_back(state: State, command: c.ComeBack, now: float) -> tuple[e.Event, ...]:
    change = Change.of(state)
    people = tuple(dict.fromkeys(command.people))
    for person in people:
        if person not in state.away:
            raise NotAllowed("This person has not left.")
        change.join(person, _place_for(change, command.table or _own_table(change, person)))
    change.gone -= set(people)
    return _replanned(change, e.Replanned(at=now, why="came-back", who=people, back=people))


def _own_table(change: Change, person: str) -> str | None:
    """The table that somebody left, where it is still there and can take them."""
    tracks = change.state.tracks
    been = [track.id for track in tracks.values() if person in track.past]
    been += [track.id for track in change.state.setting.plan.tracks if person in track.people]
    for id in been:
        if change.seats[id] and tracks[id].status != "finished" and change.has_room(id, 1):
            return id
    return None


def _swap(state: State, command: c.Swap, now: float) -> tuple[e.Event, ...]:
    change = Change.of(state)
    if command.one == command.other:
        raise NotAllowed("Choose two people.")
    places = {command.one: change.table_of(command.one), command.other: change.table_of(command.other)}
    for table in places.values():
        if state.tracks[table].status == "finished":
            raise NotAllowed(f"{state.tracks[table].title} has done its last step; there are no places left to change.")
    swapped = {command.one: command.other, command.other: command.one}
    for table in set(places.values()):
        change.seats[table] = tuple(swapped.get(p, p) for p in change.seats[table])
    return _replanned(change, e.Replanned(at=now, why="swapped", who=(command.one, command.other)), swapped)


def _move(state: State, command: c.MoveTo, now: float) -> tuple[e.Event, ...]:
    change = Change.of(state)
    if change.table_of(command.person) == command.table:
        raise NotAllowed(f"This person sits at {state.tracks[command.table].title} already.")
    _check_table(change, command.table, 1)
    change.take_away(command.person)
    change.join(command.person, command.table)
    return _replanned(change, e.Replanned(at=now, why="moved", who=(command.person,)))


def _merge(state: State, command: c.Merge, now: float) -> tuple[e.Event, ...]:
    change = Change.of(state)
    if command.table == command.into:
        raise NotAllowed("Choose another table to put them at.")
    people = change.seats.get(command.table, ())
    if not people:
        raise NotAllowed("Nobody sits at this table.")
    _check_table(change, command.into, len(people))
    change.seats[command.into] += people
    change.seats[command.table] = ()
    return _replanned(change, e.Replanned(at=now, why="merged", who=people))


# What follows


def _replanned(change: Change, event: e.Replanned, swapped: Mapping[str, str] | None = None) -> tuple[e.Event, ...]:
    state = change.state
    change.gather()
    changed = [
        _exchanged(track, swapped or {})
        for track in state.tracks.values()
        if change.seats[track.id] != track.people
        or set(swapped or ()) & set(track.people)
        or _is_awaited(track, change.gone)
    ]
    steps = {track.id: track.steps for track in state.tracks.values()}
    around = _Around(state)
    for track in changed:
        people = change.seats[track.id]
        steps[track.id] = (
            replan(state.setting.scenario, seated_of(track), people, change.gone, around.of(track, people))
            if people
            else _given_up(track)
        )
    moved = {track.id for track in changed}
    _part(change, steps)
    tables = tuple(
        e.Reseated(
            track=track.id,
            title=track.title,
            people=change.seats[track.id],
            keep=kept_of(track),
            steps=steps[track.id][kept_of(track) :],
        )
        for track in state.tracks.values()
        if track.id in moved or steps[track.id] != track.steps
    )
    who = tuple(dict.fromkeys((*event.who, *change.moved)))
    batch = Batch(state)
    batch.add(event.model_copy(update={"who": who, "tables": tables}))
    _go_on(batch, state, tables, event.at)
    return tuple(batch.events)


def _is_awaited(track: TrackState, gone: Collection[str]) -> bool:
    """Whether somebody who has left was still to take part in the round that runs here, after changing places."""
    return bool(gone) and any(
        person in gone
        for step in track.steps[kept_of(track) :]
        for people in (step.people, *step.cast.values())
        for person in people
    )


def _given_up(track: TrackState) -> tuple[PlannedStep, ...]:
    """What a table that is given up leaves behind: what it has done or is at, and what people have written in."""
    settled = seated_of(track).settled
    return tuple(
        step if step.people else step.model_copy(update={"people": track.people})
        for step in track.steps
        if step.id in settled or track.has_played({step.id})
    )


def _exchanged(track: TrackState, swapped: Mapping[str, str]) -> TrackState:
    """A table whose rounds to come have these people in each other's places."""
    if not swapped:
        return track
    seated = seated_of(track)
    begun = seated.begun()

    def exchanged(step: PlannedStep) -> PlannedStep:
        if step.id in seated.settled or step.round in begun:
            return step
        cast = {role: tuple(swapped.get(p, p) for p in people) for role, people in step.cast.items()}
        return step.model_copy(update={"cast": cast})

    return replace(track, steps=tuple(map(exchanged, track.steps)))


class _Around:
    """What the other tables say, looked at once for all tables that change."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._seated = {track.id: seated_of(track) for track in state.tracks.values()}
        self._usual: dict[str, PlannedStep] = {}
        for planned in state.setting.plan.tracks:
            for step in planned.steps:
                self._usual.setdefault(step.source, step)
        self._seconds: dict[int, int] = {}
        for track in state.open_tracks:
            ahead: dict[int, int] = {}
            for turn in self._seated[track.id].ahead().values():
                ahead[block_of(turn[0])] = ahead.get(block_of(turn[0]), 0) + sum(step.length for step in turn)
            for block, seconds in ahead.items():
                self._seconds[block] = max(seconds, self._seconds.get(block, 0))

    def of(self, track: TrackState, people: Sequence[str]) -> Around:
        """What the others say for the plan of one table."""
        state = self._state
        others = [id for id in self._seated if id != track.id and set(state.tracks[id].company) & set(people)]
        roles = {
            person: role
            for id in others
            for person in people
            for step in state.tracks[id].steps
            if (role := step.plays(person)) is not None
        }
        return Around(
            played=tuple(cast for id in others for cast in casts_begun(state.setting.scenario, self._seated[id])),
            usual=self._usual,
            seconds=self._seconds,
            roles=roles,
            cases=state.setting.scenario.cases_for(state.occasion),
        )


def _part(change: Change, steps: dict[str, tuple[PlannedStep, ...]]) -> None:
    """A step inside the rounds is one for the whole class only as long as every table has it, for the same time."""
    here = [id for id, people in change.seats.items() if people]
    shared = set.intersection(*({_as_shared(step) for step in steps[id]} for id in here))
    for id in here:
        track = change.state.tracks[id]
        steps[id] = tuple(
            step.model_copy(update={"scope": "table"})
            if n >= kept_of(track) and step.scope == "class" and _as_shared(step) not in shared
            else step
            for n, step in enumerate(steps[id])
        )


def _as_shared(step: PlannedStep) -> tuple[str, str, int]:
    return step.id, step.scope, step.length


def _go_on(batch: Batch, before: State, tables: Sequence[e.Reseated], now: float) -> None:
    """The clocks of the tables that changed: one that was given up stops, one that waits may wait no longer."""
    for table in tables:
        track = batch.state.tracks[table.track]
        if track.given_up and track.status != "finished":
            if track.clock is not None and track.step is not None:
                batch.add(e.StepEnded(at=now, track=track.id, step=track.step.id, why="moved-on"))
            batch.add(e.TrackFinished(at=now, track=track.id))
        elif track.status == "waiting":
            _wait_on(batch, before.tracks[track.id], track, now)
    begin_together(batch, now)


def _wait_on(batch: Batch, before: TrackState, track: TrackState, now: float) -> None:
    """A waiting table goes on where what it waits for is another step now, or no longer one of the whole class."""
    step, waited = track.step, before.step
    if step is None:
        batch.add(e.TrackFinished(at=now, track=track.id))
    elif step.scope == "table":
        batch.add(e.StepStarted(at=now, track=track.id, step=step.id))
    elif waited is None or waited.id != step.id:
        batch.add(e.TrackWaited(at=now, track=track.id, step=step.id))


RESEATING: dict[type[Any], Callable[[State, Any, float], tuple[e.Event, ...]]] = {
    c.Arrive: _arrive,
    c.Leave: _leave,
    c.ComeBack: _come_back,
    c.Swap: _swap,
    c.MoveTo: _move,
    c.Merge: _merge,
}
"""What follows from each command with which people come, go or change places."""
