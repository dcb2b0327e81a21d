"""What can still happen in a conversation: the facilitator gives it now, or holds it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from roleplay.session.forms import PlannedInject
from roleplay.tui import happening
from roleplay.tui.scene import Scene
from roleplay.tui.screens.base import Dialog
from roleplay.tui.widgets.choices import Choices

Wish = Literal["give", "hold"]


class InjectsDialog(Dialog[tuple[Wish, str] | None]):
    """Returns what is wished and the id of the inject it is wished for, or nothing."""

    HELP = """\
What can still happen in this conversation, for whom, and when. What it says stands here for nobody to read.

Enter lets it happen now, whether it would have come by itself or not. What comes by itself can be held back: then it \
waits until you give it, or never happens."""

    CSS = """
    InjectsDialog > #window { width: 76; }
    InjectsDialog Choices { height: auto; max-height: 14; margin: 1 0 0 0; background: $surface; text-wrap: wrap; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hold", "Hold it back", id="injects.hold", tooltip="Hold it back, so that it waits for you"),
    ]

    def __init__(self, scene: Scene, items: Sequence[PlannedInject]) -> None:
        super().__init__()
        self._scene, self._items = scene, tuple(items)

    def body(self) -> ComposeResult:
        """The injects, and two buttons."""
        yield Static("What can still happen", classes="question")
        yield Choices(*(Option(self._told(item), id=item.id) for item in self._items), markup=False)
        with Horizontal(id="answers"):
            yield Button("Hold it back (h)", id="hold", compact=True)
            yield Button("Give it now", id="give", variant="primary", compact=True)

    def _told(self, item: PlannedInject) -> Content:
        held = happening.is_held(self._scene, item)
        when = (f"\n  {happening.say_when(self._scene, item)}", "$text-warning" if held else "$text-muted")
        return Content.assemble(happening.say_inject(self._scene, item), when)

    @property
    def _meant(self) -> PlannedInject:
        return self._items[self.query_one(Choices).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.query_one("#hold", Button).disabled = not happening.comes_by_itself(self._scene, self._meant)

    @on(OptionList.OptionSelected)
    @on(Button.Pressed, "#give")
    def _give(self, event: OptionList.OptionSelected | Button.Pressed) -> None:
        event.stop()
        self.dismiss(("give", self._meant.id))

    @on(Button.Pressed, "#hold")
    def action_hold(self) -> None:
        """Hold it back, where it would come by itself."""
        if happening.comes_by_itself(self._scene, self._meant):
            self.dismiss(("hold", self._meant.id))
