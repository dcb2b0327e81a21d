"""Numbers and lists as people say them."""

from __future__ import annotations

from collections.abc import Iterable

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - reads as it is


def say_number(number: int) -> str:
    """A small number as a word."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def say_times(number: int) -> str:
    """How often something happens: `once`, `twice`, `three times`."""
    return {1: "once", 2: "twice"}.get(number, f"{say_number(number)} times")


def say_list(parts: Iterable[str]) -> str:
    """`one, two and three`."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
