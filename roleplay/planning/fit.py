"""Fitting a script to the time there is: every step gives or takes by its weight, none falls below its least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_GRAIN = 5
"""Lengths are rounded to so many seconds, so that a clock starts at a number people can read."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A step of the script: its usual length, its shortest, in seconds, and how often it is played."""

    length: int
    least: int
    times: int = 1

    @classmethod
    def of(cls, length: int, least: int | None, times: int = 1) -> Weight:
        """A step whose file names no least is never made shorter than a third of its length."""
        return cls(length, min(length, -(-length // 3) if least is None else least), times)


def fit(weights: Sequence[Weight], budget: int) -> list[int] | None:
    """Lengths in whole seconds that take `budget` seconds in all, or none where even the least is longer.

    Lengths keep the proportions of the weights; a step that would fall below its least has its least,
    and the others share what is left. What rounding leaves goes to the heaviest steps that can take it;
    the sum is never above the budget.
    """
    if shortest(weights) > budget:
        return None
    held: set[int] = set()
    while True:
        rest = budget - sum(w.least * w.times for i, w in enumerate(weights) if i in held)
        free = sum(w.length * w.times for i, w in enumerate(weights) if i not in held)
        factor = rest / free if free else 0.0
        below = {i for i, w in enumerate(weights) if i not in held and w.length * factor < w.least}
        if not below:
            break
        held |= below
    lengths = [w.least if i in held else max(w.least, _rounded(w.length * factor)) for i, w in enumerate(weights)]
    spare = budget - sum(n * w.times for n, w in zip(lengths, weights, strict=True))
    for i in sorted(range(len(weights)), key=lambda i: -weights[i].length):
        if i not in held:
            more = spare // (weights[i].times * _GRAIN) * _GRAIN
            lengths[i] += more
            spare -= more * weights[i].times
    return lengths


def shortest(weights: Sequence[Weight]) -> int:
    """Seconds that the script takes with every step at its least."""
    return sum(w.least * w.times for w in weights)


def _rounded(seconds: float) -> int:
    return int(seconds) if seconds < 2 * _GRAIN else int(seconds // _GRAIN) * _GRAIN
