"""Where everything stands in the library: under headings, and the parts of a series after it, in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from roleplay.content.library import LibraryEntry, SeriesEntry, by_title

Entry = LibraryEntry | SeriesEntry


@dataclass(frozen=True, slots=True)
class Placed:
    """A scenario or a series in its place."""

    entry: Entry
    part: bool = False
    """It is a part of the series that stands above it."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading."""

    heading: str
    placed: tuple[Placed, ...]


def sections(scenarios: Sequence[LibraryEntry], series: Sequence[SeriesEntry]) -> list[Section]:
    """Everything once, by title under its heading; a heading with nothing under it is left out.

    A part of a series that belongs under another heading, or that another series has already, stays where it is.
    """
    found: dict[str, list[Entry]] = {heading: [] for heading in _HEADINGS}
    entries: list[Entry] = [*scenarios, *series]
    for entry in sorted(entries, key=by_title):
        found[_heading(entry)].append(entry)
    return [Section(heading, tuple(_in_place(entries))) for heading, entries in found.items() if entries]


def narrowed(whole: Sequence[Section], fit: Callable[[Entry], bool]) -> list[Section]:
    """The same with only the entries that fit."""
    left = (replace(section, placed=tuple(each for each in section.placed if fit(each.entry))) for section in whole)
    return [section for section in left if section.placed]


_SHELVES = {"class": "In class", "coaching": "With a coach", "selection": "Selecting people", None: "More"}
_HEADINGS = ("Start here", "Your own", *_SHELVES.values())


def _heading(entry: Entry) -> str:
    if entry.own:
        return "Your own"
    if isinstance(entry, LibraryEntry) and entry.alone:
        return "Start here"
    return _SHELVES[entry.shelf]


def _in_place(entries: Sequence[Entry]) -> list[Placed]:
    here = {entry.path: entry for entry in entries}
    parts: dict[str, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry, SeriesEntry):
            parts[entry.id] = [here.pop(part.path) for part in entry.parts if part.path in here]
    placed = []
    for entry in entries:
        if entry.path in here:
            placed += [Placed(entry), *(Placed(part, part=True) for part in parts.get(entry.id, ()))]
    return placed
