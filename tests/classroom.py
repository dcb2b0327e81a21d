"""A class at several tables, led from the facilitator's screen on a clock moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from private_table import SMALL, Table, a_table, text_of
from samples import TRIAD, bundle_of
from textual.pilot import Pilot

from roleplay.conduct.roster import Guest
from roleplay.content.bundle import Bundle
from roleplay.session.events import Event
from roleplay.session.state import State
from roleplay.settings import Settings
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.facilitator import FacilitatorScreen

NAMES = tuple(
    "Ana Ben Chen Dee Eva Fay Gus Hal Ida Jo Kai Lea Mo Nia Olu Pia Quinn Rosa Sol Tom Uma Vic Wes Xia".split()  # noqa: SIM905
)


@dataclass
class Class:
    """A class that is led."""

    table: Table
    pilot: Pilot[None]
    screen: FacilitatorScreen
    bells: list[float] = field(default_factory=list)
    """The session time of each."""

    @property
    def state(self) -> State:
        """The session as it is now."""
        return self.table.runner.state

    @property
    def rows(self) -> list[str]:
        """The screen, row by row."""
        return text_of(self.pilot.app).split("\n")

    @property
    def text(self) -> str:
        """Everything on the screen, its line breaks taken away."""
        return " ".join(text_of(self.pilot.app).split())

    def row(self, title: str) -> str:
        """The row of a table."""
        return next(row for row in self.rows if row.removeprefix("▸ ").strip().startswith(title + " "))

    @property
    def steps(self) -> list[str]:
        """The step that each table is at."""
        return [track.step.id if track.step else "" for track in self.state.tracks.values()]

    @property
    def happened(self) -> list[Event]:
        """What stands in the journal on the disk."""
        return self.table.store.events(self.table.runner.session)

    async def settle(self) -> None:
        """Everything that was begun is done and painted; a question that is open stays open."""
        for _ in range(2):
            await self.pilot.pause()
            workers = [w for w in self.pilot.app.workers if w.group in ("commands", "time")]
            if workers:
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
async def a_class(
    folder: Path,
    people: int | Sequence[str] = 24,
    data: Mapping[str, Any] | Bundle | None = TRIAD,
    size: tuple[int, int] = SMALL,
    settings: Settings | None = None,
    absent: Sequence[Guest] = (),
) -> AsyncIterator[Class]:
    """So many people in a session of a sample scenario; with no data, of the bundled conversation with a parent."""
    names = (
        [NAMES[n] if n < len(NAMES) else f"Person {n + 1}" for n in range(people)]
        if isinstance(people, int)
        else people
    )
    bundle = bundle_of(data) if isinstance(data, Mapping) else data
    with a_table(folder, bundle, names) as table:
        desk = Desk(table.desk.folders, table.store, table.writer, settings or Settings())
        screens: list[FacilitatorScreen] = []

        def first() -> FacilitatorScreen:
            screens.append(FacilitatorScreen(table.runner, absent))
            return screens[0]

        app = RoleplayApp(desk, first)
        async with app.run_test(size=size) as pilot:
            this = Class(table, pilot, screens[0])
            app.bell = lambda: this.bells.append(table.clock.at)  # type: ignore[method-assign]
            await this.settle()
            yield this
