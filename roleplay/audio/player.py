"""Playing a stretch of a recording, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


class Player:
    """Plays one stretch at a time; a new one stops the last."""

    def __init__(self, on_end: Callable[[str], None] | None = None) -> None:
        """`on_end` is told when a stretch ends by itself: nothing, or a sentence that says why nothing is heard."""

    @property
    def playing(self) -> bool:
        """Whether something is to be heard now."""
        raise NotImplementedError

    async def play(self, path: Path, from_: float, until: float | None = None) -> None:
        """Play a file from second `from_` on; returns once it is asked for."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Be silent; returns when the sound has stopped. Harmless when nothing plays."""
        raise NotImplementedError
