"""Measures, and prints one table; ends with status 1 where a limit is not kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module

from benchmarks.table import Row, write_table

BENCHMARKS = {
    "help": "starting.help_page",
    "check": "starting.check_files",
    "paint": "painting.first_paint",
    "ends": "step_ends.lateness",
    "appends": "appends.durable_appends",
    "tables": "tables.rehearsals",
    "trouble": "trouble.classes",
    "planner": "planner.groups",
    "kills": "kills.kill_writers",
    "class": "class_screen.forty_tables",
    "debrief": "debrief.feeds",
    "screen-kills": "screen_kills.kill_the_program",
    "sound-size": "sound_size.kept_sizes",
    "capture": "capturing.capture",
    "record-kills": "capturing.kill_recorders",
    "session-record-kills": "session_record_kills.kill_sessions",
    "transcribe": "writing_down.ten_minutes",
    "invented": "inventing.invented_words",
    "clock-beside": "clock_beside.lateness",
}
"""Name to module and function; each is loaded only when it runs, so that none weighs on another."""


def load(name: str) -> Callable[[bool], list[Row]]:
    """The function that measures; it is told whether to be quick."""
    module, _, function = BENCHMARKS[name].partition(".")
    measure: Callable[[bool], list[Row]] = getattr(import_module(f"benchmarks.{module}"), function)
    return measure


def main() -> int:
    """Run all, or those that were named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="run this one; may be given again")
    parser.add_argument("--quick", action="store_true", help="few repetitions, to see that it runs")
    wanted = parser.parse_args()
    rows: list[Row] = []
    for name in wanted.only or BENCHMARKS:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += load(name)(wanted.quick)
    print(write_table(rows))
    return int(any(row.kept is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
