"""A class list in a file: its columns, whatever they are called, its people, and all that is to be mended in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from roleplay.conduct.names import tell_apart, tidy, turned_round
from roleplay.conduct.roster import Guest, Roster, known_id
from roleplay.conduct.spreadsheet import Row, read_spreadsheet
from roleplay.problems import FileProblems, Problem

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "names", "student", "student name", "full name", "fullname", "display name", "participant",
             "participant name", "person", "member"),
    "first": ("first name", "firstname", "first", "given name", "forename", "vorname", "prénom", "nombre"),
    "last": ("last name", "lastname", "last", "surname", "family name", "nachname", "nom", "apellido", "apellidos"),
    "id": ("id", "student id", "studentid", "student number", "person id", "user id", "matriculation number"),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "emailaddress"),
    "together": ("together", "keep together"),
    "apart": ("apart", "keep apart"),
}  # fmt: skip
"""What the columns may be called that are no tags."""
_COLUMN_OF = {called: column for column, names in _HEADERS.items() for called in names}


def read_roster(path: Path) -> Roster:
    """Read a class list: a CSV file whose first line has a column for names.

    Raises:
        CommandProblem: the file cannot be read, or is no CSV file.
        FileProblems: its columns or rows need mending, or nobody is in it.
    """
    sheet = read_spreadsheet(path)
    if not sheet.rows:
        raise FileProblems([Problem(str(path), 1, 1, "name", "nobody is in this list")])
    reading = _Reading(str(path), sheet.rows)
    return reading.roster(sheet.notes)


class _Reading:
    """One class list while it is read, with all that is wrong in it."""

    def __init__(self, file: str, rows: Sequence[Row]) -> None:
        self._file = file
        self._header, self._rows = rows[0], rows[1:]
        self._problems: list[Problem] = []
        self._notes: list[str] = []
        self._columns: dict[int, str] = {}
        """Number of a column to what it is: one of the names above, or `tag:` and the tag."""
        self._turned: list[str] = []

    def roster(self, notes: Sequence[str]) -> Roster:
        """Everybody in the list, or all its problems."""
        self._read_header()
        if self._problems:
            raise FileProblems(self._problems)
        while self._rows and self._rows[-1].blank:
            self._rows = self._rows[:-1]
        people = list(self._people())
        self._find_same_ids(people)
        if not people:
            self._problem(self._header.line + 1, "name", "nobody is in this list")
        if self._problems:
            raise FileProblems(self._problems)
        told = tell_apart(guest.name for _, guest, _ in people)
        self._say_same_names(people, told)
        if self._turned:
            last, first = self._turned[0].split(",")
            self._notes.append(f"Names such as “{last.strip()}, {first.strip()}” were turned round.")
        guests = tuple(replace(guest, name=name) for (_, guest, _), name in zip(people, told, strict=True))
        wishes = [wished for _, _, wished in people]
        return Roster(guests, _sets("together", told, wishes), _sets("apart", told, wishes), (*notes, *self._notes))

    def _problem(self, line: int, key: str, sentence: str) -> None:
        self._problems.append(Problem(self._file, line, 1, key, sentence))

    # -- the first line

    def _read_header(self) -> None:
        line, seen = self._header.line, set()
        for number, cell in enumerate(self._header.cells):
            called = tidy(cell)
            plain = re.sub(r"[\s_-]+", " ", called).casefold()
            column = _COLUMN_OF.get(plain, f"tag:{called}")
            if plain and column in seen:
                self._problem(line, called, "there are two such columns; take one out, or call it otherwise")
            if plain:
                seen.add(column)
                self._columns[number] = column
        if not seen & {"name", "first", "last"}:
            found = [tidy(cell) for cell in self._header.cells if cell.strip()]
            sentence = 'the first line must have a column called "name"; it has “' + "”, “".join(found) + "”"
            self._problem(line, "name", f"{sentence}. Call the column with the names so")

    # -- the people

    def _people(self) -> Iterator[tuple[int, Guest, Mapping[str, str]]]:
        """The line, the person, and the wishes of each row."""
        width = len(self._header.cells)
        for row in self._rows:
            if row.blank:
                self._notes.append(f"Line {row.line} is blank and was passed over.")
                continue
            if any(cell.strip() for cell in row.cells[width:]):
                self._problem(
                    row.line,
                    "name",
                    f"this line has {len(row.cells)} columns, and the first one has {width}; "
                    "put a name that has a comma in it between quotes",
                )
                continue
            cells = {column: row.cells[n].strip() for n, column in self._columns.items() if n < len(row.cells)}
            cells = {column: cell for column, cell in cells.items() if cell}
            name = self._name(cells)
            if not name:
                self._notes.append(f"Line {row.line} has no name; nobody was taken from it.")
                continue
            id, email = cells.get("id"), cells.get("email")
            tags = {column[4:]: " ".join(cell.split()) for column, cell in cells.items() if column.startswith("tag:")}
            yield row.line, Guest(name, id, email, tags, known_id(id) if id else None), cells

    def _name(self, cells: Mapping[str, str]) -> str:
        """The name in a row, in the order in which it is spoken."""
        name, first, last = (tidy(cells.get(column, "")) for column in ("name", "first", "last"))
        if not name:
            return f"{first} {last}".strip()
        turned = turned_round(name)
        if turned != name:
            self._turned.append(name)
        # Where a first name stands beside it, what is called the name may be the last one.
        alone = first and not last and first.casefold() not in turned.casefold()
        return f"{first} {turned}" if alone else turned

    def _find_same_ids(self, people: Sequence[tuple[int, Guest, Mapping[str, str]]]) -> None:
        first: dict[str, tuple[int, str]] = {}
        for line, guest, _ in people:
            if not guest.id:
                continue
            before, name = first.setdefault(guest.id.casefold(), (line, guest.name))
            if before != line:
                same = "take one of the two lines out" if name == guest.name else "give each person one of their own"
                sentence = (
                    f"“{guest.id}” stands in line {before} already, for {name}, and here for {guest.name}; {same}"
                )
                self._problem(line, "id", sentence)

    def _say_same_names(self, people: Sequence[tuple[int, Guest, Mapping[str, str]]], told: Sequence[str]) -> None:
        first: dict[str, int] = {}
        for (line, guest, _), name in zip(people, told, strict=True):
            before = first.setdefault(guest.name.casefold(), line)
            if before != line:
                said = f"{guest.name} stands in line {before} and in line {line}; the second is called “{name}” here."
                self._notes.append(said + ("" if guest.id else " If it is one person, take one line out."))


def _sets(column: str, names: Sequence[str], wishes: Sequence[Mapping[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The people for whom the same stands in a column; one alone has nobody to be kept with or from."""
    sets: dict[str, list[str]] = {}
    for name, wished in zip(names, wishes, strict=True):
        if column in wished:
            sets.setdefault(wished[column].casefold(), []).append(name)
    return tuple(tuple(members) for members in sets.values() if len(members) > 1)
