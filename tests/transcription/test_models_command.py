"""`roleplay models`, as somebody types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from handing_out import Server
from made_up_models import write_checkpoint

from roleplay.cli import main
from roleplay.transcription import registry

pytestmark = pytest.mark.usefixtures("packages")


def models(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["models", *arguments], prog_name="roleplay", catch_exceptions=False)


def test_a_model_is_fetched_listed_and_deleted(home: Path, server: Server) -> None:
    """Its size and place are said first; the list has it as data, with size and place; deleting says what is freed."""
    fetched = models("--download", "base", "--engine", "whisper")
    first, *_, last = fetched.stderr.splitlines()
    assert first == f"Fetching base for whisper: 1 MB, into {home / 'models' / 'whisper'}"
    path = home / "models" / "whisper" / "base.pt"
    assert last == f"base for whisper is here: {path}"
    listed = models()
    assert f"  base                1 MB  {path}" in listed.stdout.splitlines()
    assert "faster-whisper has no model yet." in listed.stdout
    assert "roleplay models --download NAME" in listed.stderr
    assert "that frees 1 MB" in models("--remove", "base").stderr
    assert not path.exists()


def test_the_engine_is_the_one_that_is_taken() -> None:
    """Without --engine a model is fetched for the quicker one that is set up, since that will write down."""
    assert "No model for faster-whisper is published as “nosuch”" in models("--download", "nosuch").stderr


def test_a_half_fetched_model_goes_on(server: Server) -> None:
    """The second time it is said how much is here already."""
    server.stop_after = 400_000
    cut = models("--download", "base", "--engine", "whisper")
    assert cut.exit_code == 2
    assert "goes on from there" in cut.stderr
    server.stop_after = None
    assert "1 MB, of which 400 kB are here already, into" in models("--download", "base", "--engine", "whisper").stderr


def test_a_file_is_brought_in(tmp_path: Path) -> None:
    """It can be called something else, and the line to use it with is said."""
    said = models("--import", str(write_checkpoint(tmp_path / "mine.pt")), "--name", "lab").stderr
    assert "lab for whisper is here" in said
    assert "roleplay transcribe FILE --model lab" in said


def test_a_file_for_an_engine_that_is_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept, and what it takes to use it is said with the command."""
    monkeypatch.setattr(registry, "find_spec", lambda package: None if package == "whisper" else object())
    monkeypatch.setenv("ROLEPLAY_COMMAND", "./dev run")
    said = models("--import", str(write_checkpoint(tmp_path / "mine.pt"))).stderr
    assert "mine for whisper is here" in said
    assert "whisper is not set up. Add what it takes: ROLEPLAY_EXTRAS=audio" in said
    assert "roleplay transcribe" not in said


def test_one_thing_at_a_time() -> None:
    """Two wishes in one command are refused before anything is done."""
    both = models("--import", "one.pt", "--remove", "one")
    assert both.exit_code == 2
    assert "one of --download, --import and --remove" in both.stderr
