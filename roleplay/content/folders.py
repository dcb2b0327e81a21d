"""Where files are looked up by name: beside the file that names them, in the owner's folder, among the bundled ones.

A name never leads out of these folders. Only a path that a person types goes anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from roleplay.problems import CommandProblem, nearest

_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where names are looked up, in this order, after the folder of the file that uses them."""

    scenarios: tuple[Path, ...] = ()
    rubrics: tuple[Path, ...] = ()


def bundled_folder() -> Path:
    """The folder with the bundled `scenarios` and `rubrics`: in an installed package its data, else the checkout."""
    package = Path(__file__).resolve().parent.parent
    data = package / "data"
    return data if (data / "scenarios").is_dir() else package.parent


def is_path(ref: str) -> bool:
    """Whether a person means a file, rather than the name of a scenario."""
    return ref.endswith(_ENDINGS) or os.sep in ref or "/" in ref


def find_scenario(ref: str, folders: Folders) -> Path:
    """The file that a person means; CommandProblem with the nearest name where there is none."""
    if is_path(ref):
        return Path(ref)
    found = next(candidates(ref, folders.scenarios), None)
    if found:
        return found
    if Path(ref).exists():
        return Path(ref)
    near = nearest(ref, names_in(folders.scenarios))
    raise CommandProblem(f'There is no scenario "{ref}".', f'{near} "roleplay list" shows all.'.strip())


def find_file(ref: str, folders: Folders) -> Path:
    """The file of any kind that a person means, by its path or its name; a path may lead nowhere yet."""
    if not is_path(ref) and not Path(ref).exists():
        rubric = next(candidates(ref, folders.rubrics), None)
        if rubric is None or next(candidates(ref, folders.scenarios), None):
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


def candidates(id: str, folders: Iterable[Path]) -> Iterator[Path]:
    """The files that a name may mean, in the order in which they are looked up."""
    for folder in folders:
        yield from (path for end in _ENDINGS if _stays(path := folder / f"{id}{end}", folder))


def _stays(path: Path, folder: Path) -> bool:
    """Whether it is a file of this folder itself, not a link out of it."""
    return path.is_file() and path.resolve().parent == folder.resolve()
