"""Names in columns and on pages, each with a key of its own: how they stand, and how one moves among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from roleplay.tui.attendance import KEYS, Layout

MARKED = "$block-cursor-foreground on $block-cursor-background"
"""The style of the name that is marked."""


class NameColumns(Widget, can_focus=True):
    """Paints names; a key, Space or a click changes something about one at once. What, and how each looks, says whoever
    is made from it."""

    DEFAULT_CSS = """
    NameColumns { height: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
    ]

    class Changed(Message):
        """Something about a name has changed, or other names are shown."""

    at: reactive[int] = reactive(0)
    """Which name is marked."""

    @property
    def widths(self) -> Sequence[int]:
        """The cells that each name takes, with what is said behind it."""
        raise NotImplementedError

    def cell(self, number: int, key: str, width: int) -> Content:
        """How a name is painted, with the key that is for it on this page."""
        raise NotImplementedError

    def press(self, number: int) -> None:
        """Change what is said of somebody; of a number that nobody has, nothing."""
        raise NotImplementedError

    def typed(self, number: int, capital: bool) -> None:  # noqa: ARG002 - for those to whom a capital means more
        """Somebody's key was typed, perhaps as a capital."""
        self.press(number)

    @property
    def layout_of_names(self) -> Layout:
        """The columns in the room there is."""
        return Layout.of(self.widths, self.content_size.width, self.content_size.height)

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self.at // self.layout_of_names.page

    @property
    def pages(self) -> int:
        """How many there are."""
        return self.layout_of_names.pages(len(self.widths))

    def render(self) -> Content:
        """The names of the page, column by column."""
        layout = self.layout_of_names
        width = self.content_size.width // layout.columns
        start = self.page * layout.page
        end = min(len(self.widths), start + layout.page)
        rows = []
        for row in range(layout.rows):
            numbers = (start + row + column * layout.rows for column in range(layout.columns))
            cells = (self._cell(number, KEYS[number - start], width) if number < end else None for number in numbers)
            rows.append(Content.assemble(*(cell or Content(" " * width) for cell in cells)))
        return Content("\n").join(rows)

    def _cell(self, number: int, key: str, width: int) -> Content:
        return self.cell(number, key, width).stylize(Style.from_meta({"number": number}))

    def on_key(self, event: Key) -> None:
        """The key of a name."""
        character = event.character or ""
        if len(character) == 1 and character.lower() in KEYS:
            number = KEYS.index(character.lower())
            if number < self.layout_of_names.page:
                event.stop()
                self.typed(self.page * self.layout_of_names.page + number, character.isupper())

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
        self.at = max(0, min(len(self.widths) - 1, self.at + way))

    def action_across(self, way: int) -> None:
        """To the column beside."""
        there = self.at + way * self.layout_of_names.rows
        if 0 <= there < len(self.widths):
            self.at = there

    def action_turn(self, way: int) -> None:
        """To another page; behind the last one comes the first."""
        page = (self.page + way) % self.pages
        self.at = min(page * self.layout_of_names.page, len(self.widths) - 1)
        self.post_message(self.Changed())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages are turned where there are several."""
        return self.pages > 1 if action == "turn" else super().check_action(action, parameters)
