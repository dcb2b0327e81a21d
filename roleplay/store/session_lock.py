"""One process owns a session; the operating system takes the lock back however that process ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from roleplay.store.protocol import Conflict
from roleplay.store.trouble import in_plain_words


@contextmanager
def hold_session(home: Path, session: str) -> Iterator[None]:
    """Own a session for as long as the block runs; raises Conflict where it is open elsewhere, StoreProblem."""
    path = home / "locks" / f"{session}.lock"
    lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)
    with in_plain_words(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout as error:
            raise Conflict from error
    try:
        yield
    finally:
        lock.release()
