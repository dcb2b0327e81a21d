"""A list from which one is chosen: moving to an entry shows it, Enter or a double click takes it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.widgets import OptionList


class Choices(OptionList):
    """An option list in which a single click only moves to an entry, so that a mouse can look before it takes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Choose", id="list.choose", tooltip="Take the chosen entry of a list"),
    ]

    async def _on_click(self, event: Click) -> None:
        event.prevent_default()
        clicked: int | None = event.style.meta.get("option")
        if clicked is None or self.get_option_at_index(clicked).disabled:
            return
        self.highlighted = clicked
        if event.chain > 1:
            self.action_select()
