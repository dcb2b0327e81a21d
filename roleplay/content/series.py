"""A series: several scenarios that are played one after the other, with growing difficulty."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from roleplay.content.rubric import Id, Line, Words
from roleplay.content.scenario import Shelf
from roleplay.values import Value


class Opens(Value):
    """What opens the next scenario of a series."""

    after: Literal["done", "any-time"] = "done"


class Series(Value):
    """A series file."""

    format: Literal[1]
    title: Line
    about: Words | None = None
    shelf: Shelf | None = None
    """Where it stands in the library: among what is for a class, for coaching, or for selecting people."""
    source: Words | None = None
    """Which practice this follows, and where it is published."""
    series: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The ids of its scenarios, in order."""
    opens: Opens = Opens()
