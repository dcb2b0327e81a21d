"""A clock that is read from the back of a room: digits drawn from blocks, as large as there is space for."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

_ROWS = 5
_GLYPHS = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "+": ("   ", " █ ", "███", " █ ", "   "),
    "-": ("   ", "   ", "███", "   ", "   "),
}


def draw(text: str, scale: int) -> list[str]:
    """The rows of a clock face; each block of a digit is twice as many columns wide as it is rows high."""
    rows = []
    for row in range(_ROWS):
        line = (" " * scale).join("".join(block * 2 * scale for block in _GLYPHS[sign][row]) for sign in text)
        rows += [line] * scale
    return rows


def largest(columns: int, rows: int, text: str) -> int:
    """The largest scale, at least 1, at which a face fits."""
    return max(1, min(columns // len(draw(text, 1)[0]), rows // _ROWS))


class BigClock(Widget):
    """Shows `text`; repaints only when it changes."""

    DEFAULT_CSS = """
    BigClock { width: auto; height: auto; color: $text; }
    BigClock.-still { color: $text-muted; }
    BigClock.-over { color: $text-warning; }
    """

    text: reactive[str] = reactive("--:--")
    scale: reactive[int] = reactive(1, layout=True)

    def __init__(self, room_for: str = "") -> None:
        """Keep room for another face, so that what stands beside the clock need not move when that one comes."""
        super().__init__()
        self._room_for = room_for

    def watch_text(self, before: str, after: str) -> None:
        """Make room where the width changes."""
        if len(before) != len(after):
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's signature
        """As wide as the digits, or as the face that there is room for."""
        return max(len(draw(text, self.scale)[0]) for text in (self.text, self._room_for) if text)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """As high as the digits."""
        return _ROWS * self.scale

    def render_line(self, y: int) -> Strip:
        """One row."""
        rows = draw(self.text, self.scale)
        style = self.rich_style
        return Strip([Segment(rows[y] if y < len(rows) else "", style)]).adjust_cell_length(self.size.width, style)


class TimeBar(Widget):
    """How much of a step is over; repaints only when another cell fills."""

    DEFAULT_CSS = """
    TimeBar { height: 1; width: 1fr; color: $primary; }
    TimeBar.-still { color: $text-muted; }
    TimeBar.-over { color: $text-warning; }
    """

    cells: reactive[int] = reactive(0)

    def show(self, spent: float, total: float) -> None:
        """Paint so many seconds of so many."""
        part = min(1.0, spent / total) if total > 0 else 0.0
        self.cells = int(part * self.size.width)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - Textual's signature
        """The line."""
        style, rest = self.rich_style, max(0, self.size.width - self.cells)
        return Strip([Segment("━" * self.cells, style), Segment("─" * rest, style + Style(dim=True))])
