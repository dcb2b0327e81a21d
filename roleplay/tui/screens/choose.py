"""A list in a small window, from which one entry is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from roleplay.tui.screens.base import Dialog
from roleplay.tui.widgets.choices import Choices


class Choose(Dialog[str | None]):
    """Returns the id of the chosen entry, or nothing."""

    CSS = """
    Choose > #window { width: 76; }
    Choose Choices { height: auto; max-height: 14; margin: 1 0 0 0; background: $surface; }
    """

    def __init__(self, question: str, entries: Sequence[tuple[str, str | Content]], more: str = "") -> None:
        super().__init__()
        self._question, self._entries, self._more = question, entries, more

    def body(self) -> ComposeResult:
        """The question and the entries."""
        yield Static(self._question, classes="question", markup=False)
        yield Choices(
            *(Option(Content(e) if isinstance(e, str) else e, id=id) for id, e in self._entries), markup=False
        )
        if self._more:
            yield Static(self._more, classes="more", markup=False)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id)
