"""Trouble for a rehearsal: bots who come late, go, come back and change places, so that its author sees what follows.

What happens is drawn from a seed before the rehearsal begins; whom it happens to is settled when it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from roleplay.conduct.opening import Seat
from roleplay.conduct.runner import new_text
from roleplay.session.commands import Arrive, ComeBack, Command, Leave, Merge, Swap
from roleplay.session.events import Participant
from roleplay.session.state import State
from roleplay.session.texts import Text

_SHARE = 12
"""Of so many people one comes late, and one goes."""


_What = Literal["late", "leaves", "back", "swap", "merge"]


@dataclass(frozen=True, slots=True)
class _Happening:
    at: int
    """Seconds since the session opened."""
    what: _What
    number: int
    """Which person or table: the remainder counts."""


class Trouble:
    """What goes otherwise than planned, in the order of time."""

    def __init__(self, seed: int, late: Sequence[Seat], people: int, seconds: int) -> None:
        """Draw it.

        Args:
            seed: another one makes other things happen.
            late: those who come late.
            people: how many are there from the beginning.
            seconds: how long the session is planned to take.
        """
        random = Random(f"trouble/{seed}")
        self._late = list(late)

        def some(what: _What, earliest: float, latest: float, number: int | None = None) -> _Happening:
            which = random.randrange(people) if number is None else number
            return _Happening(round(random.uniform(earliest, latest) * seconds), what, which)

        found = [some("late", 0, 0.6, number) for number in range(len(late))]
        found += [some("leaves", 0.05, 0.85) for _ in range(late_comers(people))]
        found += [some("back", 0.2, 0.95) for _ in range(1 + late_comers(people) // 2)]
        found += [some("swap", 0.1, 0.8), some("merge", 0.1, 0.8)]
        self._ahead = sorted(found, key=lambda one: one.at)

    @property
    def next_time(self) -> float | None:
        """When something happens next, in seconds since the session opened."""
        return self._ahead[0].at if self._ahead else None

    def take(self, state: State, now: float) -> list[tuple[Command, list[Text]]]:
        """What happens by now, with the words that it points at; each thing once."""
        found = []
        while self._ahead and self._ahead[0].at <= now:
            command = self._command(state, self._ahead.pop(0))
            found += [command] if command else []
        return found

    def _command(self, state: State, one: _Happening) -> tuple[Command, list[Text]] | None:
        here = [person for person in state.people if person not in state.away]
        away, tables = sorted(state.away), state.open_tracks
        if one.what == "late":
            seat, name = self._late[one.number], new_text(self._late[one.number].name)
            return Arrive((Participant(id=seat.id, name=name.ref, bot=True),)), [name]
        if one.what == "leaves" and len(here) > 1:
            return Leave((here[one.number % len(here)],)), []
        if one.what == "back" and away:
            return ComeBack((away[one.number % len(away)],)), []
        if one.what == "swap" and len(here) > 1:
            return Swap(here[one.number % len(here)], here[(one.number + len(here) // 2) % len(here)]), []
        if one.what == "merge" and len(tables) > 2:
            # Who is few goes to the next table that is few.
            few = sorted(tables, key=lambda track: len(track.people))
            return Merge(few[0].id, few[1].id), []
        return None


def late_comers(people: int) -> int:
    """How many come late where so many are there from the beginning."""
    return max(1, people // _SHARE)
