"""What a class of many tables costs: rehearsed by bots, the sizes in turn."""

from __future__ import annotations

import time
import tracemalloc
from functools import partial
from statistics import median

from benchmarks.measure import in_turn
from benchmarks.sessions import bundled, own_home
from benchmarks.table import Row, say_time
from roleplay.conduct.opening import seats_for
from roleplay.conduct.rehearse import rehearse
from roleplay.content.bundle import Bundle
from roleplay.settings import database_path
from roleplay.store.sqlite import SqliteStore

SIZES = (5, 10, 20, 40, 80)
LIMIT = 1.3


def rehearsals(quick: bool) -> list[Row]:
    """Processor time and memory at its highest for each table, and how both grow."""
    bundle = bundled("parent-conversation")
    sizes = SIZES[:2] if quick else SIZES
    taken = in_turn([partial(processor_time, bundle, size) for size in sizes], 3 if quick else 7)
    times = {size: median(seconds) / size for size, seconds in zip(sizes, taken, strict=True)}
    held = {size: memory(bundle, size) / size for size in sizes}
    return [_row(size, times, held) for size in sizes]


def _row(size: int, times: dict[int, float], held: dict[int, float]) -> Row:
    figure = f"{say_time(times[size])}, {held[size] / 1e6:.2f} MB"
    few = min(times)
    if size == few:
        return Row(f"rehearsal of {size} tables, each", figure)
    longer, more = times[size] / times[few], held[size] / held[few]
    judged = size == max(times)
    return Row(
        f"rehearsal of {size} tables, each",
        figure,
        f"{say_time(times[few])}, {held[few] / 1e6:.2f} MB with {few}",
        f"{longer:.2f}x, {more:.2f}x",
        f"{LIMIT:.2f}x" if judged else "",
        max(longer, more) <= LIMIT if judged else None,
    )


def processor_time(bundle: Bundle, tables: int) -> float:
    """Seconds of the processor for one rehearsal; waiting for the disk is left out."""
    with own_home():
        store = SqliteStore(database_path())
        started = time.process_time()
        kept = rehearse(store, bundle, seats_for([], tables * len(bundle.scenario.roles)))
        seconds = time.process_time() - started
        store.close()
    assert len(kept.plan.tracks) == tables
    return seconds


def memory(bundle: Bundle, tables: int) -> int:
    """Bytes that Python held at most during one rehearsal, beyond those before it."""
    tracemalloc.start()
    try:
        processor_time(bundle, tables)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
