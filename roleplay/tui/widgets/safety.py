"""What everybody reads while the table stands still because somebody needed it. It names nobody."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from roleplay.content.words import paragraphs


class SafetyPanel(VerticalScroll, can_focus=False):
    """Fills the screen."""

    DEFAULT_CSS = """
    SafetyPanel { align: center middle; height: 1fr; background: $surface; }
    SafetyPanel > Static { width: 66; max-width: 90%; height: auto; margin: 0 0 1 0; }
    SafetyPanel .pausing { text-style: bold; color: $text-primary; }
    SafetyPanel #on { color: $text-muted; margin: 1 0 0 0; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """A calm heading, the owner's words, and how to go on."""
        yield Static("We are pausing.", classes="pausing")
        for paragraph in paragraphs(self._text):
            yield Static(paragraph, markup=False)
        yield Static(id="on")

    def say_key(self, key: str) -> None:
        """Say with which key it goes on."""
        self.query_one("#on", Static).update(f"The clock stands. When everybody is ready: {key}.")
