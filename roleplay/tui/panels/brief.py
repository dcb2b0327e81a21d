"""The facilitator explains what will happen: the prompts say it all."""

from __future__ import annotations

from roleplay.tui.panels.base import StepPanel


class BriefPanel(StepPanel):
    """What people read while the facilitator speaks."""
