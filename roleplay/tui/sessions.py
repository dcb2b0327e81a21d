"""The sessions that wait to be taken up again, told in words."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.conduct.opening import read_session
from roleplay.problems import CommandProblem
from roleplay.store.protocol import SessionRow, Store
from roleplay.tui.describe import stood


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that was left before its end."""

    row: SessionRow
    names: tuple[str, ...] = ()
    """Of the people, and behind them how many bots there are."""
    stood: str = ""
    problem: str = ""
    """Why it cannot be read, where it cannot."""


def open_rows(store: Store) -> list[SessionRow]:
    """The sessions that were not ended, the one that was left last first; may raise StoreProblem."""
    return sorted((row for row in store.sessions() if row.state == "open"), key=lambda row: row.last, reverse=True)


def look_into(store: Store, row: SessionRow) -> OpenSession:
    """A session with the names of its people and where it stood."""
    try:
        state, words = read_session(store, row.id)
    except CommandProblem as problem:
        return OpenSession(row, problem=str(problem))
    names = [state.name(id, words) for id, person in state.people.items() if not person.bot]
    bots = len(state.people) - len(names)
    names += [f"{bots} bot{'s' if bots > 1 else ''}"] if bots else []
    return OpenSession(row, tuple(names), stood(state))
