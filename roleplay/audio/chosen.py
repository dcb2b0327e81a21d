"""Which microphone was chosen, by its name: one for all tables, and one for a table of its own."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from roleplay.problems import CommandProblem, reason_of

FILE = "microphones.json"


@dataclass(frozen=True, slots=True)
class Choices:
    """The names of the microphones that were chosen; they need not be plugged in."""

    everywhere: str | None = None
    tables: Mapping[str, str] = field(default_factory=dict)
    """By the table's title."""

    def of(self, table: str | None = None) -> str | None:
        """The microphone for a table, its own before the one for all; none where none was chosen."""
        own = {_key(title): name for title, name in self.tables.items()}
        return own.get(_key(table), self.everywhere) if table else self.everywhere

    def using(self, name: str, table: str | None = None) -> Choices:
        """With a microphone for all tables, or for one."""
        if table is None:
            return replace(self, everywhere=name)
        title = " ".join(table.split())
        return replace(self, tables={**self._without(title), title: name})

    def forgetting(self, table: str | None = None) -> Choices:
        """Without what was chosen for one table, or without any choice."""
        return Choices() if table is None else replace(self, tables=self._without(table))

    def _without(self, table: str) -> dict[str, str]:
        return {title: name for title, name in self.tables.items() if _key(title) != _key(table)}


def _key(title: str) -> str:
    """Titles are typed by hand: large and small letters, and how many spaces, mean nothing."""
    return " ".join(title.split()).casefold()


def load_choices(home: Path) -> Choices:
    """What was chosen so far; nothing where nothing was. Raises CommandProblem for a file that cannot be read."""
    path = home / FILE
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Choices(kept["everywhere"], {str(title): str(name) for title, name in kept["tables"].items()})
    except FileNotFoundError:
        return Choices()
    except OSError as error:
        raise CommandProblem(f"The chosen microphones in {path} cannot be read: {reason_of(error)}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        sentence = f"The chosen microphones in {path} cannot be read: somebody else has changed the file."
        raise CommandProblem(sentence, "Start afresh with: roleplay devices --forget") from error


def save_choices(home: Path, choices: Choices) -> None:
    """Remember it, whole or not at all; without any choice there is no file. Raises CommandProblem."""
    path = home / FILE
    try:
        if choices == Choices():
            path.unlink(missing_ok=True)
            return
        text = json.dumps(
            {"everywhere": choices.everywhere, "tables": dict(choices.tables)}, ensure_ascii=False, indent=2
        )
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=home, prefix=f".{FILE}.")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise CommandProblem(f"The choice could not be kept in {path}: {reason_of(error)}.") from error
