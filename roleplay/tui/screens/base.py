"""What all screens share: a line with the heading, the keys at the foot, help on F1, and how a problem is said.

A screen writes `body` instead of `compose`, and says in `HELP` what it is for. A question to the user is a
small `Dialog` that returns a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Button, Footer, Static

from roleplay.problems import CommandProblem

if TYPE_CHECKING:
    from roleplay.tui.app import RoleplayApp
    from roleplay.tui.desk import Desk


class DeskOpened(Message):
    """The first painting is done, and `desk` is ready; sent to the first screen."""


class HeadLine(Horizontal):
    """The first line of a screen: what it is on the left, where one stands on the right, and whether sound is kept."""

    DEFAULT_CSS = """
    HeadLine { dock: top; height: 1; background: $panel; color: $text; padding: 0 1; }
    HeadLine .heading { width: 1fr; text-style: bold; text-overflow: ellipsis; text-wrap: nowrap; }
    HeadLine .sign {
        width: auto; background: $error; color: $background; text-style: bold; padding: 0 1; margin: 0 0 0 1;
        display: none;
    }
    HeadLine .aside { width: auto; max-width: 50%; color: $text-muted; padding: 0 0 0 2; text-wrap: nowrap; }
    """

    heading: reactive[str] = reactive("")
    aside: reactive[str] = reactive("")

    def compose(self) -> ComposeResult:
        """Two texts, and the sign between them."""
        yield Static(self.heading, classes="heading", markup=False)
        yield Static(classes="sign", markup=False)
        yield Static(self.aside, classes="aside", markup=False)

    def on_mount(self) -> None:
        """Show on each screen whether sound is kept."""
        self.watch(self.app, "recording", self._show_sign)

    def on_resize(self) -> None:
        """The key that stops it stands there where there is space."""
        self._show_sign(cast("RoleplayApp", self.app).recording)

    def _show_sign(self, sign: str) -> None:
        if sign and len(sign) <= self.size.width // 6:
            sign += f" · {cast('RoleplayApp', self.app).key_that_stops} stops"
        for static in self.query(".sign").results(Static):
            static.update(sign)
            static.display = bool(sign)

    def watch_heading(self, heading: str) -> None:
        """Show it."""
        for static in self.query(".heading").results(Static):
            static.update(heading)

    def watch_aside(self, aside: str) -> None:
        """Show it."""
        for static in self.query(".aside").results(Static):
            static.update(aside)


class RoleplayScreen(Screen[ScreenResultType]):
    """A screen with a heading, help and the keys at its foot."""

    HEADING: ClassVar[str] = ""
    """What stands on the first line; `heading` changes it while the screen is shown."""
    HELP: ClassVar[str] = ""
    """What this screen is for and what one can do here, in plain words; paragraphs stand between blank lines."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", id="help.open", tooltip="What this screen is for, and all its keys"),
    ]

    heading: reactive[str] = reactive("")
    aside: reactive[str] = reactive("")
    """What stands at the right end of the first line."""

    def compose(self) -> ComposeResult:
        """The heading, what the screen is made of, and the keys."""
        line = HeadLine()
        line.heading, line.aside = self.heading or self.HEADING, self.aside
        yield line
        yield from self.body()
        yield Footer(show_command_palette=False)

    def body(self) -> ComposeResult:
        """What stands between the heading and the keys."""
        yield from ()

    def watch_heading(self, heading: str) -> None:
        """Show it."""
        for line in self.query(HeadLine):
            line.heading = heading or self.HEADING

    def watch_aside(self, aside: str) -> None:
        """Show it."""
        for line in self.query(HeadLine):
            line.aside = aside

    @property
    def desk(self) -> Desk:
        """What lies ready for every screen."""
        return cast("RoleplayApp", self.app).desk

    def say(self, problem: CommandProblem) -> None:
        """Say calmly what cannot be done, and what to do instead."""
        self.notify(f"{problem.sentence} {problem.mend}".strip(), severity="warning", markup=False)

    def leave(self, result: ScreenResultType | None = None) -> None:
        """Go back to the screen before, or close the program where this was the first one."""
        if len(self.app.screen_stack) > 1:
            self.dismiss(result)
        else:
            self.app.exit()

    def action_help(self) -> None:
        """Open the help on this screen."""
        open_help(self)


class Dialog(ModalScreen[ScreenResultType]):
    """A question in a small window; Escape answers it with nothing."""

    HELP: ClassVar[str] = """\
A question. Choose with the arrow keys and Enter, or with the mouse. Esc goes back and changes nothing."""

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > #window {
        width: 64; max-width: 90%; height: auto; max-height: 90%;
        background: $surface; border: round $primary; padding: 1 2;
    }
    Dialog .question { text-style: bold; }
    Dialog .more { margin: 1 0 0 0; color: $text-muted; }
    Dialog #answers { height: auto; margin: 1 0 0 0; align-horizontal: right; }
    Dialog #answers Button { margin: 0 0 0 2; background: $panel; color: $foreground; }
    Dialog #answers Button:focus { background: $primary; color: $background; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "away", "Back", id="dialog.back", tooltip="Go back without an answer"),
        Binding("f1", "help", "Help", show=False, id="help.open", tooltip="What this screen is for, and all its keys"),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The window with what `body` makes."""
        with Vertical(id="window"):
            yield from self.body()

    def body(self) -> ComposeResult:
        """What stands in the window."""
        yield from ()

    def action_away(self) -> None:
        """Close it without an answer."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Open the help on this question."""
        open_help(self)


class Question(Dialog[bool]):
    """A question answered with yes or no; the first button has the focus, Escape is no."""

    def __init__(self, question: str, more: str = "", yes: str = "Yes", no: str = "No") -> None:
        super().__init__()
        self._question, self._more, self._yes, self._no = question, more, yes, no

    def body(self) -> ComposeResult:
        """The question and two buttons."""
        yield Static(self._question, classes="question", markup=False)
        if self._more:
            yield Static(self._more, classes="more", markup=False)
        with Horizontal(id="answers"):
            yield Button(self._yes, id="yes", variant="primary", compact=True)
            yield Button(self._no, id="no", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        event.stop()
        self.dismiss(event.button.id == "yes")

    def action_away(self) -> None:
        """No."""
        self.dismiss(False)


def open_help(screen: RoleplayScreen[Any] | Dialog[Any]) -> None:
    """Explain a screen, and list its keys."""
    from roleplay.tui.screens.help import HelpScreen

    heading = screen.heading or screen.HEADING if isinstance(screen, RoleplayScreen) else "this question"
    screen.app.push_screen(HelpScreen(screen, heading, screen.HELP))


def turn_page(page: Widget, way: int) -> None:
    """Move through something that is longer than the screen: one page down, or up where `way` is -1."""
    page.scroll_relative(y=way * (page.size.height - 2), animate=False)
