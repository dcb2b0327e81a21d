"""The people of a session in the order of their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input, OptionList

from roleplay.conduct.roster import split_names


class NameField(Input):
    """A field for names; a pasted list with a name on each line becomes one line with commas."""

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(", ".join(split_names(event.text)))


class People(OptionList):
    """Choosing one and then another swaps them; nothing is changed here, the screen is asked to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "select", "Swap", id="people.swap", tooltip="Choose two people, who then change places"),
        Binding("delete,backspace", "remove", "Remove", id="people.remove", tooltip="Take this person off the list"),
        Binding("shift+up,u", "move(-1)", "Up", show=False, id="people.up", tooltip="Move this person up"),
        Binding("shift+down,d", "move(1)", "Down", show=False, id="people.down", tooltip="Move this person down"),
    ]  # fmt: skip

    @dataclass
    class Swapped(Message):
        """Two people are to change places."""

        one: int
        other: int

    @dataclass
    class Removed(Message):
        """Somebody is to be taken off the list."""

        place: int

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names: Sequence[str] = ()
        self._picked: int | None = None

    def show(self, names: Sequence[str]) -> None:
        """List these people."""
        chosen = self.highlighted or 0
        self._names, self._picked = names, None
        self.set_options(self._line(place) for place in range(len(names)))
        self.highlighted = min(chosen, len(names) - 1) if names else None

    def _line(self, place: int) -> Content:
        mark = ("  ⇄ with whom?", "$text-accent") if place == self._picked else ""
        return Content.assemble((f"{place + 1:>2}  ", "$text-muted"), self._names[place], mark)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The first choice waits for the second; the same one twice is none."""
        event.stop()
        picked, self._picked = self._picked, None
        if picked is None:
            self._picked = event.option_index
            self.replace_option_prompt_at_index(event.option_index, self._line(event.option_index))
        elif picked == event.option_index:
            self.replace_option_prompt_at_index(picked, self._line(picked))
        else:
            self.post_message(self.Swapped(picked, event.option_index))

    def action_remove(self) -> None:
        """Ask for the person to be taken off the list."""
        if self.highlighted is not None:
            self.post_message(self.Removed(self.highlighted))

    def action_move(self, way: int) -> None:
        """Ask for the person to change places with the next one up or down, and stay with him or her."""
        here = self.highlighted
        if here is not None and 0 <= here + way < len(self._names):
            self.highlighted = here + way
            self.post_message(self.Swapped(here, here + way))
