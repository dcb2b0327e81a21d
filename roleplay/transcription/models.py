"""The models on this machine: where they lie, bringing one in, taking one away.

Ours lie in `models/ENGINE/` of the program's folder: a checkpoint `NAME.pt` for whisper, a folder `NAME` of a converted
model for faster-whisper. What the engines themselves have fetched earlier is found too, and left alone. A model never
comes by itself: where one is missing, the sentence names the command.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from roleplay.problems import CommandProblem, reason_of
from roleplay.settings import home_folder, open_private, private_folder
from roleplay.transcription.catalogue import ENGINES, HUB, EngineName, can_be_fetched, page, published
from roleplay.transcription.download import Report, Unreachable, fetch

_CONVERTED = ("config.json", "model.bin", "tokenizer.json")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Model:
    """A model that is here."""

    engine: EngineName
    name: str
    path: Path
    size: int
    ours: bool
    """Whether it lies in our folder; others belong to the engine, which fetched them for somebody else too."""


def models_folder(engine: EngineName) -> Path:
    """Where our models for an engine lie; it may not exist yet."""
    return home_folder() / "models" / engine


def models_here(engine: EngineName) -> list[Model]:
    """All models for an engine on this machine, by name, ours first where there are two of one name."""
    found: dict[str, Model] = {}
    for path, name, ours in _places(engine):
        if name not in found and _is_complete(engine, path):
            found[name] = Model(engine, name, path, _size(path), ours)
    return sorted(found.values(), key=lambda model: model.name)


def find_model(engine: EngineName, wanted: str) -> Path:
    """The model that a name or a path stands for; CommandProblem with the command that brings it, where it is missing.

    What is found is a file for whisper, a folder for faster-whisper.
    """
    if is_path(wanted):
        path = Path(wanted).expanduser().absolute()
        if kind_of(path) != engine:
            other = "whisper" if engine == "faster-whisper" else "faster-whisper"
            raise CommandProblem(f"{path} is a model for {other}, not for {engine}.", f"Choose it: --engine {other}")
        return path
    here = models_here(engine)
    for model in here:
        if model.name == wanted:
            return model.path
    others = f" Here are: {', '.join(model.name for model in here)}." if here else ""
    mend = "`roleplay models` lists which there are."
    if can_be_fetched(engine, wanted):
        mend = f"Fetch it with: roleplay models --download {wanted} --engine {engine}"
    raise CommandProblem(f"The model “{wanted}” for {engine} is not on this machine.{others}", mend)


def kind_of(path: Path) -> EngineName:
    """Which engine a file or a folder is a model for; CommandProblem where it is none, or is damaged."""
    if os.path.isdir(path):  # noqa: PTH112 - as below
        missing = [name for name in _CONVERTED if not (path / name).is_file()]
        if not any(path.glob("vocabulary.*")):
            missing.append("vocabulary.json or vocabulary.txt")
        if missing:
            raise CommandProblem(
                f"{path} is not a model: {' and '.join(missing)} is missing in it.",
                "For faster-whisper, give the folder that holds model.bin and the files beside it.",
            )
        return "faster-whisper"
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a name is too long for the disk
        raise CommandProblem(f"There is no file {path}.")
    if not path.is_file():
        raise CommandProblem(f"{path} is not a file.", "Give a file such as base.pt, or the folder of a model.")
    _check_checkpoint(path)
    return "whisper"


def _check_checkpoint(path: Path) -> None:
    """A checkpoint is an archive with a table of its contents, which is read as bytes: nothing in it is run."""
    sentence = f"{path} is not a model of Whisper."
    mend = "Give a file such as base.pt, or the folder of a model that was converted for faster-whisper."
    damaged = CommandProblem(f"{path} is damaged, or was not copied to its end.", "Copy or fetch it once more.")
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as stream:
                raise damaged if stream.read(4) == b"PK\x03\x04" else CommandProblem(sentence, mend)
        with zipfile.ZipFile(path) as archive:
            table = next((name for name in archive.namelist() if name.endswith("/data.pkl")), None)
            if table is None or any(word not in archive.read(table) for word in (b"dims", b"model_state_dict")):
                raise CommandProblem(sentence, mend)
            if archive.testzip() is not None:
                raise damaged
    except zipfile.BadZipFile as error:
        raise damaged from error
    except OSError as error:
        raise CommandProblem(f"{path} cannot be read: {reason_of(error)}.") from error


def download(engine: EngineName, name: str, report: Report, hub: str = HUB) -> Model:
    """Fetch a published model; `report` is told how large it is before it begins, and then how far it is.

    Raises CommandProblem where it cannot be had; what has arrived is kept, and goes on next time.
    """
    _refuse_twice(engine, name)
    try:
        return _download(engine, name, report, hub)
    except Unreachable as problem:
        raise CommandProblem(
            problem.sentence,
            f"Connect this machine to the internet for the download. Or fetch it on another one, from "
            f"{page(engine, name)}, and bring it here: roleplay models --import PATH",
        ) from problem


def _download(engine: EngineName, name: str, report: Report, hub: str) -> Model:
    files = sorted(published(engine, name, hub), key=lambda file: file.size or 0, reverse=True)
    folder = private_folder(models_folder(engine))
    if engine == "whisper":
        target = folder / f"{name}.pt"
        fetch(files[0], target, report)
        return _model(engine, target)
    half = private_folder(folder / f".{name}.part")
    whole = sum(file.size or 0 for file in files)
    done = 0
    for file in files:
        if not (half / file.name).exists():
            fetch(file, half / file.name, partial(_report_all, report, done, whole))
        done += file.size or 0
    return _model(engine, half.replace(folder / name))


def _report_all(report: Report, done: int, whole: int, have: int, _size: int) -> None:
    report(done + have, whole)


def bring_in(path: Path, name: str | None = None) -> Model:
    """Copy a model from a stick or another folder to ours, readable by its owner only."""
    path = path.expanduser().absolute()
    engine = kind_of(path)
    name = name or path.name.removesuffix(".pt")
    if is_path(name) or name.startswith("."):
        raise CommandProblem(f"A model cannot be called “{name}”.", "Use letters, digits and hyphens.")
    _refuse_twice(engine, name)
    folder = private_folder(models_folder(engine))
    target = folder / (f"{name}.pt" if engine == "whisper" else name)
    half = folder / f".{name}.part"
    sources = [path] if engine == "whisper" else [p for p in path.iterdir() if p.is_file() and not p.is_symlink()]
    try:
        if engine == "faster-whisper":
            half.mkdir(mode=0o700, exist_ok=True)
        for source in sources:
            with source.open("rb") as read, open_private(half if source == path else half / source.name, "wb") as copy:
                shutil.copyfileobj(read, copy, _BLOCK)
        half.replace(target)
    except OSError as error:
        _delete(half)
        raise CommandProblem(f"The model could not be copied: {reason_of(error)}.") from error
    return _model(engine, target)


def remove(name: str, engine: EngineName | None = None) -> Model:
    """Delete one of our models, and say which it was."""
    found = [m for each in ((engine,) if engine else ENGINES) for m in models_here(each) if m.name == name]
    ours = [model for model in found if model.ours]
    if len(ours) > 1:
        raise CommandProblem(f"“{name}” is here for both engines.", "Say for which: --engine whisper, for example.")
    if ours:
        _delete(ours[0].path)
        return ours[0]
    if found:
        raise CommandProblem(
            f"{found[0].path} was not put there by roleplay, so it stays.", "You can delete it yourself."
        )
    raise CommandProblem(f"There is no model “{name}” here.", "Which are here, you see with: roleplay models")


def _refuse_twice(engine: EngineName, name: str) -> None:
    for model in models_here(engine):
        if model.name == name and model.ours:
            mend = f"To have it anew, take it away first: roleplay models --remove {name} --engine {engine}"
            raise CommandProblem(f"The model “{name}” for {engine} is here already.", mend)


def _places(engine: EngineName) -> Iterator[tuple[Path, str, bool]]:
    """Whatever may be a model: its path, its name, whether it is ours."""
    ours = models_folder(engine)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    if engine == "whisper":
        for folder in (ours, cache / "whisper"):
            yield from ((path, path.stem, folder == ours) for path in sorted(folder.glob("*.pt")))
        return
    yield from ((path, path.name, True) for path in sorted(ours.glob("[!.]*")))
    hub = Path(os.environ.get("HF_HUB_CACHE") or cache / "huggingface" / "hub")
    for path in sorted(hub.glob("models--*--faster-whisper-*/snapshots/*")):
        yield path, path.parts[-3].split("--faster-whisper-")[1], False


def _is_complete(engine: EngineName, path: Path) -> bool:
    return path.is_file() if engine == "whisper" else all((path / name).is_file() for name in _CONVERTED)


def is_path(wanted: str) -> bool:
    """Whether a model is named by where it lies."""
    return wanted.endswith(".pt") or any(mark in wanted for mark in {"/", os.sep}) or wanted in (".", "..", "~")


def _model(engine: EngineName, path: Path) -> Model:
    return Model(engine, path.name.removesuffix(".pt"), path, _size(path), True)


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
