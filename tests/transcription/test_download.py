"""Fetching over the network: from a server on this machine, which does as it is told."""

from __future__ import annotations

import errno
import hashlib
import shutil
from pathlib import Path
from typing import IO, NamedTuple

import pytest
from handing_out import Server, serving

from roleplay.problems import CommandProblem
from roleplay.transcription import download
from roleplay.transcription.download import RemoteFile, Unreachable, fetch, read_text

CONTENT = Server.content


class Fetched(NamedTuple):
    path: Path
    reports: list[tuple[int, int]]


def remote(server: Server, content: bytes = CONTENT) -> RemoteFile:
    return RemoteFile("base.pt", f"{server.address}/base.pt", "sha256", hashlib.sha256(content).hexdigest())


def fetch_all(file: RemoteFile, folder: Path) -> Fetched:
    reports: list[tuple[int, int]] = []
    fetch(file, folder / "base.pt", lambda have, size: reports.append((have, size)))
    return Fetched(folder / "base.pt", reports)


def test_a_file_arrives_whole(server: Server, tmp_path: Path) -> None:
    """It is all there, its owner's alone, with nothing beside it; how far it was, was said from nothing to all."""
    done = fetch_all(remote(server), tmp_path)
    assert done.path.read_bytes() == CONTENT
    assert done.path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [done.path]
    assert done.reports[0] == (0, len(CONTENT))
    assert done.reports[-1] == (len(CONTENT), len(CONTENT))
    assert done.reports == sorted(done.reports)


def test_a_file_with_the_name_that_git_gives_it(server: Server, tmp_path: Path) -> None:
    """Small files of a hub are checked too, by the checksum that the hub has of them."""
    name = hashlib.sha1(b"blob %d\0" % len(CONTENT) + CONTENT, usedforsecurity=False).hexdigest()
    file = RemoteFile("config.json", f"{server.address}/config.json", "git", name, len(CONTENT))
    assert fetch_all(file, tmp_path).path.read_bytes() == CONTENT


def test_a_wrong_checksum(server: Server, tmp_path: Path) -> None:
    """What is not as it was published is deleted, and never gets the name of a model."""
    with pytest.raises(CommandProblem, match="checksum is wrong"):
        fetch_all(remote(server, b"another"), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("knows_ranges", [True, False], ids=["goes-on", "begins-anew"])
def test_a_connection_that_breaks_off(server: Server, tmp_path: Path, knows_ranges: bool) -> None:
    """What has arrived is kept; the next time fetches only the rest, or all where the server cannot do that."""
    server.stop_after = 300_000
    with pytest.raises(CommandProblem, match="broke off") as said:
        fetch_all(remote(server), tmp_path)
    assert "goes on from there" in said.value.mend
    assert not (tmp_path / "base.pt").exists()
    server.stop_after = None
    server.knows_ranges = knows_ranges
    done = fetch_all(remote(server), tmp_path)
    assert done.path.read_bytes() == CONTENT
    assert server.asked == [0, 300_000 if knows_ranges else 0]
    assert done.reports[0] == (server.asked[1], len(CONTENT))


def test_everything_but_the_name_was_there(server: Server, tmp_path: Path) -> None:
    """Stopped between the last byte and its check, a file is checked and named the next time."""
    (tmp_path / "base.pt.part").write_bytes(CONTENT)
    assert fetch_all(remote(server), tmp_path).path.read_bytes() == CONTENT


def test_too_little_room(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said before anything is written, with what is missing; sessions keep some room of their own."""
    free = len(CONTENT) + download.SPARE - 1
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(free, 0, free))
    with pytest.raises(CommandProblem, match=r"too little room on the disk: 1 MB are still to come"):
        fetch_all(remote(server), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_disk_fills_up_meanwhile(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was fetched makes room again: a session may need it."""

    class Full:
        def __init__(self, path: Path, mode: str) -> None:
            self._stream: IO[bytes] = path.open("wb")

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self._stream.close()

        def write(self, block: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download, "open_private", Full)
    with pytest.raises(CommandProblem, match="The disk is full"):
        fetch_all(remote(server), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_network() -> None:
    """A server that cannot be reached is a sentence."""
    with serving() as server:
        address = server.address
    with pytest.raises(Unreachable, match="cannot be reached from here"):
        read_text(address)


def test_a_server_that_refuses(server: Server) -> None:
    """So is one that has no such file now."""
    server.status = 503
    with pytest.raises(CommandProblem, match="answered 503"):
        read_text(server.address)
