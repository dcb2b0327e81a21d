"""Lengths of time as people write them: `6m`, `90s`, `1m30s`, `1h`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_PATTERN = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?")
_LONGEST = 24 * 60 * 60
HOW_TO_WRITE = 'write a length of time as "6m", "90s", "1m30s" or "1h"'


def parse_duration(value: object) -> int:
    """Turn `1m30s` into 90 whole seconds.

    Raises:
        ValueError: the text is no length of time, or is longer than a day.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(HOW_TO_WRITE)
    if isinstance(value, int):
        raise ValueError(f"{value} of what? {HOW_TO_WRITE}")
    text = value.strip().replace(" ", "")
    match = _PATTERN.fullmatch(text)
    if not text or match is None:
        raise ValueError(HOW_TO_WRITE)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    if total > _LONGEST:
        raise ValueError("is longer than a day")
    return total


def say_duration(seconds: float) -> str:
    """Say seconds the way a file writes them: 90 is `1m30s`."""
    whole = round(seconds)
    hours, rest = divmod(abs(whole), 3600)
    minutes, left = divmod(rest, 60)
    parts = [f"{amount}{unit}" for amount, unit in ((hours, "h"), (minutes, "m"), (left, "s")) if amount]
    return ("-" if whole < 0 else "") + ("".join(parts) or "0s")


def say_clock(seconds: float) -> str:
    """Say seconds as a clock face: 192 is `03:12`, an hour and a minute is `1:01:00`."""
    whole = int(abs(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    sign = "-" if seconds < 0 and whole else ""
    return f"{sign}{hours}:{minutes:02d}:{left:02d}" if hours else f"{sign}{minutes:02d}:{left:02d}"


def face(left: float | None) -> str:
    """What the clock shows for so many seconds left: `03:12`, over time `+00:42`, dashes where no step runs."""
    if left is None:
        return "--:--"
    return say_clock(math.ceil(left)) if left > 0 else ("+" if left <= -1 else "") + say_clock(-left)


def say_left(seconds: float) -> str:
    """How long something still takes, as exact as anybody can know."""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 90:
        return f"about {round(seconds, -1):.0f} seconds left"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} minutes left"
    return f"about {seconds / 3600:.1f} hours left"


Seconds = Annotated[
    int,
    BeforeValidator(parse_duration, json_schema_input_type=str),
    PlainSerializer(say_duration, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(\d+h)?(\d+m)?(\d+s)?$", "examples": ["6m", "90s", "1m30s"]}),
]


def say_moments(times: Iterable[float | None]) -> str:
    """Say when several things were: `01:12, 03:40, 2 on paper`."""
    told = list(times)
    on_paper = told.count(None)
    parts = [say_clock(seconds) for seconds in told if seconds is not None]
    return ", ".join([*parts, *([f"{on_paper} on paper" if len(told) > 1 else "on paper"] if on_paper else [])])


def say_moment(seconds: float | None) -> str:
    """Say when something was, as a clock face; what was marked on paper often has no time."""
    return "on paper" if seconds is None else say_clock(seconds)
