"""The engines by their names, and which of them takes a job."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from roleplay.extras import Extra, how_to_add
from roleplay.problems import CommandProblem, nearest
from roleplay.transcription.catalogue import EngineName, can_be_fetched
from roleplay.transcription.models import find_model, is_path, kind_of
from roleplay.transcription.protocol import Engine


@dataclass(frozen=True, slots=True)
class Kind:
    """An engine that may be installed or not."""

    name: EngineName
    package: str
    """What it is imported as."""
    extra: Extra
    """The part of the program that brings it."""
    module: str
    """Ours, with a function `load`."""

    @property
    def is_here(self) -> bool:
        """Whether it is installed; it is not loaded to find out."""
        return find_spec(self.package) is not None

    def load(self, model: Path, language: str, threads: int) -> Engine:
        """Load the library and a model, in the worker only; `threads` is 0 for the library's own choice."""
        return cast("Engine", import_module(self.module).load(model, language, threads))


KINDS = (
    Kind("faster-whisper", "faster_whisper", "fast", "roleplay.transcription.engines.faster_whisper"),
    Kind("whisper", "whisper", "audio", "roleplay.transcription.engines.whisper"),
)
"""The one that comes first is taken where nobody chooses."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Who takes a job."""

    kind: Kind
    model: Path
    note: str = ""
    """A sentence where this is not what would usually be taken."""


def usual(engine: str = "") -> Kind:
    """The engine of that name, or else the first that is here; CommandProblem where there is none."""
    for kind in KINDS:
        if kind.name == engine or (not engine and kind.is_here):
            return kind
    raise CommandProblem("Writing down what was said needs parts that are not here yet.", how_to_add("fast"))


def choose(engine: str, model: str) -> Choice:
    """The engine of that name, or else the first that is here and has the model; CommandProblem with what is missing.

    `model` is a name, or the path of a model, which only one engine can read.
    """
    if engine:
        kind = _named(engine)
        _stop_unless_here(kind)
        return Choice(kind, find_model(kind.name, model))
    if is_path(model):
        kind = _named(kind_of(Path(model).expanduser().absolute()))
        _stop_unless_here(kind)
        return Choice(kind, find_model(kind.name, model))
    first = usual()
    problems: list[CommandProblem] = []
    for kind in (kind for kind in KINDS if kind.is_here):
        try:
            found = find_model(kind.name, model)
        except CommandProblem as problem:
            problems.append(problem)
            continue
        return Choice(kind, found, _instead(kind, first, model) if problems else "")
    raise problems[0]


def _named(engine: str) -> Kind:
    for kind in KINDS:
        if kind.name == engine:
            return kind
    names = [kind.name for kind in KINDS]
    raise CommandProblem(f"There is no engine “{engine}”. There are: {', '.join(names)}.", nearest(engine, names))


def _stop_unless_here(kind: Kind) -> None:
    if not kind.is_here:
        raise CommandProblem(f"The engine {kind.name} is not here yet.", how_to_add(kind.extra))


def _instead(taken: Kind, first: Kind, model: str) -> str:
    if not can_be_fetched(first.name, model):
        return ""
    fetch = f"roleplay models --download {model} --engine {first.name}"
    return f"The model “{model}” is here for {taken.name} only. With {first.name} it would be quicker: {fetch}"
