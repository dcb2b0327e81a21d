"""One thing to choose in a column: what it is, the choices, and room for a word about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Label, Select, Static

Entry = int | str
_NOTHING = -1
"""Stands in the list until something is offered."""


class ChoiceRow(Vertical):
    """Hidden while there is nothing to choose; only what a person chooses is told, not what is shown to them."""

    DEFAULT_CSS = """
    ChoiceRow { height: auto; display: none; }
    ChoiceRow Label { width: 13; padding: 0 1; color: $text-muted; }
    ChoiceRow Horizontal { height: 1; }
    ChoiceRow Select { width: 1fr; height: 1; }
    ChoiceRow Select > SelectCurrent { padding: 0 1; & #label { text-wrap: nowrap; text-overflow: ellipsis; } }
    ChoiceRow Select > SelectOverlay { width: 46; }
    ChoiceRow .word { padding: 0 1; height: auto; color: $text-muted; display: none; }
    """

    @dataclass
    class Chosen(Message):
        """Somebody has chosen."""

        row: ChoiceRow
        value: Entry

        @property
        def control(self) -> ChoiceRow:
            """Where it was chosen."""
            return self.row

    def __init__(self, label: str, id: str) -> None:
        super().__init__(id=f"{id}-row")
        self._label, self._select = label, id
        self._shown: tuple[tuple[tuple[str, Entry], ...], Entry] | None = None

    def compose(self) -> ComposeResult:
        """The label, the choices, and the word."""
        with Horizontal():
            yield Label(self._label)
            yield Select[Entry]([("", _NOTHING)], allow_blank=False, compact=True, id=self._select)
        yield Static("", classes="word", markup=False)

    def offer(self, options: Sequence[tuple[str, Entry]], chosen: Entry, word: str = "") -> None:
        """Let one of these be chosen; fewer than two are no choice."""
        self.display = len(options) > 1
        if self.display and self._shown != (shown := (tuple(options), chosen)):
            self._shown = shown
            select = self.query_one(Select)
            with select.prevent(Select.Changed):
                # A value that stays the same would keep its old words.
                select.set_options([("", _NOTHING)])
                select.set_options(options)
                select.value = chosen
        said = self.query_one(".word", Static)
        said.update(word)
        said.display = bool(word)

    @on(Select.Changed)
    def _choose(self, event: Select.Changed) -> None:
        event.stop()
        if self._shown and event.value != self._shown[1] and isinstance(event.value, int | str):
            self._shown = (self._shown[0], event.value)
            self.post_message(self.Chosen(self, event.value))
