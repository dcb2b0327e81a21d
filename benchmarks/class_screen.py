"""The facilitator's screen with forty tables: how late their steps end, and how soon a key is seen.

The program runs in a terminal of its own. Tables run apart, so that something ends forty times a second, or all
together, so that forty steps end in the same moment. Meanwhile ↓ is pressed, and the screen is read until it names
the next table.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median, quantiles

from benchmarks.sessions import own_home
from benchmarks.table import Row, bounded
from benchmarks.terminal import Terminal

TABLES = 40
STEPS = 30
LATE = 50.0
"""Milliseconds, for 99 of 100 ends."""
SEEN = 100.0
"""Milliseconds from a key until the screen shows it, for 95 of 100."""
_KEYS = ("\x1b[B", "\x1b[A")


def forty_tables(quick: bool) -> list[Row]:
    """Both figures, with the tables apart and together."""
    return [row for how in ("apart", "together") for row in _rows(how, *_play(how, quick))]


def _rows(how: str, late: list[float], seen: list[float]) -> list[Row]:
    where = f"{TABLES} tables {how}"
    return [
        bounded(f"{len(late)} step ends, {where}: half within", _ms(median(late)), "ms"),
        bounded(f"{len(late)} step ends, {where}: 99 of 100 within", _ms(_part(late, 99)), "ms", LATE),
        bounded(f"{len(seen)} keys until they are seen, {where}: half within", _ms(median(seen)), "ms"),
        bounded(f"{len(seen)} keys until they are seen, {where}: 95 of 100 within", _ms(_part(seen, 95)), "ms", SEEN),
    ]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _part(seconds: list[float], part: int) -> float:
    return quantiles(seconds, n=100, method="inclusive")[part - 1]


def _play(how: str, quick: bool) -> tuple[list[float], list[float]]:
    """The lateness of each end, and how long each key took."""
    steps = STEPS // (6 if quick else 1)
    with own_home() as home:
        file = home / "late.json"
        command = [sys.executable, "-m", "benchmarks.workers.classroom", str(TABLES), str(steps), how, str(file)]
        with Terminal(command, home) as terminal:
            terminal.wait_until(lambda it: any("keys count" in line for line in it.lines))
            seen = _press(terminal, file)
        return json.loads(file.read_text()), seen


def _press(terminal: Terminal, file: Path) -> list[float]:
    seen: list[float] = []
    table, way = 0, 1
    while not file.exists():
        way = -1 if table == TABLES else 1 if table <= 1 else way
        table += way
        pressed = time.perf_counter()
        terminal.press(_KEYS[way < 0])
        named = f"Table {table} alone"
        while not any(named in line for line in terminal.lines) and not file.exists():
            if not terminal.look(0.05):
                return seen
        if not file.exists():
            seen.append(time.perf_counter() - pressed)
        pause = time.perf_counter() + 0.11
        while (left := pause - time.perf_counter()) > 0:
            terminal.look(left)
    return seen
