"""Finds somebody in a class: a few letters of the name, then Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from roleplay.tui.screens.base import Dialog
from roleplay.tui.widgets.choices import Choices


class PickPerson(Dialog[str | None]):
    """Returns the id of an entry, or nothing."""

    HELP = """\
Type a few letters of the name, or go through the list with ↑ and ↓. Enter chooses. Esc changes nothing."""

    CSS = """
    PickPerson > #window { width: 76; }
    PickPerson Input { margin: 1 0; background: $panel; }
    PickPerson Choices { height: auto; max-height: 12; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", show=False, priority=True, id="pick.down", tooltip="The next name"),
        Binding("up", "go(-1)", show=False, priority=True, id="pick.up", tooltip="The name before"),
    ]

    def __init__(self, question: str, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._question, self._entries = question, tuple(entries)

    def body(self) -> ComposeResult:
        """The question, a line to search with, and those who are meant by it."""
        yield Static(self._question, classes="question", markup=False)
        yield Input(placeholder="a few letters of the name")
        yield Choices(*self._options(""), markup=False)

    def on_mount(self) -> None:
        """The first one can be taken at once."""
        self.query_one(Choices).highlighted = 0
        self.query_one(Input).focus()

    def _options(self, typed: str) -> list[Option]:
        wanted = typed.casefold().split()
        return [Option(says, id=id) for id, says in self._entries if all(part in says.casefold() for part in wanted)]

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        event.stop()
        choices = self.query_one(Choices)
        choices.clear_options()
        choices.add_options(self._options(event.value))
        choices.highlighted = 0 if choices.option_count else None

    def action_go(self, by: int) -> None:
        """Another name."""
        choices = self.query_one(Choices)
        (choices.action_cursor_down if by > 0 else choices.action_cursor_up)()

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        event.stop()
        choices = self.query_one(Choices)
        if choices.highlighted is not None:
            self.dismiss(choices.get_option_at_index(choices.highlighted).id)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id)
