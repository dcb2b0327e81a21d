"""The one module that reads YAML files: a file becomes a value, or a list of problems with their places."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from roleplay.content import advice, check, check_rubric
from roleplay.content.folders import Folders, candidates, find_scenario, is_path, names_in
from roleplay.content.kinds import MODELS, Kind, kind_of, say_no_kind
from roleplay.content.rubric import Rubric
from roleplay.content.scenario import Scenario
from roleplay.content.series import Series
from roleplay.content.yaml_tree import MAX_BYTES, Place, Tree, read_tree, say_path
from roleplay.content.yaml_tree import Path as DataPath
from roleplay.problems import CommandProblem, FileProblems, Problem, nearest

if TYPE_CHECKING:
    from roleplay.content.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file as it was read: its value where its shape is right, and every problem of the file itself."""

    path: Path
    shown: str
    """How the file is called in its problems: the way the user wrote it."""
    kind: Kind | None
    value: Scenario | Rubric | Series | None
    problems: tuple[Problem, ...]
    tree: Tree = field(repr=False, compare=False, default_factory=Tree)

    def problem(self, path: DataPath, sentence: str, place: Place | None = None, *, warning: bool = False) -> Problem:
        """A problem at a path of this file."""
        line, col = place or self.tree.place(path)
        return Problem(self.shown, line, col, say_path(self.tree.data, path), sentence, warning)


def load_file(path: Path, shown: str | None = None) -> Loaded:
    """Read one file of whatever kind; names of other files in it are not looked up.

    Raises:
        CommandProblem: there is no such file, or it cannot be opened.
    """
    shown = shown or str(path)
    tree = read_tree(_read(path, shown))
    faults = [Problem(shown, *fault.place, fault.key, fault.sentence) for fault in tree.faults]
    if not isinstance(tree.data, dict) or not tree.data:
        if not faults:
            sentence = "is empty" if not tree.data else "must begin with keys such as format: 1"
            faults = [Problem(shown, 1, 1, "", sentence)]
        return Loaded(path, shown, None, None, tuple(faults), tree)
    kind = kind_of(tree.data)
    if kind is None:
        faults.append(Problem(shown, *tree.place(()), "", say_no_kind(tree.data)))
        return Loaded(path, shown, None, None, tuple(faults), tree)
    value, loaded = None, Loaded(path, shown, kind, None, (), tree)
    try:
        value = MODELS[kind].model_validate(tree.data)
    except ValidationError as error:
        from roleplay.content.sentences import explain

        faults += [loaded.problem(f.path, f.sentence, f.place) for f in explain(error, MODELS[kind], tree)]
    if isinstance(value, Rubric):
        faults += [loaded.problem(*finding) for finding in check_rubric.check_rubric(value)]
    return Loaded(path, shown, kind, value, tuple(faults), tree)


def load_bundle(ref: str, folders: Folders) -> Bundle:
    """Load a scenario, by its name or its path, with its rubrics.

    Raises:
        CommandProblem: there is no such scenario.
        FileProblems: it, or a rubric that it uses, needs mending.
    """
    reader = Reader(folders)
    return reader.meant(ref, reader.find(ref))


def check_files(paths: Iterable[str | os.PathLike[str]], folders: Folders) -> list[Problem]:
    """All problems and warnings of files, and of the rubrics and scenarios they use, in the order of the files.

    Raises:
        CommandProblem: a file is not there, or cannot be opened.
    """
    reader = Reader(folders)
    files = [reader.load(Path(path), os.fspath(path)) for path in paths]
    problems: set[Problem] = set()
    for loaded in files:
        for part in (loaded, *reader.scenarios_of(loaded)):
            problems.update(reader.problems(part))
            problems.update(reader.warnings(part))
    return sorted(problems)


