"""The names of a class in columns, each with the key that says whether this person is here."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from roleplay.tui.attendance import KEYS, Attendance, Layout
from roleplay.tui.seating import Here

_SAID: dict[Here, tuple[str, str]] = {
    "here": ("✓", "$text-success"),
    "away": ("–", "$text-muted"),
    "late": ("late", "$text-warning"),
}
_MARKED = "$block-cursor-foreground on $block-cursor-background"


class Register(Widget, can_focus=True):
    """Paints an attendance; a key, Space or a click changes it at once."""

    DEFAULT_CSS = """
    Register { height: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("space", "press", show=False, id="register.press", tooltip="Here, or not here"),
        Binding("f6", "late", "Late", id="register.late", tooltip="The one who is marked is late; or is here"),
        Binding("pagedown", "turn(1)", "More", id="register.down", tooltip="The names that follow"),
        Binding("pageup", "turn(-1)", show=False, id="register.up", tooltip="The names before"),
    ]

    class Changed(Message):
        """Somebody came or went."""

    attendance: reactive[Attendance] = reactive(Attendance(()))
    at: reactive[int] = reactive(0)
    """Which name is marked."""

    def __init__(self, attendance: Attendance) -> None:
        super().__init__()
        self.set_reactive(Register.attendance, attendance)

    @property
    def layout_of_names(self) -> Layout:
        """The columns in the room there is."""
        widths = [cell_len(place.name or "") for place in self.attendance.places]
        return Layout.of(widths, self.content_size.width, self.content_size.height)

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self.at // self.layout_of_names.page

    @property
    def pages(self) -> int:
        """How many there are."""
        return self.layout_of_names.pages(len(self.attendance.places))

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
        if number >= min(len(self.attendance.places), start + self.layout_of_names.page):
            return Content(" " * width)
        place = self.attendance.places[number]
        word, colour = _SAID[place.here]
        name = set_cell_size(place.name or "", max(1, width - 12))
        marked = self.has_focus and number == self.at
        cell = Content.assemble(
            (f" {KEYS[number - start]} ", "$accent"),
            (f" {word:<5}", colour),
            (name, _MARKED if marked else "dim" if place.here == "away" else ""),
            "   ",
        )
        return cell.stylize(Style.from_meta({"number": number}))

    def press(self, number: int, late: bool = False) -> None:
        """Change whether somebody is here."""
        if number < len(self.attendance.places):
            self.at = number
            self.attendance = self.attendance.press(number, late)
            self.post_message(self.Changed())

    def set_all(self, here: Here) -> None:
        """Everybody is here, or nobody yet."""
        self.attendance = self.attendance.all_are(here)
        self.post_message(self.Changed())

    def on_key(self, event: Key) -> None:
        """The key of a name; with Shift, this person is late."""
        character = event.character or ""
        if len(character) == 1 and character.lower() in KEYS:
            number = KEYS.index(character.lower())
            if number < self.layout_of_names.page:
                event.stop()
                self.press(self.page * self.layout_of_names.page + number, late=character.isupper())

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

    def action_late(self) -> None:
        """Whoever is marked is late."""
        self.press(self.at, late=True)

    def action_move(self, way: int) -> None:
        """Up or down."""
        self.at = max(0, min(len(self.attendance.places) - 1, self.at + way))

    def action_across(self, way: int) -> None:
        """To the column beside."""
        there = self.at + way * self.layout_of_names.rows
        if 0 <= there < len(self.attendance.places):
            self.at = there

    def action_turn(self, way: int) -> None:
        """To another page; behind the last one comes the first."""
        page = (self.page + way) % self.pages
        self.at = min(page * self.layout_of_names.page, len(self.attendance.places) - 1)
        self.post_message(self.Changed())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages are turned where there are several."""
        return self.pages > 1 if action == "turn" else super().check_action(action, parameters)
