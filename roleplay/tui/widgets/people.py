"""The people of a session in the order of their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Paste
from textual.message import Message
from textual.style import Style
from textual.widgets import Input, OptionList

from roleplay.conduct.names import split_names
from roleplay.tui.grouping import Wish
from roleplay.tui.preparing import Listed


class NameField(Input):
    """A field for names; a pasted list with a name on each line becomes one line with commas."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "screen.add_bot", "Add a bot", id="setup.bot", tooltip="Let a bot take one more seat"),
    ]

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(", ".join(split_names(event.text)))


class People(OptionList):
    """Choosing one and then another swaps them; nothing is changed here, the screen is asked to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "select", "Swap", id="people.swap", tooltip="Choose two people, who then change places"),
        Binding("t", "wish('together')", "Together", id="people.together", tooltip="Keep these two at one table"),
        Binding("a", "wish('apart')", "Apart", id="people.apart", tooltip="Keep these two at different tables"),
        Binding("r", "ask('role')", "Role", id="people.role", tooltip="Give this person another role"),
        Binding("w", "ask('before')", "Who", id="people.before", tooltip="Say whether they were here before"),
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

    @dataclass
    class Wished(Message):
        """Two people are to be kept together, or apart; or no more."""

        wish: Wish
        one: int
        other: int

    @dataclass
    class RoleWanted(Message):
        """Somebody is to have another role."""

        place: int

    @dataclass
    class BeforeWanted(Message):
        """It is to be said anew whether somebody was here before."""

        place: int

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._listed: Sequence[Listed] = ()
        self._picked: int | None = None

    def show(self, listed: Sequence[Listed]) -> None:
        """List these people."""
        chosen = self.highlighted or 0
        self._listed, self._picked = listed, None
        self.set_options(self._line(place) for place in range(len(listed)))
        self.highlighted = min(chosen, len(listed) - 1) if listed else None
        self.refresh_bindings()

    def _line(self, place: int) -> Content:
        guest = self._listed[place]
        first = place == 0 or guest.table != self._listed[place - 1].table
        number = str(guest.table if first else "") if guest.table else str(place + 1)
        line = Content.assemble((f"{number:>2}  ", "$text-muted"), guest.name)
        if place == self._picked:
            line = Content.assemble(line, ("  ⇄ with whom?", "$text-accent"))
        elif guest.wishes:
            line = Content.assemble(line, (f"  {guest.wishes}", "$text-muted"))
        elif guest.role:
            room = max(cell_len(each.name) for each in self._listed) - cell_len(guest.name) + 2
            line = Content.assemble(line, " " * room, (guest.role, _asks("role")))
        # In a whole class, a second line for each would take the list apart.
        if guest.before and not guest.table:
            line = Content.assemble(line, "\n    ", (guest.before, _asks("before")))
        return line

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The first choice waits for the second; the same one twice is none."""
        event.stop()
        picked, self._picked = self._picked, None
        if picked is None:
            self._picked = event.option_index
            self.refresh_bindings()
            self.replace_option_prompt_at_index(event.option_index, self._line(event.option_index))
        elif picked == event.option_index:
            self.refresh_bindings()
            self.replace_option_prompt_at_index(picked, self._line(picked))
        else:
            self.post_message(self.Swapped(picked, event.option_index))

    def on_option_list_option_highlighted(self) -> None:
        """Not everything can be asked of everybody."""
        self.refresh_bindings()

    async def _on_click(self, event: Click) -> None:
        asks, place = event.style.meta.get("asks"), event.style.meta.get("option")
        if asks and self._picked is None and isinstance(place, int):
            event.prevent_default()
            self.highlighted = place
            self.action_ask(asks)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only where there are roles to give can one be given, and so on."""
        if action == "wish":
            return self._picked is not None and any(guest.table for guest in self._listed)
        if action != "ask":
            return super().check_action(action, parameters)
        guest = self._listed[self.highlighted] if self.highlighted is not None else Listed("")
        return bool(guest.role if parameters == ("role",) else guest.before)

    def action_wish(self, wish: Wish) -> None:
        """Keep the one who was chosen together with, or apart from, the one who is marked now."""
        picked, other = self._picked, self.highlighted
        if picked is not None and other is not None and picked != other:
            self.post_message(self.Wished(wish, picked, other))

    def action_ask(self, what: str) -> None:
        """Ask for another role, or who somebody is."""
        if self.highlighted is not None:
            wanted = self.RoleWanted if what == "role" else self.BeforeWanted
            self.post_message(wanted(self.highlighted))

    def action_remove(self) -> None:
        """Ask for the person to be taken off the list."""
        if self.highlighted is not None:
            self.post_message(self.Removed(self.highlighted))

    def action_move(self, way: int) -> None:
        """Ask for the person to change places with the next one up or down, and stay with him or her."""
        here = self.highlighted
        if here is not None and 0 <= here + way < len(self._listed):
            self.highlighted = here + way
            self.post_message(self.Swapped(here, here + way))


def _asks(what: str) -> Style:
    """Words that can be clicked to ask something about the person."""
    return Style(dim=True) + Style.from_meta({"asks": what})
