"""A plan is flat: rounds and rotation are unrolled into steps, each of which names its own cast and take.

A track belongs to a table (a place), not to a set of people. People are ids here; a plan holds no names.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    """Of a conversation, and of the feedback on it: which time it is played, from 1."""
    again: bool = False
    """It is the conversation before it once more."""
    case: str | None = None
    cast: dict[str, tuple[str, ...]] = {}
    """Role to the ids of those who play it; empty where the step is for everyone alike."""
    people: tuple[str, ...] = ()
    """Who is at the table in this step, where people have come or gone since; without it, those who sit there now."""

    @property
    def first(self) -> str:
        """The id of the step of the plan that it is, or that it repeats for another take."""
        return self.id.partition("t")[0]

    @property
    def added(self) -> bool:
        """Whether it was put into the track while the session ran, for another take."""
        return self.id != self.first

    @property
    def says_take(self) -> bool:
        """Whether its name alone would not tell which take it belongs to."""
        return self.take > 1 and (self.kind == "play" or self.added)

    def plays(self, person: str) -> str | None:
        """The role of a person in this step, or none."""
        return next((role for role, people in self.cast.items() if person in people), None)


def rounds_of(steps: Iterable[PlannedStep]) -> int:
    """How many rounds steps make; 0 where there are none."""
    return max((step.round or 0 for step in steps), default=0)


def with_takes(steps: Iterable[PlannedStep]) -> tuple[PlannedStep, ...]:
    """Steps with the number of their take, which follows from their order within a round.

    Feedback is on the take before it, until people write or talk about the whole.
    """
    takes: dict[int | None, int] = {}
    source: dict[int | None, str] = {}
    looks_back: set[int | None] = set()
    numbered = []
    for step in steps:
        if step.kind == "play":
            again = step.again or source.get(step.round) == step.source
            takes[step.round] = takes.get(step.round, 0) + 1 if again else 1
            source[step.round] = step.source
            looks_back.discard(step.round)
        elif step.kind in ("journal", "debrief"):
            looks_back.add(step.round)
        on_take = step.kind == "play" or (step.kind == "feedback" and step.round not in looks_back)
        take = takes.get(step.round, 1) if on_take else 1
        numbered.append(step if step.take == take else step.model_copy(update={"take": take}))
    return tuple(numbered)


class Track(Value):
    """What one table does, step by step."""

    id: str
    title: str
    people: tuple[str, ...]
    steps: tuple[PlannedStep, ...]

    @property
    def rounds(self) -> int:
        """How many rounds this table plays."""
        return rounds_of(self.steps)

    def people_in(self, planned: PlannedStep) -> tuple[str, ...]:
        """Who is at the table in a step."""
        return planned.people or self.people

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
