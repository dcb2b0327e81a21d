"""A series to be played: its file, with every scenario that it names."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders
from roleplay.content.load import Reader
from roleplay.content.series import Series
from roleplay.problems import CommandProblem, FileProblems
from roleplay.session.state import State


@dataclass(frozen=True, slots=True)
class SeriesRun:
    """A series with what its parts are played from."""

    id: str
    series: Series
    bundles: dict[str, Bundle]
    """By the id of the scenario, in the order of the series."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the parts, in order."""
        return tuple(self.bundles[id].scenario.title for id in self.series.series)

    def part(self, number: int) -> Bundle:
        """A part, counted from 1."""
        return self.bundles[self.series.series[number - 1]]


def load_series(ref: str, folders: Folders) -> SeriesRun:
    """Load a series, by its name or its path, with its scenarios, which are looked up beside it first.

    Raises:
        CommandProblem: there is no such series.
        FileProblems: it, or a scenario or rubric that it uses, needs mending.
    """
    found = load_played(ref, folders)
    if isinstance(found, Bundle):
        raise CommandProblem(f'"{ref}" is a scenario, not a series.', "A series names several scenarios.")
    return found


def load_played(ref: str, folders: Folders) -> Bundle | SeriesRun:
    """Load what somebody means to play, by its name or its path: a scenario, or a whole series.

    Raises:
        CommandProblem: there is no such file.
        FileProblems: it, or something that it uses, needs mending.
    """
    reader = Reader(folders)
    loaded = reader.find(ref)
    if loaded.kind != "series":
        return reader.meant(ref, loaded)
    problems = reader.problems(loaded)
    if problems or not isinstance(loaded.value, Series):
        raise FileProblems(problems)
    bundles = {part.path.stem: reader.bundle(part) for part in reader.scenarios_of(loaded)}
    return SeriesRun(loaded.path.stem, loaded.value, bundles)


def series_played(state: State, folders: Folders) -> Series | None:
    """The series that a session is a part of; none where its file is gone or needs mending."""
    if state.series is None:
        return None
    try:
        return load_series(state.series, folders).series
    except (CommandProblem, FileProblems):
        return None
