"""When each step ran at a table, and where its time went. Everything is in seconds of the session's clock."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.planning.plan import PlannedStep
from roleplay.session.state import StepRun, TrackState


@dataclass(frozen=True, slots=True)
class StepTime:
    """One stretch of a step. A step that was brought back has several; the last one carries the sums."""

    planned: PlannedStep
    run: StepRun
    spent: float | None = None
    """Seconds spent in the step, pauses left out; none in a stretch that is not the step's last."""
    added: float = 0.0
    """Seconds by which the step was made longer, below zero shorter."""
    paused: float = 0.0


def step_times(track: TrackState, now: float) -> tuple[StepTime, ...]:
    """Every stretch at a table, in order; a step that runs is measured until `now`."""
    planned = {step.id: step for step in track.steps}
    last = {run.step: n for n, run in enumerate(track.runs)}
    times = []
    for n, run in enumerate(track.runs):
        # A take whose beginning was taken back is no step of the table any more.
        if run.step in planned:
            step = planned[run.step]
            times.append(_measured(track, step, run, now) if last[run.step] == n else StepTime(step, run))
    return tuple(times)


def _measured(track: TrackState, step: PlannedStep, run: StepRun, now: float) -> StepTime:
    if run.ended is None and track.clock is not None:
        spent, total = track.clock.elapsed(now), track.clock.total
    else:
        left = next((move for move in reversed(track.moves) if move.left and move.step == step.id), None)
        if left is None:
            return StepTime(step, run)
        spent, total = left.elapsed, left.elapsed + left.remaining
    there = sum((now if r.ended is None else r.ended) - r.started for r in track.runs if r.step == step.id)
    return StepTime(step, run, round(spent, 3), round(total - step.length, 3), max(0.0, round(there - spent, 3)))


def play_seconds(track: TrackState, step: str, now: float) -> float:
    """How long a step took, pauses left out; its planned length where nobody knows."""
    times = [time.spent for time in step_times(track, now) if time.run.step == step and time.spent is not None]
    return times[-1] if times else float(track.planned(step).length)
