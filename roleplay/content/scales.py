"""How a criterion can be answered: a level, a tick, a count, or words.

A scale is one class with `check` (is this an answer?) and `describe` (say it in words).
"Not observed" is possible on every scale and is no value at all, so no scale knows it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from roleplay.values import Value


class OrderedScale(Value):
    """Ordered levels with a word each."""

    kind: Literal["levels", "agreement"]
    levels: dict[int, str] = Field(min_length=2)
    """Number to word, lowest first."""

    @field_validator("levels")
    @classmethod
    def _in_order(cls, levels: dict[int, str]) -> dict[int, str]:
        return dict(sorted(levels.items()))

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest level."""
        numbers = list(self.levels)
        return numbers[0], numbers[-1]

    def check(self, value: object) -> str:
        """Say what is wrong with an answer, or nothing."""
        if isinstance(value, int) and not isinstance(value, bool) and value in self.levels:
            return ""
        return f"choose one of the levels {', '.join(map(str, self.levels))}"

    def describe(self, value: object) -> str:
        """Say an answer in words: `3 · Solid`."""
        return f"{value} · {self.levels[value]}" if isinstance(value, int) and value in self.levels else str(value)


class LevelsScale(OrderedScale):
    """Levels of skill; what a level looks like is said by each criterion."""

    kind: Literal["levels"]


class AgreementScale(OrderedScale):
    """How far somebody agrees with a statement; the words of the levels say it all."""

    kind: Literal["agreement"]


class ChecklistScale(Value):
    """Seen or not."""

    kind: Literal["checklist"]

    def check(self, value: object) -> str:
        """Say what is wrong with an answer, or nothing."""
        return "" if isinstance(value, bool) else "answer with seen or not seen"

    def describe(self, value: object) -> str:
        """Say an answer in words."""
        return "seen" if value else "not seen"


class CountScale(Value):
    """How often it happened."""

    kind: Literal["count"]

    def check(self, value: object) -> str:
        """Say what is wrong with an answer, or nothing."""
        good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999
        return "" if good else "give a whole number, 0 or more"

    def describe(self, value: object) -> str:
        """Say an answer in words."""
        return "once" if value == 1 else f"{value} times"


class TextScale(Value):
    """In the writer's own words."""

    kind: Literal["text"]

    def check(self, value: object) -> str:
        """Say what is wrong with an answer, or nothing."""
        return "" if isinstance(value, str) and value.strip() else "write a few words"

    def describe(self, value: object) -> str:
        """Say an answer in words."""
        return str(value)


Scale = Annotated[LevelsScale | AgreementScale | ChecklistScale | CountScale | TextScale, Field(discriminator="kind")]
