"""That one thread writes for all, in groups, and answers only for what stands."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING

import pytest

from roleplay.problems import Bug
from roleplay.session.events import TrackResumed
from roleplay.session.texts import Text
from roleplay.store.protocol import Beat, Conflict, Store, StoreProblem
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer

if TYPE_CHECKING:
    from store.conftest import Sample


def resumed(at: float) -> TrackResumed:
    return TrackResumed(at=at, track="t1")


class Held(SqliteStore):
    """A store on a slow disk: its first write waits until it is let go, so that the next ones gather behind it."""

    def __init__(self, path: Path, arrived: Flag, go_on: Flag, pages: int) -> None:
        super().__init__(path)
        if pages:
            used = self._db.execute("PRAGMA page_count").fetchone()[0]
            self._db.execute(f"PRAGMA max_page_count = {used + pages}")
        self.statements: list[str] = []
        self._db.set_trace_callback(self.statements.append)
        self._arrived, self._go_on = arrived, go_on

    def save_draft(self, session: str, key: str, body: str) -> None:
        self._arrived.set()
        assert self._go_on.wait(60)
        super().save_draft(session, key, body)

    @property
    def commits(self) -> int:
        return self.statements.count("COMMIT")


@pytest.fixture
def reader(tmp_path: Path, sample: Sample) -> Iterator[SqliteStore]:
    """The same file, read from outside, with a session that has just opened."""
    store = SqliteStore(tmp_path / "sessions.db")
    sample.open(store)
    yield store
    store.close()


class Group:
    """A writer that is busy with a draft, while more is asked of it."""

    def __init__(self, path: Path, pages: int = 0) -> None:
        self.arrived, self.go_on = Flag(), Flag()
        self.stores: list[Held] = []
        self.writer = Writer(lambda: self._open(path, pages))
        self.first = self.writer.save_draft("first", "first", "…")
        assert self.arrived.wait(60)

    def _open(self, path: Path, pages: int) -> Store:
        self.stores.append(Held(path, self.arrived, self.go_on, pages))
        return self.stores[0]

    def let_go(self) -> None:
        self.go_on.set()
        self.writer.close()


def test_what_waits_is_committed_together(reader: SqliteStore, tmp_path: Path) -> None:
    """Fifty requests behind a slow one cost one commit more, and keep their order."""
    group = Group(tmp_path / "sessions.db")
    futures = [group.writer.append("first", 1 + n, [resumed(n)]) for n in range(50)]
    group.let_go()
    assert [future.result() for future in futures] == list(range(2, 52))
    assert group.stores[0].commits == 2
    assert reader.events("first", after=1) == [resumed(n) for n in range(50)]
    reader.verify("first")


def test_an_answer_comes_after_the_commit(reader: SqliteStore, tmp_path: Path) -> None:
    """At the moment of each answer, somebody else already finds the event in the file."""
    group = Group(tmp_path / "sessions.db")
    found = []

    def look(future: Future[int]) -> None:
        other = SqliteStore(tmp_path / "sessions.db")
        found.append(len(other.events("first")) >= future.result())
        other.close()

    for n in range(5):
        group.writer.append("first", 1 + n, [resumed(n)]).add_done_callback(look)
    group.let_go()
    assert found == [True] * 5


def test_a_conflict_harms_nobody_else(reader: SqliteStore, tmp_path: Path) -> None:
    """Of a group, only the request that conflicts fails; those before and after it stand."""
    group = Group(tmp_path / "sessions.db")
    before = group.writer.append("first", 1, [resumed(1)])
    wrong = group.writer.append("first", 1, [resumed(99)], [Text(id="x", salt="s", text="t")])
    after = group.writer.append("first", 2, [resumed(2)])
    draft = group.writer.save_draft("first", "a", "…")
    group.let_go()
    assert (before.result(), after.result(), draft.result()) == (2, 3, None)
    assert isinstance(wrong.exception(), Conflict)
    assert reader.events("first", after=1) == [resumed(1), resumed(2)]
    assert "x" not in reader.texts("first")
    assert set(reader.drafts("first")) == {"first", "a"}
    reader.verify("first")


def test_what_does_not_fit_on_the_disk_fails_alone(reader: SqliteStore, tmp_path: Path) -> None:
    """A full disk takes back the whole group; then each is tried by itself, and the small ones fit."""
    group = Group(tmp_path / "sessions.db", pages=3)
    small = group.writer.append("first", 1, [resumed(1)])
    large = group.writer.append("first", 2, [resumed(2)], [Text(id="x", salt="s", text="word " * 20_000)])
    draft = group.writer.save_draft("first", "a", "…")
    group.let_go()
    assert (small.result(), draft.result()) == (2, None)
    with pytest.raises(StoreProblem, match="disk is full"):
        large.result()
    assert len(reader.events("first")) == 2
    reader.verify("first")


def test_erasing_waits_for_its_turn(reader: SqliteStore, tmp_path: Path) -> None:
    """What is erased between two writes sees the first, and the second sees it erased; neither is part of it."""
    group = Group(tmp_path / "sessions.db")
    before = group.writer.append("first", 1, [resumed(1)], [Text(id="x", salt="s", text="t")])
    erasures: list[dict[str, str]] = []

    def erase(store: Store) -> None:
        erasures.append(store.texts("first"))
        store.forget("first", ["x"])

    erased = group.writer.erase(erase)
    after = group.writer.append("first", 2, [resumed(2)], [Text(id="y", salt="s", text="t")])

    def refuse(store: Store) -> None:
        raise StoreProblem("Not now.")

    wrong = group.writer.erase(refuse)
    group.let_go()
    assert (before.result(), erased.result(), after.result()) == (2, None, 3)
    assert isinstance(wrong.exception(), StoreProblem)
    assert ["x" in words for words in erasures] == [True]
    assert "x" not in reader.texts("first")
    assert "y" in reader.texts("first")


def test_a_request_that_was_called_off_in_time_is_not_written(reader: SqliteStore, tmp_path: Path) -> None:
    """The writer lives on and serves the others."""
    group = Group(tmp_path / "sessions.db")
    off = group.writer.append("first", 1, [resumed(1)])
    assert off.cancel()
    on = group.writer.append("first", 1, [resumed(2)])
    group.let_go()
    assert on.result() == 2
    assert reader.events("first", after=1) == [resumed(2)]


def test_of_beats_that_wait_the_newest_is_kept(reader: SqliteStore, tmp_path: Path) -> None:
    """A beat that was overtaken is never written."""
    group = Group(tmp_path / "sessions.db")
    for n in range(10):
        group.writer.beat("first", Beat(at=n, wall=n))
    group.let_go()
    assert reader.last_beat("first") == Beat(at=9, wall=9)
    assert sum("INTO beats" in statement for statement in group.stores[0].statements) == 1


def test_closing_writes_all_that_was_asked_for(reader: SqliteStore, tmp_path: Path) -> None:
    """After that nothing is taken any more, and closing again is harmless."""
    with Writer(lambda: SqliteStore(tmp_path / "sessions.db")) as writer:
        futures = [writer.append("first", 1 + n, [resumed(n)]) for n in range(30)]
        writer.beat("first", Beat(at=1, wall=2))
    assert all(future.done() for future in futures)
    assert len(reader.events("first")) == 31
    assert reader.last_beat("first") == Beat(at=1, wall=2)
    with pytest.raises(Bug, match="closed"):
        writer.append("first", 31, [resumed(31)])
    writer.close()


def test_a_mistake_in_a_request_does_not_end_the_writer(reader: SqliteStore, tmp_path: Path) -> None:
    """It comes back in its own future; the next request is served."""
    with Writer(lambda: SqliteStore(tmp_path / "sessions.db")) as writer:
        wrong = writer.append("unknown", 0, [resumed(1)])
        assert isinstance(wrong.exception(), Bug)
        assert writer.append("first", 1, [resumed(1)]).result() == 2


def test_a_store_that_does_not_open_is_said_at_once(tmp_path: Path) -> None:
    """Whoever makes the writer gets the reason."""

    with pytest.raises(StoreProblem, match="cannot be opened"):
        Writer(lambda: SqliteStore(tmp_path))
