"""The rows of a sheet that a spreadsheet saved as text, however it did that: encodings, separators, quotes.

What was assumed is said in sentences; a file that is no text is refused with the way to save it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from roleplay.problems import CommandProblem, reason_of

_MAX_BYTES = 1_000_000
_SAVE_AS = "In a spreadsheet, save the list as “CSV UTF-8”, and use that file."
_MARKS = ",;\t|"
_BINARY = {
    b"PK\x03\x04": "a workbook, such as .xlsx or .ods",
    b"\xd0\xcf\x11\xe0": "a workbook, such as .xls",
    b"%PDF": "a PDF",
    b"{\\rtf": "a text document",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and the line on which it begins, from 1."""

    line: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """Rows, the one with the names of the columns first, and what was assumed in order to read them."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_spreadsheet(path: Path) -> Spreadsheet:
    """Read a CSV file.

    Raises:
        CommandProblem: the file cannot be read, or is no CSV file.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise CommandProblem(f"The class list {path} is larger than 1 MB.", "Keep only the names in it.")
        content = path.read_bytes()
    except OSError as error:
        raise CommandProblem(f"The class list {path} cannot be read: {reason_of(error)}.") from error
    for magic, what in _BINARY.items():
        if content.startswith(magic):
            raise CommandProblem(f"The class list {path} is {what}, and is not a CSV file.", _SAVE_AS)
    text, note = _decoded(content)
    if "\0" in text:
        raise CommandProblem(f"The class list {path} is not a CSV file.", _SAVE_AS)
    try:
        return Spreadsheet(tuple(_rows(text)), (note,) if note else ())
    except csv.Error as error:
        raise CommandProblem(f"The class list {path} is not a CSV file.", _SAVE_AS) from error


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, and what was assumed about its encoding where it does not say so itself."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), ""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        note = "The list is not saved as UTF-8; it was read as older Windows programs write (cp1252)."
        return content.decode("cp1252", errors="replace"), f"{note} If a name looks wrong, save it as “CSV UTF-8”."


def _rows(text: str) -> Iterator[Row]:
    lines = io.StringIO(text, newline=None).readlines()
    skipped = next((n for n, line in enumerate(lines) if line.strip()), 0)
    first = lines[skipped].strip("\n") if lines else ""
    # Excel writes and reads a line such as `sep=;` to say what separates the columns.
    if re.fullmatch("sep=.", first, re.IGNORECASE):
        mark, skipped = first[-1], skipped + 1
    else:
        # A sheet of one column separates nothing, so that a comma in a name is a comma.
        mark = _separator(first) or "\x1f"
    reader, line = csv.reader(lines[skipped:], delimiter=mark, skipinitialspace=True), skipped + 1
    for cells in reader:
        yield Row(line, tuple(cells))
        line = skipped + reader.line_num + 1


def _separator(header: str) -> str:
    """What stands most often between the names of the columns, outside quotes; nothing where there is one column."""
    outside = "".join(header.split('"')[::2])
    best = max(_MARKS, key=outside.count)
    return best if best in outside else ""
