"""The tables, and one function for each step from an older format of the file to the next.

The number of steps taken stands in the file (`user_version`); it counts formats, not releases.
"""

from __future__ import annotations

import sqlite3

from roleplay.store.protocol import StoreProblem

_JOURNAL = """
CREATE TABLE events (
    session TEXT NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE texts (
    session TEXT NOT NULL,
    id TEXT NOT NULL,
    salt TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (session, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE contents (
    hash TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE drafts (
    session TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (session, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE beats (
    session TEXT NOT NULL PRIMARY KEY,
    at REAL NOT NULL,
    wall INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

_SESSIONS = """
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    opened INTEGER NOT NULL,
    rehearsal INTEGER NOT NULL,
    people INTEGER NOT NULL,
    state TEXT NOT NULL,
    steps_done INTEGER NOT NULL,
    tracks_done TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at REAL NOT NULL,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


# `name` is the id of a text: where the name was erased, nothing here says who sat there.
_SEATS = """
CREATE TABLE seats (
    known TEXT NOT NULL,
    session TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (known, session)
) STRICT, WITHOUT ROWID;
"""


def renew_index(db: sqlite3.Connection) -> None:
    """Put an empty index in the place of what is there."""
    db.execute("DROP TABLE IF EXISTS sessions")
    db.execute("DROP TABLE IF EXISTS seats")
    db.execute(_SESSIONS)
    db.execute(_SEATS)


def _to_1(db: sqlite3.Connection) -> None:
    for statement in _JOURNAL.split(";"):
        db.execute(statement)
    db.execute(_SESSIONS)


def _to_2(db: sqlite3.Connection) -> None:
    # No event of a file of format 1 says who somebody is in all sessions, so there is nobody to enter.
    db.execute(_SEATS)


_STEPS = (_to_1, _to_2)


def is_current(db: sqlite3.Connection) -> bool:
    """Whether the file needs no upgrade; raises StoreProblem for a file newer than this program."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(_STEPS):
        raise StoreProblem(
            "Your sessions were last kept by a newer roleplay, which this one cannot read.",
            "Install the newer roleplay again; nothing was changed.",
        )
    return version == len(_STEPS)


def upgrade(db: sqlite3.Connection) -> None:
    """Take the steps that this file has not taken yet; call it inside a transaction."""
    if is_current(db):
        return
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    for number, step in enumerate(_STEPS[version:], start=version + 1):
        step(db)
        db.execute(f"PRAGMA user_version = {number}")
