"""Making recordings small once they are safe: one channel as FLAC, two as Opus.

The result is decoded and compared before the WAV is deleted, and takes its name only then: whenever the power fails,
exactly one good copy is there.
"""

from __future__ import annotations

from pathlib import Path


def compress(path: Path) -> Path:
    """Compress a WAV on the shelf, check the result, and delete the WAV; returns where the recording now is.

    Raises CommandProblem where it cannot be done; the WAV is then left as it is.
    """
    raise NotImplementedError


async def compress_apart(path: Path) -> Path:
    """The same in a process of its own, at low priority."""
    raise NotImplementedError
