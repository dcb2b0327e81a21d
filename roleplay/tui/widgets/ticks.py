"""Names in columns, each with a key that ticks it; what is ticked is told by a sign and by words, not by colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from roleplay.tui.attendance import KEYS, Layout

_MARKED = "$block-cursor-foreground on $block-cursor-background"
_DONE = "has answered"
_AROUND = len(" a  ☐  ")


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody on the list."""

    id: str
    name: str
    done: bool = False
    """There is nothing to tick any more."""


class Ticks(Widget, can_focus=True):
    """Paints names of which some are ticked; a key, Space or a click changes it."""

    DEFAULT_CSS = """
    Ticks { height: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("space", "press", show=False, id="ticks.press", tooltip="Tick the name that is marked, or untick it"),
        Binding("pagedown", "turn(1)", "More", id="ticks.down", tooltip="The names that follow"),
        Binding("pageup", "turn(-1)", show=False, id="ticks.up", tooltip="The names before"),
    ]

    class Changed(Message):
        """Something was ticked or unticked."""

    names: reactive[tuple[Name, ...]] = reactive(())
    ticked: reactive[frozenset[str]] = reactive(frozenset())
    """The ids of those who are ticked."""
    at: reactive[int] = reactive(0)
    """Which name is marked."""

    def show(self, names: Sequence[Name]) -> None:
        """These are the names now; whoever has nothing to be ticked any more is not ticked."""
        self.names = tuple(names)
        self.ticked &= {one.id for one in names if not one.done}

    @property
    def layout_of_names(self) -> Layout:
        """The columns in the room there is."""
        widths = [cell_len(one.name) + (len(_DONE) + 1 if one.done else 0) for one in self.names]
        return Layout.of(widths, self.content_size.width, self.content_size.height)

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self.at // self.layout_of_names.page

    @property
    def pages(self) -> int:
        """How many there are."""
        return self.layout_of_names.pages(len(self.names))

    def render(self) -> Content:
        """The names of the page, column by column."""
        layout = self.layout_of_names
        width = self.content_size.width // layout.columns
        start = self.page * layout.page
        rows = []
        for row in range(layout.rows):
            cells = [self._cell(start + row + column * layout.rows, start, width) for column in range(layout.columns)]
            rows.append(Content.assemble(*cells))
        return Content("\n").join(rows)

    def _cell(self, number: int, start: int, width: int) -> Content:
        if number >= min(len(self.names), start + self.layout_of_names.page):
            return Content(" " * width)
        one = self.names[number]
        marked = _MARKED if self.has_focus and number == self.at else ""
        if one.done:
            words = set_cell_size(f"{one.name} {_DONE}", max(1, width - _AROUND - 1))
            cell = Content.assemble("   ", (" ✓  ", "$text-muted"), (words, marked or "$text-muted"), " ")
        else:
            tick = (" ☑  ", "bold $text-success") if one.id in self.ticked else (" ☐  ", "")
            words = set_cell_size(one.name, max(1, width - _AROUND - 1))
            cell = Content.assemble((f" {KEYS[number - start]} ", "bold $text-accent"), tick, (words, marked), " ")
        return Content.assemble(cell, " " * max(0, width - cell.cell_length)).stylize(
            Style.from_meta({"number": number})
        )

    def press(self, number: int) -> None:
        """Tick a name, or untick it."""
        if number < len(self.names):
            self.at = number
            if not self.names[number].done:
                self.ticked ^= {self.names[number].id}
                self.post_message(self.Changed())

    def tick_all(self) -> None:
        """Tick everybody who can be ticked."""
        self.ticked = frozenset(one.id for one in self.names if not one.done)
        self.post_message(self.Changed())

    def on_key(self, event: Key) -> None:
        """The key of a name."""
        character = (event.character or "").lower()
        if len(character) == 1 and character in KEYS:
            number = KEYS.index(character)
            if number < self.layout_of_names.page:
                event.stop()
                self.press(self.page * self.layout_of_names.page + number)

    def on_click(self, event: Click) -> None:
        """A click on a name."""
        number = event.style.meta.get("number")
        if isinstance(number, int):
            self.press(number)

    def on_resize(self, _: Resize) -> None:
        """Other columns."""
        self.post_message(self.Changed())

    def action_press(self) -> None:
        """Change the one who is marked."""
        self.press(self.at)

    def action_move(self, way: int) -> None:
        """Up or down."""
        self.at = max(0, min(len(self.names) - 1, self.at + way))

    def action_across(self, way: int) -> None:
        """To the column beside."""
        there = self.at + way * self.layout_of_names.rows
        if 0 <= there < len(self.names):
            self.at = there

    def action_turn(self, way: int) -> None:
        """To another page; behind the last one comes the first."""
        page = (self.page + way) % self.pages
        self.at = min(page * self.layout_of_names.page, len(self.names) - 1)
        self.post_message(self.Changed())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages are turned where there are several."""
        return self.pages > 1 if action == "turn" else super().check_action(action, parameters)
