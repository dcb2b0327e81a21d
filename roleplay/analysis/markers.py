"""How often behaviours were marked, and when. A mark that was taken back is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from roleplay.session.state import Mark

MarkerKey = tuple[str, str]
"""Rubric id and marker id."""


def marker_counts(marks: Iterable[Mark], about: str | None = None) -> dict[MarkerKey, int]:
    """How often each marker was tapped, in all or about one person; one that was never tapped is not listed."""
    meant = (mark for mark in marks if not mark.taken_back and about in (None, mark.about))
    return dict(Counter((mark.rubric, mark.marker) for mark in meant))


def marks_in_order(marks: Iterable[Mark], step: str, about: str) -> tuple[Mark, ...]:
    """The marks about one person in one step, by `into`: seconds into the step, pauses left out."""
    return in_order(mark for mark in marks if mark.step == step and mark.about == about and not mark.taken_back)


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks by their time; those that have none, from paper, come last."""
    return tuple(sorted(marks, key=lambda mark: (mark.into is None, mark.into or 0.0)))
