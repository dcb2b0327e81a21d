"""Who plays what at which table, for a wall: a table in rows, in as many columns and pages as there must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from roleplay.tui.room_view import EVERYBODY, Wall
from roleplay.tui.widgets.tables import fit

_WIDE = 52
"""Cells that a column needs at least, for names to be read."""
_GAP = 3


class SeatingPlan(Static):
    """Shows one page of the tables; the page is turned from outside."""

    DEFAULT_CSS = """
    SeatingPlan { width: 1fr; height: auto; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self.lines: list[str] = []
        """What stands there."""
        self._page = 0
        self._pages = 1

    def show(self, wall: Wall, width: int, rows: int) -> None:
        """Paint the tables into so many cells and rows, the row of heads included."""
        deep = max(1, rows - 1)
        columns = max(1, min((width + _GAP) // (_WIDE + _GAP), -(-len(wall.seats) // deep)))
        self._pages = max(1, -(-len(wall.seats) // (deep * columns)))
        self._page %= self._pages
        shown = wall.seats[self._page * deep * columns : (self._page + 1) * deep * columns]
        deep = -(-len(shown) // columns)
        parts = _Parts.of(wall, (width - _GAP * (columns - 1)) // columns, in_short=columns > 1)
        between = " " * _GAP
        head = between.join([parts.row("", dict(zip(wall.roles, wall.roles, strict=True)), "")] * columns)
        if self._pages > 1:
            page = f"{self._page + 1} of {self._pages}"
            head = fit(head.rstrip(), width - len(page)) + page
        lines = [
            between.join(parts.row(table.title, table.cast, table.apart) for table in shown[row::deep])
            for row in range(deep)
        ]
        if [head, *lines] != self.lines:
            self.lines = [head, *lines]
            self.update(Content("\n").join([Content(head).stylize("dim"), *map(Content, lines)]))

    def turn(self, by: int = 1) -> None:
        """The next page, and after the last one the first."""
        self._page = (self._page + by) % self._pages


@dataclass(frozen=True, slots=True)
class _Parts:
    """How wide the parts of a row are."""

    roles: tuple[str, ...]
    title: int
    each: int
    apart: int
    in_short: bool
    """Tables are told apart by their numbers alone."""

    @classmethod
    def of(cls, wall: Wall, total: int, in_short: bool) -> _Parts:
        """The parts of rows that are so many cells wide."""
        in_short = in_short and len({table.title.rpartition(" ")[0] for table in wall.seats}) == 1
        titles = [table.title.rpartition(" ")[2] if in_short else table.title for table in wall.seats]
        title = max(map(cell_len, titles), default=0) + 2
        apart = min(max((cell_len(table.apart) for table in wall.seats), default=0) + 1, total // 3)
        each = (total - title - apart) // max(1, len(wall.roles))
        said = [*wall.roles, *(name for table in wall.seats for role, name in table.cast.items() if role != EVERYBODY)]
        return cls(wall.roles, title, min(each, max(map(cell_len, said), default=0) + 2), apart, in_short)

    def row(self, title: str, cast: Mapping[str, str], apart: str) -> str:
        """A table in one row."""
        named = fit(title.rpartition(" ")[2] if self.in_short else title, self.title)
        space = self.each * max(1, len(self.roles))
        if EVERYBODY in cast:
            return named + fit(cast[EVERYBODY], space) + fit(apart, self.apart)
        return named + "".join(fit(cast.get(role, ""), self.each) for role in self.roles) + fit(apart, self.apart)
