"""Class lists as spreadsheets write them, and the people of an earlier session."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from meetings import Meetings

from roleplay.conduct.class_list import read_roster
from roleplay.conduct.opening import Seat
from roleplay.conduct.roster import Guest, Roster, known_id, of_names, people_of
from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.load import load_bundle
from roleplay.problems import CommandProblem, FileProblems, Problem
from roleplay.settings import database_path
from roleplay.store.sqlite import SqliteStore


def read(tmp_path: Path, content: bytes | str) -> Roster:
    """The class list with this content."""
    path = tmp_path / "class.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_roster(path)


def problems_in(tmp_path: Path, content: str) -> tuple[Problem, ...]:
    """What is wrong with the class list."""
    with pytest.raises(FileProblems) as raised:
        read(tmp_path, content)
    assert all(problem.file == str(tmp_path / "class.csv") for problem in raised.value.problems)
    return raised.value.problems


# -- how it was saved


@pytest.mark.parametrize(
    "content",
    [
        b"name\nAna\nZo\xc3\xab\n",
        b"\xef\xbb\xbfid;Name\r\n1;Ana\r\n2;Zo\xc3\xab\r\n;\r\n",
        b"email\tNAME\na@b.example\tAna\nz@b.example\tZo\xeb\n",
        b'name,tags\n"Ana","x, y"\n"  Zo\xc3\xab "\n',
        b'name, tags\nAna, "x, y"\nZo\xc3\xab\n',
        b"id;name\r1;Ana\r2;Zo\xc3\xab\r",
        codecs.BOM_UTF16_LE + "name\tid\r\nAna\t1\r\nZoë\t2\r\n".encode("utf-16-le"),
        "name\nAna\nZoë\n".encode("utf-16"),
        b"sep=|\nname|id\nAna|1\nZo\xc3\xab|2\n",
        b"\n\nname\nAna\nZo\xc3\xab",
    ],
)
def test_a_class_list_is_read_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    """Separators, byte order marks, old encodings, quotes, short lines, and lines that end as they once did."""
    assert read(tmp_path, content).names == ("Ana", "Zoë")


def test_what_was_assumed_about_the_encoding_is_said(tmp_path: Path) -> None:
    """Older Windows files do not say how they are written; plain letters leave nothing to say."""
    assert "cp1252" in read(tmp_path, b"name\nZo\xeb\n").notes[0]
    assert read(tmp_path, b"name\nAna\n").notes == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04\x14\0\x06\0", "a workbook, such as .xlsx"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"name\0\nAna\n", "is not a CSV file"),
        (b"name\n" + b"x" * 200_000, "is not a CSV file"),
    ],
)
def test_what_is_no_csv_file_is_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    """A workbook given by mistake is named as such, with the way to save it."""
    with pytest.raises(CommandProblem, match=says) as raised:
        read(tmp_path, content)
    assert "CSV UTF-8" in raised.value.mend


def test_a_missing_list_is_a_sentence(tmp_path: Path) -> None:
    """No traceback for a path that was mistyped."""
    with pytest.raises(CommandProblem, match="cannot be read"):
        read_roster(tmp_path / "nowhere.csv")


def test_a_huge_file_is_a_sentence(tmp_path: Path) -> None:
    """Nobody waits for the reading of a film."""
    with pytest.raises(CommandProblem, match="larger than 1 MB"):
        read(tmp_path, b"name\n" * 300_000)


# -- its columns


@pytest.mark.parametrize(
    "content",
    [
        "Full Name\nAna Fox\nBen Dee\n",
        "STUDENT,Section\nAna Fox,1\nBen Dee,1\n",
        "First name,Last name,Email address\nAna,Fox,a@x.example\nBen,Dee,b@x.example\n",
        "Nachname;Vorname\nFox;Ana\nDee;Ben\n",
        "Name;First_Name\nFox;Ana\nDee;Ben\n",
        'Student,ID\n"Fox, Ana",1\n"Dee, Ben",2\n',
        "name\nFox, Ana\nDee, Ben\n",
        " name ,,\n  Ana\xa0 Fox ,,\n Ben Dee,,\n",
    ],
)
def test_names_are_found_under_many_headings(tmp_path: Path, content: str) -> None:
    """One column or two, the last name first or last, as course systems and spreadsheets have it."""
    assert read(tmp_path, content).names == ("Ana Fox", "Ben Dee")


def test_every_other_column_is_a_tag(tmp_path: Path) -> None:
    """What a line leaves empty is no tag of that person; an id and a mail address are none at all."""
    roster = read(tmp_path, "name,ID,E-Mail,Cohort,years\nAna,17,ana@x.example,North,3\nBen,18,,South,\n")
    ana, ben = roster.guests
    assert ana == Guest("Ana", "17", "ana@x.example", {"Cohort": "North", "years": "3"}, known_id("17"))
    assert (ben.email, ben.tags) == (None, {"Cohort": "South"})
    assert roster.tags == ("Cohort", "years")


def test_mail_addresses_are_not_shown_by_accident(tmp_path: Path) -> None:
    """A value that is printed or logged keeps them to itself; one that stands where the name is gives the name."""
    roster = read(tmp_path, "name,email\nAna <ana@x.example>,ana@x.example\nben.dee@x.example,\n")
    assert roster.names == ("Ana", "Ben Dee")
    assert "x.example" not in repr(roster)


def test_wishes_may_stand_in_the_list(tmp_path: Path) -> None:
    """Those with the same word in the column are kept together, or apart; one alone has nobody."""
    roster = read(tmp_path, "name,together,apart\nAna,car,x\nBen,Car,\nCleo,bus,x\nDan,,\n")
    assert roster.together == (("Ana", "Ben"),)
    assert roster.apart == (("Ana", "Cleo"),)
    assert roster.tags == ()


@pytest.mark.parametrize(
    ("content", "line", "key", "says"),
    [
        ("who\nAna\n", 1, "name", 'must have a column called "name"; it has “who”'),
        ("nmae,id\nAna,1\n", 1, "name", "Call the column with the names so"),
        ("name\n\n", 2, "name", "nobody is in this list"),
        ("", 1, "name", "nobody is in this list"),
        ("name,Full name\nAna,Ana\n", 1, "Full name", "there are two such columns"),
        ("name,id\nAna,1\nFox, Ben,2\n", 3, "name", "has 3 columns, and the first one has 2; put a name"),
        ("name,id\nAna,A1\nBen,2\n\nCleo,a1\n", 5, "id", "“a1” stands in line 2 already, for Ana, and here for Cleo"),
        ("name,id\nAna,1\nAna,1\n", 3, "id", "take one of the two lines out"),
    ],
)
def test_what_needs_mending_is_said_with_its_place(
    tmp_path: Path, content: str, line: int, key: str, says: str
) -> None:
    """File, line, key and a sentence that says what to do."""
    (problem,) = problems_in(tmp_path, content)
    assert (problem.line, problem.key) == (line, key)
    assert says in problem.sentence


# -- what is noticed


def test_two_of_one_name_are_told_apart_and_said(tmp_path: Path) -> None:
    """Nobody is dropped and nobody merged; the lines are named, so that one can be taken out."""
    roster = read(tmp_path, "name\nAna\nBen\nana\n")
    assert roster.names == ("Ana", "Ben", "ana (2)")
    (said,) = roster.notes
    assert said.startswith("ana stands in line 2 and in line 4; the second is called “ana (2)” here.")


def test_blank_and_nameless_lines_are_said(tmp_path: Path) -> None:
    """Those at the end are no news."""
    roster = read(tmp_path, "name,cohort\nAna,North\n,\n,South\nBen,North\n,\n,\n")
    assert roster.names == ("Ana", "Ben")
    assert roster.notes == (
        "Line 3 is blank and was passed over.",
        "Line 4 has no name; nobody was taken from it.",
    )


def test_turned_names_are_said_once(tmp_path: Path) -> None:
    """With one of them as it stood in the list."""
    assert read(tmp_path, "name\nFox, Ana\nDee, Ben\n").notes == ("Names such as “Fox, Ana” were turned round.",)


# -- who they are


def test_same_id_is_the_same_person_in_every_list() -> None:
    """However it is written; it cannot be read back, and what the program gave out itself stays."""
    assert known_id("AB17") == known_id("ab17") != known_id("AB18")
    assert "17" not in known_id("AB17")
    assert known_id("k-abcdefghij") == "k-abcdefghij"


def test_two_classes_are_one(tmp_path: Path) -> None:
    """The same person is there once, another of the same name is told apart, also in wishes."""
    mine = read(tmp_path, "name,id,apart\nAna,1,x\nBen,2,x\n")
    theirs = read(tmp_path, "name,id,together\nAna,9,y\nBen,2,\nCleo,3,y\n")
    both = mine.and_also(theirs)
    assert both.names == ("Ana", "Ben", "Ana (2)", "Cleo")
    assert both.apart == (("Ana", "Ben"),)
    assert both.together == (("Ana (2)", "Cleo"),)


def test_earlier_class_is_there_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody but the bots, by name, each as who they are known as; whose name was erased is nobody any more."""
    bundled = bundled_folder()
    bundle = load_bundle("first-try", Folders((bundled / "scenarios",), (bundled / "rubrics",)))
    store = SqliteStore(database_path())
    people = [Seat("p1", "Ben"), Seat("p2", "ana", known="k-ana"), Seat("b1", "Robin (bot)", bot=True)]
    Meetings(store, monkeypatch).play(bundle, people)
    session = store.sessions()[0].id
    assert people_of(store, session).guests == (Guest("ana", known="k-ana"), Guest("Ben"))
    state = store.texts(session)
    store.forget(session, [id for id, words in state.items() if words == "Ben"])
    assert people_of(store, session).names == ("ana",)
    store.forget(session, list(state))
    with pytest.raises(CommandProblem, match="Nobody took part"):
        people_of(store, session)
    store.close()


def test_names_alone_are_a_class() -> None:
    """Of whom nothing else is known."""
    assert of_names(["Ana", "Ana"]).guests == (Guest("Ana"), Guest("Ana (2)"))
