"""A plan is flat: rounds and rotation are unrolled into steps, each of which names its own cast and take.

A track belongs to a table (a place), not to a set of people. People are ids here; a plan holds no names.
"""

from __future__ import annotations

from typing import Literal

from roleplay.values import Value


class PlannedStep(Value):
    """One step at one table, with the people who take part in it."""

    id: str
    """Unique within its track; a step that the class does together has the same id in every track."""
    source: str
    """Its place in the script: see `Scenario.steps`."""
    name: str
    kind: Literal["brief", "prepare", "play", "feedback", "journal", "debrief"]
    length: int
    """Seconds."""
    scope: Literal["table", "class"] = "table"
    on_time: bool
    """The next step follows by itself."""
    round: int | None = None
    """From 1; none outside the rounds."""
    take: int = 1
    case: str | None = None
    cast: dict[str, tuple[str, ...]] = {}
    """Role to the ids of those who play it; empty where the step is for everyone alike."""

    def plays(self, person: str) -> str | None:
        """The role of a person in this step, or none."""
        return next((role for role, people in self.cast.items() if person in people), None)


class Track(Value):
    """What one table does, step by step."""

    id: str
    title: str
    people: tuple[str, ...]
    steps: tuple[PlannedStep, ...]

    @property
    def rounds(self) -> int:
        """How many rounds this table plays."""
        return max((step.round or 0 for step in self.steps), default=0)

    @property
    def stretches(self) -> list[int]:
        """Seconds that this table works on its own: before, between and after the steps of the whole class."""
        lengths = [0]
        for step in self.steps:
            if step.scope == "class":
                lengths.append(0)
            else:
                lengths[-1] += step.length
        return lengths


class Plan(Value):
    """What is played, by whom, when; every compromise said in a sentence."""

    tracks: tuple[Track, ...]
    notes: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody, table by table."""
        return tuple(person for track in self.tracks for person in track.people)

    @property
    def planned_seconds(self) -> int:
        """How long the whole takes: steps of the class once, between them the slowest table."""
        together: int = sum(step.length for step in self.tracks[0].steps if step.scope == "class")
        stretches = zip(*(track.stretches for track in self.tracks), strict=True)
        return together + sum(max(lengths, default=0) for lengths in stretches)
