"""What was said and marked, row by row: the time, who, and the words, wrapped below each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets.option_list import Option

from roleplay.analysis.transcript import find_words
from roleplay.content.durations import say_clock
from roleplay.tui.moments import Moment
from roleplay.tui.strip import TONES
from roleplay.tui.widgets.choices import Choices

_TIME = 7
_WHO_AT_MOST = 12
_EDGES = 3
"""Columns that a row leaves free at its ends, for the space around it and the bar that scrolls."""
_HEARD_NOW = "▸"


class MomentList(Choices):
    """Rows of which one has the cursor; one that is heard right now has a sign."""

    DEFAULT_CSS = """
    MomentList { height: 1fr; }
    MomentList > .option-list--option { padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "Play", id="review.play", tooltip="Play from this moment, or stop"),
        Binding("left", "screen.seek(-5)", "Back", show=False, id="review.seek-back", tooltip="Five seconds back"),
        Binding("right", "screen.seek(5)", "On", show=False, id="review.seek-on", tooltip="Five seconds on"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._moments: tuple[Moment, ...] = ()
        self._originals = False
        self._found = ""
        self._heard: int | None = None

    def show(self, moments: Sequence[Moment], found: str = "", originals: bool = False) -> None:
        """Show these rows; the cursor stays where it was.

        Args:
            moments: what was said and marked.
            found: words that are looked for.
            originals: show below a corrected line what was heard.
        """
        if (tuple(moments), found, originals) == (self._moments, self._found, self._originals):
            return
        self._moments, self._originals, self._found = tuple(moments), originals, found
        self._fill()

    def hear(self, number: int | None) -> None:
        """Put the sign before the row that is heard now."""
        if number == self._heard:
            return
        before, self._heard = self._heard, number
        for changed in (before, number):
            if changed is not None and changed < self.option_count:
                self.replace_option_prompt_at_index(changed, self._row(changed))

    def on_resize(self, event: Resize) -> None:
        """Wrap anew."""
        if event.size.width:
            self._fill()

    def _fill(self) -> None:
        at = self.highlighted
        self.clear_options()
        self.add_options(Option(self._row(number)) for number in range(len(self._moments)))
        if self._moments:
            self.highlighted = min(at or 0, len(self._moments) - 1)

    def _row(self, number: int) -> Content:
        moment = self._moments[number]
        time = "paper" if moment.into is None else say_clock(moment.into)
        wide = self._who_width
        sign, colour = " ", "$text-muted"
        who: Content = Content(set_cell_size(moment.who, wide))
        if moment.kind == "mark":
            sign_of, _, colour = TONES[moment.tone]
            who = Content.assemble((f"{sign_of} ", colour), (set_cell_size(moment.who, wide - 2), "bold $text-accent"))
        if number == self._heard:
            sign = _HEARD_NOW
        head = Content.assemble((sign, "bold $text-accent"), (f"{time:<{_TIME}}", "$text-muted"), who, "  ")
        room = max(20, self.size.width - (1 + _TIME + wide + 2) - _EDGES)
        rows = [*self._words(moment, colour).wrap(room), *self._original(number, room)]
        indent = Content(" " * (1 + _TIME + wide + 2))
        return Content("\n").join([head + rows[0], *(indent + row for row in rows[1:])])

    @property
    def _who_width(self) -> int:
        longest = max((cell_len(moment.who) for moment in self._moments if moment.kind == "line"), default=0)
        return min(_WHO_AT_MOST, max(3, longest))

    def _words(self, moment: Moment, colour: str) -> Content:
        style = {"line": "", "mark": colour, "gap": "$text-muted", "left-out": "$text-muted"}[moment.kind]
        words = Content.styled(moment.words or " ", f"{style} italic" if moment.unsure else style)
        for place in find_words(moment.words, self._found) if self._found.strip() else ():
            words = words.stylize("bold $background on $text-accent", place.start, place.end)
        notes = [*(f"{kind} question" for kind in moment.questions), *(["unsure"] if moment.unsure else [])]
        notes += ["corrected"] if moment.original else []
        return words + Content.styled(f"  ({', '.join(notes)})", "$text-muted") if notes else words

    def _original(self, number: int, room: int) -> list[Content]:
        said = self._moments[number].original if self._originals else ""
        return Content.styled(f"was heard as: {said}", "$text-muted italic").wrap(room) if said else []
