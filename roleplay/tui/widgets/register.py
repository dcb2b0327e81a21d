"""The names of a class in columns, each with the key that says whether this person is here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from roleplay.tui.attendance import Attendance
from roleplay.tui.seating import Here
from roleplay.tui.widgets.name_columns import MARKED, NameColumns

_SAID: dict[Here, tuple[str, str]] = {
    "here": ("✓", "$text-success"),
    "away": ("–", "$text-muted"),
    "late": ("late", "$text-warning"),
}


class Register(NameColumns):
    """An attendance."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "press", show=False, id="register.press", tooltip="Here, or not here"),
        Binding("f6", "late", "Late", id="register.late", tooltip="The one who is marked is late; or is here"),
        Binding("pagedown", "turn(1)", "More", id="register.down", tooltip="The names that follow"),
        Binding("pageup", "turn(-1)", show=False, id="register.up", tooltip="The names before"),
    ]

    attendance: reactive[Attendance] = reactive(Attendance(()))

    def __init__(self, attendance: Attendance) -> None:
        super().__init__()
        self.set_reactive(Register.attendance, attendance)

    @property
    def widths(self) -> Sequence[int]:
        """Those of the names."""
        return [cell_len(place.name or "") for place in self.attendance.places]

    def cell(self, number: int, key: str, width: int) -> Content:
        """Whether somebody is here, then the name."""
        place = self.attendance.places[number]
        word, colour = _SAID[place.here]
        name = set_cell_size(place.name or "", max(1, width - 12))
        marked = self.has_focus and number == self.at
        return Content.assemble(
            (f" {key} ", "$accent"),
            (f" {word:<5}", colour),
            (name, MARKED if marked else "dim" if place.here == "away" else ""),
            "   ",
        )

    def press(self, number: int, late: bool = False) -> None:
        """Change whether somebody is here."""
        if number < len(self.attendance.places):
            self.at = number
            self.attendance = self.attendance.press(number, late)
            self.post_message(self.Changed())

    def typed(self, number: int, capital: bool) -> None:
        """With Shift, this person is late."""
        self.press(number, late=capital)

    def set_all(self, here: Here) -> None:
        """Everybody is here, or nobody yet."""
        self.attendance = self.attendance.all_are(here)
        self.post_message(self.Changed())

    def action_late(self) -> None:
        """Whoever is marked is late."""
        self.press(self.at, late=True)
