"""One row of a form whose criteria are columns: all its cells on a page; a row after the first may stay empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Button, Static

from roleplay.conduct.drafts import DraftAnswer
from roleplay.tui.widgets.criterion import Asked, CriterionPage

Cell = tuple[str, Asked, Callable[[object], bool]]
"""The id of a cell, what it asks, and which answers need evidence."""


class RowPage(VerticalScroll, can_focus=False):
    """Where one row is answered."""

    DEFAULT_CSS = """
    RowPage { padding: 0 1; & > * { max-width: 110; } }
    RowPage CriterionPage { height: auto; padding: 0; margin: 1 0 0 0; }
    RowPage CriterionPage AnswerInput { margin: 0; }
    RowPage CriterionPage WordsArea { min-height: 3; }
    RowPage .clear { margin: 1 0; display: none; }
    RowPage.-begun .clear { display: block; }
    """

    @dataclass
    class Cleared(Message):
        """The row was emptied."""

    def __init__(
        self, row: int, rows: int, intro: str, cells: Sequence[Cell], given: Mapping[str, DraftAnswer]
    ) -> None:
        super().__init__(id=f"row-{row}")
        self.row, self._rows, self._intro, self._cells, self._given = row, rows, intro, tuple(cells), given

    def compose(self) -> ComposeResult:
        """The cells from left to right."""
        if self._intro:
            yield Static(self._intro, classes="muted intro", markup=False)
        empty = " · may stay empty" if self.row > 1 else ""
        yield Static(f"Row {self.row} of {self._rows}{empty}", classes="section")
        for id, asked, needs in self._cells:
            yield CriterionPage(asked, self._given.get(asked.criterion.id), needs, id)
        if self.row > 1:
            yield Button("Clear this row", classes="clear", compact=True)

    def focus_first(self) -> None:
        """Put the focus into the first cell without an answer."""
        cells = list(self.query(CriterionPage))
        next((cell for cell in cells if cell.answer is None), cells[0]).focus_first()

    def show_begun(self, begun: bool) -> None:
        """A row that is begun can be cleared."""
        self.set_class(begun, "-begun")

    @on(Button.Pressed, ".clear")
    async def _clear(self, event: Button.Pressed) -> None:
        event.stop()
        self._given = {}
        await self.recompose()
        self.focus_first()
        self.post_message(self.Cleared())
