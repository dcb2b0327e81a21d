"""Who spoke when, and what was marked, as a picture of a few rows of text.

A lane for each voice: the taller a block, the more of those seconds was spoken. What was not recorded is hatched, and
markers stand below with their letters, in rows of their own for what helped and what made it harder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size

Part = tuple[str, str]
"""Words and their style."""
Row = tuple[Part, ...]
Stretch = tuple[float, float]
"""From and to, in seconds into the conversation."""
Tone = Literal["helps", "hinders", "neutral"]

TONES: dict[Tone, tuple[str, str, str]] = {
    "helps": ("●", "helped", "$text-primary"),
    "hinders": ("■", "harder", "$text-warning"),
    "neutral": ("◆", "noted", "$text-muted"),
}
"""The sign, the word and the colour of each."""
_BLOCKS = " ▁▂▃▄▅▆▇█"
_UNRECORDED = "░"
_CROWDED = "+"
_HERE = "▲"
_LANES = ("$primary", "$accent", "$secondary")
_NAME_AT_MOST = 14
_TICKS = (10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)


@dataclass(frozen=True, slots=True)
class Lane:
    """When one voice was heard, or any voice where nobody knows whose."""

    name: str
    spoken: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A marker at its moment."""

    into: float
    key: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Strip:
    """A conversation, to be drawn."""

    length: float
    """Seconds it took, pauses left out."""
    lanes: tuple[Lane, ...] = ()
    recorded: tuple[Stretch, ...] = ()
    signs: tuple[Sign, ...] = ()
    heard: bool = True
    """There was a recording, so that what was not recorded is worth a sign."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self.signs and not any(lane.spoken for lane in self.lanes)


def draw(strip: Strip, width: int, at: float | None = None) -> list[Row]:
    """The picture in so many columns; `at` is the moment that one looks at or listens to."""
    if strip.length <= 0 or width < 24:
        return []
    names = [lane.name for lane in strip.lanes] + [f"{TONES[tone][0]} {TONES[tone][1]}" for tone in _tones(strip)]
    wide = min(_NAME_AT_MOST, max(map(cell_len, names), default=0))
    scale = _Scale(strip.length, width - wide - 1)
    here = None if at is None else scale.column(at)
    rows = [
        _row(_fit(lane.name, wide), _lane(strip, lane, scale), _LANES[number % len(_LANES)], here)
        for number, lane in enumerate(strip.lanes)
    ]
    for tone in _tones(strip):
        sign, word, colour = TONES[tone]
        keys = _keys((mark for mark in strip.signs if mark.tone == tone), scale)
        rows.append(_row(_fit(f"{sign} {word}", wide), keys, f"bold {colour}", here))
    rows.append(_row(" " * wide, _axis(scale, here), "$text-muted", here))
    return rows


@dataclass(frozen=True, slots=True)
class _Scale:
    """Seconds as columns."""

    length: float
    columns: int

    def column(self, into: float) -> int:
        """The column of a moment."""
        return max(0, min(self.columns - 1, int(into / self.length * self.columns)))

    def filled(self, stretches: Iterable[Stretch]) -> list[float]:
        """How much of each column some stretches take, from 0 to 1."""
        each = self.length / self.columns
        parts = [0.0] * self.columns
        for start, end in stretches:
            for n in range(self.column(start), self.column(end) + 1):
                both = min((n + 1) * each, end) - max(n * each, start)
                parts[n] = min(1.0, parts[n] + max(0.0, both) / each)
        return parts


def _tones(strip: Strip) -> tuple[Tone, ...]:
    return tuple(tone for tone in TONES if any(sign.tone == tone for sign in strip.signs))


def _lane(strip: Strip, lane: Lane, scale: _Scale) -> str:
    spoken, recorded = scale.filled(lane.spoken), scale.filled(strip.recorded)
    return "".join(
        # Something that was said is seen, however short it was.
        _BLOCKS[max(1, round(part * 8))] if part else _UNRECORDED if strip.heard and not there else " "
        for part, there in zip(spoken, recorded, strict=True)
    )


def _keys(signs: Iterable[Sign], scale: _Scale) -> str:
    """The letters in their columns; one that is taken moves on by one, and where that is taken too there is a plus."""
    drawn = [" "] * scale.columns
    for sign in sorted(signs, key=lambda sign: sign.into):
        column = scale.column(sign.into)
        free = next((n for n in (column, column + 1) if n < scale.columns and drawn[n] == " "), None)
        drawn[column if free is None else free] = _CROWDED if free is None else sign.key
    return "".join(drawn)


def _axis(scale: _Scale, here: int | None) -> str:
    """The minutes, as far apart as they can be read, and where one is."""
    step = next((s for s in _TICKS if scale.columns * s / scale.length >= 9), _TICKS[-1])
    drawn = [" "] * scale.columns
    for tick in range(0, int(scale.length) + 1, step):
        column, label = scale.column(tick), f"{tick // 60}:{tick % 60:02d}"
        taken = here is not None and column <= here <= column + len(label)
        if column + len(label) <= scale.columns and not taken:
            drawn[column : column + len(label)] = label
    if here is not None:
        drawn[here] = _HERE
    return "".join(drawn)


def _row(name: str, drawn: str, style: str, here: int | None) -> Row:
    label: Part = (f"{name} ", "$text-muted")
    if here is None:
        return (label, (drawn, style))
    shining = f"{style} on $primary 35%"
    return (label, (drawn[:here], style), (drawn[here], shining), (drawn[here + 1 :], style))


def _fit(text: str, wide: int) -> str:
    return set_cell_size(text if cell_len(text) <= wide else set_cell_size(text, wide - 1) + "…", wide)


def plain(rows: Sequence[Row]) -> list[str]:
    """The picture without its colours."""
    return ["".join(words for words, _ in row) for row in rows]
