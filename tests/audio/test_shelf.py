from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from roleplay.audio.shelf import Shelf, part_of


def put(path: Path, content: bytes = b"sound") -> Path:
    path.write_bytes(content)
    return path


def test_nothing_is_made_by_looking(home: Path, shelf: Shelf) -> None:
    """Asking what is there makes no folder, and deleting what is not there does no harm."""
    assert shelf.sessions() == shelf.recordings("monday") == []
    assert shelf.find("monday", "r1") is None
    assert shelf.size("monday") == 0
    shelf.delete("monday", "r1")
    shelf.drop("monday")
    assert not home.exists()


def test_only_its_owner_enters(home: Path, shelf: Shelf) -> None:
    """The folders of recordings are closed to others, whatever the system's habit."""
    before = os.umask(0)
    try:
        path = shelf.new("monday", "r1")
    finally:
        os.umask(before)
    assert path == home / "recordings" / "monday" / "r1.wav"
    for folder in (path.parent, path.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_only_its_owner_reads_a_mark(shelf: Shelf) -> None:
    """How far a session was followed is nobody else's to read, whatever the system's habit."""
    shelf.new("monday", "r1")
    before = os.umask(0)
    try:
        shelf.follow("monday", 7)
    finally:
        os.umask(before)
    [mark] = [path for path in shelf.folder("monday").iterdir() if path.is_file()]
    assert stat.S_IMODE(mark.stat().st_mode) == 0o600
    assert shelf.followed("monday") == 7


def test_what_takes_its_name_while_it_is_deleted(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-made copy that gets its name in the middle of the deletion is deleted, too."""
    put(shelf.new("monday", "r1"))
    part = put(part_of(shelf.new("monday", "r1"), ".flac"))
    unlink = Path.unlink

    def renamed_before(path: Path, missing_ok: bool = False) -> None:
        if path == part and part.exists():
            part.replace(part.with_name("r1.flac"))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", renamed_before)
    shelf.delete("monday", "r1")
    assert shelf.recordings("monday") == []


def test_the_safe_copy_counts(shelf: Shelf) -> None:
    """While both are there, what was compressed and checked is the recording; a half-made copy never is."""
    wav = put(shelf.new("monday", "r1"))
    put(part_of(shelf.new("monday", "r1"), ".flac"))
    assert shelf.find("monday", "r1") == wav
    flac = put(wav.with_suffix(".flac"))
    assert shelf.find("monday", "r1") == flac


def test_deleting_catches_everything(shelf: Shelf) -> None:
    """With a recording goes all that was made from it, and nothing of a recording whose name begins alike."""
    for ending in (".wav", ".flac", ".opus"):
        put(shelf.new("monday", "r1").with_suffix(ending))
        put(part_of(shelf.new("monday", "r1"), ending))
    other = put(shelf.new("monday", "r11"))
    assert shelf.recordings("monday") == ["r1", "r11"]
    assert shelf.size("monday", "r1") == 30
    shelf.delete("monday", "r1")
    assert list(shelf.folder("monday").iterdir()) == [other]


def test_a_whole_session(shelf: Shelf) -> None:
    """A session's folder goes with everything that lies in it."""
    put(shelf.new("monday", "r1"))
    put(shelf.folder("monday") / ".followed")
    shelf.new("tuesday", "r1")
    shelf.drop("monday")
    assert shelf.sessions() == ["tuesday"]


@pytest.mark.parametrize("name", ["", "..", "a/b", "../r1", "r1.wav"])
def test_no_name_leads_out(shelf: Shelf, name: str) -> None:
    """No session and no recording can be called so that its place is another folder."""
    with pytest.raises(ValueError, match="names no recording"):
        shelf.new("monday", name)
    with pytest.raises(ValueError, match="names no recording"):
        shelf.find(name, "r1")
