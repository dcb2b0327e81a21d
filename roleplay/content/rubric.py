"""A rubric: what to look for, how to answer, which moments to mark, what to ask in words."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, NoReturn

from pydantic import Field, StringConstraints

from roleplay.content.scales import OrderedScale, Scale
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
    """What the rubric is for."""
    source: Words | None = None
    """Which practice this follows, and where it is published."""
    core: Id | None = None
    """A rubric whose criteria, markers and prompts come first; growth is read over what rubrics have in common."""
    scale: Scale
    rows: int = Field(default=1, ge=1, le=5)
    """How often all criteria are asked: row by row, of which only the first must be filled in."""
    criteria: tuple[Criterion, ...] = ()
    markers: tuple[Marker, ...] = ()
    prompts: tuple[Prompt, ...] = ()

    def scale_of(self, criterion: Criterion) -> Scale:
        """How this criterion is answered."""
        return criterion.scale or self.scale

    @cached_property
    def asked(self) -> tuple[Criterion, ...]:
        """Every criterion as often as it is asked; from the second row on, its id ends with the row: `goal.2`."""
        more = [
            criterion.model_copy(update={"id": f"{criterion.id}.{row}"})
            for row in range(2, self.rows + 1)
            for criterion in self.criteria
        ]
        return (*self.criteria, *more)

    def criterion(self, id: str) -> Criterion:
        """The criterion of that id, as it is asked; raises KeyError where there is none."""
        return next((c for c in self.asked if c.id == id), None) or _missing(id)

    def with_core(self, core: Rubric) -> Rubric:
        """This rubric with what its core has, each part answered as it is there."""
        own_scale = core.scale == self.scale
        criteria = (c if c.scale or own_scale else c.model_copy(update={"scale": core.scale}) for c in core.criteria)
        return Rubric(
            format=self.format,
            title=self.title,
            about=self.about,
            source=self.source,
            core=self.core,
            scale=self.scale,
            rows=self.rows,
            criteria=(*criteria, *self.criteria),
            markers=(*core.markers, *self.markers),
            prompts=(*core.prompts, *self.prompts),
        )

    def marker(self, id: str) -> Marker:
        """The marker of that id; raises KeyError where there is none."""
        return next((m for m in self.markers if m.id == id), None) or _missing(id)

    def needs_evidence(self, criterion: Criterion, value: object) -> bool:
        """Whether this answer must come with a marker or a quote."""
        if criterion.evidence == "at-ends":
            scale = self.scale_of(criterion)
            return isinstance(scale, OrderedScale) and value in scale.ends
        return criterion.evidence == "always"


def row_of(id: str) -> int:
    """The row in which a criterion is asked, from 1."""
    return int(id.partition(".")[2] or 1)


def column_of(id: str) -> str:
    """The criterion that is asked, whatever the row."""
    return id.partition(".")[0]


def _missing(id: str) -> NoReturn:
    raise KeyError(id)
