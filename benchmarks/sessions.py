"""Sessions to measure with: a scenario of many short steps, and the bundled ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.load import load_bundle
from roleplay.content.scenario import Scenario


def bundled(name: str) -> Bundle:
    """A bundled scenario with its rubrics."""
    folder = bundled_folder()
    return load_bundle(name, Folders((folder / "scenarios",), (folder / "rubrics",)))


def many_steps(count: int, length: str) -> Bundle:
    """A scenario for one person at a table: so many steps, each of which ends on time."""
    step = {"name": "Read", "kind": "prepare", "length": length}
    scenario = {
        "format": 1,
        "title": "Steps that end on time",
        "about": "To see how late they end.",
        "roles": {"reader": {"title": "Reader"}},
        "groups": {"size": 1},
        "script": [step] * count,
    }
    return Bundle(id="steps", scenario=Scenario.model_validate(scenario), rubrics={})


@contextmanager
def own_home() -> Iterator[Path]:
    """A folder of its own for everything that this process keeps, gone at the end."""
    with TemporaryDirectory() as home, patch.dict("os.environ", {"ROLEPLAY_HOME": home}):
        yield Path(home)
