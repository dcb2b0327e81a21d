"""How much of what the partner knew came out: scored without a rater, by the partner's own ticks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roleplay.session.visible import SeenFacts


@dataclass(frozen=True, slots=True)
class FactsFound:
    """So many of so many hidden facts came out."""

    found: int
    of: int


def facts_found(seen: Iterable[SeenFacts]) -> FactsFound | None:
    """The facts that came out, over every partner who has ticked; none where nobody has, or none may be seen."""
    ticked = [(facts.came_out, facts.due.facts) for facts in seen if facts.came_out is not None]
    if not ticked:
        return None
    return FactsFound(sum(len(came_out) for came_out, _ in ticked), sum(len(facts) for _, facts in ticked))
