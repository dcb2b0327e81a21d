"""How fast events become safe, beside what the disk itself takes to keep as many bytes in a plain file.

Both are in the same folder and take turns. A commit of the store syncs the disk once, as the plain file does.
"""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.measure import in_turn
from benchmarks.sessions import bundled, own_home
from benchmarks.table import Row, say_time
from roleplay.conduct.opening import open_session, seats_for
from roleplay.planning.build import build_plan
from roleplay.session.events import LearnedWritten, dump_event
from roleplay.session.texts import Text
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer


def durable_appends(quick: bool) -> list[Row]:
    """One event in each commit, and twenty."""
    rows = []
    for each in (1, 20):
        commits = 20 if quick else 200
        with own_home() as home:
            store = Appender(home / "sessions.db")
            plain = home / "plain"
            runs = [partial(store.append, commits, each), partial(write_plain, plain, commits, each)]
            ours, theirs = map(median, in_turn(runs, 3 if quick else 9))
            store.close()
        count = commits * each
        rows.append(
            Row(
                f"durable events, {each} in a commit",
                f"{count / ours:,.0f} /s",
                f"{count / theirs:,.0f} /s plain file",
                f"{ours / theirs:.2f}x",
            )
        )
        rows.append(Row("  one such commit", say_time(ours / commits), f"{say_time(theirs / commits)} plain file"))
    return rows


def sample(number: int) -> tuple[LearnedWritten, Text]:
    """An event with words, of the size that sessions have."""
    text = Text(id=f"{number:016x}", salt=f"{number:032x}", text="I heard what the morning had been like, and why.")
    return LearnedWritten(at=number, track="t1", step="s1", by="p1", text=text.ref), text


class Appender:
    """Appends to a real session."""

    def __init__(self, path: Path) -> None:
        bundle = bundled("first-try")
        self._store = SqliteStore(path)
        seats = seats_for(["Ana", "Ben"])
        plan = build_plan(bundle.scenario, [seat.id for seat in seats])
        with Writer(lambda: SqliteStore(path)) as writer:
            runner = open_session(self._store, writer, bundle, plan, seats)
            runner.close()
        self._session = runner.session
        self._seq = runner.state.seq

    def append(self, commits: int, each: int) -> float:
        """Seconds for so many commits of so many events."""
        batches = []
        for number in range(self._seq, self._seq + commits * each, each):
            pairs = [sample(number + n) for n in range(each)]
            batches.append(([event for event, _ in pairs], [text for _, text in pairs]))
        started = time.perf_counter()
        for events, texts in batches:
            self._seq = self._store.append(self._session, self._seq, events, texts)
        return time.perf_counter() - started

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()


def write_plain(path: Path, commits: int, each: int) -> float:
    """Seconds for as many syncs of the same bytes to a plain file."""
    event, text = sample(0)
    bytes_ = ((dump_event(event) + text.model_dump_json()) * each).encode()
    with path.open("ab", buffering=0) as file:
        started = time.perf_counter()
        for _ in range(commits):
            file.write(bytes_)
            os.fsync(file.fileno())
        return time.perf_counter() - started
