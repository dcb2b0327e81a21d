"""The microphones of a session's tables: what finds and opens them, and those of this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from roleplay.audio.capture import Began, Capture, Ended, Level
from roleplay.audio.chosen import load_choices
from roleplay.audio.devices import Microphone, NoMicrophone, look_for_microphones, pick
from roleplay.problems import CommandProblem


class Capturing(Protocol):
    """A microphone that is written into a file; `audio.capture.Capture` is one."""

    async def start(self) -> Began:
        """Open the microphone; returns with the first sound, raises CommandProblem where it cannot begin."""
        ...

    async def stop(self) -> Ended:
        """Close it, whether it has begun or not."""
        ...

    def reports(self) -> AsyncIterator[Level | Ended]:
        """What it tells; the last is always that it ended."""
        ...


class Microphones(Protocol):
    """What finds microphones and opens them."""

    async def get_ready(self) -> None:
        """Look in advance which there are."""

    async def find(self, table: str, taken: Collection[str], *, alone: bool, instead: bool, anew: bool) -> Microphone:
        """The microphone of a table.

        Args:
            table: its title.
            taken: the names of those that other tables are recorded with.
            alone: there is no other table, so the one microphone for all is meant.
            instead: another one may take its place.
            anew: it is not enough to know which there were before.

        Raises:
            AudioMissing: the parts for it are not installed.
            CommandProblem: there is none.
        """
        ...

    def open(self, path: Path, microphone: Microphone, channels: int) -> Capturing:
        """What will record with it into a file."""
        ...


class ChosenMicrophones:
    """The microphones of this machine, as their owner has chosen them."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._known: Sequence[Microphone] = ()
        self._looking = asyncio.Lock()

    async def get_ready(self) -> None:
        """Look which microphones there are, so that nobody waits for that when a conversation begins."""
        with suppress(CommandProblem):
            await self._look(anew=False)

    async def find(self, table: str, taken: Collection[str], *, alone: bool, instead: bool, anew: bool) -> Microphone:
        """The one that was chosen, or another one where that may be; see `Microphones`."""
        choices = load_choices(self._home)
        wanted = choices.of(table) if alone else choices.tables.get(table)
        if wanted is None and not instead:
            raise NoMicrophone(f"{table} has no microphone of its own.", "Choose one: roleplay devices")
        known = await self._look(anew=anew)
        try:
            return pick(known, wanted)
        except NoMicrophone:
            if not instead or wanted is None:
                raise
        spoken_for = {*taken, *choices.tables.values()}
        return pick([one for one in known if one.name not in spoken_for], None)

    async def _look(self, *, anew: bool) -> Sequence[Microphone]:
        # Whoever asks while somebody looks waits for what is found: a second look would make both take longer.
        async with self._looking:
            if anew or not self._known:
                self._known = await look_for_microphones()
            return self._known

    def open(self, path: Path, microphone: Microphone, channels: int) -> Capturing:
        """The process that records."""
        return Capture(path, microphone, channels)
