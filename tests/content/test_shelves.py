"""Where everything stands in the library."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.library import LibraryEntry, SeriesEntry, all_series, library
from roleplay.content.shelves import Section, narrowed, sections


def entry(id: str, title: str) -> LibraryEntry:
    """A scenario of the program's own, without a shelf."""
    return LibraryEntry(id, Path(f"{id}.yaml"), title)


def told(found: list[Section]) -> dict[str, list[str]]:
    """The ids under each heading; a part of a series behind a dash."""
    return {
        section.heading: [f"{'- ' if placed.part else ''}{placed.entry.id}" for placed in section.placed]
        for section in found
    }


A, B, C = entry("a", "A"), entry("b", "B"), entry("c", "C")
LINE = SeriesEntry("line", Path("line.yaml"), "Beyond", parts=(C, A))


def test_headings_follow_the_shelf() -> None:
    """What is for one person comes first, then one's own, whatever their shelf; what has no shelf comes last."""
    scenarios = [
        A,
        replace(B, shelf="selection"),
        replace(C, shelf="class", own=True),
        replace(entry("d", "D"), shelf="coaching"),
        replace(entry("e", "E"), alone=True),
        replace(entry("f", "F"), alone=True, own=True),
        replace(entry("g", "G"), shelf="class"),
    ]
    found = told(sections(scenarios, []))
    assert found == {
        "Start here": ["e"],
        "Your own": ["c", "f"],
        "In class": ["g"],
        "With a coach": ["d"],
        "Selecting people": ["b"],
        "More": ["a"],
    }
    assert list(found) == ["Start here", "Your own", "In class", "With a coach", "Selecting people", "More"]


def test_parts_follow_their_series_in_order() -> None:
    """The series stands by its title, its parts after it in theirs; each stands once, also where two series have it."""
    assert told(sections([A, B, C], [LINE])) == {"More": ["b", "line", "- c", "- a"]}
    again = replace(LINE, id="again", path=Path("again.yaml"), title="Zest", parts=(A, B))
    assert told(sections([A, B, C], [LINE, again])) == {"More": ["line", "- c", "- a", "again", "- b"]}


def test_a_part_on_another_shelf_stays_there() -> None:
    """A series of one's own takes nothing away from the others."""
    assert told(sections([A, B, C], [replace(LINE, own=True)])) == {"Your own": ["line"], "More": ["a", "b", "c"]}


def test_headings_without_entries_are_left_out() -> None:
    """After a search, too."""
    whole = sections([A, replace(B, shelf="class")], [])
    assert told(narrowed(whole, lambda entry: entry.id == "b")) == {"In class": ["b"]}
    assert narrowed(whole, lambda entry: False) == []


def test_everything_bundled_has_its_shelf() -> None:
    """Nothing is left under “More”; the four debriefs stand after their series."""
    root = bundled_folder()
    folders = Folders((root / "scenarios",), (root / "rubrics",))
    found = told(sections(library(folders), all_series(folders)))
    assert list(found) == ["Start here", "In class", "With a coach", "Selecting people"]
    assert found["Start here"] == ["first-try"]
    at = found["In class"].index("reflective-debriefs")
    assert [id[:10] for id in found["In class"][at + 1 : at + 5]] == [f"- debrief-{n}"[:10] for n in range(1, 5)]


def test_a_copy_in_the_owners_folder_is_ones_own(folders: Folders) -> None:
    """It is known by the folder, also where the file needs mending or is a series."""
    (folders.scenarios[0] / "half.yaml").write_text("title: Half done\nscript: []\n", encoding="utf-8")
    line = "format: 1\ntitle: In line\nshelf: class\nseries: [talk]\n"
    (folders.scenarios[0] / "line.yaml").write_text(line, encoding="utf-8")
    found = sections(library(folders), all_series(folders))
    assert told(found) == {"Your own": ["half", "line", "- talk"]}
    assert found[0].placed[1].entry.shelf == "class"
