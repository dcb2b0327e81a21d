"""How templates are read and what they can call.

HTML escapes by itself; in Markdown everything that somebody wrote goes through the filters `line` or `block`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache

import jinja2

from roleplay.analysis.bells import say_aloud
from roleplay.content.durations import say_clock, say_moments
from roleplay.content.words import paragraphs
from roleplay.report.feedback import Moment, MomentGroup, Tone
from roleplay.report.talk import CAN_SAY, Apart, LeftOutPart, SaidPart, TalkPart
from roleplay.report.together import together

_PACKAGE = "roleplay.report"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_OPENS_A_BLOCK = re.compile(r"^([-+=:]|\d{1,9}(?=[.)]))")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NARROWEST = 0.062
"""The share of a timeline's width that one sign takes on the narrowest phone."""


@cache
def environment() -> jinja2.Environment:
    """The templates of this package."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader(_PACKAGE),
        autoescape=jinja2.select_autoescape(disabled_extensions=("md.j2",), default=True, default_for_string=True),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters |= {
        "clock": say_clock,
        "aloud": say_aloud,
        "when": say_when,
        "line": markdown_line,
        "block": markdown_block,
        "paragraphs": paragraphs,
        "squeeze": lambda text: re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
        "by_marker": by_marker,
        "together": together,
        "times": say_times,
        "places": say_places,
        "in_time": in_time,
    }
    env.globals |= {"place": place, "ticks": ticks, "rows": rows, "can_say": CAN_SAY}
    return env


def say_when(iso: str, zone: tzinfo = UTC) -> str:
    """A moment in words, where the reader is: `22 November 2026, 09:00`."""
    moment = datetime.fromisoformat(iso).astimezone(zone)
    return f"{moment.day} {moment:%B %Y, %H:%M}" + (" UTC" if zone is UTC else "")


def markdown_line(text: str) -> str:
    """Words of somebody as one line of Markdown that can break nothing around it."""
    return _escape(" ".join(text.split()))


def markdown_block(text: str, indent: str = "") -> str:
    """Words of somebody as a quoted block of Markdown; every line stays inside it."""
    lines = [_escape(line.strip()) for line in text.strip().splitlines()]
    return "\n".join(f"{indent}> {line}  " if line else f"{indent}>" for line in lines)


def _escape(line: str) -> str:
    line = _SPECIAL.sub(r"\\\1", _UNSEEN.sub("", line))
    return _OPENS_A_BLOCK.sub(lambda match: _escape_start(match[1]), line)


def _escape_start(opening: str) -> str:
    return f"{opening}\\" if opening.isdigit() else f"\\{opening}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A moment on a timeline."""

    moment: Moment
    x: float
    """From 0 at its beginning to 1 at its end."""
    row: int
    """From 0 at the axis outwards; moments that would overlap stand in rows of their own."""


def place(moments: Sequence[Moment], seconds: float, tones: Sequence[Tone]) -> list[Placed]:
    """Put the moments of some tones on one side of a timeline that is so many seconds long."""
    ends: list[float] = []
    placed = []
    timed = [(m.at, m) for m in moments if m.tone in tones and m.at is not None]
    for at, moment in sorted(timed, key=lambda one: one[0]):
        x = min(1.0, max(0.0, at / seconds)) if seconds else 0.0
        row = next((n for n, end in enumerate(ends) if x - end >= _NARROWEST), len(ends))
        ends[row:] = [x, *ends[row + 1 :]]
        placed.append(Placed(moment, x, row))
    return placed


def rows(placed: Sequence[Placed]) -> int:
    """How many rows some placed moments need."""
    return max((one.row + 1 for one in placed), default=0)


def ticks(seconds: float) -> list[int]:
    """Round moments along a timeline, in seconds, at most seven."""
    step = next((s for s in (5, 10, 15, 30, 60, 120, 300, 600, 900) if seconds / s <= 6), 1800)
    return list(range(0, int(seconds) + 1, step))


def in_time(talk: TalkPart) -> list[tuple[str, float, SaidPart | LeftOutPart | Apart]]:
    """What was said, what was left out and what was not recorded in a conversation, in the order of its time."""
    found: list[tuple[str, float, SaidPart | LeftOutPart | Apart]] = [
        *(("said", line.at, line) for line in talk.said),
        *(("left out", gone.at, gone) for gone in talk.left_out),
        *(("not recorded", gone.start, gone) for gone in talk.unrecorded),
    ]
    return sorted(found, key=lambda one: one[1])


def say_times(moments: Sequence[Moment]) -> str:
    """When some moments were: `01:12, 03:40`, with the take where there are several."""
    takes: dict[int, list[float | None]] = {}
    for moment in moments:
        takes.setdefault(moment.take, []).append(moment.at)
    if len(takes) == 1:
        return say_moments(next(iter(takes.values())))
    return ", ".join(f"{say_moments(times)} (take {take})" for take, times in takes.items())


def say_places(moments: Sequence[Moment]) -> str:
    """The same for moments of several conversations, with their names."""
    talks: dict[str, list[Moment]] = {}
    for moment in moments:
        talks.setdefault(moment.conversation, []).append(moment)
    return "; ".join(f"{say_times(of)} in “{talk}”" if talk else say_times(of) for talk, of in talks.items())


def by_marker(moments: Sequence[Moment]) -> list[MomentGroup]:
    """The moments of each behaviour together, in the order in which each was first marked."""
    groups: dict[tuple[str, Tone], list[Moment]] = {}
    for moment in moments:
        groups.setdefault((moment.marker, moment.tone), []).append(moment)
    return [MomentGroup(marker=marker, tone=tone, moments=tuple(of)) for (marker, tone), of in groups.items()]
