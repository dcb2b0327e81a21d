"""A table that has come to a step of the whole class waits for the others."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from roleplay.tui.panels.base import StepPanel


class WaitingPanel(StepPanel):
    """Whom the table waits for."""

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static(id="wait", classes="strong")

    def paint(self) -> None:
        """Name the tables that are still on their way."""
        tracks = self.scene.state.open_tracks
        others = [track.title for track in tracks if track.status != "waiting"]
        self.put("wait", f"Waiting for {', '.join(others)}.")
