"""Which formats of the file are read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from roleplay.store.protocol import StoreProblem
from roleplay.store.schema import is_current, upgrade
from roleplay.store.sqlite import SqliteStore


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
