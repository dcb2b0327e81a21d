"""What a scenario asks before it can be played: a question each, and room to answer it in a sentence or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Button, Static

from roleplay.content.scenario import Scenario
from roleplay.tui.screens.base import RoleplayScreen
from roleplay.tui.widgets.answers import WordsArea


class BlankField(WordsArea):
    """A field that grows with the words; Enter goes on, since an answer stands in the middle of a sentence."""

    DEFAULT_CSS = """
    BlankField {
        min-height: 2; max-height: 6; border: none; background: $surface;
        &:focus { border: none; background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Next", priority=True, id="blanks.next", tooltip="Go to the next question"),
    ]

    class Done(Message):
        """This one is answered."""

    def action_go_on(self) -> None:
        """To the next question."""
        self.post_message(self.Done())

    @property
    def words(self) -> str:
        """What was written, on one line."""
        return " ".join(self.text.split())


class BlanksScreen(RoleplayScreen[dict[str, str]]):
    """Asks the questions of a scenario; however it is left, it hands back what was written."""

    HELP = """\
This scenario is about something of your own. Answer each question in a sentence or two; Enter or Tab goes to the next.

What you write is put on the cards, so that everybody who plays knows what it is about. Leave out names of people who \
are not here, or use invented ones.

Nothing is lost when you go on: F2 brings you back here, until the session begins."""

    DEFAULT_CSS = """
    BlanksScreen #questions { height: 1fr; padding: 0 2; }
    BlanksScreen .intro { color: $text-muted; margin: 0 0 1 0; }
    BlanksScreen .section, BlanksScreen .intro { padding: 0 1; height: auto; }
    BlanksScreen BlankField { margin: 0 0 1 0; }
    BlanksScreen #questions > * { max-width: 92; }
    BlanksScreen #go-on { margin: 0 0 0 3; width: auto; min-width: 24; }
    BlanksScreen.-wide #questions { padding: 1 4; }
    BlanksScreen.-wide BlankField { min-height: 3; }
    BlanksScreen.-wide #go-on { margin: 0 0 1 5; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", "To the people", id="blanks.done", tooltip="Go on; what you wrote is kept"),
    ]

    def __init__(self, scenario: Scenario, answers: Mapping[str, str]) -> None:
        super().__init__()
        self.heading = scenario.title
        self._blanks = scenario.blanks
        self._answers = answers

    def body(self) -> ComposeResult:
        """A field for each question."""
        with VerticalScroll(id="questions", can_focus=False):
            yield Static("What is it about? Your answers stand on the cards.", classes="intro", markup=False)
            for id, question in self._blanks.items():
                yield Static(question, classes="section", markup=False)
                yield BlankField(self._answers.get(id, ""), id=f"blank-{id}")
        yield Button("Go on", id="go-on", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Begin with the first that is empty."""
        fields = list(self.query(BlankField))
        next((field for field in fields if not field.words), fields[0]).focus(scroll_visible=False)

    @on(BlankField.Done)
    def _next(self) -> None:
        self.focus_next(BlankField if self.focused is not self.query(BlankField).last() else "#go-on")

    @on(Button.Pressed, "#go-on")
    def action_done(self) -> None:
        """Hand back what was written."""
        words = {id: self.query_one(f"#blank-{id}", BlankField).words for id in self._blanks}
        self.dismiss({id: said for id, said in words.items() if said})
