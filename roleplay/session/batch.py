"""Events as they are worked out, each with the state that it leads to."""

from __future__ import annotations

from roleplay.session import events as e
from roleplay.session.evolve import evolve
from roleplay.session.state import State


class Batch:
    """Events so far, and the state they lead to."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.events: list[e.Event] = []

    def add(self, event: e.Event) -> None:
        """One more event, and the state after it."""
        self.events.append(event)
        self.state = evolve(self.state, event)
