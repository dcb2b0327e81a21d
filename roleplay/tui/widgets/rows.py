"""Rows to choose from, one or several, with the keyboard or the mouse.

A row shows a mark, a word and what it means, wrapped and always readable in full. Where several can be
chosen, picking a row ticks or unticks it; otherwise the owner of the widget hears `Picked` and sets `chosen`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

Choosing = Literal["one", "many", "go"]
MARKS: dict[Choosing, tuple[str, str]] = {"one": ("○", "●"), "many": ("[ ]", "[x]"), "go": ("·", "✓")}
"""How a row looks that is not chosen, and one that is; `go` leads somewhere else."""
_WIDEST_LABEL = 34


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it is called for the program, for the reader, and what it means."""

    key: str
    label: str
    detail: str = ""


class RowView(Horizontal):
    """A row on the screen."""

    DEFAULT_CSS = """
    RowView { height: auto; width: 1fr; padding: 0 1; }
    RowView .mark { width: auto; margin: 0 1 0 0; }
    RowView .detail { width: 1fr; color: $text-muted; }
    RowView.-chosen .label { text-style: bold; }
    RowView.-chosen .mark { color: $text-success; text-style: bold; }
    RowView.-chosen .detail { color: $text; }
    RowView:hover { background: $boost; }
    """

    def __init__(self, row: Row, label_width: int | None) -> None:
        super().__init__()
        self.row = row
        self._label_width = label_width
        self.mark = Static("", classes="mark", markup=False)
        self.detail = Static(row.detail, classes="detail", markup=False)

    def show(self, row: Row) -> None:
        """Say something else about the same thing."""
        self.row = row
        self.detail.update(row.detail)

    def compose(self) -> ComposeResult:
        """Mark, word and meaning."""
        yield self.mark
        label = Static(self.row.label, classes="label", markup=False)
        label.styles.width = "1fr" if self._label_width is None else self._label_width
        yield label
        if self._label_width is not None:
            yield self.detail


class Rows(Vertical, can_focus=True):
    """Rows of which one or several are chosen."""

    DEFAULT_CSS = """
    Rows { height: auto; }
    Rows:focus RowView.-cursor { background: $primary 30%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Row above", id="rows.up", show=False, tooltip="Go to the row above"),
        Binding("down", "move(1)", "Row below", id="rows.down", show=False, tooltip="Go to the row below"),
        Binding("enter,space", "pick", "Choose", id="rows.pick", show=False, tooltip="Choose this row"),
    ]

    chosen: reactive[frozenset[str]] = reactive(frozenset)
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Picked(Message):
        """Somebody picked a row."""

        rows: Rows
        key: str

        @property
        def control(self) -> Rows:
            """Where it was picked."""
            return self.rows

    def __init__(
        self, rows: Sequence[Row], choosing: Choosing, chosen: Collection[str] = (), *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.rows = tuple(rows)
        self.choosing = choosing
        self.set_reactive(Rows.chosen, frozenset(chosen))
        self.set_reactive(Rows.cursor, next((n for n, row in enumerate(self.rows) if row.key in chosen), 0))

    def compose(self) -> ComposeResult:
        """The rows, their meanings below one another."""
        width = None
        if any(row.detail for row in self.rows):
            width = min(max(cell_len(row.label) for row in self.rows), _WIDEST_LABEL) + 2
        for row in self.rows:
            yield RowView(row, width)

    def on_mount(self) -> None:
        """Show what is chosen."""
        self._paint()

    def watch_chosen(self) -> None:
        """Show it."""
        self._paint()

    def watch_cursor(self) -> None:
        """Show it."""
        self._paint()

    def show(self, rows: Sequence[Row], chosen: frozenset[str]) -> None:
        """Let the same rows say something else."""
        self.rows = tuple(rows)
        for row, view in zip(self.rows, self.query(RowView), strict=True):
            view.show(row)
        self.chosen = chosen

    def _paint(self) -> None:
        off, on = MARKS[self.choosing]
        for number, view in enumerate(self.query(RowView)):
            chosen = view.row.key in self.chosen
            view.mark.update(on if chosen else off)
            view.set_class(chosen, "-chosen")
            view.set_class(number == self.cursor, "-cursor")

    def action_move(self, by: int) -> None:
        """Go up or down by so many rows."""
        self.cursor = max(0, min(len(self.rows) - 1, self.cursor + by))
        for number, view in enumerate(self.query(RowView)):
            if number == self.cursor:
                view.scroll_visible(animate=False)

    def action_pick(self) -> None:
        """Pick the row one stands on."""
        if self.rows:
            key = self.rows[self.cursor].key
            if self.choosing == "many":
                self.chosen = self.chosen ^ {key}
            self.post_message(self.Picked(self, key))

    def on_click(self, event: events.Click) -> None:
        """Pick the row that was clicked."""
        for number, view in enumerate(self.query(RowView)):
            if event.widget is not None and view in event.widget.ancestors_with_self:
                self.cursor = number
                self.action_pick()
