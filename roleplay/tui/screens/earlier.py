"""Where the people of a class come from: an earlier session, or a class list in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from roleplay.conduct.class_list import read_roster
from roleplay.conduct.clock import wall_now
from roleplay.conduct.roster import Roster, people_of
from roleplay.problems import CommandProblem, FileProblems
from roleplay.store.protocol import Store
from roleplay.tui.describe import when
from roleplay.tui.screens.base import Dialog
from roleplay.tui.screens.choose import Choose

_FILE = ""
"""Stands in the list for a class list in a file."""
_MOST = 30
"""So many sessions are offered; older ones can be named on the command line."""


async def choose_class(app: App[Any], store: Store) -> Roster | None:
    """The people of an earlier session or of a class list, as somebody chooses; nothing where nobody is chosen."""
    try:
        rows = [row for row in store.sessions() if not row.rehearsal][:_MOST]
        now = wall_now()
        entries: list[tuple[str, str | Content]] = [
            (row.id, Content.assemble((f"{row.people:>3} people", "bold"), f"  {when(row.opened, now)}  {row.title}"))
            for row in rows
        ]
        more = "Those who were there are known again, and nobody asks." if rows else "There is no earlier session yet."
        chosen = await app.push_screen_wait(
            Choose("Who is in the class?", [(_FILE, "A class list in a file…"), *entries], more)
        )
        if chosen is None:
            return None
        return people_of(store, chosen) if chosen else await app.push_screen_wait(ClassList())
    except CommandProblem as problem:
        app.notify(str(problem), severity="warning", markup=False)
        return None


class ClassList(Dialog[Roster | None]):
    """Asks for the path of a class list, until it can be read; what needs mending stands beneath."""

    CSS = """
    ClassList > #window { width: 76; }
    ClassList #path { margin: 1 0 0 0; }
    ClassList #trouble { height: auto; max-height: 12; color: $text-warning; margin: 1 0 0 0; display: none; }
    """

    def body(self) -> ComposeResult:
        """The question, the field, and what is wrong."""
        yield Static("Which class list?", classes="question", markup=False)
        yield Input(placeholder="class.csv", id="path", compact=True)
        yield Static("", id="trouble", markup=False)
        said = (
            "A CSV file with a column called name; id, email and tags such as cohort if you have them. Enter reads it."
        )
        yield Static(said, classes="more", markup=False)

    @on(Input.Submitted)
    def _read(self, event: Input.Submitted) -> None:
        event.stop()
        typed = event.value.strip().strip("'\"")
        if not typed:
            return
        try:
            self.dismiss(read_roster(Path(typed).expanduser()))
        except CommandProblem as problem:
            self._say(str(problem))
        except FileProblems as problems:
            self._say("\n".join(f"Line {each.line}, {each.key}: {each.sentence}." for each in problems.problems))

    def _say(self, words: str) -> None:
        trouble = self.query_one("#trouble", Static)
        trouble.update(words)
        trouble.display = True


class Noticed(Dialog[None]):
    """Says what was noticed in a class list, once, before anything is made of it."""

    CSS = """
    Noticed > #window { width: 76; }
    Noticed VerticalScroll { height: auto; max-height: 14; }
    Noticed VerticalScroll Static { margin: 1 0 0 0; height: auto; }
    """

    def __init__(self, notes: Sequence[str]) -> None:
        super().__init__()
        self._notes = notes

    def body(self) -> ComposeResult:
        """A sentence each, and how to go on."""
        yield Static("In your class list", classes="question", markup=False)
        with VerticalScroll(can_focus=False):
            yield from (Static(note, markup=False) for note in self._notes)
        with Horizontal(id="answers"):
            yield Button("Go on", id="done", variant="primary", compact=True)

    @on(Button.Pressed)
    def _done(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(None)
