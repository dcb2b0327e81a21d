"""What the stage shows below the clock: one panel for each kind of step, and some for what is no step."""

from __future__ import annotations

from roleplay.tui.panels.base import StepPanel
from roleplay.tui.panels.brief import BriefPanel
from roleplay.tui.panels.debrief import DebriefPanel
from roleplay.tui.panels.end import EndPanel
from roleplay.tui.panels.play import PlayPanel
from roleplay.tui.panels.ready import ReadyPanel
from roleplay.tui.panels.waiting import WaitingPanel
from roleplay.tui.panels.writing import FeedbackPanel, JournalPanel, PreparePanel
from roleplay.tui.scene import Scene

PANELS: dict[str, type[StepPanel]] = {
    "brief": BriefPanel,
    "prepare": PreparePanel,
    "play": PlayPanel,
    "feedback": FeedbackPanel,
    "journal": JournalPanel,
    "debrief": DebriefPanel,
}


def panel_for(scene: Scene) -> type[StepPanel]:
    """The panel that a table needs right now."""
    if scene.phase == "ready":
        return ReadyPanel
    if scene.phase == "waiting":
        return WaitingPanel
    if scene.step is None or scene.phase in ("finished", "ended"):
        return EndPanel
    return PANELS[scene.step.kind]
