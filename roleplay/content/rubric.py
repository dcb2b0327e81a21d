"""A rubric: what to look for, how to answer, which moments to mark, what to ask in words."""

from __future__ import annotations

from typing import Annotated, Literal, NoReturn

from pydantic import Field, StringConstraints

from roleplay.content.scales import LevelsScale, Scale
from roleplay.values import Value

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINE_PATTERN = r"^[^\n]*$"
KEY_PATTERN = r"^[a-z0-9]$"

# Numbers become text, so that an id or a title that is a year needs no quotes.
_TEXT = Field(coerce_numbers_to_str=True)

Id = Annotated[str, _TEXT, StringConstraints(pattern=ID_PATTERN, max_length=60)]
"""A short name in small letters, digits and hyphens, such as `names-feeling`."""

Line = Annotated[
    str, _TEXT, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=LINE_PATTERN)
]
"""A single line of plain words."""

Words = Annotated[str, _TEXT, StringConstraints(strip_whitespace=True, min_length=1, max_length=6000)]
"""One or more paragraphs of plain words."""


class Criterion(Value):
    """One thing to look for and to answer."""

    id: Id
    title: Line
    about: Words | None = None
    """What it means, in a sentence or two."""
    look_for: tuple[Line, ...] = ()
    """What an observer can see or hear."""
    levels: dict[int, Line] = {}
    """What a level looks like here; needed for at least the lowest and the highest level of a levels scale."""
    evidence: Literal["never", "at-ends", "always"] = "never"
    """Which levels need a marker or a quote: none, the lowest and the highest, or all."""
    scale: Scale | None = None
    """How to answer, where it differs from the rubric's own scale."""


class Marker(Value):
    """A behaviour that an observer stamps with one key while the conversation runs."""

    id: Id
    key: Annotated[str, _TEXT, StringConstraints(pattern=KEY_PATTERN)]
    """A small letter or a digit."""
    title: Line
    criterion: Id | None = None
    """The criterion that it is evidence for."""
    tone: Literal["helps", "hinders", "neutral"] = "neutral"


class Prompt(Value):
    """An open question that is answered in words."""

    id: Id
    ask: Line
    optional: bool = True


class Rubric(Value):
    """A rubric file."""

    format: Literal[1]
    title: Line
    about: Words | None = None
    """What the rubric is for, and where its practice is published."""
    scale: Scale
    criteria: tuple[Criterion, ...] = ()
    markers: tuple[Marker, ...] = ()
    prompts: tuple[Prompt, ...] = ()

    def scale_of(self, criterion: Criterion) -> Scale:
        """How this criterion is answered."""
        return criterion.scale or self.scale

    def criterion(self, id: str) -> Criterion:
        """The criterion of that id; raises KeyError where there is none."""
        return next((c for c in self.criteria if c.id == id), None) or _missing(id)

    def marker(self, id: str) -> Marker:
        """The marker of that id; raises KeyError where there is none."""
        return next((m for m in self.markers if m.id == id), None) or _missing(id)

    def needs_evidence(self, criterion: Criterion, value: object) -> bool:
        """Whether this answer must come with a marker or a quote."""
        if criterion.evidence == "at-ends":
            scale = self.scale_of(criterion)
            return isinstance(scale, LevelsScale) and value in scale.ends
        return criterion.evidence == "always"


def _missing(id: str) -> NoReturn:
    raise KeyError(id)
