"""Waiting until a screen stands still, also while a question is open and its worker waits for the answer."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

_STILL = 3
"""So many times in a row the same has to be painted."""
_TURNS_AT_MOST = 200


def painted(pilot: Pilot[Any]) -> str:
    """What stands on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips())


async def look(pilot: Pilot[Any]) -> None:
    """Wait until all is painted; a question that is open stays open."""
    last, still = "", 0
    for _ in range(_TURNS_AT_MOST):
        await pilot.pause()
        now = painted(pilot)
        still = still + 1 if now == last else 0
        last = now
        if still == _STILL:
            return
