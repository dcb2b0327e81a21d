"""All tables, a row for each, in two columns where there are many; only what changed is painted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from roleplay.tui.class_view import Line
from roleplay.tui.recording_words import DOT

TWO_FROM = 110
"""Cells of width from which rows can stand in two columns."""
_OVER = "over time"


@dataclass(frozen=True, slots=True)
class Timed:
    """A line with its clock."""

    line: Line
    face: str
    over: bool = False
    still: bool = False
    """The clock stands."""
    recorded: bool = False
    """Its sound is kept right now."""

    @property
    def sign(self) -> str:
        """What is to be noticed at this table."""
        return self.line.sign or (_OVER if self.over else "")

    @property
    def tone(self) -> str:
        """How that is meant."""
        return "over" if self.over and self.line.tone == "plain" else self.line.tone


@dataclass(frozen=True, slots=True)
class Widths:
    """How many cells each part of a row takes."""

    title: int
    where: int
    face: int
    leads: int
    forms: int
    sign: int


_MARK, _FACE, _FORMS, _LEAST, _SIGN, _SHORT_SIGN = 2, 7, 6, 7, 22, 13
HEADS = ("Table", "Step", "Time", "Leads", "Forms", "")


def widths(total: int, lines: Sequence[Line]) -> Widths:
    """The parts of a row that is so many cells wide: the sign gets what the others leave."""
    title = min(max((cell_len(line.title) for line in lines), default=5) + 1, 16)
    free = total - _MARK - title - _FACE - _FORMS
    least = _SIGN if free >= 2 * _SIGN + _LEAST else _SHORT_SIGN
    where = min(max((cell_len(line.where) for line in lines), default=0) + 1, free - least - _LEAST, 34)
    where = max(where, _LEAST)
    leads = max(_LEAST, min(max((cell_len(line.leads) for line in lines), default=0) + 1, free - where - least, 30))
    return Widths(title, where, _FACE, leads, _FORMS, free - where - leads)


def fit(text: str, width: int) -> str:
    """A text in so many cells, with a space behind it where it is cut."""
    return set_cell_size(text if cell_len(text) < width else set_cell_size(text, max(0, width - 2)) + "… ", width)


class Tables(ScrollView, can_focus=False):
    """Shows timed lines, of which one may be chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tables--plain", "tables--call", "tables--safety", "tables--still", "tables--over", "tables--chosen",
        "tables--clock", "tables--recorded",
    }  # fmt: skip
    DEFAULT_CSS = """
    Tables { overflow-x: hidden; }
    Tables > .tables--plain { color: $text-muted; }
    Tables > .tables--clock { color: $foreground; text-style: bold; }
    Tables > .tables--recorded { color: $text-error; text-style: bold; }
    Tables > .tables--call { color: $text-accent; text-style: bold; }
    Tables > .tables--safety { color: $background; background: $text-primary; text-style: bold; }
    Tables > .tables--still { color: $text-muted; text-style: bold; }
    Tables > .tables--over { color: $text-warning; text-style: bold; }
    Tables > .tables--chosen { background: $block-cursor-background; color: $block-cursor-foreground; }
    """

    @dataclass
    class Chosen(Message):
        """Somebody clicked a table."""

        table: str

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Timed, ...] = ()
        self._chosen: str | None = None
        self._widths = Widths(6, 20, _FACE, 12, _FORMS, 20)
        self._columns = 1
        self._short = False
        """The tables are told apart by their numbers alone."""
        self._most = 8

    def fit_into(self, rows: int) -> None:
        """Take no more rows of the screen than so many, and no more than are needed."""
        self._most = rows
        self._lay_out()

    @property
    def rows(self) -> int:
        """Rows that are needed one below the other."""
        return -(-len(self._shown) // self._columns)

    def show(self, shown: Sequence[Timed], chosen: str | None) -> None:
        """Paint what differs from what stands there."""
        before, self._shown = self._shown, tuple(shown)
        was, self._chosen = self._chosen, chosen
        if self._lay_out() or len(before) != len(shown):
            self.refresh()
        else:
            for number, row in enumerate(self._shown):
                if row != before[number] or (was != chosen and row.line.table in (was, chosen)):
                    self._refresh_row(number)
        if was != chosen:
            self._scroll_to_chosen()

    def on_resize(self) -> None:
        """Lay out anew."""
        self._lay_out()
        self.refresh()

    @property
    def column_width(self) -> int:
        """Cells of one column."""
        return max(40, (self.size.width - (self._columns - 1)) // self._columns)

    def head(self) -> str:
        """What stands above the rows."""
        w = self._widths
        parts = zip(HEADS, (w.title, w.where, w.face, w.leads, w.forms, w.sign), strict=True)
        one = " " * _MARK + "".join(fit(head, width) for head, width in parts)
        return " ".join([one] * self._columns).rstrip()

    def _lay_out(self) -> bool:
        """Whether anything about columns and widths has changed."""
        width = self.size.width
        columns = 2 if len(self._shown) > self._most and width >= TWO_FROM else 1
        before = (self._columns, self._widths, self.virtual_size)
        self._columns = columns
        titles = {row.line.title.rpartition(" ")[0] for row in self._shown}
        self._short = columns > 1 and len(titles) == 1
        lines = [row.line for row in self._shown]
        self._widths = widths(
            self.column_width, [replace(line, title="Table") for line in lines] if self._short else lines
        )
        self.virtual_size = Size(width, self.rows)
        self.styles.height = max(1, min(self.rows, self._most))
        return before != (self._columns, self._widths, self.virtual_size)

    def _place(self, number: int) -> tuple[int, int]:
        """Column and row of a table."""
        return divmod(number, self.rows)

    def _refresh_row(self, number: int) -> None:
        column, row = self._place(number)
        y = row - round(self.scroll_y)
        if 0 <= y < self.size.height:
            self.refresh(Region(column * (self.column_width + 1), y, self.column_width, 1))

    def _scroll_to_chosen(self) -> None:
        for number, row in enumerate(self._shown):
            if row.line.table == self._chosen:
                self.scroll_to_region(Region(0, self._place(number)[1], 1, 1), animate=False)

    def render_line(self, y: int) -> Strip:
        """One row of each column."""
        row = y + round(self.scroll_y)
        segments: list[Segment] = []
        for column in range(self._columns):
            number = column * self.rows + row
            if row >= self.rows or number >= len(self._shown):
                continue
            if column:
                segments.append(Segment(" ", self.rich_style))
            segments += self._cells(self._shown[number])
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _cells(self, row: Timed) -> list[Segment]:
        w, line = self._widths, row.line
        chosen = line.table == self._chosen
        base = self.get_component_rich_style("tables--chosen") if chosen else self.rich_style
        sign = self.get_component_rich_style(f"tables--{row.tone}")
        clock = self.get_component_rich_style(
            "tables--over" if row.over else "tables--still" if row.still else "tables--clock"
        )
        back = base.background_style
        if row.tone != "safety":
            sign += back
        said = fit(row.sign, w.sign)
        words = said.rstrip()
        title = line.title.rpartition(" ")[2] if self._short else line.title
        return [
            Segment("▸" if chosen else " ", base),
            Segment(DOT if row.recorded else " ", self.get_component_rich_style("tables--recorded") + back),
            Segment(fit(title, w.title), base),
            Segment(fit(line.where, w.where), base),
            Segment(fit(row.face, w.face), clock + back),
            Segment(fit(line.leads, w.leads), base),
            Segment(fit(line.forms, w.forms), base),
            Segment(words, sign),
            Segment(said[len(words) :], base),
        ]

    def on_click(self, event: events.Click) -> None:
        """Choose the table that was clicked."""
        column = min(event.x // (self.column_width + 1), self._columns - 1)
        row = event.y + round(self.scroll_y)
        number = column * self.rows + row
        if row < self.rows and number < len(self._shown):
            self.post_message(self.Chosen(self._shown[number].line.table))
