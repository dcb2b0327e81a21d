"""Listening to a conversation from a moment on, from one of its recordings into the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol

from roleplay.tui.review_view import Review, Sound


class Plays(Protocol):
    """What plays a stretch of a file; `audio.player.Player` is one."""

    @property
    def playing(self) -> bool:
        """Whether something is to be heard now."""
        ...

    async def play(self, path: Path, from_: float, until: float | None = None) -> None:
        """Play a file from second `from_` on; returns once it is asked for."""
        ...

    async def stop(self) -> None:
        """Be silent."""
        ...


MakePlayer = Callable[[Callable[[str], None]], Plays]
"""Makes a player that calls a function when a stretch ends by itself: with nothing, or why nothing is heard."""


class Listening:
    """Plays one conversation, and knows which moment is heard."""

    def __init__(
        self,
        make_player: MakePlayer,
        find: Callable[[str], Path | None],
        now: Callable[[], float],
        ended: Callable[[str], None],
    ) -> None:
        """
        Args:
            make_player: makes what plays; it is made when something is first played.
            find: the file of a recording, where there is one.
            now: seconds of any clock that only goes on.
            ended: called when it is silent again by itself, with nothing or with the reason.
        """
        self._make, self._find, self._tell = make_player, find, ended
        self.now = now
        self._player: Plays | None = None
        self._review: Review | None = None
        self._sound: Sound | None = None
        self._began = 0.0
        self._next: asyncio.Task[None] | None = None

    @property
    def position(self) -> float | None:
        """The moment that is heard, in seconds into the conversation; none while it is silent."""
        return None if self._sound is None else self._sound.into + self.now() - self._began

    def here(self, review: Review) -> Collection[str]:
        """The recordings whose sound is on this computer."""
        return {one.id for one in review.recordings if not one.erased and self._find(one.id) is not None}

    async def play(self, review: Review, into: float) -> Sound | None:
        """Play from a moment on, or from where sound begins again; nothing where there is none after it."""
        sound = review.sound_at(into, self.here(review))
        path = self._find(sound.recording) if sound else None
        if sound is None or path is None:
            return None
        if self._player is None:
            self._player = self._make(self._ended)
        await self._player.play(path, sound.within)
        self._review, self._sound, self._began = review, sound, self.now()
        return sound

    async def stop(self) -> None:
        """Be silent."""
        self._sound = None
        if self._player is not None:
            await self._player.stop()

    def _ended(self, why: str) -> None:
        """Go on with the next recording, where one follows and this one could be heard."""
        before, review = self._sound, self._review
        if before is None or review is None:
            return
        after = next(
            (one.into for one in review.recordings if one.into > before.into and one.id != before.recording), None
        )
        if why or after is None:
            self._sound = None
            self._tell(why)
        else:
            self._next = asyncio.ensure_future(self._go_on(review, after))

    async def _go_on(self, review: Review, into: float) -> None:
        if self._sound is not None and await self.play(review, into) is None:
            self._sound = None
            self._tell("")
