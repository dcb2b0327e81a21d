"""What the disk and SQLite complain about, said in plain sentences."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roleplay.store.protocol import StoreProblem

_FULL = {sqlite3.SQLITE_FULL}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SHUT = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRIMARY = 0xFF
"""SQLite's extended codes carry the primary one in their lowest byte."""


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn trouble with a file into StoreProblem; what can only be a mistake of ours passes as it is."""
    try:
        yield
    except sqlite3.Error as error:
        problem = _of_sqlite(path, error)
        if problem is None:
            raise
        raise problem from error
    except OSError as error:
        raise (_full() if error.errno in (errno.ENOSPC, errno.EDQUOT) else _shut(path)) from error


def _of_sqlite(path: Path, error: sqlite3.Error) -> StoreProblem | None:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _FULL:
        return _full()
    if code in _BUSY:
        return StoreProblem(f"Another program is using {path}.", "Close it there, then try again.")
    if code in _SHUT:
        return _shut(path)
    if code in _DAMAGED:
        return damaged(path)
    if code == sqlite3.SQLITE_IOERR:
        return StoreProblem(
            "The disk did not take or give what it was asked for; nothing was lost that was shown as saved.",
            f"See that the disk with {path} is connected and has space, then try again.",
        )
    return None


def _full() -> StoreProblem:
    """No space is left."""
    return StoreProblem(
        "The disk is full; nothing was lost that was shown as saved.", "Free some space, then try again."
    )


def damaged(path: Path) -> StoreProblem:
    """The file holds something else than what was written."""
    return StoreProblem(
        f"The file {path} is damaged.", "Put back your last copy of it, or move it away to start with an empty one."
    )


def _shut(path: Path) -> StoreProblem:
    return StoreProblem(
        f"The file {path} cannot be opened for writing.", "See that you may write to it and to its folder."
    )
