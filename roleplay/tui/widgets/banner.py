"""What happens in a conversation: words that all may read, and a note that waits for one person."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from roleplay.tui.happening import Note, say_note, say_who, spoken
from roleplay.tui.scene import Scene

_LAST = 2


class Banner(Static):
    """Shows the last words that were said to all, and for whom a card waits; hidden while there is neither."""

    DEFAULT_CSS = """
    Banner { height: auto; margin: 0 1; padding: 0 1; background: $panel; display: none; }
    """

    def show(self, scene: Scene, waiting: Note | None, key: str) -> None:
        """Paint a scene; `waiting` is a note that has to be shown to somebody, which `key` opens."""
        told = [
            Content.assemble((f"{who} " if (who := say_who(said)) else "", "bold"), said.say)
            for said in spoken(scene)[-_LAST:]
        ]
        lines = [line.stylize("dim") for line in told[:-1]] + told[-1:]
        if waiting is not None:
            lines.append(Content.styled(say_note(scene, waiting, key), "bold"))
        self.update(Content("\n").join(lines))
        self.display = bool(lines)
