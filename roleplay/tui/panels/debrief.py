"""The debrief: one question at a time, fed with what this class marked, answered and agreed to share."""

from __future__ import annotations

from textual.app import ComposeResult

from roleplay.tui.panels.base import StepPanel
from roleplay.tui.widgets.debrief_board import DebriefBoard


class DebriefPanel(StepPanel):
    """A question of the guide with its own clock, how far the class is, and the pictures that belong to it."""

    DEFAULT_CSS = "DebriefPanel DebriefBoard { margin-top: 1; }"

    def more(self) -> ComposeResult:
        """The question, and what it is fed with."""
        yield DebriefBoard(self.scene)

    def paint(self) -> None:
        """Put in the question and what belongs to it."""
        board = self.query_one(DebriefBoard)
        board.say_keys(self.key_of("question(1)"), self.key_of("question(-1)"))
        board.show(self.scene)

    def tick(self, now: float) -> None:
        """Move the question's clock."""
        self.query_one(DebriefBoard).go_on(now)
