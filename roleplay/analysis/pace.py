"""How long each question of a debrief's guide has: what is left of the step is shared by it and those to come.

So the time of a question that is passed over goes to the others, and a step that is made longer makes each longer.
All in seconds of the step, pauses left out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """Which question is asked, from 0, and since when."""

    question: int = 0
    since: float = 0.0

    def share(self, count: int, total: float) -> float:
        """How long it has, of `count` questions in a step of `total` seconds."""
        return max(0.0, total - self.since) / max(1, count - self.question)

    def ends(self, count: int, total: float) -> float:
        """When the next one is due."""
        return self.since + self.share(count, total)


def turn_at(count: int, total: float, elapsed: float) -> Turn:
    """The question that is asked where nobody has moved on by hand: each has its even share."""
    each = total / max(1, count)
    question = min(int(elapsed / each), count - 1) if each > 0 and count else 0
    return Turn(question, question * each)
