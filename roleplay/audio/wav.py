"""What a WAV file says of itself, with nothing but the standard library, and mending what it says after a crash."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_CHUNK = struct.Struct("<4sI")
_FORMAT = struct.Struct("<HHIIHH")


@dataclass(frozen=True, slots=True)
class WavHeader:
    """What stands before the sound."""

    channels: int
    rate: int
    frame: int
    """Bytes of one sample of all channels."""
    begins: int
    """Where the sound begins in the file."""
    says: int
    """How many bytes of sound the header promises."""


def read_header(stream: IO[bytes]) -> WavHeader | None:
    """The header of a WAV, read up to its sound; None where there is none, or only a part of it."""
    start = stream.read(12)
    if len(start) < 12 or start[:4] != b"RIFF" or start[8:] != b"WAVE":
        return None
    begins, format_ = 12, None
    while len(chunk := stream.read(_CHUNK.size)) == _CHUNK.size:
        name, size = _CHUNK.unpack(chunk)
        begins += _CHUNK.size
        if name == b"data":
            if format_ is None:
                return None
            _, channels, rate, _, frame, _ = format_
            return WavHeader(channels, rate, frame, begins, size) if channels and rate and frame else None
        body = stream.read(size + size % 2)
        begins += len(body)
        if name == b"fmt ":
            format_ = _FORMAT.unpack_from(body) if len(body) >= _FORMAT.size else None
    return None


def repair(path: Path) -> bool:
    """Make the header of a recording say what is in the file; returns whether it said something else.

    A recorder that was killed leaves its header behind the sound, and perhaps half a sample at the end, which is cut
    off. A file that was finished properly, with something behind its sound, is left alone.
    """
    with path.open("r+b") as stream:
        header = read_header(stream)
        if header is None:
            return False
        there = stream.seek(0, os.SEEK_END) - header.begins
        if (there == header.says and there % header.frame == 0) or _more_behind(stream, header, there):
            return False
        whole = there - there % header.frame
        stream.truncate(header.begins + whole)
        stream.seek(4)
        stream.write(struct.pack("<I", header.begins - 8 + whole))
        stream.seek(header.begins - 4)
        stream.write(struct.pack("<I", whole))
        stream.flush()
        os.fsync(stream.fileno())
    return True


def wav_seconds(path: Path) -> float | None:
    """How long a WAV is, by what is in it, even while it is being written; None where it is no WAV."""
    with path.open("rb") as stream:
        header = read_header(stream)
        if header is None:
            return None
        there = stream.seek(0, os.SEEK_END) - header.begins
        there = header.says if _more_behind(stream, header, there) else there
    return there // header.frame / header.rate


def _more_behind(stream: IO[bytes], header: WavHeader, there: int) -> bool:
    """Whether exactly as much sound is there as the header says, and then something that other programs write."""
    if header.says % header.frame:
        return False
    at = header.says + header.says % 2
    more = False
    while at + _CHUNK.size <= there:
        stream.seek(header.begins + at)
        name, size = _CHUNK.unpack(stream.read(_CHUNK.size))
        if not name.isascii() or not name.decode().isprintable():
            return False
        at += _CHUNK.size + size + size % 2
        more = True
    return at == there and (more or (at > header.says and header.frame > 1))
