"""What the whole class sees of itself in the debrief: how long it takes to work out for many tables, and to draw."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from benchmarks.sessions import bundled, own_home
from benchmarks.table import Row, say_time
from roleplay.conduct.opening import seats_for
from roleplay.conduct.rehearse import Rehearsed, rehearse
from roleplay.report.debrief import DebriefFeeds
from roleplay.settings import database_path
from roleplay.store.sqlite import SqliteStore
from roleplay.tui.widgets.charts import pictures

SIZES = (5, 40, 80)
PROMISED = 40
"""Tables for which there is a limit."""
PAINTED = 0.1
"""A key is answered within so many seconds, and so is a form that comes in."""


def feeds(quick: bool) -> list[Row]:
    """For each number of tables: at first, after one form more, and drawn once more with nothing new."""
    return [row for tables in (SIZES[:1] if quick else SIZES) for row in _rows(rehearsed(tables), tables)]


def rehearsed(tables: int) -> Rehearsed:
    """A class of triads that was played to its end."""
    with own_home():
        store = SqliteStore(database_path())
        try:
            return rehearse(store, bundled("parent-conversation"), seats_for([], 3 * tables))
        finally:
            store.close()


def _rows(played: Rehearsed, tables: int) -> list[Row]:
    state, words, feeds = played.state, played.words, DebriefFeeds()
    first = median(_taken(lambda: DebriefFeeds().of(state, words)) for _ in range(7))
    feeds.of(state, words)

    def one_more(table: str) -> float:
        """A form was sent at a table."""
        track = replace(state.tracks[table], forms=dict(state.tracks[table].forms))
        now = replace(state, tracks={**state.tracks, table: track})
        return _taken(lambda: feeds.of(now, words))

    more = median(one_more(table) for table in state.tracks)
    feeds.of(state, words)
    drawn = median(_taken(lambda: pictures(feeds.of(state, words), "analysis", 116, 30)) for _ in range(21))
    limit = say_time(PAINTED) if tables <= PROMISED else ""
    return [
        Row(
            f"debrief of {tables} tables, at first",
            say_time(first),
            limit=limit,
            kept=first <= PAINTED if limit else None,
        ),
        Row(
            f"debrief of {tables} tables, a form more",
            say_time(more),
            limit=limit,
            kept=more <= PAINTED if limit else None,
        ),
        Row(f"debrief of {tables} tables, drawn again", say_time(drawn)),
    ]


def _taken(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
