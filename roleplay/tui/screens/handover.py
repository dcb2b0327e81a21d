"""Handing the laptop to one person, and taking it back with nothing of theirs left to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from roleplay.conduct.runner import Runner
from roleplay.session.state import FACILITATOR, State
from roleplay.tui.screens.base import Dialog

_LONGEST_NAME = 24
"""Cells, so that both buttons have room."""


class HandOver(Dialog[bool]):
    """Stands between two people who share a laptop; true once the right one looks."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._person = name

    def body(self) -> ComposeResult:
        """To whom, and a way back."""
        short = cell_len(self._person) <= _LONGEST_NAME
        show = f"I am {self._person}, show me" if short else "That is me, show me"
        yield Static(f"Hand the laptop to {self._person}.", classes="question", markup=False)
        yield Static(f"Only {self._person} should look now.", classes="more", markup=False)
        with Horizontal(id="answers"):
            yield Button(Content(show), id="show", variant="primary", compact=True)
            yield Button("Back", id="back", compact=True)

    @on(Button.Pressed)
    def _answered(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "show")

    def action_away(self) -> None:
        """Nobody looks."""
        self.dismiss(False)


def shares_laptop(state: State, person: str) -> bool:
    """Whether others could look over this person's shoulder: somebody else takes part who is no bot."""
    return person != FACILITATOR and len(state.humans) > 1


async def open_private(app: App[Any], runner: Runner, person: str, make_screen: Callable[[], Screen[bool]]) -> bool:
    """Let one person look at a private screen, behind a hand-over where a laptop is shared.

    Call it from a worker. True once something was sent. A bot never looks.
    """
    known = runner.state.people.get(person)
    if known is not None and known.bot:
        return False
    if shares_laptop(runner.state, person) and not await app.push_screen_wait(HandOver(runner.name(person))):
        return False
    return await app.push_screen_wait(make_screen())
