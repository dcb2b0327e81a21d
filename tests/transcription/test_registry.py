"""Which engine takes a job."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from made_up_models import write_checkpoint

from roleplay.problems import CommandProblem
from roleplay.transcription import registry
from roleplay.transcription.catalogue import ENGINES
from roleplay.transcription.models import models_folder
from roleplay.transcription.registry import KINDS, Kind, choose

Have = Callable[..., None]


@pytest.fixture
def have(monkeypatch: pytest.MonkeyPatch) -> Have:
    """Say which engines are installed."""

    def these(*names: str) -> None:
        packages = {kind.package for kind in KINDS if kind.name in names}
        monkeypatch.setattr(registry, "find_spec", lambda package: SimpleNamespace() if package in packages else None)

    return these


def whisper_model(name: str = "base") -> Path:
    models_folder("whisper").mkdir(parents=True, exist_ok=True)
    return write_checkpoint(models_folder("whisper") / f"{name}.pt")


def faster_model(name: str = "base") -> Path:
    folder = models_folder("faster-whisper") / name
    folder.mkdir(parents=True)
    for file in ("config.json", "model.bin", "tokenizer.json", "vocabulary.json"):
        (folder / file).write_text("{}")
    return folder


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_engine_can_be_loaded_in_the_same_way(kind: Kind) -> None:
    """Each has a module that nothing is needed to import, with a function that loads a model, and a class that does
    what an engine does."""
    module = import_module(kind.module)
    assert list(inspect.signature(module.load).parameters) == ["model", "language", "threads"]
    made: Any
    (made,) = (each for each in vars(module).values() if inspect.isclass(each) and each.__module__ == kind.module)
    assert made.name == kind.name
    assert list(inspect.signature(made.transcribe).parameters) == ["self", "windows"]
    assert kind.name in ENGINES


def test_the_quick_one_is_taken_where_it_is_there(have: Have) -> None:
    """With both engines and both models, nobody has to choose; who chooses gets what was chosen."""
    have("whisper", "faster-whisper")
    slow, quick = whisper_model(), faster_model()
    assert choose("", "base") == registry.Choice(KINDS[0], quick)
    assert choose("whisper", "base") == registry.Choice(KINDS[1], slow)


def test_the_one_that_has_the_model_is_taken_and_said(have: Have) -> None:
    """Where the model is there for one engine only, that one writes, and the user is told what would be quicker."""
    have("whisper", "faster-whisper")
    whisper_model()
    choice = choose("", "base")
    assert choice.kind.name == "whisper"
    assert "roleplay models --download base --engine faster-whisper" in choice.note


def test_only_what_is_published_is_offered_for_download(have: Have, packages: None) -> None:
    """A model that was brought in under a name of its own writes without a word about fetching it for the other engine;
    a name that nobody publishes is not offered, either."""
    have("whisper", "faster-whisper")
    whisper_model("our-own")
    assert choose("", "our-own").note == ""
    with pytest.raises(CommandProblem, match=r"“bsae” for faster-whisper is not on this machine") as caught:
        choose("", "bsae")
    assert "--download" not in caught.value.mend


def test_a_path_chooses_the_engine_that_can_read_it(have: Have, tmp_path: Path) -> None:
    """A checkpoint is for whisper and a folder for faster-whisper, whatever else is there."""
    have("whisper", "faster-whisper")
    assert choose("", str(write_checkpoint(tmp_path / "mine.pt"))).kind.name == "whisper"
    assert choose("", str(faster_model("small"))).kind.name == "faster-whisper"


def test_what_is_missing_is_said_with_the_command_that_brings_it(
    have: Have, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No engine, not this engine, no model, no such engine: each is a sentence and a way out."""
    monkeypatch.setenv("ROLEPLAY_COMMAND", "./dev run")
    have()
    with pytest.raises(CommandProblem, match=r"not here yet.*ROLEPLAY_EXTRAS=\S*fast\S* \./dev run"):
        choose("", "base")
    have("faster-whisper")
    with pytest.raises(CommandProblem, match=r"engine whisper is not here yet.*ROLEPLAY_EXTRAS=audio"):
        choose("whisper", "base")
    with pytest.raises(CommandProblem, match=r"engine whisper is not here yet"):
        choose("", str(write_checkpoint(tmp_path / "mine.pt")))
    with pytest.raises(CommandProblem, match=r"roleplay models --download base --engine faster-whisper"):
        choose("", "base")
    with pytest.raises(CommandProblem, match=r"no engine “wisper”.*Did you mean \"whisper\""):
        choose("wisper", "base")
