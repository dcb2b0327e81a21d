"""All about the recording in a small window: how it stands, how loud it is, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from roleplay.tui.screens.base import Dialog
from roleplay.tui.widgets.choices import Choices
from roleplay.tui.widgets.texts import put_text

_REPAINT = 0.2


class RecordingDialog(Dialog[str | None]):
    """Returns what is wished, or nothing; what it tells goes on being told."""

    HELP = """\
Here you see whether the conversation is recorded, with which microphone, and how loud it is: speak, and the bar \
should move, but not to its end.

Anyone may stop the recording at any time; nobody is asked why. Whoever has not been asked yet can be asked here, and \
whoever said yes can take it back: then all that was recorded while they were in the room is erased."""

    CSS = """
    RecordingDialog > #window { width: 76; }
    RecordingDialog #told { height: auto; max-height: 12; margin: 1 0 0 0; }
    RecordingDialog Choices { height: auto; max-height: 8; margin: 1 0 0 0; background: $surface; }
    """

    def __init__(self, tell: Callable[[], str], wishes: Sequence[tuple[str, str]]) -> None:
        """
        Args:
            tell: how it stands right now, line by line; called several times a second.
            wishes: what can be done, each with its words.
        """
        super().__init__()
        self._tell, self._wishes = tell, wishes

    def body(self) -> ComposeResult:
        """How it stands, and what can be done."""
        yield Static("Recording", classes="question")
        yield Static(self._tell(), id="told", markup=False)
        yield Choices(*(Option(Content(words), id=id) for id, words in self._wishes), markup=False)

    def on_mount(self) -> None:
        """Follow how loud it is."""
        choices = self.query_one(Choices)
        choices.highlighted = 0
        choices.focus()
        self.set_interval(_REPAINT, self._look)

    def _look(self) -> None:
        put_text(self, "told", self._tell())

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id)
