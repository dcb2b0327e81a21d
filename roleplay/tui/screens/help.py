"""What a screen is for, all its keys, and how keys are changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from rich.table import Table
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from roleplay.settings import settings_path
from roleplay.tui.keys import say_key
from roleplay.tui.screens.base import RoleplayScreen


class HelpScreen(RoleplayScreen[None]):
    """Explains the screen below it."""

    DEFAULT_CSS = """
    HelpScreen #help { padding: 1 2 0 2; }
    HelpScreen #help Static { max-width: 92; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "help", "Back", id="help.close", tooltip="Close the help"),
        Binding("f1", "help", show=False, id="help.open"),
    ]

    def __init__(self, of: Screen[Any], heading: str, words: str) -> None:
        super().__init__()
        self.heading = f"Help: {heading}"
        self._words = words
        self._keys = dict(_keys(of))

    def body(self) -> ComposeResult:
        """Words, keys, and how to change them."""
        with VerticalScroll(id="help"):
            for words in self._words.split("\n\n"):
                yield Static(" ".join(words.split()), markup=False)
            yield Static("Keys", classes="section", markup=False)
            yield Static(self._table())
            yield Static("To change a key", classes="section", markup=False)
            yield Static(
                f"Write its name and your key in {settings_path()}, below the heading [keys], and start the program "
                "again. For example:",
                markup=False,
            )
            yield Static('[keys]\nhelp.open = "f1,ctrl+k"', markup=False)

    def on_mount(self) -> None:
        """Arrow keys scroll."""
        self.query_one("#help").focus()

    def _table(self) -> Table:
        grid = Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        grid.add_column("Key")
        grid.add_column("What it does", ratio=1)
        grid.add_column("Name", style="dim")
        for id, (keys, does) in self._keys.items():
            grid.add_row(" or ".join(map(say_key, keys)), does, id)
        return grid

    def action_help(self) -> None:
        """Back to the screen that was explained."""
        self.dismiss()


def _keys(screen: Screen[Any]) -> Iterator[tuple[str, tuple[list[str], str]]]:
    """The name of every key that does something now, with its keys and what it does."""
    found: dict[str, tuple[list[str], str]] = {}
    for key, (_, binding, enabled, tooltip) in screen.active_bindings.items():
        if binding.id and enabled:
            found.setdefault(binding.id, ([], tooltip or binding.description))[0].append(key)
    yield from found.items()
