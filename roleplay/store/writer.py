"""One thread that writes, so that no screen waits for the disk.

All that waits is written in one commit, and each request is answered only after it. Where that fails,
each request is tried once more by itself, so that none suffers for another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from threading import Condition, Thread
from typing import Any, Self

from roleplay.problems import Bug
from roleplay.session.events import Event
from roleplay.session.texts import Text
from roleplay.store.protocol import Beat, Store


@dataclass(frozen=True, slots=True)
class _Request:
    write: Callable[[Store], Any]
    future: Future[Any]
    alone: bool = False
    """It is no part of a commit with others."""


class Writer:
    """Writes what it is asked to, in the order asked; `open_store` is called in the thread that will own the store.

    Raises what `open_store` raises. Futures bring the results and errors of the store's methods of the same names;
    their callbacks run in the writing thread.
    """

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._news = Condition()
        self._requests: list[_Request] = []
        self._beats: dict[str, Beat] = {}
        self._closed = False
        opened: Future[None] = Future()
        # Whoever forgot to close must not find the program hanging; nothing unanswered was promised.
        self._thread = Thread(target=self._run, args=(open_store, opened), name="writer", daemon=True)
        self._thread.start()
        opened.result()

    def append(
        self,
        session: str,
        expected_seq: int,
        events: Sequence[Event],
        texts: Sequence[Text] = (),
        drafts_done: Sequence[str] = (),
    ) -> Future[int]:
        """Write events, as `Store.append` does."""
        return self._ask(lambda store: store.append(session, expected_seq, events, texts, drafts_done))

    def save_draft(self, session: str, key: str, body: str) -> Future[None]:
        """Keep a draft, as `Store.save_draft` does."""
        return self._ask(lambda store: store.save_draft(session, key, body))

    def beat(self, session: str, beat: Beat) -> None:
        """Keep a sign of life when there is time; one that a newer one has overtaken, or that fails, is dropped."""
        with self._news:
            self._beats[session] = beat
            self._news.notify()

    def erase(self, erase: Callable[[Store], None]) -> Future[None]:
        """Have something erased in the thread that writes, in its turn, and in no commit with others."""
        return self._ask(erase, alone=True)

    def close(self) -> None:
        """Write all that was asked for, then let go of the store; harmless when done twice."""
        with self._news:
            self._closed = True
            self._news.notify()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, write: Callable[[Store], Any], alone: bool = False) -> Future[Any]:
        future: Future[Any] = Future()
        with self._news:
            if self._closed:
                raise Bug("the writer is closed")
            self._requests.append(_Request(write, future, alone))
            self._news.notify()
        return future

    def _run(self, open_store: Callable[[], Store], opened: Future[None]) -> None:
        try:
            store = open_store()
        except BaseException as error:  # noqa: BLE001 - raised again where the writer is made
            opened.set_exception(error)
            return
        opened.set_result(None)
        with closing(store):
            while True:
                with self._news:
                    self._news.wait_for(lambda: self._requests or self._beats or self._closed)
                    requests, self._requests = self._requests, []
                    beats, self._beats = self._beats, {}
                if not requests and not beats:
                    return
                _carry_out([each for each in requests if each.future.set_running_or_notify_cancel()], beats, store)


def _carry_out(requests: Sequence[_Request], beats: dict[str, Beat], store: Store) -> None:
    """Carry all out in the order asked, together what may be together."""
    groups = [(alone, list(group)) for alone, group in groupby(requests, key=lambda request: request.alone)]
    if not groups or groups[0][0]:
        groups.insert(0, (False, []))
    for alone, group in groups:
        if not alone:
            _write(group, beats, store)
            beats = {}
            continue
        for request in group:
            _try_alone(request, store)()


def _write(requests: Sequence[_Request], beats: dict[str, Beat], store: Store) -> None:
    """Carry all out and answer them; no answer leaves before the commit."""
    try:
        with store.transaction():
            for session, beat in beats.items():
                store.beat(session, beat)
            results = [request.write(store) for request in requests]
    except Exception:  # noqa: BLE001 - whoever it belongs to gets it when tried alone
        answers = [_try_alone(request, store) for request in requests]
    else:
        answers = [
            partial(request.future.set_result, result) for request, result in zip(requests, results, strict=True)
        ]
    for answer in answers:
        answer()


def _try_alone(request: _Request, store: Store) -> Callable[[], None]:
    try:
        return partial(request.future.set_result, request.write(store))
    except Exception as error:  # noqa: BLE001 - it belongs to the one who asked
        return partial(request.future.set_exception, error)
