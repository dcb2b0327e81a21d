"""What is handed on: the wheel, the source archive, and the program that comes out of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from roleplay import __version__

ROOT = Path(__file__).parents[1]

SHIPPED = ("roleplay", "scenarios", "rubrics")
ALSO_NEEDED = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "constraints.txt", ".gitignore", "dev")

LITTER = (
    "roleplay/__pycache__/cli.cpython-311.pyc",
    "scenarios/.first-try.yaml.swp",
    "scenarios/first-try.yaml~",
    "tests/test_nothing.py",
)
PLANTED = "scenarios/found-only-in-the-wheel.yaml"


@dataclass(frozen=True)
class Built:
    source: Path
    wheel: Path
    archive: Path


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What the command printed; it must succeed."""
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}{done.stderr}"
    return done.stdout


def build(source: Path, target: str) -> Path:
    """The one file that hatchling makes of `source`."""
    out = source.parent / f"{source.name}-{target}"
    run(sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", out, cwd=source)
    [made] = out.iterdir()
    return made


def shipped_files(source: Path) -> Iterator[tuple[str, Path]]:
    """Each file that a wheel should hold, by its name there, with the file it comes from."""
    for folder in SHIPPED:
        for path in (source / folder).rglob("*"):
            name = path.relative_to(source).as_posix()
            if path.is_file() and name not in LITTER:
                yield name if folder == "roleplay" else f"roleplay/data/{name}", path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both kinds, built from a copy of this checkout in which an editor and Python have left their litter."""
    source = tmp_path_factory.mktemp("packaging") / "source tree"
    source.mkdir()
    for name in ALSO_NEEDED:
        shutil.copy(ROOT / name, source / name)
    for name in SHIPPED:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", ".*", "*~"))
    for name in LITTER:
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_bytes(b"litter")
    shutil.copy(source / "scenarios/first-try.yaml", source / PLANTED)
    return Built(source, build(source, "wheel"), build(source, "sdist"))


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--no-deps", "--no-index", "--no-compile", "--target", folder)
    run(sys.executable, "-m", "pip", "install", *options, built.wheel, cwd=folder)
    return folder


def test_wheel_holds_the_program_alone(built: Built) -> None:
    """A wheel holds the package, the scenarios and the rubrics, byte for byte; no test, no litter, nothing else."""
    with zipfile.ZipFile(built.wheel) as wheel:
        held = {name: wheel.read(name) for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == {name: path.read_bytes() for name, path in shipped_files(built.source)}


@pytest.mark.parametrize(
    "needed",
    [
        "roleplay/py.typed",
        "roleplay/data/rubrics/",
        "roleplay/data/scenarios/",
        "roleplay/data/schema/",
        "roleplay/report/templates/",
    ],
)
def test_wheel_holds_what_is_no_code(built: Built, needed: str) -> None:
    """The files that are no Python code but are read while the program runs come along."""
    with zipfile.ZipFile(built.wheel) as wheel:
        assert any(name.startswith(needed) for name in wheel.namelist())


def test_archive_makes_the_same_wheel(built: Built, tmp_path: Path) -> None:
    """Who builds from the source archive gets the same program."""
    options = ("--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", tmp_path)
    run(sys.executable, "-m", "pip", "wheel", *options, built.archive, cwd=tmp_path)
    with zipfile.ZipFile(built.wheel) as first, zipfile.ZipFile(tmp_path / built.wheel.name) as second:
        assert sorted(first.namelist()) == sorted(second.namelist())


def test_installed_program(installed: Path, tmp_path: Path) -> None:
    """Installed elsewhere, the program finds its own scenarios and rubrics, without the checkout."""
    program = installed / "bin" / "roleplay"
    assert __version__ in run(program, "--version", cwd=tmp_path, PYTHONPATH=str(installed))
    assert Path(PLANTED).stem in run(program, "list", cwd=tmp_path, PYTHONPATH=str(installed))
    run(program, "check", "first-try", cwd=tmp_path, PYTHONPATH=str(installed))
