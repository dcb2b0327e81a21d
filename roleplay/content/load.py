"""The one module that reads YAML files: a file becomes a value, or a list of problems with their places.

What an author writes is looked up by name beside the file, then in the owner's folder, then among the
bundled ones; a name inside a file never leads out of these folders. Only a path that a person types goes anywhere.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from roleplay.content import check
from roleplay.content.rubric import Rubric
from roleplay.content.scenario import Scenario
from roleplay.content.series import Series
from roleplay.content.yaml_tree import MAX_BYTES, Place, Tree, read_tree, say_path
from roleplay.content.yaml_tree import Path as DataPath
from roleplay.problems import CommandProblem, FileProblems, Problem, nearest

if TYPE_CHECKING:
    from roleplay.content.bundle import Bundle

Kind = Literal["scenario", "rubric", "series"]
MODELS: dict[Kind, type[Scenario | Rubric | Series]] = {"scenario": Scenario, "rubric": Rubric, "series": Series}
_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where names are looked up, in this order, after the folder of the file that uses them."""

    scenarios: tuple[Path, ...] = ()
    rubrics: tuple[Path, ...] = ()


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

    def problem(self, path: DataPath, sentence: str, place: Place | None = None) -> Problem:
        """A problem at a path of this file."""
        line, col = place or self.tree.place(path)
        return Problem(self.shown, line, col, say_path(self.tree.data, path), sentence)


def bundled_folder() -> Path:
    """The folder with the bundled `scenarios` and `rubrics`: in an installed package its data, else the checkout."""
    package = Path(__file__).resolve().parent.parent
    data = package / "data"
    return data if (data / "scenarios").is_dir() else package.parent


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
    kind = _kind(tree.data)
    if kind is None:
        faults.append(Problem(shown, *tree.place(()), "", _say_no_kind(tree.data)))
        return Loaded(path, shown, None, None, tuple(faults), tree)
    value, loaded = None, Loaded(path, shown, kind, None, (), tree)
    try:
        value = MODELS[kind].model_validate(tree.data)
    except ValidationError as error:
        from roleplay.content.sentences import explain

        faults += [loaded.problem(f.path, f.sentence, f.place) for f in explain(error, MODELS[kind], tree)]
    if isinstance(value, Rubric):
        faults += [loaded.problem(*finding) for finding in check.check_rubric(value)]
    return Loaded(path, shown, kind, value, tuple(faults), tree)


def load_bundle(ref: str, folders: Folders) -> Bundle:
    """Load a scenario, by its name or its path, with its rubrics.

    Raises:
        CommandProblem: there is no such scenario.
        FileProblems: it, or a rubric that it uses, needs mending.
    """
    from roleplay.content.bundle import Bundle

    reader = Reader(folders)
    loaded = reader.load(find_scenario(ref, folders), ref if is_path(ref) else None)
    if loaded.kind in ("rubric", "series"):
        raise CommandProblem(f'"{ref}" is a {loaded.kind}, not a scenario.', 'See "roleplay list" for all scenarios.')
    problems = reader.problems(loaded)
    if problems or not isinstance(loaded.value, Scenario):
        raise FileProblems(problems)
    rubrics = reader.rubrics_of(loaded, loaded.value)
    found = {id: rubric.value for id, rubric in rubrics.items() if isinstance(rubric.value, Rubric)}
    return Bundle(id=loaded.path.stem, scenario=loaded.value, rubrics=found)


def check_files(paths: Iterable[str | os.PathLike[str]], folders: Folders) -> list[Problem]:
    """All problems of scenario, rubric and series files, and of the rubrics they use, in the order of the files.

    Raises:
        CommandProblem: a file is not there, or cannot be opened.
    """
    reader = Reader(folders)
    files = [reader.load(Path(path), os.fspath(path)) for path in paths]
    problems: set[Problem] = set()
    for loaded in files:
        problems.update(reader.problems(loaded))
    return sorted(problems)


def is_path(ref: str) -> bool:
    """Whether a person means a file, rather than the name of a scenario."""
    return ref.endswith(_ENDINGS) or os.sep in ref or "/" in ref


def find_scenario(ref: str, folders: Folders) -> Path:
    """The file that a person means; CommandProblem with the nearest name where there is none."""
    if is_path(ref):
        return Path(ref)
    found = next(_candidates(ref, folders.scenarios), None)
    if found:
        return found
    if Path(ref).exists():
        return Path(ref)
    near = nearest(ref, names_in(folders.scenarios))
    raise CommandProblem(f'There is no scenario "{ref}".', f'{near} "roleplay list" shows all.'.strip())


