"""The tiny checkpoint for each engine."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import require
from filelock import FileLock

CHECKPOINT = Path(__file__).with_name("tiny.pt")
HELPERS = Path(__file__).parents[1]
SETUP = "Set it up: ROLEPLAY_EXTRAS=audio,fast,judge ./dev test"


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint as faster-whisper reads it; made once, however many processes run tests."""
    for part, module in (("openai-whisper", "whisper"), ("faster-whisper", "faster_whisper")):
        require(part, find_spec(module), SETUP)
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "tiny-converted"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            half = folder.with_name(f"{folder.name}.half")
            command = [sys.executable, "-m", "speech.convert", str(CHECKPOINT), str(half), "int8"]
            subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(HELPERS)})
            half.rename(folder)
    return folder


@pytest.fixture(params=["whisper", "faster-whisper"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    name: str = request.param
    require(name, find_spec(name.replace("-", "_")), SETUP)
    return name


@pytest.fixture
def model(engine: str, request: pytest.FixtureRequest) -> str:
    """The path of the tiny checkpoint for the engine."""
    return str(CHECKPOINT if engine == "whisper" else request.getfixturevalue("converted"))
