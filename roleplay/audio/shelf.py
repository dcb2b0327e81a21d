"""Where recordings lie: one folder for each session, `recordings/SESSION/RECORDING.wav`, readable by their owner only.

Whatever is made of a recording on its way lies beside it under a name that begins with the recording's id, so that
deleting a recording catches all of it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

SAFE = (".flac", ".opus")
"""The endings of what a recording is kept as once it is safe."""
WAV = ".wav"
"""The ending of a recording that is being made, or has not been compressed yet."""
_PART = ".part"
_FOLLOWED = ".followed"
_ID = re.compile(r"[\w-]+")


class Shelf:
    """The recordings below the folder of everything that is kept."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "recordings"

    def new(self, session: str, recording: str) -> Path:
        """Where a recording is to be written, as WAV; its folder is there when this returns."""
        folder = self.folder(session)
        for each in (self._folder.parent, self._folder, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / f"{_checked(recording)}{WAV}"

    def find(self, session: str, recording: str) -> Path | None:
        """The good copy of a recording, or none where its sound is not there."""
        folder = self.folder(session)
        found = (folder / f"{_checked(recording)}{ending}" for ending in (*SAFE, WAV))
        return next((path for path in found if path.is_file()), None)

    def delete(self, session: str, recording: str) -> None:
        """Delete the sound of a recording and all that was made from it; harmless where there is none."""
        folder = self.folder(session)
        # The WAV goes first: whoever compresses it looks at the end whether it is still there.
        for ending in (WAV, *SAFE):
            (folder / f"{_checked(recording)}{ending}").unlink(missing_ok=True)
        # What is made from it may take its name between two looks; once nothing half-made is left, nothing can.
        while left := [path for path in _files(folder) if recording_of(path) == recording]:
            for path in left:
                path.unlink(missing_ok=True)
        sync_folder(folder)

    def drop(self, session: str) -> None:
        """Delete a session's folder with everything in it."""
        folder = self.folder(session)
        for recording in self.recordings(session):
            self.delete(session, recording)
        for path in _files(folder):
            path.unlink(missing_ok=True)
        if folder.is_dir():
            folder.rmdir()
            sync_folder(folder.parent)

    def followed(self, session: str) -> int:
        """Up to which event of its journal the files of a session were made to follow."""
        try:
            return int((self.folder(session) / _FOLLOWED).read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    def follow(self, session: str, seq: int) -> None:
        """Note that the files of a session follow its journal up to this event."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(self.folder(session) / _FOLLOWED, flags, 0o600), "w", encoding="ascii") as stream:
            stream.write(str(seq))

    def sessions(self) -> list[str]:
        """The sessions that have a folder here, in the order of their names."""
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else []

    def recordings(self, session: str) -> list[str]:
        """The recordings of a session of which there is anything on the disk, in the order of their names."""
        return sorted({recording for path in _files(self.folder(session)) if (recording := recording_of(path))})

    def size(self, session: str, recording: str | None = None) -> int:
        """The bytes that a session, or one of its recordings, takes."""
        found = [path for path in _files(self.folder(session)) if recording in (None, recording_of(path))]
        return sum(path.stat().st_size for path in found)

    def folder(self, session: str) -> Path:
        """Where the recordings of a session lie; it may not exist."""
        return self._folder / _checked(session)


def recording_of(path: Path) -> str:
    """The recording that a file on the shelf belongs to; empty for one that belongs to none."""
    return path.name.partition(".")[0]


def part_of(path: Path, ending: str) -> Path:
    """Where something may lie for a moment that is made from the recording at `path`."""
    return path.with_name(f"{recording_of(path)}{_PART}{ending}")


def parts_of(path: Path) -> list[Path]:
    """Everything half-made that lies beside the recording at `path`."""
    begins = f"{recording_of(path)}{_PART}."
    return [each for each in _files(path.parent) if each.name.startswith(begins)]


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names of a folder as they are now."""
    if os.name == "posix" and folder.is_dir():
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _checked(name: str) -> str:
    """A name that cannot lead out of its folder."""
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} names no recording")
    return name
