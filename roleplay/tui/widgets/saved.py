"""Keeping what somebody is writing: the draft on the disk is never more than a second behind the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future

from textual.message_pump import MessagePump
from textual.timer import Timer

from roleplay.problems import CommandProblem

SAVING, SAVED, NOT_SAVED = "saving…", "saved  ", "not saved"
"""The first two are equally wide, so that nothing moves while one types."""


class DraftKeeper:
    """Writes the newest draft half a second after it first differed from what is kept."""

    DELAY = 0.5
    """Seconds; together with the commit it stays under one."""

    def __init__(self, pump: MessagePump, save: Callable[[str], Future[None]], show: Callable[[str], None]) -> None:
        """`save` keeps a draft; `show` is told `SAVING`, `SAVED` or `NOT_SAVED`."""
        self._pump, self._save, self._show = pump, save, show
        self._waiting: str | None = None
        self._timer: Timer | None = None

    def change(self, body: str) -> None:
        """The draft is this now."""
        self._waiting = body
        self._show(SAVING)
        if self._timer is None:
            self._timer = self._pump.set_timer(self.DELAY, self._on_time)

    async def _on_time(self) -> None:
        try:
            await self.flush()
        except CommandProblem:
            return

    def queue(self) -> Future[None] | None:
        """Hand over what waits, and do not wait for it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        body, self._waiting = self._waiting, None
        return None if body is None else self._save(body)

    async def flush(self) -> None:
        """Return once everything written so far is on the disk.

        Raises:
            CommandProblem: it could not be kept; the next change, or the next call, tries again.
        """
        body, future = self._waiting, self.queue()
        if future is None:
            return
        try:
            await asyncio.wrap_future(future)
        except CommandProblem:
            self._waiting = body if self._waiting is None else self._waiting
            self._show(NOT_SAVED)
            raise
        if self._waiting is None:
            self._show(SAVED)

    def drop(self) -> None:
        """Forget what waits."""
        self._waiting = None
        self.queue()
