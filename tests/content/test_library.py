"""The list of what can be played."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any

import pytest

from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.library import all_series, find_series, library, rubrics
from roleplay.content.load import check_files, load_bundle
from roleplay.problems import CommandProblem, FileProblems


def test_every_bundled_file_passes_the_check() -> None:
    """What is handed out with the program has no problem, and there is something of each kind."""
    root = bundled_folder()
    folders = Folders((root / "scenarios",), (root / "rubrics",))
    files = [*sorted((root / "scenarios").glob("*.yaml")), *sorted((root / "rubrics").glob("*.yaml"))]
    assert len({path.parent for path in files}) == 2
    assert [str(problem) for problem in check_files(files, folders)] == []


def test_an_entry_tells_what_a_chooser_needs(folders: Folders) -> None:
    """Title, people and time of a scenario are told without opening it."""
    (entry,) = library(folders)
    assert (entry.id, entry.title, entry.about) == ("talk", "A talk", "Two people talk.")
    assert entry.people == (3, None)
    assert entry.people_words == "3 or more people"
    # Welcome 2, then three rounds of 1, 5 and 4, then journal 3 and debrief 5 minutes.
    assert entry.seconds == (2 + 3 * (1 + 5 + 4) + 3 + 5) * 60
    assert entry.problems == ()


def test_a_scenario_for_one_person_says_so(folders: Folders) -> None:
    """One that bots complete is listed for one person, whatever its roles are."""
    path = folders.scenarios[0] / "talk.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nalone: true\n", encoding="utf-8")
    (entry,) = library(folders)
    assert entry.people_words == "1 person"


def test_the_fewest_people_are_those_who_are_needed(folders: Folders) -> None:
    """A usual table of three keeps nobody out who can do with fewer; but where all take the extra seat in turn, each
    round needs somebody in it."""
    path = folders.scenarios[0] / "talk.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new, words in (
        ("rotate: every-role", "rotate: {in-turn: leader}", "2 or more people"),
        ("extra: true", "extra: true, count: 0-2", "3 or more people"),
        ("extra: true", "count: 0-1", "2 or more people"),
    ):
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert [entry.people_words for entry in library(folders)] == [words]


def test_a_broken_file_is_listed_with_its_problems(folders: Folders) -> None:
    """A file that needs mending stays in the list, under the title that can be read or else its name."""
    (folders.scenarios[0] / "half.yaml").write_text("title: Half done\nscript: []\n", encoding="utf-8")
    (folders.scenarios[0] / "none.yaml").write_text("[", encoding="utf-8")
    (folders.rubrics[0] / "small.yaml").write_text("format: 1\ntitle: Small\nscale: 3\n", encoding="utf-8")
    entries = {entry.id: entry for entry in library(folders)}
    assert (entries["half"].title, entries["none"].title) == ("Half done", "none")
    assert all(entry.problems and entry.people_words == "" for entry in (entries["half"], entries["none"]))
    assert [problem.key for problem in entries["talk"].problems] == ["scale"]
    (rubric,) = rubrics(folders)
    assert (rubric.title, len(rubric.problems)) == ("Small", 1)


def test_what_is_no_scenario_is_not_listed_as_one(folders: Folders) -> None:
    """A series or a rubric in the folder of scenarios is left out, and so are other files and missing folders."""
    (folders.scenarios[0] / "line.yaml").write_text("format: 1\ntitle: x\nseries: [talk]\n", encoding="utf-8")
    (folders.scenarios[0] / "notes.txt").write_text("x", encoding="utf-8")
    more = Folders((Path("nowhere"), *folders.scenarios), folders.rubrics)
    assert [entry.id for entry in library(more)] == ["talk"]
    assert [entry.id for entry in rubrics(more)] == ["small"]


@pytest.mark.parametrize(
    ("roles", "rotate", "words", "minutes"),
    [
        ({"a": {"title": "A"}, "b": {"title": "B"}}, "every-role", "2 people", 4),
        ({"a": {"title": "A", "count": "4-6"}, "b": {"title": "B", "count": "2"}}, {"in-turn": "a"}, "6–8 people", 8),
        ({"a": {"title": "A"}, "b": {"title": "B", "extra": True}}, {"in-turn": "a"}, "1 or more people", 2),
    ],
)
def test_people_and_time_follow_the_roles(
    tmp_path: Path, roles: object, rotate: object, words: str, minutes: int
) -> None:
    """Without groups the roles say how many can play, and each turn takes its time."""
    steps = [{"name": "x", "kind": "play", "length": "2m"}]
    script = [{"rotate": rotate, "steps": steps}]
    scenario = {"format": 1, "title": "x", "about": "x", "roles": roles, "script": script}
    (tmp_path / "x.yaml").write_text(json.dumps(scenario), encoding="utf-8")
    (entry,) = library(Folders((tmp_path,)))
    assert entry.people_words == words
    assert entry.seconds == minutes * 60


def test_a_file_that_cannot_be_opened_does_not_hide_the_others(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One unreadable file is listed with the reason; the rest of the list is there."""
    locked = folders.scenarios[0] / "locked.yaml"
    locked.write_text((folders.scenarios[0] / "talk.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    opened = Path.open

    def refuse(self: Path, *args: Any) -> IO[Any]:
        if self == locked:
            raise PermissionError(13, "Permission denied")
        stream: IO[Any] = opened(self, *args)
        return stream

    monkeypatch.setattr(Path, "open", refuse)
    entries = {entry.id: entry for entry in library(folders)}
    assert entries["talk"].problems == ()
    assert [problem.sentence for problem in entries["locked"].problems] == [
        f'"{locked}" cannot be opened: Permission denied.'
    ]


def test_the_owners_file_stands_before_the_bundled_one(folders: Folders, tmp_path: Path) -> None:
    """Of two scenarios of one name, the first folder's is listed, and it is the one that is played."""
    own = tmp_path / "own"
    own.mkdir()
    text = (folders.scenarios[0] / "talk.yaml").read_text(encoding="utf-8")
    (own / "talk.yaml").write_text(text.replace("A talk", "Mine"), encoding="utf-8")
    both = Folders((own, *folders.scenarios), folders.rubrics)
    assert [entry.title for entry in library(both)] == ["Mine"]
    assert load_bundle("talk", both).scenario.title == "Mine"


@pytest.fixture
def line(folders: Folders) -> Path:
    """A series of two scenarios, the second of which stands first by its title."""
    talk = folders.scenarios[0] / "talk.yaml"
    again = talk.read_text(encoding="utf-8").replace("A talk", "A second talk").replace("length: 5m", "length: 7m")
    (folders.scenarios[0] / "again.yaml").write_text(again, encoding="utf-8")
    path = folders.scenarios[0] / "line.yaml"
    path.write_text("format: 1\ntitle: In line\nabout: Twice.\nseries: [talk, again]\n", encoding="utf-8")
    return path


def test_a_series_is_listed_with_its_scenarios_in_order(folders: Folders, line: Path) -> None:
    """Apart from the scenarios, with what each part is and how long all of them take."""
    [series] = all_series(folders)
    assert (series.id, series.title, series.about, series.in_order) == ("line", "In line", "Twice.", True)
    assert [part.id for part in series.parts] == ["talk", "again"]
    assert series.seconds == sum(entry.seconds for entry in library(folders))
    assert series.problems == ()
    for ref in ("line", str(line)):
        assert find_series(ref, folders) == series
    line.write_text(line.read_text(encoding="utf-8") + "opens: {after: any-time}\n", encoding="utf-8")
    assert [series.in_order for series in all_series(folders)] == [False]


def test_what_is_no_series_is_not_taken_for_one(folders: Folders, line: Path) -> None:
    """A scenario is none; what is not there, or needs mending, is said as everywhere."""
    assert find_series("talk", folders) is None
    with pytest.raises(CommandProblem, match='no scenario "lime"'):
        find_series("lime", folders)
    line.write_text("format: 1\ntitle: In line\nseries: [talk, agin]\n", encoding="utf-8")
    with pytest.raises(FileProblems, match='Did you mean "again"'):
        find_series("line", folders)
    [series] = all_series(folders)
    assert (series.title, [part.id for part in series.parts]) == ("In line", ["talk"])
    assert [problem.key for problem in series.problems] == ["series[1]"]
    line.write_text("format: 1\ntitle: In line\nseries: talk\n", encoding="utf-8")
    assert [(s.title, s.parts, len(s.problems)) for s in all_series(folders)] == [("In line", (), 1)]


def test_a_part_that_needs_mending_says_so_itself(folders: Folders, line: Path) -> None:
    """The series is in order; the part in it is not."""
    (folders.scenarios[0] / "again.yaml").write_text("title: Half done\nscript: []\n", encoding="utf-8")
    [series] = all_series(folders)
    assert series.problems == ()
    assert [bool(part.problems) for part in series.parts] == [False, True]
