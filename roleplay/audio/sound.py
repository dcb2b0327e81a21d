"""Reading sound: any file as float32 at 16 kHz, in blocks, so that memory does not grow with its length."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples: TypeAlias = NDArray[np.float32]

RATE = 16_000
"""Samples a second of everything that is read here."""


def repair(path: Path) -> bool:
    """Set the lengths in the header of a WAV to what is in the file; returns whether they were wrong.

    A recorder that was killed leaves them behind the sound. Needs nothing but the standard library.
    """
    raise NotImplementedError


def seconds_of(path: Path) -> float:
    """How long a recording is; of a WAV without any further part."""
    raise NotImplementedError


def channels_of(path: Path) -> int:
    """How many channels a file has."""
    raise NotImplementedError


def read_blocks(
    path: Path, channel: int | None = None, start: float = 0.0, end: float | None = None, block: float = 30.0
) -> Iterator[Samples]:
    """The sound of any file from `start` to `end` in seconds, one channel or all of them mixed, as 16 kHz mono.

    Blocks are `block` seconds long, the last one shorter. Raises CommandProblem for a file that cannot be read.
    """
    raise NotImplementedError


def read(path: Path, channel: int | None = None, start: float = 0.0, end: float | None = None) -> Samples:
    """The same in one piece."""
    raise NotImplementedError
