"""What happens in a conversation: words that all may read, and a note that waits for one person."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from roleplay.tui.scene import Scene

_LAST = 2


class Banner(Static):
    """Shows the last words that were said to all, and for whom a card waits; hidden while there is neither."""

    DEFAULT_CSS = """
    Banner { height: auto; margin: 0 1; padding: 0 1; background: $panel; display: none; }
    """

    def show(self, scene: Scene, waiting: str | None) -> None:
        """Paint a scene; `waiting` is the person for whom a card waits."""
        spoken = [
            Content.assemble((f"{said.from_} says: " if said.from_ else "", "bold"), said.say)
            for said in scene.spoken()[-_LAST:]
        ]
        lines = [line.stylize("dim") for line in spoken[:-1]] + spoken[-1:]
        if waiting is not None:
            name = scene.name(waiting)
            lines.append(Content.styled(f"Card for {name}: show {name} the laptop – press Enter", "bold"))
        self.update(Content("\n").join(lines))
        self.display = bool(lines)
