"""Names in columns, each with a key that ticks it; what is ticked is told by a sign and by words, not by colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from roleplay.tui.widgets.name_columns import MARKED, NameColumns

_DONE = "has answered"
_AROUND = len(" a  ☐  ")


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody on the list."""

    id: str
    name: str
    done: bool = False
    """There is nothing to tick any more."""


class Ticks(NameColumns):
    """Names of which some are ticked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "press", show=False, id="ticks.press", tooltip="Tick the name that is marked, or untick it"),
        Binding("pagedown", "turn(1)", "More", id="ticks.down", tooltip="The names that follow"),
        Binding("pageup", "turn(-1)", show=False, id="ticks.up", tooltip="The names before"),
    ]

    names: reactive[tuple[Name, ...]] = reactive(())
    ticked: reactive[frozenset[str]] = reactive(frozenset())
    """The ids of those who are ticked."""

    def show(self, names: Sequence[Name]) -> None:
        """These are the names now; whoever has nothing to be ticked any more is not ticked."""
        self.names = tuple(names)
        self.ticked &= {one.id for one in names if not one.done}

    @property
    def widths(self) -> Sequence[int]:
        """With what stands behind the name of those who are done."""
        return [cell_len(one.name) + (len(_DONE) + 1 if one.done else 0) for one in self.names]

    def cell(self, number: int, key: str, width: int) -> Content:
        """A box to tick, or that there is nothing to tick any more."""
        one = self.names[number]
        marked = MARKED if self.has_focus and number == self.at else ""
        if one.done:
            words = set_cell_size(f"{one.name} {_DONE}", max(1, width - _AROUND - 1))
            cell = Content.assemble("   ", (" ✓  ", "$text-muted"), (words, marked or "$text-muted"), " ")
        else:
            tick = (" ☑  ", "bold $text-success") if one.id in self.ticked else (" ☐  ", "")
            words = set_cell_size(one.name, max(1, width - _AROUND - 1))
            cell = Content.assemble((f" {key} ", "bold $text-accent"), tick, (words, marked), " ")
        return Content.assemble(cell, " " * max(0, width - cell.cell_length))

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
