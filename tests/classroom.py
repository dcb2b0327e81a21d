"""A class at several tables, led from the facilitator's screen on a clock moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from private_table import SMALL, a_table
from samples import TRIAD, bundle_of
from staging import Leading, leading

from roleplay.conduct.roster import Guest
from roleplay.content.bundle import Bundle
from roleplay.session.state import State
from roleplay.settings import Settings
from roleplay.tui.screens.facilitator import FacilitatorScreen

NAMES = tuple(
    "Ana Ben Chen Dee Eva Fay Gus Hal Ida Jo Kai Lea Mo Nia Olu Pia Quinn Rosa Sol Tom Uma Vic Wes Xia".split()  # noqa: SIM905
)


class Class(Leading[FacilitatorScreen]):
    """A class that is led."""

    @property
    def state(self) -> State:
        """The session as it is now."""
        return self.table.runner.state

    def row(self, title: str) -> str:
        """The row of a table."""
        return next(row for row in self.rows if row.removeprefix("▸ ").strip().startswith(title + " "))

    @property
    def steps(self) -> list[str]:
        """The step that each table is at."""
        return [track.step.id if track.step else "" for track in self.state.tracks.values()]


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
        async with leading(table, lambda: FacilitatorScreen(table.runner, absent), size, settings) as this:
            yield Class(this.table, this.pilot, this.screen, this.bells)
