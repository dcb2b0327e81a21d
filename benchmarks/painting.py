"""How long the program takes to draw its first screen, beside the least that Textual can do."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.measure import console_script, in_turn
from benchmarks.sessions import bundled, own_home
from benchmarks.table import Row, against
from benchmarks.terminal import LAST_ROW, Terminal

LIMIT = 1.5


def first_paint(quick: bool) -> list[Row]:
    """Until a whole screen is drawn, and until a scenario can be read on it."""
    title = bundled("first-try").scenario.title.encode()
    with own_home() as home:
        program, empty = console_script("roleplay.cli"), console_script("benchmarks.peers.empty_app")
        runs = [
            partial(_painted, program, home, LAST_ROW),
            partial(_painted, program, home, title),
            partial(_painted, empty, home, LAST_ROW),
        ]
        screen, library, peer = in_turn(runs, 3 if quick else 15)
    return [
        against("first screen of the library", screen, peer, "empty app", LIMIT),
        against("a scenario's title on it", library, peer, "empty app"),
    ]


def _painted(command: list[str], home: Path, what: bytes) -> float:
    """Seconds from the start of a program until this is drawn, with all before it."""
    with Terminal(command, home) as terminal:
        return terminal.wait_until(lambda it: LAST_ROW in it.drawn and what in it.drawn)
