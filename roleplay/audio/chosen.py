"""Which microphone was chosen, by its name: one for all tables, and one for a table of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Choices:
    """The names of the microphones that were chosen; they need not be plugged in."""

    everywhere: str | None = None
    tables: Mapping[str, str] = field(default_factory=dict)
    """By the table's title."""

    def of(self, table: str | None = None) -> str | None:
        """The microphone for a table, its own before the one for all; none where none was chosen."""
        raise NotImplementedError

    def using(self, name: str, table: str | None = None) -> Choices:
        """With a microphone for all tables, or for one."""
        raise NotImplementedError

    def forgetting(self, table: str | None = None) -> Choices:
        """Without what was chosen for one table, or without any choice."""
        raise NotImplementedError


def load_choices(home: Path) -> Choices:
    """What was chosen so far; nothing where nothing was. Raises CommandProblem for a file that cannot be read."""
    raise NotImplementedError


def save_choices(home: Path, choices: Choices) -> None:
    """Remember it, whole or not at all, in `microphones.json`. Raises CommandProblem."""
    raise NotImplementedError
