"""The doctor finds what is wrong, and says how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
from handing_out import serving
from made_up_models import install_lists, write_checkpoint

from roleplay.conduct.doctor import Finding, examine
from roleplay.settings import private_folder, settings_path
from roleplay.store.sqlite import SqliteStore
from roleplay.transcription.models import bring_in


def found(what: str) -> Finding:
    return next(finding for finding in examine() if finding.what == what)


def test_a_fresh_machine_is_in_order(home: Path) -> None:
    """Nothing to mend, and afterwards the data folder is there for its owner alone."""
    assert [finding.what for finding in examine() if not finding.good] == []
    assert home.stat().st_mode & 0o077 == 0


def test_sessions_that_others_can_read(home: Path) -> None:
    """An open file is named, with the command that closes it, which works."""
    SqliteStore(home / "roleplay.db").close()
    (home / "roleplay.db").chmod(0o644)
    finding = found("Data folder")
    assert not finding.good
    assert f"chmod -R go= {home / 'roleplay.db'}" in finding.mend


def test_a_damaged_file_of_sessions(home: Path) -> None:
    """It is said in a sentence, not in a traceback."""
    home.mkdir(mode=0o700)
    (home / "roleplay.db").write_bytes(b"this is no database, whatever it is called" * 100)
    (home / "roleplay.db").chmod(0o600)
    finding = found("Sessions")
    assert not finding.good
    assert finding.sentence


def test_settings_that_cannot_be_read(home: Path) -> None:
    """The line to mend is named."""
    home.mkdir(mode=0o700)
    (home / "settings.toml").write_text('bell = "loud"\n', encoding="utf-8")
    finding = found("Settings")
    assert not finding.good
    assert "settings.toml:1:" in finding.sentence


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Too little room is said before the session, not in it."""
    home.mkdir(mode=0o700)
    monkeypatch.setattr("roleplay.conduct.doctor._DISK_NEEDED", 10**18)
    assert not found("Disk").good


def test_what_writes_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine that is taken, its models, and the command for the one that is missing; nothing needs a mend."""
    with serving() as server:
        install_lists(tmp_path, server)
    monkeypatch.syspath_prepend(str(tmp_path))
    finding = found("Writing down")
    assert finding.good
    assert finding.sentence == "faster-whisper and whisper set up; models for faster-whisper: none yet"
    assert "roleplay models --download base --engine faster-whisper" in finding.mend
    set_engine("whisper", model="mine")
    bring_in(write_checkpoint(tmp_path / "mine.pt"))
    assert found("Writing down").sentence.endswith("models for whisper: mine")
    assert found("Writing down").mend == ""


def test_an_engine_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any nothing is wrong; where the settings name one, it is said how it comes."""
    monkeypatch.setattr("roleplay.transcription.registry.find_spec", lambda name: None)
    assert found("Writing down").good
    set_engine("whisper")
    assert not found("Writing down").good
    assert "[audio]" in found("Writing down").mend


def set_engine(engine: str, model: str = "base") -> None:
    private_folder(settings_path().parent)
    settings_path().write_text(f'engine = "{engine}"\nmodel = "{model}"\n')
