"""Who is here: one key for each name, and the count always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from roleplay.tui.attendance import Attendance
from roleplay.tui.screens.base import RoleplayScreen
from roleplay.tui.seating import Place
from roleplay.tui.widgets.register import Register


class AttendanceScreen(RoleplayScreen[tuple[Place, ...] | None]):
    """Returns everybody with whether they are here, or nothing where it stays as it was."""

    HEADING = "Who is here?"
    HELP = """\
Everybody on the list has a key; it stands before the name. Pressed once, this person is not here; pressed again, \
here. The arrow keys and Space, or a click, do the same.

F6 says that the one you pressed last is late; so does the key of a name together with Shift. Whoever is late is \
remembered and can join while the session runs. So can those who are not here.

Where there are more names than keys, Page Down leads to the names that follow.

F8 says that all are here, F7 that nobody is here yet: then press the key of each who comes in.

Groups are made of those who are here."""

    DEFAULT_CSS = """
    AttendanceScreen #count { padding: 0 2; height: 1; text-style: bold; margin: 0 0 1 0; }
    AttendanceScreen #how { padding: 0 2; height: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f5", "done", "Done", id="attendance.done", tooltip="That is how it is"),
        Binding("f8", "all('here')", "All here", id="attendance.all", tooltip="Everybody is here"),
        Binding("f7", "all('away')", show=False, id="attendance.none", tooltip="Nobody is here yet"),
        Binding("escape", "away", "Back", id="attendance.back", tooltip="Go back; it stays as it was"),
    ]

    def __init__(self, expected: Sequence[Place]) -> None:
        super().__init__()
        self._attendance = Attendance(tuple(expected))

    def body(self) -> ComposeResult:
        """The count, the names, and what the keys do."""
        yield Static(id="count", markup=False)
        yield Register(self._attendance)
        yield Static(
            "The key before a name: not here, or here. With Shift: late. F7: nobody yet.", id="how", markup=False
        )

    def on_mount(self) -> None:
        """Begin with the names."""
        self.query_one(Register).focus()
        self._count()

    @on(Register.Changed)
    def _count(self) -> None:
        register = self.query_one(Register)
        self.query_one("#count", Static).update(register.attendance.said)
        pages = register.pages
        self.aside = f"page {register.page + 1} of {pages}" if pages > 1 else ""
        self.refresh_bindings()

    def action_all(self, here: str) -> None:
        """Everybody is here, or nobody yet."""
        self.query_one(Register).set_all("here" if here == "here" else "away")

    def action_done(self) -> None:
        """Hand it back."""
        self.dismiss(self.query_one(Register).attendance.places)

    def action_away(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)
