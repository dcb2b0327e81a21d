"""All that was said in a class, to be read again."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from roleplay.tui.screens.base import Dialog


class Said(Dialog[None]):
    """A list that scrolls."""

    HELP = """\
What happened at the tables, and what changed when people came, went or moved; the newest stands first."""

    CSS = """
    Said > #window { width: 90; }
    Said #said { height: auto; max-height: 16; margin: 1 0 0 0; }
    Said #said Static { margin: 0 0 1 0; }
    """
    AUTO_FOCUS = "#said"

    def __init__(self, said: Sequence[str]) -> None:
        super().__init__()
        self._said = tuple(said)

    def body(self) -> ComposeResult:
        """The sentences."""
        yield Static("What was said", classes="question")
        with VerticalScroll(id="said"):
            for words in self._said or ("Nothing yet.",):
                yield Static(words, markup=False)
        with Horizontal(id="answers"):
            yield Button("Back", id="back", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Close it."""
        event.stop()
        self.dismiss(None)
