"""The marks of a sheet of paper: how often each stands there, and when."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from roleplay.content.durations import say_clock
from roleplay.content.rubric import Marker
from roleplay.tui.sheets import Tally

_ONE_COLUMN = 6
"""So many marks stand one below the other; more take two columns."""
_DOTS = 5
_WIDEST = 44
_BEFORE, _GAP = 4, 1
"""Cells in front of each row, and between two columns."""


def tally_rows(markers: Sequence[Marker], tallies: Sequence[Tally], width: int) -> list[Content]:
    """A row or half a row for each marker, none wider than so many cells."""
    columns = 2 if len(markers) > _ONE_COLUMN else 1
    deep = -(-len(markers) // columns)
    wide = min((max(width, 40) - _BEFORE) // columns, _WIDEST) - _GAP
    cells = [_cell(marker, tallies).truncate(wide, ellipsis=True, pad=True) for marker in markers]
    return [Content(" " * _BEFORE) + Content(" " * _GAP).join(cells[row::deep]) for row in range(deep)]


def _cell(marker: Marker, tallies: Sequence[Tally]) -> Content:
    mine = [tally for tally in tallies if tally.marker == marker.id]
    dots = "●" * min(len(mine), _DOTS) + (f" {len(mine)}" if len(mine) > 1 else "")
    times = [say_clock(tally.into) for tally in mine if tally.into is not None]
    at = f" at {', '.join(times)}" if times else ""
    return Content.assemble((marker.key, "bold $footer-key-foreground"), f" {marker.title} ", (dots, "bold"), at)
