"""Writing to a session that is open nowhere: it is held for a moment, and its clock stands where it was left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager

from roleplay.conduct.clock import HandClock
from roleplay.conduct.opening import read_session
from roleplay.conduct.runner import Runner
from roleplay.session.events import Event
from roleplay.session.texts import Text
from roleplay.settings import home_folder
from roleplay.store.protocol import Store
from roleplay.store.session_lock import hold_session


class DirectJournal:
    """Writes to a store in the thread that asks, where no screen waits: a rehearsal, an import, a transcript."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def append(
        self,
        session: str,
        expected_seq: int,
        events: Sequence[Event],
        texts: Sequence[Text] = (),
        drafts_done: Sequence[str] = (),
    ) -> Future[int]:
        """Write at once."""
        written: Future[int] = Future()
        written.set_result(self._store.append(session, expected_seq, events, texts, drafts_done))
        return written


@contextmanager
def held_session(store: Store, session: str) -> Iterator[Runner]:
    """A session, held for as long as the block runs, without opening it again.

    Raises:
        Conflict: it is open elsewhere.
        CommandProblem: it has no beginning.
        StoreProblem: it cannot be read.
    """
    with hold_session(home_folder(), session):
        state, words = read_session(store, session)
        yield Runner(session, state, words, DirectJournal(store), HandClock(state.now))
