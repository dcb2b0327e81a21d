"""Where recordings lie: one folder for each session, `recordings/SESSION/RECORDING.wav`, readable by their owner only.

Whatever is made of a recording on its way (half-made compressions, what an engine or an export needs for a moment) lies
beside it under a name that begins with the recording's id, so that deleting a recording catches all of it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

SAFE = (".flac", ".opus")
"""The endings of what a recording is kept as once it is safe."""
WAV = ".wav"
"""The ending of a recording that is being made, or has not been compressed yet."""
_ID = re.compile(r"[\w-]+")


class Shelf:
    """The recordings below the folder of everything that is kept."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "recordings"

    def new(self, session: str, recording: str) -> Path:
        """Where a recording is to be written, as WAV; its folder is there when this returns."""
        return self._place(session, recording, WAV)

    def scratch(self, session: str, recording: str, ending: str) -> Path:
        """Where something may lie for a moment that was made from a recording; deleting the recording deletes it."""
        return self._place(session, recording, f".part{ending}")

    def find(self, session: str, recording: str) -> Path | None:
        """The one good copy of a recording, or none where its sound is not there."""
        for ending in (*SAFE, WAV):
            path = self._folder / _checked(session) / f"{_checked(recording)}{ending}"
            if path.is_file():
                return path
        return None

    def delete(self, session: str, recording: str) -> None:
        """Delete the sound of a recording and all that was made from it; harmless where there is none."""
        folder = self._folder / _checked(session)
        # The sound goes first: whoever would still make something from it then finds nothing to read. What was begun
        # may take another name meanwhile, so the folder is looked through until nothing is left.
        for ending in (WAV, *SAFE):
            (folder / f"{_checked(recording)}{ending}").unlink(missing_ok=True)
        while found := [path for path in _files(folder) if recording_of(path) == recording]:
            for path in found:
                path.unlink(missing_ok=True)
        sync_folder(folder)
        _drop_if_empty(folder)

    def delete_session(self, session: str) -> None:
        """Delete everything that was recorded in a session."""
        folder = self._folder / _checked(session)
        for recording in {recording_of(path) for path in _files(folder)}:
            self.delete(session, recording)
        _drop_if_empty(folder)

    def sessions(self) -> list[str]:
        """The sessions that have a folder here, in the order of their names."""
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else []

    def recordings(self, session: str) -> list[str]:
        """The recordings of a session of which there is anything on the disk, in the order of their names."""
        return sorted({recording_of(path) for path in _files(self._folder / _checked(session))})

    def size(self, session: str, recording: str | None = None) -> int:
        """The bytes that a session, or one of its recordings, takes."""
        found = _files(self._folder / _checked(session))
        return sum(path.stat().st_size for path in found if recording in (None, recording_of(path)))

    def _place(self, session: str, recording: str, ending: str) -> Path:
        folder = self._folder / _checked(session)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / f"{_checked(recording)}{ending}"


def recording_of(path: Path) -> str:
    """The recording that a file on the shelf belongs to."""
    return path.name.partition(".")[0]


def open_new(path: Path) -> int:
    """A descriptor for a file that only its owner can read, made anew."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)


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


def _drop_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        sync_folder(folder.parent)


def _checked(name: str) -> str:
    """A name that cannot lead out of its folder."""
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} names no recording")
    return name
