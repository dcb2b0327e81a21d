"""A field to search in."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class Search(Input):
    """Down and Enter go on to what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "submit", show=False, id="search.found", tooltip="Go to what was found"),
    ]
