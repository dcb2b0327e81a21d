"""Which models are published is read from what the engines bring along, without loading them."""

from __future__ import annotations

import hashlib
import sys
from importlib.util import find_spec
from typing import get_args

import pytest
from conftest import require
from handing_out import Server

from roleplay.problems import CommandProblem
from roleplay.transcription.catalogue import ADVICE, ENGINES, EngineName, names, published


def test_the_engines_have_one_list() -> None:
    """What types know and what is walked are the same engines."""
    assert get_args(EngineName) == ENGINES


@pytest.mark.usefixtures("packages")
def test_whisper_writes_the_checksum_into_the_address(server: Server) -> None:
    """A checkpoint is one file, with the SHA-256 that the package names."""
    (file,) = published("whisper", "base")
    assert (file.kind, file.checksum) == ("sha256", hashlib.sha256(server.content).hexdigest())
    assert names("whisper") == ("base", "tiny")


@pytest.mark.usefixtures("packages", "hub")
def test_the_hub_knows_the_checksum_of_every_file(server: Server) -> None:
    """Only what a model needs is listed, each with its size and checksum, from one revision of the hub's."""
    files = {file.name: file for file in published("faster-whisper", "base", server.address)}
    assert set(files) == {"config.json", "model.bin", "tokenizer.json", "vocabulary.json"}
    assert files["model.bin"].kind == "sha256"
    assert files["model.bin"].size == len(server.content)
    assert files["config.json"].kind == "git"
    assert all("/resolve/c0ffee/" in file.address for file in files.values())


@pytest.mark.usefixtures("packages")
def test_a_name_that_is_not_published() -> None:
    """The nearest is offered."""
    with pytest.raises(CommandProblem, match="“bass”") as said:
        published("whisper", "bass")
    assert 'Did you mean "base"?' in said.value.mend


def test_an_engine_that_is_not_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its list is not here, and the sentence says how to get it."""
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setitem(sys.modules, "whisper", None)
    with pytest.raises(CommandProblem, match="engine whisper is not here") as said:
        names("whisper")
    assert "[audio]" in said.value.mend


@pytest.mark.parametrize("engine", ENGINES)
def test_the_installed_engines_have_lists_as_expected(engine: EngineName) -> None:
    """The real package of today still says where its models are, and has every model that we give advice about."""
    package = {"whisper": "openai-whisper", "faster-whisper": "faster-whisper"}[engine]
    extra = {"whisper": "audio", "faster-whisper": "fast"}[engine]
    module = engine.replace("-", "_")
    require(package, find_spec(module), f"Set it up: ROLEPLAY_EXTRAS={extra} ./dev test")
    assert set(ADVICE) <= set(names(engine))
    if engine == "whisper":
        assert {len(file.checksum) for name in names(engine) for file in published(engine, name)} == {64}
    assert module not in sys.modules
