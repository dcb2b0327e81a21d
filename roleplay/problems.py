"""What can go wrong, in three kinds: the user's file, the user's command, and our bug.

Only a bug shows a traceback. The other two carry sentences that a person who does not
program can act on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """What the program tells the shell."""

    OK = 0
    PROBLEMS = 1
    USAGE = 2
    BUG = 70


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, or to mind, in one file, at the place where it stands (line and column count from 1)."""

    file: str
    line: int
    col: int
    key: str
    sentence: str
    warning: bool = False
    """It could be better and works as it is."""

    def __str__(self) -> str:
        key = f" {self.key}:" if self.key else ""
        mark = " warning:" if self.warning else ""
        return f"{self.file}:{self.line}:{self.col}:{key}{mark} {self.sentence}"


class FileProblems(Exception):
    """The user's files need mending; every problem found is listed, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CommandProblem(Exception):
    """The user's command cannot be carried out; `mend` says what to do instead."""

    def __init__(self, sentence: str, mend: str = "") -> None:
        self.sentence = sentence
        self.mend = mend
        super().__init__(f"{sentence} {mend}".strip())


class Bug(Exception):
    """Something that our own code promised did not hold."""


def reason_of(error: OSError) -> str:
    """The system's own words for what went wrong, fit for the middle of a sentence."""
    words = error.strerror or "it cannot be opened"
    return words[0].lower() + words[1:]


def nearest(word: str, known: Iterable[str]) -> str:
    """Offer the nearest known spelling as `Did you mean "…"?`, or nothing where none is near."""
    from difflib import get_close_matches

    matches = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{matches[0]}"?' if matches else ""
