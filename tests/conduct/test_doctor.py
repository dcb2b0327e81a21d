"""The doctor finds what is wrong, and says how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.conduct.doctor import Finding, examine
from roleplay.store.sqlite import SqliteStore


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
