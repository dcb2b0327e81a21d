"""A stage on a clock moved by hand: keys are pressed, time is set, and the screen is read as people read it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from private_table import SMALL, Table, a_table, text_of
from samples import TRIAD, bundle_of
from textual.pilot import Pilot

from roleplay.content.bundle import Bundle
from roleplay.session.events import Event
from roleplay.settings import Settings
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.facilitator import FacilitatorScreen
from roleplay.tui.screens.stage import StageScreen

NAMES = ("Ana", "Ben", "Chen")


ScreenT = TypeVar("ScreenT", StageScreen, FacilitatorScreen)


@dataclass
class Leading(Generic[ScreenT]):
    """A session that is led from a screen."""

    table: Table
    pilot: Pilot[None]
    screen: ScreenT
    bells: list[float] = field(default_factory=list)
    """The session time of each."""

    @property
    def text(self) -> str:
        """Everything on the screen, its line breaks taken away."""
        return " ".join(text_of(self.pilot.app).split())

    @property
    def rows(self) -> list[str]:
        """The screen, row by row."""
        return text_of(self.pilot.app).split("\n")

    @property
    def happened(self) -> list[Event]:
        """What stands in the journal on the disk."""
        return self.table.store.events(self.table.runner.session)

    async def settle(self) -> None:
        """Everything that was begun is done and painted; a question that is open stays open."""
        await self.pilot.pause()
        while workers := [w for w in self.pilot.app.workers if w.group in ("commands", "reports", "time")]:
            await self.pilot.app.workers.wait_for_complete(workers)
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def at(self, seconds: float) -> None:
        """It is so many seconds after the opening."""
        self.table.clock.at = seconds
        self.screen.look()
        await self.settle()
        self.screen.look()
        await self.settle()


@asynccontextmanager
async def leading(
    table: Table, make: Callable[[], ScreenT], size: tuple[int, int], settings: Settings | None
) -> AsyncIterator[Leading[ScreenT]]:
    """The program on a screen that leads a session, as soon as it is painted."""
    desk = Desk(table.desk.folders, table.store, table.writer, settings or Settings())
    screens: list[ScreenT] = []

    def first() -> ScreenT:
        screens.append(make())
        return screens[0]

    app = RoleplayApp(desk, first)
    async with app.run_test(size=size) as pilot:
        this = Leading(table, pilot, screens[0])
        app.bell = lambda: this.bells.append(table.clock.at)  # type: ignore[method-assign]
        await this.settle()
        yield this


class Led(Leading[StageScreen]):
    """A session that is led from the stage."""

    @property
    def stage(self) -> StageScreen:
        """The stage."""
        return self.screen

    @property
    def step(self) -> str | None:
        """The id of the step that runs."""
        return step.id if (step := self.table.track.step) else None

    async def go_to(self, step: str) -> None:
        """Press → until a step runs."""
        if self.table.track.status == "ready":
            await self.press("space")
        while self.step != step:
            await self.press("right")


@asynccontextmanager
async def led(
    folder: Path,
    data: Mapping[str, Any] | Bundle | None = TRIAD,
    names: Sequence[str] = NAMES,
    bots: Sequence[str] = (),
    size: tuple[int, int] = SMALL,
    settings: Settings | None = None,
    known: Mapping[str, str] | None = None,
) -> AsyncIterator[Led]:
    """A session of a sample scenario on the stage; with no data, of the bundled conversation with a parent."""
    bundle = bundle_of(data) if isinstance(data, Mapping) else data
    with a_table(folder, bundle, names, bots, known) as table:
        async with leading(table, lambda: StageScreen(table.runner), size, settings) as this:
            yield Led(this.table, this.pilot, this.screen, this.bells)