class Reader:
    """Files read in one run, each once, so that a shared rubric is read and reported once."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._read: dict[str, Loaded] = {}

    def load(self, path: Path, shown: str | None = None) -> Loaded:
        key = _real(path)
        if key not in self._read:
            self._read[key] = load_file(path, shown)
        return self._read[key]

    def find(self, ref: str) -> Loaded:
        """The scenario or series that a person means, by its name or its path.

        Raises:
            CommandProblem: there is no such file.
        """
        return self.load(find_scenario(ref, self._folders), ref if is_path(ref) else None)

    def meant(self, ref: str, loaded: Loaded) -> Bundle:
        """The scenario, with its rubrics, that somebody means by `ref` and that was found for it.

        Raises:
            CommandProblem: it is no scenario.
            FileProblems: it, or a rubric that it uses, needs mending.
        """
        if loaded.kind in ("rubric", "series"):
            raise CommandProblem(
                f'"{ref}" is a {loaded.kind}, not a scenario.', 'See "roleplay list" for all scenarios.'
            )
        return self.bundle(loaded)

    def bundle(self, loaded: Loaded) -> Bundle:
        """A scenario with its rubrics.

        Raises:
            FileProblems: it, or a rubric that it uses, needs mending.
        """
        from roleplay.content.bundle import Bundle

        problems = self.problems(loaded)
        if problems or not isinstance(loaded.value, Scenario):
            raise FileProblems(problems)
        rubrics = self.rubrics_of(loaded, loaded.value).items()
        whole = {id: self.whole(file, file.value) for id, file in rubrics if isinstance(file.value, Rubric)}
        return Bundle(id=loaded.path.stem, scenario=loaded.value, rubrics=whole)

    def problems(self, loaded: Loaded) -> list[Problem]:
        """The problems of a file, of what it refers to, and of the two together."""
        problems = list(loaded.problems)
        if isinstance(loaded.value, Scenario):
            rubrics = self.rubrics_of(loaded, loaded.value)
            problems += [problem for rubric in rubrics.values() for problem in rubric.problems]
            for rubric in rubrics.values():
                if isinstance(rubric.value, Rubric):
                    problems += self._core_problems(rubric, rubric.value)
            problems += self._sense(loaded, loaded.value, rubrics)
        elif isinstance(loaded.value, Rubric):
            problems += self._core_problems(loaded, loaded.value)
        elif isinstance(loaded.value, Series):
            known = [id for id in names_in((loaded.path.parent, *self._folders.scenarios)) if id != loaded.path.stem]
            problems += [loaded.problem(*finding) for finding in check.check_series(loaded.value, known)]
            for i, part in enumerate(self._parts(loaded, loaded.value)):
                if part and part.kind in ("rubric", "series") and part is not loaded:
                    sentence = f'"{part.path.stem}" is a {part.kind}, not a scenario'
                    problems.append(loaded.problem(("series", i), sentence))
        return problems

    def warnings(self, loaded: Loaded) -> Iterator[Problem]:
        """What could be better in a file and in the rubrics that it uses; nothing stands in the way of playing it."""
        value = loaded.value
        if isinstance(value, Scenario):
            yield from (loaded.problem(*found, warning=True) for found in advice.advise_scenario(value))
            for rubric in self.rubrics_of(loaded, value).values():
                yield from self.warnings(rubric)
        elif isinstance(value, Rubric):
            yield from (loaded.problem(*found, warning=True) for found in advice.advise_rubric(value))
        elif isinstance(value, Series):
            yield from (loaded.problem(*found, warning=True) for found in advice.advise_series(value))

    def scenarios_of(self, loaded: Loaded) -> tuple[Loaded, ...]:
        """The scenarios of a series, in its order; those that cannot be found are left out."""
        parts = self._parts(loaded, loaded.value) if isinstance(loaded.value, Series) else ()
        return tuple(part for part in parts if part and part.kind in ("scenario", None))

    def _parts(self, loaded: Loaded, series: Series) -> Iterator[Loaded | None]:
        for id in series.series:
            yield self._find(id, loaded, self._folders.scenarios, "rubric")

    def whole(self, loaded: Loaded, rubric: Rubric) -> Rubric:
        """A rubric with what its core has."""
        core = self._find_rubric(rubric.core, loaded) if rubric.core else None
        return rubric.with_core(core.value) if core and isinstance(core.value, Rubric) else rubric

    def rubrics_of(self, loaded: Loaded, scenario: Scenario) -> dict[str, Loaded]:
        """The rubrics that a scenario names, by name; those that cannot be found are left out."""
        found: dict[str, Loaded] = {}
        for id in scenario.rubric_ids():
            rubric = self._find_rubric(id, loaded)
            if rubric is not None:
                found[id] = rubric
                core = rubric.value.core if isinstance(rubric.value, Rubric) else None
                core_file = self._find_rubric(core, rubric) if core else None
                if core and core_file is not None:
                    found.setdefault(core, core_file)
        return found

    def _find_rubric(self, id: str, beside: Loaded) -> Loaded | None:
        """The rubric that a file means by a name, or another kind of file where only such a one has the name."""
        # A scenario may bear the name of a rubric and lie beside; it does not hide the rubric.
        return self._find(id, beside, self._folders.rubrics, "scenario", "series")

    def _find(self, id: str, beside: Loaded, folders: Iterable[Path], *unmeant: Kind) -> Loaded | None:
        """The file that another one means by a name: the first that is of none of those kinds, or else the first."""
        here, first = beside.path.parent, None
        for path in candidates(id, (here, *folders)):
            shown = str(Path(beside.shown).parent / path.name) if path.parent == here else None
            candidate = self.load(path, shown)
            if candidate.kind not in unmeant:
                return candidate
            first = first or candidate
        return first

    def _core_problems(self, loaded: Loaded, rubric: Rubric) -> Iterator[Problem]:
        if rubric.core is None:
            return
        core = self._find_rubric(rubric.core, loaded)
        if core is None:
            near = nearest(rubric.core, names_in((loaded.path.parent, *self._folders.rubrics)))
            yield loaded.problem(("core",), f'there is no rubric "{rubric.core}". {near}'.strip())
        elif isinstance(core.value, Rubric):
            yield from core.problems
            yield from (loaded.problem(*finding) for finding in check_rubric.check_core(rubric, core.value))
        elif core.kind not in ("rubric", None):
            yield loaded.problem(("core",), f'"{rubric.core}" is a {core.kind}, not a rubric')
        else:
            yield from core.problems

    def _sense(self, loaded: Loaded, scenario: Scenario, rubrics: Mapping[str, Loaded]) -> Iterator[Problem]:
        for path, sentence in check.check_scenario(scenario):
            yield loaded.problem(path, sentence)
        for path, id, use in check.rubric_uses(scenario):
            rubric = rubrics.get(id)
            if rubric is None:
                near = nearest(id, names_in((loaded.path.parent, *self._folders.rubrics)))
                yield loaded.problem(path, f'there is no rubric "{id}". {near}'.strip())
            elif rubric.kind != "rubric" and rubric.kind is not None:
                yield loaded.problem(path, f'"{id}" is a {rubric.kind}, not a rubric')
            elif isinstance(rubric.value, Rubric):
                unfit = check_rubric.check_use(self.whole(rubric, rubric.value), use)
                if unfit:
                    yield loaded.problem(path, unfit)


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:
        return str(path)


def _read(path: Path, shown: str) -> bytes:
    try:
        # A pipe or a device would be waited for without end, so the kind of file is asked first.
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise CommandProblem(f'"{shown}" is a folder.', f"Name the files in it, such as {Path(shown) / '*.yaml'}")
        if not stat.S_ISREG(mode):
            raise CommandProblem(f'"{shown}" is not a file that can be read.', "Save it as a file first.")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        near = nearest(path.name, _names_beside(path))
        raise CommandProblem(f'There is no file "{shown}".', near or "Look at its folder and its spelling.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise CommandProblem(f'"{shown}" cannot be opened: {reason}.', "Look at who may read it.") from None


def _names_beside(path: Path) -> list[str]:
    try:
        return [beside.name for beside in path.parent.iterdir()]
    except OSError:
        return []
