"""Which formats of the file are read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roleplay.session.events import SessionEnded
from roleplay.store.protocol import StoreProblem
from roleplay.store.schema import is_current, upgrade
from roleplay.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from store.conftest import Sample

FORMAT_1 = """
CREATE TABLE events (session TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (session, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE texts (session TEXT NOT NULL, id TEXT NOT NULL, salt TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (session, id)) STRICT, WITHOUT ROWID;
CREATE TABLE contents (hash TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE drafts (session TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (session, key)) STRICT, WITHOUT ROWID;
CREATE TABLE beats (session TEXT NOT NULL PRIMARY KEY, at REAL NOT NULL, wall INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, opened INTEGER NOT NULL,
    rehearsal INTEGER NOT NULL, people INTEGER NOT NULL, state TEXT NOT NULL, steps_done INTEGER NOT NULL,
    tracks_done TEXT NOT NULL, seq INTEGER NOT NULL, at REAL NOT NULL, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
"""
"""The tables as the first format of the file had them."""


def test_a_file_of_the_first_format_is_brought_up_to_date(tmp_path: Path, sample: Sample) -> None:
    """Its sessions are all there and whole, can be gone on with, and people can be known from then on."""
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    made = SqliteStore(new)
    sample.play(made, "before")
    made.close()
    with closing(sqlite3.connect(old)) as db:
        db.executescript(FORMAT_1)
        db.execute("ATTACH ? AS made", (str(new),))
        for table in ("events", "texts", "contents", "drafts", "beats", "sessions"):
            db.execute(f"INSERT INTO main.{table} SELECT * FROM made.{table}")  # noqa: S608 - names from above
        db.commit()
    store = SqliteStore(old)
    assert [row.id for row in store.sessions()] == ["before"]
    assert store.known_people() == []
    store.verify("before")
    store.append("before", 6, [SessionEnded(at=130)])
    sample.meet(store, "after", "k-ana", None)
    store.rebuild_index()
    assert [person.id for person in store.known_people()] == ["k-ana"]
    assert {row.state for row in store.sessions()} == {"ended", "open"}
    store.close()
    with closing(sqlite3.connect(old)) as db:
        assert is_current(db)


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    """It is refused in words, and not one byte of it changes."""
    path = tmp_path / "sessions.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(StoreProblem, match="newer roleplay"):
        SqliteStore(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["sessions.db"]


def test_an_upgrade_done_is_not_done_again() -> None:
    """Two programs that open a new file at once both call for it; the second finds nothing to do."""
    with closing(sqlite3.connect(":memory:")) as db:
        assert not is_current(db)
        upgrade(db)
        db.execute("INSERT INTO drafts VALUES ('s', 'k', 'b')")
        upgrade(db)
        assert is_current(db)
        assert db.execute("SELECT count(*) FROM drafts").fetchone() == (1,)
