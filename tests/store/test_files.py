"""Files that are handed to people."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from roleplay.problems import CommandProblem
from roleplay.store.files import free_name, write_whole


def test_everybody_has_a_file_of_their_own() -> None:
    """Names that look alike in a file name, or leave nothing of it, are told apart; a long one is cut."""
    taken: list[str] = []
    for name in ("Ana", "Aná", "ana!", "日本", "../", "x" * 400):
        taken.append(free_name(name, taken))
    assert taken == ["ana", "aná", "ana-2", "日本", "person", "x" * 60]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_what_is_handed_out_is_its_owners_alone(tmp_path: Path) -> None:
    """A report holds private words, so nobody else on the machine can open it, whatever stood there before."""
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o644)
    write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails in the middle, the old file stands and nothing half written lies beside it."""
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CommandProblem, match="no space left"):
        write_whole(path, "new")
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["old"]