def find_file(ref: str, folders: Folders) -> Path:
    """The file of any kind that a person means, by its path or its name; a path may lead nowhere yet."""
    if not is_path(ref) and not Path(ref).exists():
        rubric = next(_candidates(ref, folders.rubrics), None)
        if rubric is None or next(_candidates(ref, folders.scenarios), None):
            return find_scenario(ref, folders)
        return rubric
    return Path(ref)


def names_in(folders: Iterable[Path]) -> dict[str, Path]:
    """The files of some folders by name; the first folder that has a name wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        try:
            files = sorted(folder.iterdir())
        except OSError:
            continue
        for path in files:
            if path.suffix in _ENDINGS and _stays(path, folder):
                found.setdefault(path.stem, path)
    return found


def _candidates(id: str, folders: Iterable[Path]) -> Iterator[Path]:
    """The files that a name may mean, in the order in which they are looked up."""
    for folder in folders:
        yield from (path for end in _ENDINGS if _stays(path := folder / f"{id}{end}", folder))


def _stays(path: Path, folder: Path) -> bool:
    """Whether it is a file of this folder itself, not a link out of it."""
    return path.is_file() and path.resolve().parent == folder.resolve()


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

    def problems(self, loaded: Loaded) -> list[Problem]:
        """The problems of a file, of what it refers to, and of the two together."""
        problems = list(loaded.problems)
        if isinstance(loaded.value, Scenario):
            rubrics = self.rubrics_of(loaded, loaded.value)
            problems += [problem for rubric in rubrics.values() for problem in rubric.problems]
            problems += self._sense(loaded, loaded.value, rubrics)
        elif isinstance(loaded.value, Series):
            known = [id for id in names_in((loaded.path.parent, *self._folders.scenarios)) if id != loaded.path.stem]
            problems += [loaded.problem(*finding) for finding in check.check_series(loaded.value, known)]
        return problems

    def rubrics_of(self, loaded: Loaded, scenario: Scenario) -> dict[str, Loaded]:
        """The rubrics that a scenario names, by name; those that cannot be found are left out."""
        here = loaded.path.parent
        found: dict[str, Loaded] = {}
        for id in scenario.rubric_ids():
            for path in _candidates(id, (here, *self._folders.rubrics)):
                shown = str(Path(loaded.shown).parent / path.name) if path.parent == here else None
                candidate = self.load(path, shown)
                # A scenario may bear the name of a rubric and lie beside; it does not hide the rubric.
                other = candidate.kind in ("scenario", "series")
                found[id] = found.get(id, candidate) if other else candidate
                if not other:
                    break
        return found

    def _sense(self, loaded: Loaded, scenario: Scenario, rubrics: Mapping[str, Loaded]) -> Iterator[Problem]:
        for path, sentence in check.check_scenario(scenario):
            yield loaded.problem(path, sentence)
        for path, id, use in check.rubric_uses(scenario):
            rubric = rubrics.get(id)
            if rubric is None:
                near = nearest(id, names_in(self._folders.rubrics))
                yield loaded.problem(path, f'there is no rubric "{id}". {near}'.strip())
            elif rubric.kind != "rubric" and rubric.kind is not None:
                yield loaded.problem(path, f'"{id}" is a {rubric.kind}, not a rubric')
            elif isinstance(rubric.value, Rubric):
                unfit = check.check_use(rubric.value, use)
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


def _kind(data: Mapping[object, object]) -> Kind | None:
    """The kind of file that most of its keys speak for; the keys that all kinds have say nothing."""
    telling: dict[Kind, set[str]] = {
        "scenario": {"script", "roles", "cases", "groups"},
        "rubric": {"scale", "criteria", "markers"},
        "series": {"series", "opens"},
    }
    best = max(telling, key=lambda kind: sum(key in data for key in telling[kind]))
    return best if any(key in data for key in telling[best]) else None


def _say_no_kind(data: Mapping[object, object]) -> str:
    near = filter(None, (nearest(str(key), ("script", "roles", "scale", "criteria", "series")) for key in data))
    needs = 'a scenario needs "roles" and "script", a rubric "scale" and "criteria", a series "series"'
    return f"has no key that says what it is: {needs}. {next(near, '')}".strip()
