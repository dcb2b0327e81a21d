"""Asks how much more time there is to be, in seconds or as people write it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from roleplay.content.durations import parse_duration
from roleplay.tui.screens.base import Dialog

_USUAL = "90"


def read_time(typed: str) -> int | None:
    """Seconds out of what was typed: `90`, `1:30`, `1m30s`, `2m`, each with a minus for less; none where it is none."""
    text = typed.strip().replace("−", "-")
    less = text.startswith("-")
    text = text.lstrip("+-").strip()
    try:
        if ":" in text:
            minutes, _, seconds = text.partition(":")
            found = int(minutes or 0) * 60 + int(seconds or 0)
        else:
            found = parse_duration(f"{text}s" if text.isdecimal() else text)
    except ValueError:
        return None
    return -found if less else found


class MoreTime(Dialog[int | None]):
    """Returns seconds, or nothing."""

    HELP = """\
Write how much more time there is to be: 90 or 1:30 for ninety seconds, 30 for half a minute, 2m for two minutes. \
With a minus in front there is less. ← takes it back."""

    CSS = """
    MoreTime Input { margin: 1 0 0 0; background: $panel; width: 20; }
    """

    def __init__(self, whom: str) -> None:
        super().__init__()
        self._whom = whom

    def body(self) -> ComposeResult:
        """One line to write in."""
        yield Static(f"How much more time for {self._whom}?", classes="question", markup=False)
        yield Input(_USUAL, max_length=8, select_on_focus=True)
        yield Static("Seconds, or 2m, or 1:30; with a minus there is less.", id="said", classes="more", markup=False)
        with Horizontal(id="answers"):
            yield Button("Give it", id="give", variant="primary", compact=True)
            yield Button("Back", id="back", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#give")
    def _given(self) -> None:
        seconds = read_time(self.query_one(Input).value)
        if seconds is None:
            self.query_one("#said", Static).update("Write it as 90, as 1:30, or as 2m.")
            self.query_one("#said").set_class(True, "problem")
            self.query_one(Input).focus()
            return
        self.dismiss(seconds)

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.action_away()
