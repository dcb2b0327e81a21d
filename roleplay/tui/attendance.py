"""Who is there: everybody who is expected, each with one key, and the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roleplay.tui.seating import Here, Place

KEYS = "abcdefghijklmnopqrstuvwxyz0123456789"
"""One for each name of a page."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Everybody who is expected, in the order of the list."""

    places: tuple[Place, ...]

    @property
    def count(self) -> int:
        """How many are here."""
        return sum(place.here == "here" for place in self.places)

    @property
    def said(self) -> str:
        """The count in words: `21 of 23 here, 1 late`."""
        late = sum(place.here == "late" for place in self.places)
        return f"{self.count} of {len(self.places)} here" + (f", {late} late" if late else "")

    def press(self, number: int, late: bool = False) -> Attendance:
        """Whoever is here is not, or late, and the other way round."""
        place = self.places[number]
        here: Here = "late" if late and place.here != "late" else "away" if place.here == "here" else "here"
        changed = replace(place, here=here)
        return Attendance((*self.places[:number], changed, *self.places[number + 1 :]))

    def all_are(self, here: Here) -> Attendance:
        """Everybody is here, or nobody yet."""
        return Attendance(tuple(replace(place, here=here) for place in self.places))


@dataclass(frozen=True, slots=True)
class Layout:
    """How names stand in columns on pages, top to bottom and then to the right."""

    rows: int
    columns: int

    @classmethod
    def of(cls, names: Sequence[int], width: int, height: int) -> Layout:
        """For names of these widths in a space of this size; a page has no more names than there are keys.

        A column has room for the longest name, its key and what is said of it.
        """
        column = min(max((*names, 12)) + 16, max(width, 1))
        columns = max(1, width // column)
        rows = max(1, min(height, -(-min(len(names), len(KEYS)) // columns)))
        return cls(rows, max(1, min(columns, len(KEYS) // rows)))

    @property
    def page(self) -> int:
        """How many names stand on a page."""
        return min(self.rows * self.columns, len(KEYS))

    def pages(self, count: int) -> int:
        """How many pages so many names take."""
        return max(1, -(-count // self.page))
