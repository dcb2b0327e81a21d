"""The sign beside a table's clock: that sound is kept and how loud it is, or calmly why it is not."""

from __future__ import annotations

from textual.widgets import Static

from roleplay.tui.recording_words import Said


class RecordingLine(Static):
    """Painted as often as the clock; it changes only where its words do, and never blinks."""

    DEFAULT_CSS = """
    RecordingLine { width: auto; height: 1; padding: 0 0 0 2; color: $text-muted; display: none; }
    RecordingLine.-on { color: $text-error; text-style: bold; }
    RecordingLine.-warning { color: $text-warning; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._said = Said()

    def show(self, said: Said) -> None:
        """Paint it where it is not the same as before."""
        if said == self._said:
            return
        self._said = said
        self.update(said.words)
        self.display = bool(said.words)
        for tone in ("on", "warning"):
            self.set_class(said.tone == tone, f"-{tone}")
