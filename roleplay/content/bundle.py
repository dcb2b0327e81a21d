"""What a session is played from: a scenario with the rubrics it refers to."""

from __future__ import annotations

from roleplay.content.rubric import Rubric
from roleplay.content.scenario import Scenario
from roleplay.values import Value


class Bundle(Value):
    """A scenario and its rubrics, by id; later edits of the files do not change it."""

    id: str
    scenario: Scenario
    rubrics: dict[str, Rubric]
