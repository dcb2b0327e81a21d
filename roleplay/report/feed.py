"""What the whole room may see of itself, part by part: frozen values with the words in them, for screens and reports.

Nothing here says who it was, and behind each figure stand as many people as it takes to stay nobody's own.
"""

from __future__ import annotations

from typing import Literal

from roleplay.analysis.ratings import Direction
from roleplay.report.feedback import Tone
from roleplay.values import Value

_LEVELS = {0.5: "half a level", 1: "one level", 1.5: "one and a half levels", 2: "two levels", 3: "three levels"}


class MarkerLine(Value):
    """How often a behaviour was marked."""

    marker: str
    tone: Tone
    count: int


class Bar(Value):
    """How many forms gave one answer."""

    label: str
    forms: int


class SpreadLine(Value):
    """The answers to one criterion."""

    criterion: str
    bars: tuple[Bar, ...]
    not_observed: int


class RubricSpread(Value):
    """The answers to one rubric."""

    rubric: str
    lines: tuple[SpreadLine, ...]


class SurpriseLine(Value):
    """A criterion on which most of those who were surprised were so in the same direction."""

    rubric: str
    criterion: str
    direction: Direction
    """Where others saw them: higher than forecast, or lower."""
    surprised: int
    """How many people were seen so."""
    people: int
    """How many forecast it and were seen."""
    by: float
    """Levels, in the middle of those who were seen so."""
    levels: tuple[str, ...]
    """The words of the scale, lowest first."""
    forecast: int
    """The place among them of the middle of their forecasts."""
    seen: int
    """The place of the middle of what others saw of them."""

    @property
    def said(self) -> str:
        """The same in a sentence."""
        more = "more" if self.direction == "higher" else "less"
        whom = f"{self.surprised} of {self.people}" if self.surprised < self.people else f"all {self.people}"
        return f"Others saw {more} than {whom} people had forecast, typically by {_say_levels(self.by)}."


def _say_levels(by: float) -> str:
    return _LEVELS.get(by) or f"{by:g} levels"


class ThemeLine(Value):
    """A question, and some of the words that answer it."""

    ask: str
    """Empty where so few answered it that the question would say who wrote."""
    origin: Literal["form", "journal"]
    quotes: tuple[str, ...]
    more: int
    """How many others were shared."""


class DebriefFeed(Value):
    """What the whole room may see of itself: counts, and words that their writers agreed to share."""

    people: int
    """How many people stand behind the markers."""
    awaited: bool = False
    """Too few do so far, and there are more to come."""
    markers: tuple[MarkerLine, ...] = ()
    """Empty while too few have led for a count to stay nobody's own."""
    spread: tuple[RubricSpread, ...] = ()
    """The same holds here."""
    surprises: tuple[SurpriseLine, ...] = ()
    """The largest first."""
    themes: tuple[ThemeLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.markers or self.spread or self.surprises or self.themes)
