"""A WAV file that can be read at any moment while it grows, whatever ends the process that writes it.

Each block goes to the system at once, behind it the lengths in the head of the file; a thread of its own has the disk
keep both every second, since a busy disk may take longer for that than a microphone waits.
"""

from __future__ import annotations

import contextlib
import io
import os
import wave
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from roleplay.audio.shelf import sync_folder

_KEEP_EVERY = 1.0
"""Seconds between two moments at which everything so far is safe even if the power fails."""
_HEAD = 44
"""Bytes before the first sample."""


class _Whole(io.FileIO):
    """A file that takes all of a block, or says why not; a disk that is almost full takes a part and says nothing."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        rest = memoryview(data)
        while rest:
            rest = rest[super().write(rest) :]
        return len(data)


class GrowingWav:
    """16-bit samples in a new file, readable by its owner only."""

    def __init__(self, path: Path, channels: int, rate: int, failed: Callable[[OSError], None]) -> None:
        """`failed` is told, from another thread, when the disk does not keep what was written. Raises OSError."""
        self._path = path
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        self._file = _Whole(os.open(path, flags, 0o600), "r+b")
        self._wave = wave.Wave_write(self._file)
        self._wave.setnchannels(channels)
        self._wave.setsampwidth(2)
        self._wave.setframerate(rate)
        self._frame = 2 * channels
        self._failed = failed
        self._closing = Event()
        self._keeper = Thread(target=self._keep, name="keeps the sound", daemon=True)
        try:
            self._wave.writeframes(b"")
            sync_folder(path.parent)
        except OSError:
            self._file.close()
            path.unlink(missing_ok=True)
            raise
        self._keeper.start()

    @property
    def frames(self) -> int:
        """How many frames are in the file."""
        return self._wave.tell()

    def append(self, block: bytes) -> None:
        """Write whole frames behind the others. Raises OSError where the disk does not take them all."""
        self._wave.writeframes(block)

    def close(self) -> None:
        """Leave a file that is whole: nothing of a block that did not fit, the right lengths, kept by the disk."""
        if self._file.closed:
            return
        self._closing.set()
        self._keeper.join()
        with contextlib.suppress(OSError):
            # After a full disk there may be a piece of a block behind what the head of the file tells.
            self._file.truncate(_HEAD + self.frames * self._frame)
            self._wave.close()
            os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Leave no file."""
        self.close()
        self._path.unlink(missing_ok=True)

    def _keep(self) -> None:
        while not self._closing.wait(_KEEP_EVERY):
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                self._failed(error)
                return
