"""The bells of a session that runs as planned: when somebody has to speak up, and what to say.

With this list, a watch and printed cards a session can be led without any program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from roleplay.content.scenario import Scenario
from roleplay.content.steps import Inject
from roleplay.planning.plan import Plan, PlannedStep, Track

BellKind = Literal["begin", "warning", "inject", "end"]
_ORDER: dict[BellKind, int] = {"warning": 0, "inject": 1, "end": 2, "begin": 3}


@dataclass(frozen=True, slots=True)
class Bell:
    """One moment at which somebody speaks up."""

    at_seconds: int
    """Since the session began."""
    kind: BellKind
    sentence: str
    """What to say, in words that can be read aloud. What only one role may read stays on its card."""
    surprise: bool = False
    """The sentence tells what nobody at the tables may know before its moment."""
    tables: tuple[str, ...] = ()
    """The titles of the tables it is for; empty where it is for all."""


def bell_list(scenario: Scenario, plan: Plan) -> tuple[Bell, ...]:
    """Every bell of a session in which each step takes its planned length, in order.

    What the facilitator lets happen by hand has no moment, so it is not listed.
    """
    heard: dict[Bell, list[str]] = {}
    for track, starts in zip(plan.tracks, step_starts(plan), strict=True):
        for bell in _bells(scenario, track, starts):
            heard.setdefault(bell, []).append(track.title)
    bells = [
        bell if len(tables) == len(plan.tracks) else replace(bell, tables=tuple(tables))
        for bell, tables in heard.items()
    ]
    return tuple(sorted(bells, key=lambda bell: (bell.at_seconds, _ORDER[bell.kind])))


def step_starts(plan: Plan) -> tuple[tuple[int, ...], ...]:
    """For each track, the second at which each of its steps begins; class-wide steps wait for the slowest table."""
    clocks = [0] * len(plan.tracks)
    places = [0] * len(plan.tracks)
    starts: list[list[int]] = [[] for _ in plan.tracks]
    while True:
        for n, track in enumerate(plan.tracks):
            while places[n] < len(track.steps) and track.steps[places[n]].scope == "table":
                starts[n].append(clocks[n])
                clocks[n] += track.steps[places[n]].length
                places[n] += 1
        together = [n for n, track in enumerate(plan.tracks) if places[n] < len(track.steps)]
        if not together:
            return tuple(tuple(times) for times in starts)
        meet = max(clocks[n] for n in together)
        for n in together:
            starts[n].append(meet)
            clocks[n] = meet + plan.tracks[n].steps[places[n]].length
            places[n] += 1


def _bells(scenario: Scenario, track: Track, starts: tuple[int, ...]) -> Iterator[Bell]:
    for planned, start in zip(track.steps, starts, strict=True):
        yield Bell(start, "begin", _say_begin(planned, track.rounds))
        step = scenario.steps[planned.source]
        for left in step.warn:
            if left < planned.length:
                yield Bell(start + planned.length - left, "warning", f"{planned.name}: {say_aloud(left)} left.")
        case = scenario.case(planned.case) if planned.case else None
        for _, inject in scenario.injects_in(planned.source, case):
            if inject.at != "facilitator" and inject.at <= planned.length:
                surprise = inject.to == "everyone" and inject.from_ not in scenario.roles
                yield Bell(start + inject.at, "inject", _say_inject(scenario, inject), surprise)
    if track.steps:
        end = starts[-1] + track.steps[-1].length
        yield Bell(end, "end", "This is the end. Thank you, everyone.")


def _say_begin(planned: PlannedStep, rounds: int) -> str:
    where = f"Round {planned.round} of {rounds}. " if planned.round else ""
    return f"{where}{planned.name}: {say_aloud(planned.length)}."


def _say_inject(scenario: Scenario, inject: Inject) -> str:
    if speaker := scenario.roles.get(inject.from_ or ""):
        name = f", as {speaker.also}" if speaker.also else ""
        return f"{speaker.title}{name}: say what stands on your card."
    if inject.to == "everyone":
        return f"Everyone: {' '.join(inject.say.split())}"
    return f"{scenario.roles[inject.to].title}: unfold the lower part of your card."


def say_aloud(seconds: int) -> str:
    """Say a length of time in words for the ear: 90 is `1 minute 30 seconds`."""
    hours, rest = divmod(seconds, 3600)
    amounts = ((hours, "hour"), (rest // 60, "minute"), (rest % 60, "second"))
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in amounts if n]
    return " ".join(parts) or "no time"
