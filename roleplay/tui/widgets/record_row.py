"""Whether people are to be asked if their conversations may be recorded; no is where it begins."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widgets import Button, Label, Static

from roleplay.content.scenario import Scenario
from roleplay.extras import can_record
from roleplay.session.recording import has_recording


class RecordRow(Vertical):
    """Gone where the script wants no recording; one quiet sentence where the parts for it are not installed."""

    DEFAULT_CSS = """
    RecordRow { height: auto; }
    RecordRow Horizontal { height: 1; }
    RecordRow Label { width: 13; padding: 0 1; color: $text-muted; }
    RecordRow Button { width: 1fr; background: $surface; color: $foreground; }
    RecordRow Button:focus { background: $primary; color: $background; }
    RecordRow .word { padding: 0 1; height: auto; color: $text-muted; }
    """

    wished: reactive[bool] = reactive(False)
    """They are asked before the start."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self.display = has_recording(scenario)
        self.can_ask = self.display and can_record()

    def compose(self) -> ComposeResult:
        """The label, the answer, and a word about it."""
        if self.can_ask:
            with Horizontal():
                yield Label("Record")
                yield Button("", compact=True)
        yield Static("", classes="word", markup=False)

    def on_mount(self) -> None:
        """Begin with no."""
        self.watch_wished(self.wished)

    def watch_wished(self, wished: bool) -> None:
        """Show the answer, and what follows from it."""
        for button in self.query(Button):
            button.label = f"{'ask all' if wished else 'no'} · F4"
        if self.can_ask:
            word = "Everyone is asked after Start." if wished else ""
        else:
            # The command that adds them can be long; the doctor writes it out.
            word = "Recording is not set up; `roleplay doctor` says how."
        for static in self.query(".word").results(Static):
            static.update(word)
            static.display = bool(word)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.turn()

    def turn(self) -> None:
        """Yes after no, and no after yes."""
        self.wished = self.can_ask and not self.wished
