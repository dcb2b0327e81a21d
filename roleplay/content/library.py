"""What can be played: the bundled scenarios and the owner's own, told in the words of a list.

A file that needs mending is listed with its problems, so that its author finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from roleplay.content.folders import Folders, bundled_folder, names_in
from roleplay.content.load import Loaded, Reader
from roleplay.content.rubric import Rubric
from roleplay.content.scenario import Scenario, Shelf
from roleplay.content.seats import times_played
from roleplay.content.series import Series
from roleplay.problems import CommandProblem, FileProblems, Problem


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One scenario; where the file needs mending, what could not be read is empty or 0."""

    id: str
    path: Path
    title: str
    audience: str = ""
    about: str = ""
    practice: tuple[str, ...] = ()
    people: tuple[int, int | None] = (0, None)
    """The fewest and the most who can play; no most where tables are added as people come."""
    seconds: int = 0
    """How long it takes at one table of the usual size."""
    shelf: Shelf | None = None
    alone: bool = False
    """It is made for one person."""
    own: bool = False
    """It did not come with the program."""
    problems: tuple[Problem, ...] = ()

    @property
    def people_words(self) -> str:
        """`2 people`, `6–12 people`, `1 person`; nothing where the file needs mending."""
        least, most = self.people
        if not least:
            return ""
        if most is None:
            return f"{least} or more people"
        if least == most:
            return "1 person" if least == 1 else f"{least} people"
        return f"{least}–{most} people"


@dataclass(frozen=True, slots=True)
class RubricEntry:
    """One rubric; where the file needs mending, what could not be read is empty."""

    id: str
    path: Path
    title: str
    about: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """One series, with its scenarios in order; where the file needs mending, what could not be read is empty."""

    id: str
    path: Path
    title: str
    about: str = ""
    source: str = ""
    in_order: bool = True
    """A scenario opens when the one before it has been played; otherwise all are open from the start."""
    parts: tuple[LibraryEntry, ...] = ()
    shelf: Shelf | None = None
    own: bool = False
    """It did not come with the program."""
    problems: tuple[Problem, ...] = ()

    @property
    def seconds(self) -> int:
        """How long all its scenarios take together."""
        return sum(part.seconds for part in self.parts)


def library(folders: Folders, reader: Reader | None = None) -> list[LibraryEntry]:
    """Every scenario in the folders, by title; of several with one name, the first folder's."""
    entries = [
        _scenario_entry(id, path, loaded, problems)
        for id, path, loaded, problems in _read(folders.scenarios, folders, reader)
        if loaded is None or loaded.kind in ("scenario", None)
    ]
    return sorted(entries, key=by_title)


def rubrics(folders: Folders) -> list[RubricEntry]:
    """Every rubric in the folders, by title; of several with one name, the first folder's."""
    entries = []
    for id, path, loaded, problems in _read(folders.rubrics, folders):
        if loaded is None or loaded.kind in ("rubric", None):
            about = loaded.value.about if loaded and isinstance(loaded.value, Rubric) else None
            entries.append(RubricEntry(id, path, _title(id, loaded), about or "", problems))
    return sorted(entries, key=by_title)


def all_series(folders: Folders, reader: Reader | None = None) -> list[SeriesEntry]:
    """Every series in the folders of scenarios, by title; of several with one name, the first folder's."""
    reader = reader or Reader(folders)
    entries = [
        _series_entry(id, loaded, problems, reader)
        for id, _, loaded, problems in _read(folders.scenarios, folders, reader)
        if loaded is not None and loaded.kind == "series"
    ]
    return sorted(entries, key=by_title)


def find_series(ref: str, folders: Folders) -> SeriesEntry | None:
    """The series that a person means, by its name or its path, or nothing where that is no series.

    Raises:
        CommandProblem: there is no such file.
        FileProblems: the series needs mending.
    """
    reader = Reader(folders)
    loaded = reader.find(ref)
    if loaded.kind != "series":
        return None
    problems = reader.problems(loaded)
    if problems:
        raise FileProblems(problems)
    return _series_entry(loaded.path.stem, loaded, (), reader)


def by_title(entry: LibraryEntry | RubricEntry | SeriesEntry) -> tuple[str, str]:
    """The order of every list."""
    return entry.title.lower(), entry.id


def planned_seconds(scenario: Scenario) -> int:
    """How long a scenario takes as written, at one table of the usual size."""
    people = scenario.smallest_table
    return sum(step.length * times_played(scenario, source, people) for source, step in scenario.steps.items())


def _read(
    places: tuple[Path, ...], folders: Folders, reader: Reader | None = None
) -> Iterator[tuple[str, Path, Loaded | None, tuple[Problem, ...]]]:
    reader = reader or Reader(folders)
    for id, path in names_in(places).items():
        try:
            loaded = reader.load(path)
            yield id, path, loaded, _problems(reader, loaded)
        except CommandProblem as problem:
            yield id, path, None, (Problem(str(path), 1, 1, "", problem.sentence),)


def _scenario_entry(id: str, path: Path, loaded: Loaded | None, problems: tuple[Problem, ...]) -> LibraryEntry:
    scenario = loaded.value if loaded else None
    if not isinstance(scenario, Scenario):
        return LibraryEntry(id, path, _title(id, loaded), own=_is_own(path), problems=problems)
    return LibraryEntry(
        id=id,
        path=path,
        title=scenario.title,
        audience=scenario.audience or "",
        about=scenario.about,
        practice=scenario.practice,
        people=_people(scenario),
        seconds=planned_seconds(scenario),
        shelf=scenario.shelf,
        alone=scenario.alone,
        own=_is_own(path),
        problems=problems,
    )


def _series_entry(id: str, loaded: Loaded, problems: tuple[Problem, ...], reader: Reader) -> SeriesEntry:
    series = loaded.value
    if not isinstance(series, Series):
        return SeriesEntry(id, loaded.path, _title(id, loaded), own=_is_own(loaded.path), problems=problems)
    return SeriesEntry(
        id=id,
        path=loaded.path,
        title=series.title,
        about=series.about or "",
        source=series.source or "",
        in_order=series.opens.after == "done",
        parts=tuple(
            _scenario_entry(part.path.stem, part.path, part, _problems(reader, part))
            for part in reader.scenarios_of(loaded)
        ),
        shelf=series.shelf,
        own=_is_own(loaded.path),
        problems=problems,
    )


def _problems(reader: Reader, loaded: Loaded) -> tuple[Problem, ...]:
    return tuple(sorted(set(reader.problems(loaded))))


def _title(id: str, loaded: Loaded | None) -> str:
    data = loaded.tree.data if loaded else None
    title = data.get("title") if isinstance(data, dict) else None
    return title if isinstance(title, str) and title.strip() else id


def _is_own(path: Path) -> bool:
    return path.parent != bundled_folder() / "scenarios"


def _people(scenario: Scenario) -> tuple[int, int | None]:
    if scenario.alone:
        return 1, 1
    # An extra role is for whoever is left over; but where people change roles, each has its turn in it.
    in_turn = scenario.rotates and any(role.extra for role in scenario.seated.values())
    least = scenario.smallest_table if in_turn else scenario.people_needed
    return least, None if scenario.grows else scenario.group_size
