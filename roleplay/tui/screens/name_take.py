"""Gives a take of a conversation a name: what is tried in it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from roleplay.tui.screens.base import Dialog

_LONGEST = 60


class NameTake(Dialog[str | None]):
    """Returns the name, or nothing where none was written."""

    HELP = """\
A few words on what is tried in this take, such as "slower start". Everybody can read them: they stand above the \
clock, and beside the take in the reports."""

    CSS = """
    NameTake Input { margin: 1 0 0 0; background: $panel; }
    """

    def __init__(self, take: int, name: str) -> None:
        super().__init__()
        self._take, self._name = take, name

    def body(self) -> ComposeResult:
        """One line to write in."""
        yield Static(f"What is tried in take {self._take}?", classes="question")
        yield Input(self._name, placeholder=f"Take {self._take}", max_length=_LONGEST, select_on_focus=False)
        yield Static("A few words that everybody may read.", classes="more")
        with Horizontal(id="answers"):
            yield Button("Name it", id="name", variant="primary", compact=True)
            yield Button("Leave it", id="leave", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#name")
    def _named(self) -> None:
        self.dismiss(self.query_one(Input).value.strip() or None)

    @on(Button.Pressed, "#leave")
    def _left(self) -> None:
        self.action_away()
