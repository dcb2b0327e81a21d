"""Classes in which bots come late, go, come back and change places: whether everything holds, and what it costs."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from statistics import median

from benchmarks.sessions import bundled, own_home
from benchmarks.table import Row, say_time
from roleplay.conduct.opening import read_session, seats_for
from roleplay.conduct.rehearse import Rehearsed, rehearse
from roleplay.report.folder import write_reports
from roleplay.session.evolve import evolve
from roleplay.session.state import State
from roleplay.session.tasks import tasks
from roleplay.settings import database_path
from roleplay.store.sqlite import SqliteStore

PEOPLE, SEEDS = 120, 50


def classes(quick: bool) -> list[Row]:
    """So many classes with trouble, each from another seed; every report is written."""
    seeds = 3 if quick else SEEDS
    bundle = bundled("parent-conversation")
    broken: list[str] = []
    written, awaited, reports, changes = 0, 0, 0, 0
    played, rendered = [], []
    for seed in range(seeds):
        with own_home() as home:
            store = SqliteStore(database_path())
            started = time.process_time()
            done = rehearse(store, bundle, seats_for([], PEOPLE), seed=seed, trouble=seed)
            played.append(time.process_time() - started)
            started = time.process_time()
            reports += len(write_reports(done.state, done.words, done.session, home / "reports", UTC))
            rendered.append(time.process_time() - started)
            broken += [f"seed {seed}: {what}" for what in _broken(store, done)]
            store.close()
        asked = [task for track in done.state.tracks.values() for task in tasks(done.state, track)]
        written += sum(task.done for task in asked)
        awaited += sum(task.awaited for task in asked)
        changes += len(done.changes)
    what = f"{seeds} classes of {PEOPLE} with trouble"
    return [
        Row(f"{what}: what did not hold", json.dumps(broken[:3]) if broken else "0", limit="0", kept=not broken),
        Row(f"{what}: forms missing, of those asked", f"{awaited} of {written + awaited}", limit="0", kept=not awaited),
        Row(f"{what}: changes, reports", f"{changes}, {reports}"),
        Row(f"{what}: one rehearsal, all its reports", f"{say_time(median(played))}, {say_time(median(rendered))}"),
    ]


def _broken(store: SqliteStore, done: Rehearsed) -> Iterator[str]:
    """What does not hold in a class that was played: after each event, and in what is kept."""
    state = State(done.state.setting)
    for event in store.events(done.session):
        state = evolve(state, event)
        yield from _broken_in(state)
    store.verify(done.session)
    if read_session(store, done.session) != (done.state, done.words):
        yield "read again, it is another session"


def _broken_in(state: State) -> Iterator[str]:
    seated = Counter(person for track in state.tracks.values() for person in track.people)
    if max(seated.values(), default=0) > 1:
        yield "somebody sits at two tables"
    if set(seated) != set(state.people) - state.away:
        yield "somebody who is here has no seat, or the other way round"
    for track in state.open_tracks:
        for step in track.steps[track.index + 1 :]:
            cast = [person for people in step.cast.values() for person in people]
            if len(cast) != len(set(cast)) or state.away.intersection(cast):
                yield f"{track.title}, {step.id}: somebody is cast twice, or has left"
            if step.kind == "play" and not all(step.cast[role] for role in ("leader", "parent")):
                yield f"{track.title}, {step.id}: nobody has a role that is needed"
    if len({tuple(step.id for step in t.steps if step.scope == "class") for t in state.open_tracks}) > 1:
        yield "tables do not meet in the same steps"
