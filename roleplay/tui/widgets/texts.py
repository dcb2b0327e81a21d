"""The texts of a screen that come and go."""

from __future__ import annotations

from textual.widget import Widget
from textual.widgets import Static


def put_text(holder: Widget, id: str, words: str) -> None:
    """Write into one of the texts that a screen or widget holds; while it is empty it takes no space."""
    static = holder.query_one(f"#{id}", Static)
    if str(static.content) != words:
        static.update(words)
    static.display = bool(words)
