"""Who is there: names typed in one line, pasted in several, or read from a class list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from roleplay.problems import CommandProblem, FileProblems, Problem, reason_of

_MAX_BYTES = 1_000_000


def split_names(text: str) -> list[str]:
    """Names between commas, semicolons or line breaks, blanks left out; a name that stands twice is told apart."""
    # A terminal that is set to no language hands over bytes in disguise.
    text = text.encode(errors="surrogateescape").decode(errors="replace")
    parts = text.replace(";", ",").replace("\n", ",").split(",")
    return tell_apart(name for part in parts if (name := " ".join(part.split())))


def tell_apart(names: Iterable[str]) -> list[str]:
    """The same names, with a number behind the second and every further bearer of one."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        count = seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        told.append(name if count == 1 else f"{name} ({count})")
    return told


def read_roster(path: Path) -> list[str]:
    """The names of a class list: a CSV file whose header has a column `name`.

    Raises:
        CommandProblem: the file cannot be read, or is no CSV file.
        FileProblems: it has no such column, or nobody in it.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandProblem(f"The class list {path} cannot be read: {reason_of(error)}.") from error
    if len(content) > _MAX_BYTES:
        raise CommandProblem(f"The class list {path} is larger than 1 MB.", "Keep only the names in it.")
    try:
        if b"\0" in content:
            raise csv.Error("a workbook, a picture, or text in another encoding")
        rows = list(csv.reader(io.StringIO(_decode(content), newline=None), _dialect(content)))
    except csv.Error as error:
        mend = "In a spreadsheet, save the list as “CSV UTF-8”, and use that file."
        raise CommandProblem(f"The class list {path} is not a CSV file.", mend) from error
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if "name" not in header:
        raise FileProblems([Problem(str(path), 1, 1, "name", 'the first line must have a column called "name"')])
    column = header.index("name")
    names = [name for row in rows[1:] if len(row) > column and (name := " ".join(row[column].split()))]
    if not names:
        raise FileProblems([Problem(str(path), 2, 1, "name", "nobody is in this list")])
    return tell_apart(names)


def _decode(content: bytes) -> str:
    """Text as UTF-8, or as older spreadsheets write it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _dialect(content: bytes) -> type[csv.Dialect]:
    """Spreadsheets in many countries put semicolons or tabs between the columns."""
    first = next(iter(_decode(content).splitlines()), "")
    delimiters = {mark: first.count(mark) for mark in ",;\t"}

    class Dialect(csv.excel):
        delimiter = max(delimiters, key=lambda mark: delimiters[mark])

    return Dialect
