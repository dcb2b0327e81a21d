"""The people whom one observer marks, in a row: a digit or a click chooses the one whom the letters are about."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from roleplay.tui import marking
from roleplay.tui.scene import Scene

_PERSON = "person"
_GAP = 2
_LONGEST = 20
"""Cells of a name; what is longer is cut."""


class Subjects(Static):
    """Numbers, names, and how often each was marked by the one who taps; the chosen one stands out."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Subjects { height: auto; }
    """

    @dataclass
    class Chosen(Message):
        """Somebody was clicked."""

        person: str

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None

    def show(self, scene: Scene) -> None:
        """Paint a scene; where one person alone is marked, there is nothing to choose."""
        self._scene = scene
        self.display = len(marking.subjects(scene)) > 1 and marking.tapping(scene) is not None
        if self.display:
            self.update(self._told(scene))

    def on_resize(self) -> None:
        """As many in a row as there is space for."""
        if self._scene is not None:
            self.show(self._scene)

    def _told(self, scene: Scene) -> Content:
        now, given = marking.tapping(scene), marking.counts(scene)
        chips = []
        for number, person in enumerate(marking.subjects(scene), start=1):
            able, chosen = now is not None and now[0] != person, now is not None and now[1] == person
            digit = f"{number} " if number <= len(marking.DIGITS) else ""
            count = f" ({given[person]})" if given[person] else ""
            chip = Content.assemble(
                (f" {digit}", "" if chosen else "bold $text-accent"), _cut(scene.name(person)), f"{count} "
            )
            chip = chip.stylize("bold reverse" if chosen else "" if able else "dim")
            chips.append(chip.stylize(Style.from_meta({_PERSON: person})) if able else chip)
        wide = max(chip.cell_length for chip in chips) + _GAP
        each = max(1, self.size.width // wide) if self.size.width else len(chips)
        rows = [chips[at : at + each] for at in range(0, len(chips), each)]
        return Content("\n").join(
            Content("").join(Content.assemble(chip, " " * (wide - chip.cell_length)) for chip in row) for row in rows
        )

    def on_click(self, event: events.Click) -> None:
        """Choose the person under the mouse."""
        person = event.style.meta.get(_PERSON)
        if person is not None:
            event.stop()
            self.post_message(self.Chosen(person))


def _cut(name: str) -> str:
    while cell_len(name) > _LONGEST:
        name = f"{name[:-2]}…"
    return name
