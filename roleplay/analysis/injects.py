"""What became of what was set to happen: on time, early, late, by hand, held back, or never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from roleplay.content.steps import Inject
from roleplay.planning.plan import PlannedStep
from roleplay.session.forms import injects_of
from roleplay.session.state import Setting, TrackState

Outcome = Literal["on-time", "early", "late", "by-hand", "waiting", "held-back", "never"]

_SAME = 1.0
"""Seconds between planned and given that are no difference."""


@dataclass(frozen=True, slots=True)
class InjectTold:
    """One inject of one conversation, and what became of it."""

    step: PlannedStep
    id: str
    inject: Inject
    planned: int | None
    """Seconds into the conversation; none where the facilitator chooses the moment."""
    came: float | None
    """Seconds into the conversation, pauses left out; none where it did not come."""
    outcome: Outcome

    @property
    def off(self) -> float:
        """Seconds between plan and fact, whichever was first; 0 where one of the two is missing."""
        return 0.0 if self.planned is None or self.came is None else abs(self.came - self.planned)


def injects_told(setting: Setting, track: TrackState, ended: bool) -> Iterator[InjectTold]:
    """Every inject of every conversation that has begun at a table, in the order of the script.

    Args:
        setting: what is played.
        track: the table.
        ended: the session is closed, so that nothing can happen any more.
    """
    for planned in track.steps:
        if not track.has_begun(planned.id):
            continue
        given = track.injects.get(planned.id, {})
        running = not ended and track.clock is not None and track.step is not None and track.step.id == planned.id
        for item in injects_of(setting, planned):
            at = None if item.inject.at == "facilitator" else item.inject.at
            came = given[item.id].into if item.id in given else None
            held = (planned.id, item.id) in track.held_back
            outcome = _outcome(at, came) if came is not None else _not_come(held, running)
            yield InjectTold(planned, item.id, item.inject, at, came, outcome)


def _outcome(planned: int | None, came: float) -> Outcome:
    if planned is None:
        return "by-hand"
    if abs(came - planned) <= _SAME:
        return "on-time"
    return "late" if came > planned else "early"


def _not_come(held: bool, running: bool) -> Outcome:
    if held:
        return "held-back"
    return "waiting" if running else "never"
