"""A rehearsal in which people come late, go, come back and change places."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from roleplay.conduct.opening import read_session, seats_for
from roleplay.conduct.rehearse import Rehearsed, rehearse
from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders
from roleplay.content.library import library
from roleplay.content.load import load_bundle
from roleplay.report.folder import write_reports
from roleplay.session.tasks import tasks
from roleplay.store.sqlite import SqliteStore


def holds(store: SqliteStore, done: Rehearsed) -> None:
    """What has to be true of every class, whatever went otherwise than planned."""
    state = done.state
    store.verify(done.session)
    assert read_session(store, done.session) == (state, done.words)
    seated = [person for track in state.open_tracks for person in track.people]
    assert sorted(seated) == sorted(set(state.people) - state.away)
    assert all(track.status == "finished" for track in state.tracks.values())
    assert not [task for track in state.tracks.values() for task in tasks(state, track) if task.awaited]


@pytest.mark.parametrize(("people", "seed"), [(23, 1), (23, 2), (23, 3), (120, 4)])
def test_a_class_with_trouble_is_played_to_its_end(
    store: SqliteStore, parent_conversation: Bundle, tmp_path: Path, people: int, seed: int
) -> None:
    """Every form arrives, what changed is told, and whoever was there reads a report."""
    done = rehearse(store, parent_conversation, seats_for([], people), seed=seed, trouble=seed)
    holds(store, done)
    assert done.changes
    assert all(sentences for _, sentences in done.changes)
    assert len(done.state.people) > people
    if people < 100:
        written = write_reports(done.state, done.words, done.session, tmp_path / "reports", UTC)
        assert len(written) >= len(done.state.people) + 1


def test_every_scenario_can_have_trouble(store: SqliteStore, folders: Folders) -> None:
    """Also where roles are held for the whole session, and where people have their turns."""
    for entry in library(folders):
        bundle = load_bundle(entry.id, folders)
        holds(store, rehearse(store, bundle, seats_for([], 2 * bundle.scenario.group_size), seed=5, trouble=5))


def test_a_seed_repeats_the_trouble(store: SqliteStore, parent_conversation: Bundle) -> None:
    """The same seed gives the same changes, another one gives others; without it, all goes as planned."""
    changes = [
        rehearse(store, parent_conversation, seats_for([], 9), trouble=trouble).changes for trouble in (1, 1, 2, None)
    ]
    assert changes[0] == changes[1] != changes[2]
    assert changes[3] == ()
