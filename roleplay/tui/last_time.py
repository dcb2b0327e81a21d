"""What was kept from an earlier session, as its writer reads it again."""

from __future__ import annotations

from roleplay.analysis.carried import Carried
from roleplay.tui.describe import day


def say_kept(carried: Carried, now: int) -> str:
    """What it is and from when: `Your plan, 3 November 2025`; `now` in UTC milliseconds."""
    return f"Your {carried.carry.replace('-', ' ')}, {day(carried.opened, now)}"


def say_last_time(carried: Carried, now: int) -> str:
    """Above a form: the next step of last time, or that the form goes on from there."""
    if carried.carry != "next-step":
        return f"This is what you wrote {day(carried.opened, now)}. Go on from there."
    lines = [say_answer(label, words) for label, words in carried.lines]
    return "\n".join((f"{say_kept(carried, now)}:", *lines))


def say_answer(label: str, words: str) -> str:
    """A question and its answer in one line."""
    asks = label if label.endswith(("?", ".", ":")) else f"{label}:"
    return f"{asks} {' '.join(words.split())}"
