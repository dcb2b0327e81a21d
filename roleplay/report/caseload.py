"""The list of people whom somebody coaches, for the terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, tzinfo

from roleplay.conduct.history import CaseloadRow
from roleplay.report.growth import say_day

_LONGEST = 90
"""Letters of what somebody wrote, in a list."""


def caseload_as_text(rows: Sequence[CaseloadRow], zone: tzinfo = UTC) -> str:
    """Each person with the last session, the next step and the goals; those not seen for longest come first."""
    if not rows:
        return "Nobody is known over several sessions yet. When a session is set up, say who has been here before."
    return "\n\n".join("\n".join(_lines(row, zone)) for row in rows)


def caseload_as_json(rows: Sequence[CaseloadRow]) -> str:
    """The same for programs: a list of objects, times as UTC milliseconds."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2)


def _lines(row: CaseloadRow, zone: tzinfo) -> Iterator[str]:
    yield row.name
    yield f"    Last: {say_day(row.last, zone)}, {row.title}"
    if row.next_step:
        yield f"    Next step: {_shortly(row.next_step)}"
    for goal in row.goals:
        yield f"    Goal: {_shortly(goal)}"


def _shortly(words: str) -> str:
    """Words as one line that fits a terminal."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
