"""A real store on the disk, the bundled scenarios, and a session of three people on a clock moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roleplay.conduct.clock import HandClock
from roleplay.conduct.opening import open_session, seats_for
from roleplay.conduct.runner import Runner
from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.load import load_bundle
from roleplay.planning.build import build_plan
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer


@pytest.fixture(scope="session")
def folders() -> Folders:
    root = bundled_folder()
    return Folders((root / "scenarios",), (root / "rubrics",))


@pytest.fixture(scope="session")
def parent_conversation(folders: Folders) -> Bundle:
    return load_bundle("parent-conversation", folders)


@pytest.fixture(scope="session")
def first_try(folders: Folders) -> Bundle:
    return load_bundle("first-try", folders)


@pytest.fixture
def database(home: Path) -> Path:
    return home / "roleplay.db"


@pytest.fixture
def store(database: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(database)
    yield opened
    opened.close()


@pytest.fixture
def writer(database: Path) -> Iterator[Writer]:
    with Writer(lambda: SqliteStore(database)) as opened:
        yield opened


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def triad(store: SqliteStore, writer: Writer, clock: HandClock, parent_conversation: Bundle) -> Iterator[Runner]:
    """Ana, Ben and Chloe (p1, p2, p3), before anything has started."""
    seats = seats_for(["Ana", "Ben", "Chloe"])
    plan = build_plan(parent_conversation.scenario, [seat.id for seat in seats])
    runner = open_session(store, writer, parent_conversation, plan, seats, clock=clock)
    yield runner
    runner.close()
