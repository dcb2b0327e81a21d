"""That trouble with the disk is said in words a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roleplay.store.protocol import StoreProblem
from roleplay.store.sqlite import SqliteStore
from roleplay.store.trouble import in_plain_words

if TYPE_CHECKING:
    from store.conftest import Sample


def test_a_damaged_file_is_called_damaged(tmp_path: Path) -> None:
    """The sentence for a file that is no database names it, and says what to do."""
    path = tmp_path / "sessions.db"
    path.write_bytes(b"This is a letter, not a database. " * 100)
    with pytest.raises(StoreProblem, match=r"sessions\.db is damaged\. Put back your last copy"):
        SqliteStore(path)


def test_overwritten_pages_are_called_damaged(tmp_path: Path, sample: Sample) -> None:
    """Damage in the midst of a good file is found when its part is read."""
    path = tmp_path / "sessions.db"
    store = SqliteStore(path)
    sample.play(store)
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    damaged = SqliteStore(path)
    with pytest.raises(StoreProblem, match="is damaged"):
        damaged.events("first")
    damaged.close()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A folder in the place of the file, or a file in the place of the folder."""
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "sessions.db"):
        with pytest.raises(StoreProblem, match="cannot be opened for writing"):
            SqliteStore(path)


def test_a_file_that_another_program_holds_is_said_to_be_in_use(tmp_path: Path) -> None:
    """Whoever cannot write for long is told why, and nothing is written."""
    store, other = SqliteStore(tmp_path / "sessions.db"), SqliteStore(tmp_path / "sessions.db")
    store._db.execute("PRAGMA busy_timeout = 0")
    with other.transaction(), pytest.raises(StoreProblem, match="Another program is using"):
        store.save_draft("first", "a", "…")
    store.save_draft("first", "a", "…")
    store.close()
    other.close()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_no_space_for_a_new_file_is_a_full_disk(number: int) -> None:
    """The system's own errors are told apart too."""
    with pytest.raises(StoreProblem, match="disk is full"), in_plain_words(Path("sessions.db")):
        raise OSError(number, "")


def test_our_own_mistakes_are_not_blamed_on_the_disk(tmp_path: Path) -> None:
    """Wrong SQL stays what it is."""
    store = SqliteStore(tmp_path / "sessions.db")
    with pytest.raises(sqlite3.OperationalError):
        store._all("SELECT nonsense")
    store.close()
