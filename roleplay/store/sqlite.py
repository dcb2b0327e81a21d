"""Sessions in one SQLite file of the user's own.

A commit returns when the bytes are on the disk (write-ahead log, `synchronous=FULL`). Only the owner
may read the file and its companions. Each event's hash covers the one before it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from roleplay.problems import Bug, CommandProblem, nearest
from roleplay.session.events import Event, SessionOpened, dump_event
from roleplay.session.texts import Text, hash_of
from roleplay.store.chain import check, first_link, link, load, sha256
from roleplay.store.index import first_row, next_row, seats_of
from roleplay.store.protocol import Beat, Conflict, KnownPerson, SessionRow, StoreProblem
from roleplay.store.schema import is_current, renew_index, upgrade
from roleplay.store.trouble import in_plain_words

_WAIT = 5.0
"""Seconds: how long a write waits for another program that is writing."""
_PUT_ROW = """
INSERT OR REPLACE INTO sessions
    (id, title, opened, rehearsal, people, state, steps_done, tracks_done, seq, at, last)
VALUES (:id, :title, :opened, :rehearsal, :people, :state, :steps_done, :tracks_done, :seq, :at, :last)
"""
_PUT_SEAT = "INSERT OR REPLACE INTO seats (known, session, name) VALUES (?, ?, ?)"
_SEATS = """
SELECT seats.known, texts.text AS name, sessions.last, sessions.title
FROM seats
JOIN sessions ON sessions.id = seats.session
JOIN texts ON texts.session = seats.session AND texts.id = seats.name
ORDER BY sessions.last DESC, sessions.id DESC
"""
_SESSIONS_WITH = """
SELECT DISTINCT sessions.id
FROM json_each(?) AS wanted
JOIN seats ON seats.known = wanted.value
JOIN sessions ON sessions.id = seats.session
JOIN texts ON texts.session = seats.session AND texts.id = seats.name
ORDER BY sessions.opened, sessions.id
"""
_DROP_TEXT = "DELETE FROM texts WHERE session = ? AND id = ?"
_DROP_DRAFT = "DELETE FROM drafts WHERE session = ? AND key = ?"
_DROP_SESSION = (
    "DELETE FROM events WHERE session = ?",
    "DELETE FROM texts WHERE session = ?",
    "DELETE FROM drafts WHERE session = ?",
    "DELETE FROM beats WHERE session = ?",
    "DELETE FROM seats WHERE session = ?",
    "DELETE FROM sessions WHERE id = ?",
)
# Looked for in the text of the events, so that a damaged session can be erased, and no kind of event is overlooked.
_CONTENTS_OF = """
SELECT hash FROM contents
WHERE EXISTS (SELECT 1 FROM events WHERE session = ? AND instr(events.body, contents.hash))
"""
_DROP_CONTENT = """
DELETE FROM contents
WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM events WHERE instr(events.body, contents.hash))
"""


class SqliteStore:
    """A `Store` in a file, which is made, with its folder, where it is not there yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with in_plain_words(path):
            _make_private(path)
            self._db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            self._db.row_factory = sqlite3.Row
        try:
            with in_plain_words(path):
                self._set_up()
        except BaseException:
            self._db.close()
            raise

    def _set_up(self) -> None:
        # Before anything else, so that a file of a newer format is left untouched.
        current = is_current(self._db)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA secure_delete = ON")
        # VACUUM would otherwise copy private words to the system's folder for temporary files.
        self._db.execute("PRAGMA temp_store = MEMORY")
        if not current:
            with self.transaction():
                upgrade(self._db)

    def close(self) -> None:
        self._db.close()

    def transaction(self) -> AbstractContextManager[None]:
        return self._transaction("BEGIN IMMEDIATE")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        part_of_another = self._db.in_transaction
        if part_of_another:
            yield
            return
        with in_plain_words(self._path):
            self._db.execute(begin)
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # A full disk makes SQLite roll back by itself.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    # The journal

    def append(
        self,
        session: str,
        expected_seq: int,
        events: Sequence[Event],
        texts: Sequence[Text] = (),
        drafts_done: Sequence[str] = (),
    ) -> int:
        bodies = [dump_event(event) for event in events]
        with self.transaction():
            last, chain = self._tip(session)
            if last != expected_seq:
                if bodies and bodies == self._bodies(session, expected_seq, len(bodies)):
                    return expected_seq + len(bodies)
                raise Conflict
            for seq, body in enumerate(bodies, start=expected_seq + 1):
                chain = link(chain, seq, body)
                self._db.execute("INSERT INTO events VALUES (?, ?, ?, ?)", (session, seq, body, chain))
            self._db.executemany(
                "INSERT INTO texts VALUES (?, ?, ?, ?)", [(session, text.id, text.salt, text.text) for text in texts]
            )
            self._db.executemany(_DROP_DRAFT, [(session, key) for key in drafts_done])
            self._index(session, events)
        return expected_seq + len(bodies)

    def _tip(self, session: str) -> tuple[int, str]:
        """Number and hash of the last event; a session without any has none yet."""
        row = self._one("SELECT seq, hash FROM events WHERE session = ? ORDER BY seq DESC LIMIT 1", session)
        return tuple(row) if row else (0, first_link(session))

    def _bodies(self, session: str, after: int, count: int) -> list[str]:
        rows = self._all(
            "SELECT body FROM events WHERE session = ? AND seq > ? ORDER BY seq LIMIT ?", session, after, count
        )
        return [body for (body,) in rows]

    def events(self, session: str, after: int = 0) -> list[Event]:
        rows = self._all("SELECT seq, body FROM events WHERE session = ? AND seq > ? ORDER BY seq", session, after)
        return [load(session, seq, body) for seq, body in rows]

    def texts(self, session: str) -> dict[str, str]:
        return dict(self._all("SELECT id, text FROM texts WHERE session = ?", session))

    def verify(self, session: str) -> None:
        # One snapshot: somebody may be writing.
        with self._transaction("BEGIN"):
            rows = self._all("SELECT seq, body, hash FROM events WHERE session = ? ORDER BY seq", session)
            indexed = self._one("SELECT seq FROM sessions WHERE id = ?", session)
            texts = self._all("SELECT id, salt, text FROM texts WHERE session = ?", session)
            contents = dict(self._all("SELECT hash, body FROM contents"))
        last = max(indexed[0] if indexed else 0, rows[-1][0] if rows else 0)
        check(session, rows, last, {id_: hash_of(salt, text) for id_, salt, text in texts}, contents)

    # Contents

    def put_content(self, body: str) -> str:
        content_hash = sha256(body)
        with self.transaction():
            self._db.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", (content_hash, body))
        return content_hash

    def content(self, content_hash: str) -> str:
        row = self._one("SELECT body FROM contents WHERE hash = ?", content_hash)
        if row is None:
            raise Bug(f"no content {content_hash}")
        body: str = row[0]
        return body

    # The index

    def sessions(self) -> list[SessionRow]:
        return [_row(values) for values in self._all("SELECT * FROM sessions ORDER BY opened DESC, id DESC")]

    def find_session(self, wanted: str) -> str:
        ids = [row.id for row in self.sessions()]
        if wanted in ids:
            return wanted
        fitting = [id_ for id_ in ids if id_.startswith(wanted)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise CommandProblem(f'"{wanted}" fits {len(fitting)} sessions: {", ".join(fitting)}.', "Write more of it.")
        raise CommandProblem(f'There is no session "{wanted}".', nearest(wanted, ids))

    def known_people(self) -> list[KnownPerson]:
        found: dict[str, list[sqlite3.Row]] = {}
        for seat in self._all(_SEATS):
            found.setdefault(seat["known"], []).append(seat)
        return [
            KnownPerson(known, seats[0]["name"], len(seats), seats[0]["last"], seats[0]["title"])
            for known, seats in found.items()
        ]

    def sessions_with(self, known: Sequence[str]) -> list[str]:
        return [id_ for (id_,) in self._all(_SESSIONS_WITH, json.dumps(list(known)))]

    def rebuild_index(self) -> None:
        with self.transaction():
            renew_index(self._db)
            for (session,) in self._all("SELECT DISTINCT session FROM events"):
                self._index(session, self.events(session))

    def _index(self, session: str, events: Sequence[Event]) -> None:
        values = self._one("SELECT * FROM sessions WHERE id = ?", session)
        row = _row(values) if values else None
        for event in events:
            if row is not None:
                row = next_row(row, event)
            elif isinstance(event, SessionOpened):
                self.content(event.plan)  # a session without its plan could not be resumed
                row = first_row(session, event, self.content(event.scenario))
            else:
                raise Bug(f"session {session} begins with {event.kind}")
            seats = seats_of(event, row)
            self._db.executemany(_PUT_SEAT, [(known, session, name) for known, name in seats.items()])
        if row is not None:
            self._db.execute(_PUT_ROW, asdict(row) | {"tracks_done": json.dumps(row.tracks_done)})

    # Beside the journal

    def save_draft(self, session: str, key: str, body: str) -> None:
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", (session, key, body))

    def drafts(self, session: str) -> dict[str, str]:
        return dict(self._all("SELECT key, body FROM drafts WHERE session = ?", session))

    def beat(self, session: str, beat: Beat) -> None:
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO beats VALUES (?, ?, ?)", (session, beat.at, beat.wall))

    def last_beat(self, session: str) -> Beat | None:
        row = self._one("SELECT at, wall FROM beats WHERE session = ?", session)
        return Beat(*row) if row else None

    # Erasing

    def forget(self, session: str, text_ids: Sequence[str], drafts: Sequence[str] = ()) -> None:
        with self.transaction():
            self._db.executemany(_DROP_TEXT, [(session, id_) for id_ in text_ids])
            self._db.executemany(_DROP_DRAFT, [(session, key) for key in drafts])
        self._scrub()

    def delete_session(self, session: str) -> None:
        with self.transaction():
            used = self._all(_CONTENTS_OF, session)
            for statement in _DROP_SESSION:
                self._db.execute(statement, (session,))
            self._db.executemany(_DROP_CONTENT, used)
        self._scrub()

    def _scrub(self) -> None:
        """Leave no deleted byte: VACUUM drops copies that SQLite made while it moved rows, the checkpoint the log."""
        with in_plain_words(self._path):
            self._db.execute("VACUUM")
            waited_in_vain = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if waited_in_vain:
            raise StoreProblem(
                "This was erased, but traces of it are still in the file while another window reads it.",
                "Close the other window, then erase it once more.",
            )

    # Reading

    def _all(self, statement: str, *values: Any) -> list[Any]:
        with in_plain_words(self._path):
            return self._db.execute(statement, values).fetchall()

    def _one(self, statement: str, *values: Any) -> Any:
        with in_plain_words(self._path):
            return self._db.execute(statement, values).fetchone()


def _make_private(path: Path) -> None:
    """SQLite gives its companion files the permissions of the file itself."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def _row(values: sqlite3.Row) -> SessionRow:
    row = dict(values)
    return SessionRow(
        **row | {"rehearsal": bool(row["rehearsal"]), "tracks_done": tuple(json.loads(row["tracks_done"]))}
    )
