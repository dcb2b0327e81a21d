"""Asks for all names at once that somebody bore before, whether these are the same people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList, Static

from roleplay.tui.known import Asked, say_last
from roleplay.tui.screens.base import Dialog

_A_FEW = 3
"""More names are asked about as one class."""


class BeforeList(OptionList):
    """A row for each name; Space, or a click, changes who it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "Change", id="before.change", tooltip="Say that this is somebody else"),
        Binding("enter", "screen.done", "Go on", id="before.done", tooltip="That is how it is"),
        Binding("n", "screen.none", "None", id="before.none", tooltip="All of them are somebody new"),
    ]


class Before(Dialog[tuple[Asked, ...] | None]):
    """Returns what was said of each name; Escape says nothing, and then nobody was here before."""

    CSS = """
    Before > #window { width: 76; }
    Before BeforeList { height: auto; max-height: 12; margin: 1 0 0 0; background: $surface; }
    """

    def __init__(self, asked: Sequence[Asked], now: int) -> None:
        super().__init__()
        self._asked = list(asked)
        self._now = now

    def body(self) -> ComposeResult:
        """The names, and how to go on."""
        many = len(self._asked)
        question = "Were these people here before?" if many > 1 else f"Was {self._asked[0].name} here before?"
        if many > _A_FEW:
            question = f"{many} of these names were here before. The same people?"
        yield Static(question, classes="question", markup=False)
        yield BeforeList(*map(self._row, self._asked), markup=False)
        more = "Space says that it is somebody else. Only the same person gets what was kept from last time."
        yield Static(more, classes="more", id="more", markup=False)
        with Horizontal(id="answers"):
            if many > _A_FEW:
                yield Button("All of them", id="done", variant="primary", compact=True)
                yield Button("None of them", id="none", compact=True)
            else:
                yield Button("That is right", id="done", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Begin with the first name that nobody can guess."""
        self.query_one(BeforeList).highlighted = self._open_at() or 0

    def _row(self, asked: Asked) -> Content:
        if asked.person:
            said = (f"Yes · {say_last(asked.person, self._now)}", "$text-success")
        elif asked.decided:
            said = ("No, somebody new", "$text-muted")
        else:
            said = (f"{len(asked.people)} people had this name. Space says which.", "$text-warning")
        return Content.assemble((asked.name, "bold"), "\n  ", said)

    @on(OptionList.OptionSelected)
    def _change(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        at = event.option_index
        taken = {person.id for n, each in enumerate(self._asked) if n != at and (person := each.person)}
        self._asked[at] = self._asked[at].other(taken)
        self.query_one(BeforeList).replace_option_prompt_at_index(at, self._row(self._asked[at]))
        self.query_one("#done", Button).label = "That is right"

    @on(Button.Pressed, "#none")
    def action_none(self) -> None:
        """All of them are somebody new."""
        self.dismiss(tuple(replace(one, chosen=len(one.people)) for one in self._asked))

    @on(Button.Pressed, "#done")
    def action_done(self) -> None:
        """Hand it back, once it is said of everybody."""
        still = self._open_at()
        if still is None:
            self.dismiss(tuple(self._asked))
            return
        self.query_one(BeforeList).highlighted = still
        self.query_one(BeforeList).focus()
        self.query_one("#more", Static).update(f"Please say first who {self._asked[still].name} is, with Space.")

    def _open_at(self) -> int | None:
        return next((n for n, asked in enumerate(self._asked) if not asked.decided), None)
