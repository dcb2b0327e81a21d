"""What is missing is named with the command that adds it to this installation."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from roleplay.extras import how_to_add


@pytest.mark.parametrize(
    ("here", "command"),
    [
        (None, "ROLEPLAY_EXTRAS=fast ./dev run"),
        ("", "ROLEPLAY_EXTRAS=fast ./dev run"),
        ("fast", "ROLEPLAY_EXTRAS=fast ./dev run"),
        ("audio", "ROLEPLAY_EXTRAS=audio,fast ./dev run"),
    ],
)
def test_a_part_is_added_to_those_that_are_there(
    here: str | None, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started by ./dev, the command is its own, and keeps the parts that somebody added before."""
    monkeypatch.setenv("ROLEPLAY_COMMAND", "./dev run")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    if here is not None:
        (tmp_path / "extras").write_text(here)
    assert how_to_add("fast") == f"Add what it takes: {command}"


@pytest.mark.parametrize(
    ("prefix", "command"),
    [
        ("/home/ana/.local/share/pipx/venvs/roleplay", "pipx install --force '.[audio]'"),
        ("/home/ana/.local/share/uv/tools/roleplay", "uv tool install --force '.[audio]'"),
        ("/home/ana/roleplay/.venv", f"{sys.executable} -m pip install '.[audio]'"),
    ],
)
def test_each_way_of_installing_has_its_command(prefix: str, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever installed it in another way is told that way's command."""
    monkeypatch.delenv("ROLEPLAY_COMMAND", raising=False)
    monkeypatch.setattr(sys, "prefix", prefix)
    assert how_to_add("audio").endswith(command)
