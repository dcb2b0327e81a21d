"""./dev, where it stops before anything is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEV = Path(__file__).parents[1] / "dev"


def dev(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([DEV, *arguments], env=environment, capture_output=True, text=True, timeout=60)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with the programs that every system has, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("cat", "cksum", "dirname", "sed", "sh"):
        program = shutil.which(name)
        assert program
        (folder / name).symlink_to(program)
    return folder


@pytest.mark.parametrize("arguments", [[], ["tset"]], ids=["none", "misspelt"])
def test_what_there_is(arguments: list[str], bare: Path) -> None:
    """Without a command that exists, ./dev lists those that do, and sets nothing up."""
    done = dev(*arguments, PATH=str(bare))
    assert done.returncode == 2
    assert [line.split()[1] for line in done.stderr.splitlines() if line.startswith("./dev")] == [
        "run",
        "test",
        "check",
    ]


@pytest.mark.parametrize(("version", "said"), [("3.9.2", "Python 3.9.2"), (None, "none")], ids=["old", "none"])
def test_no_python(version: str | None, said: str, bare: Path, tmp_path: Path) -> None:
    """Where Python is missing or too old, one sentence says so and one says what to do."""
    if version:
        too_old = 'case "$*" in *"version_info < (3, 11)"*) exit 1;; esac'
        (bare / "python3").write_text(f"#!/bin/sh\n{too_old}\necho {version}\n")
        (bare / "python3").chmod(0o755)
    done = dev("run", PATH=str(bare), ROLEPLAY_VENV=str(tmp_path / "environment"))
    assert done.returncode == 1
    first, second = done.stderr.splitlines()
    assert first == f"roleplay needs Python 3.11 or newer; here there is {said}."
    assert second.endswith("then run this again.")


def test_somebody_elses_folder(tmp_path: Path) -> None:
    """A folder that is no environment is never cleared away."""
    (tmp_path / "precious").touch()
    done = dev("run", PATH=os.environ["PATH"], PYTHON=sys.executable, ROLEPLAY_VENV=str(tmp_path))
    assert done.returncode == 1
    assert "is in the way" in done.stderr
    assert (tmp_path / "precious").exists()
