"""How microphones are listed, and how a level is drawn and said, in plain lines."""

from __future__ import annotations

from collections.abc import Sequence

from roleplay.audio.capture import Level
from roleplay.audio.chosen import Choices
from roleplay.audio.devices import Microphone
from roleplay.audio.levels import cells, decibels

_SIDES = ("leader", "partner")
"""Who sits at the first and the second channel, where there are two."""
_FAINT = 0.02
"""Below this peak, speech is hard to understand afterwards."""


def list_microphones(known: Sequence[Microphone], choices: Choices) -> list[str]:
    """A line for each that is plugged in, then one for each that was chosen and is not."""
    used = _used(choices)
    wide = max((len(name) for name in [*used.values(), *(each.name for each in known)]), default=0)
    lines = []
    for each in known:
        tables = [title for title, name in used.items() if name.casefold() == each.name.casefold()]
        notes = [f"for {title}" for title in tables]
        if each.is_default and "all tables" not in used:
            notes.append("taken where none is chosen")
        lines.append(f"{each.name:<{wide}}  {', '.join(notes)}".rstrip())
    here = {each.name.casefold() for each in known}
    missing = sorted({name for name in used.values() if name.casefold() not in here})
    for name in missing:
        tables = [title for title, each in used.items() if each == name]
        lines.append(f"{name:<{wide}}  for {', '.join(tables)}: not plugged in now")
    return lines


def _used(choices: Choices) -> dict[str, str]:
    everywhere = {"all tables": choices.everywhere} if choices.everywhere else {}
    return {**everywhere, **choices.tables}


def draw(level: Level, width: int) -> str:
    """A meter for each channel in one line of at most that width, and whether the level is good."""
    words = "too loud" if level.clipped else "nothing heard" if level.silent else f"{decibels(level.peak):.0f} dB"
    names = _SIDES if len(level.peaks) == 2 else ("",) * len(level.peaks)
    room = width - sum(len(name) + 4 for name in names) - len("nothing heard") - 1
    each = max(4, room // len(names))
    bars = [
        f"{name} ▕{'█' * cells(peak, each):<{each}}▏".strip() for name, peak in zip(names, level.peaks, strict=True)
    ]
    return f"{' '.join(bars)} {words}"


def sum_up(levels: Sequence[Level]) -> str:
    """What a test has shown, as a sentence with what to do."""
    if not levels:
        return "It ended before anything could be heard. Try once more, for a few seconds."
    if any(level.clipped for level in levels):
        return "It was too loud at times. Move the microphone away a little, or turn it down."
    loudest = max(level.peak for level in levels)
    if loudest == 0:
        return "It is silent. Check whether it is switched on, and whether the system lets this terminal use it."
    if loudest < _FAINT:
        return "Hardly anything was heard. Come nearer, or turn the microphone up in the system's settings."
    if len(levels[0].peaks) == 2:
        for channel, name in enumerate(_SIDES):
            if max(level.peaks[channel] for level in levels) < _FAINT:
                return f"Hardly anything was heard on the side of the {name}."
    return f"It hears you: the loudest was {-decibels(loudest):.0f} dB below the most it can take."
