"""The list of the library: scenarios and series under headings, which are only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Spacing
from textual.visual import Padding
from textual.widgets.option_list import Option

from roleplay.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from roleplay.content.shelves import Section

# What knows scenarios is imported where it is used: the first painting does not wait for it.


class ShelfList(Choices):
    """Moving goes from entry to entry; the parts of a series stand a little to the right below it."""

    DEFAULT_CSS = """
    ShelfList > .option-list--option-disabled { color: $text-primary; text-style: bold; }
    """

    def show(self, sections: Sequence[Section]) -> None:
        """Show these; what is chosen stays chosen where it is still there, else the first is."""
        chosen = self.highlighted_option.id if self.highlighted_option else None
        self.set_options(_options(sections))
        ids = [option.id for option in self.options]
        if chosen and chosen in ids:
            self.highlighted = ids.index(chosen)
        else:
            self.action_first()

    def scroll_to_highlight(self, top: bool = False) -> None:
        """On the way up, the heading of the first entry under it comes into sight as well."""
        before, at = self.scroll_offset.y, self.highlighted
        super().scroll_to_highlight(top)
        if at and self.options[at - 1].disabled and self.scroll_offset.y < before:
            self.scroll_relative(y=-_HEADING, animate=False, immediate=True)


_HEADING = 2
"""The lines of a heading, with the empty one above it."""


def _options(sections: Sequence[Section]) -> Iterator[Option]:
    from roleplay.tui.describe import in_short
    from roleplay.tui.widgets.preview import two_lines

    for number, section in enumerate(sections):
        yield Option(Content(f"\n{section.heading}" if number else section.heading), disabled=True)
        for placed in section.placed:
            entry = placed.entry
            lines = two_lines(entry.title, in_short(entry), bool(entry.problems))
            yield Option(Padding(lines, Spacing(left=2)) if placed.part else lines, id=entry.id)
