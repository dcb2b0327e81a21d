"""Keeps a session on time while a screen shows it: what is due happens at its moment, whatever is on the screen.

One timer stands at the next moment at which something is due and is set anew with every change of the state.
Looking at the clock now and then, as a painting screen does, catches what a timer missed.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable, Coroutine
from typing import Any

from roleplay.conduct.bots import Bots
from roleplay.conduct.clock import SleepWatch, wall_now
from roleplay.conduct.runner import Runner
from roleplay.problems import CommandProblem
from roleplay.session.commands import Pause
from roleplay.session.decide import NotAllowed
from roleplay.store.protocol import Beat
from roleplay.store.writer import Writer
from roleplay.tui.cues import Cue, next_overtime, overtime_cues

_TRY_AGAIN = 5.0
"""Seconds until what could not be kept is tried again."""


class Timekeeper:
    """Lets happen what is due, gives signs of life, notices when the machine slept, and moves the bots."""

    def __init__(
        self,
        runner: Runner,
        writer: Writer,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        tell: Callable[[list[Cue]], None],
        say: Callable[[CommandProblem], None],
    ) -> None:
        """
        Args:
            runner: the session.
            writer: where signs of life go.
            spawn: runs something beside the screen, without ever cancelling it halfway.
            tell: called when a step runs over its time.
            say: called when something could not be kept.
        """
        self.watch = SleepWatch()
        self._runner, self._writer = runner, writer
        self._spawn, self._tell, self._say = spawn, tell, say
        self._seen = runner.now
        self._timer: asyncio.TimerHandle | None = None
        self._busy: set[str] = set()
        self._not_before = 0.0
        self._bots = Bots(zlib.crc32(runner.session.encode()))

    def plan(self) -> None:
        """Set the timer to the next moment at which something is due."""
        self.stop()
        now = self._runner.now
        moments = (self._runner.next_deadline(), next_overtime(self._runner.state, now))
        next_moment = min((moment for moment in moments if moment is not None), default=None)
        if next_moment is not None:
            loop = asyncio.get_running_loop()
            at = max(loop.time() + next_moment - now, self._not_before)
            self._timer = loop.call_at(at, self.look)

    def stop(self) -> None:
        """Take the timer away."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def look(self) -> None:
        """See what is due by now."""
        now = self._runner.now
        over = overtime_cues(self._runner.state, self._seen, now)
        self._seen = now
        if over:
            self._tell(over)
        due = self._runner.next_deadline()
        if due is not None and due <= now and asyncio.get_running_loop().time() >= self._not_before:
            self._once("tick", self._tick)
        elif self._timer is not None and self._timer.when() <= asyncio.get_running_loop().time():
            self.plan()

    def each_second(self) -> None:
        """See whether the machine slept, and let the bots do what they do by now."""
        away = self.watch.slept()
        tracks = self._runner.state.tracks
        if away and any(self._runner.state.phase(track) == "running" for track in tracks):
            self._spawn(self._fell_asleep(away))
        elif any(person.bot for person in self._runner.state.people.values()):
            self._once("bots", self._move_bots)

    def beat(self) -> None:
        """Give a sign of life, by which a crash is dated."""
        self._writer.beat(self._runner.session, Beat(self._runner.now, wall_now()))

    def _once(self, what: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin something unless it is still going on."""
        if what not in self._busy:
            self._busy.add(what)
            self._spawn(self._until_done(what, work))

    async def _until_done(self, what: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        finally:
            self._busy.discard(what)

    async def _tick(self) -> None:
        try:
            await self._runner.tick()
        except CommandProblem as problem:
            self._not_before = asyncio.get_running_loop().time() + _TRY_AGAIN
            self._say(problem)
        self.plan()

    async def _fell_asleep(self, away: float) -> None:
        try:
            await self._runner.do(Pause(None, why="asleep", away=round(away, 3)))
        except CommandProblem as problem:
            self._say(problem)

    async def _move_bots(self) -> None:
        for command, texts in self._bots.moves(self._runner.state, self._runner.now):
            try:
                await self._runner.do(command, texts)
            except NotAllowed:
                # The table moved on meanwhile; a bot that comes too late is no trouble to anybody.
                continue
            except CommandProblem as problem:
                self._say(problem)
                return
