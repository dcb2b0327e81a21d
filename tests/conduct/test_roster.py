"""Class lists as spreadsheets write them, and names as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.conduct.roster import read_roster, split_names
from roleplay.problems import CommandProblem, FileProblems


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Ana, Ben, Chloe", ["Ana", "Ben", "Chloe"]),
        (" Ana ,, Ben;\n Chloe  Maria\n", ["Ana", "Ben", "Chloe Maria"]),
        ("Ana, ana, Ana", ["Ana", "ana (2)", "Ana (3)"]),
        ("Zo\udcc3\udcab, Zo\udceb", ["Zoë", "Zo\ufffd"]),
        ("", []),
    ],
)
def test_typed_names(typed: str, names: list[str]) -> None:
    """Commas, semicolons and lines part names; blanks and broken letters go; the second of a name is told apart."""
    assert split_names(typed) == names


@pytest.mark.parametrize(
    "content",
    [
        b"name\nAna\nZo\xc3\xab\n",
        b"\xef\xbb\xbfid;Name\r\n1;Ana\r\n2;Zo\xc3\xab\r\n;\r\n",
        b"email\tNAME\na@b.example\tAna\nz@b.example\tZo\xeb\n",
        b'name,tags\n"Ana","x, y"\n"  Zo\xc3\xab "\n',
        b"id;name\r1;Ana\r2;Zo\xc3\xab\r",
    ],
)
def test_a_class_list_is_read_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    """Semicolons, tabs, a byte order mark, old encodings, quotes, short lines, and lines that end as they once did."""
    path = tmp_path / "class.csv"
    path.write_bytes(content)
    assert read_roster(path) == ["Ana", "Zoë"]


@pytest.mark.parametrize(("content", "says"), [(b"who\nAna\n", 'column called "name"'), (b"name\n\n", "nobody")])
def test_a_list_without_names_says_so(tmp_path: Path, content: bytes, says: str) -> None:
    """The problem names the file and what to mend."""
    path = tmp_path / "class.csv"
    path.write_bytes(content)
    with pytest.raises(FileProblems, match=says) as raised:
        read_roster(path)
    assert raised.value.problems[0].file == str(path)


def test_a_missing_list_is_a_sentence(tmp_path: Path) -> None:
    """No traceback for a path that was mistyped."""
    with pytest.raises(CommandProblem, match="cannot be read"):
        read_roster(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x14\0\x06\0", "name\nAna\n".encode("utf-16"), b"name\n" + b"x" * 200_000]
)
def test_what_is_no_csv_file_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    """A workbook given by mistake is named as such, with the way to save it."""
    path = tmp_path / "class.xlsx"
    path.write_bytes(content)
    with pytest.raises(CommandProblem, match="is not a CSV file") as raised:
        read_roster(path)
    assert "CSV UTF-8" in raised.value.mend
