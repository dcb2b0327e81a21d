"""A class of so many tables on the facilitator's screen; once all is played, how late each step ended stands in a file.

python -m benchmarks.workers.classroom TABLES STEPS together|apart FILE
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.sessions import many_steps
from roleplay.conduct.opening import open_session, seats_for
from roleplay.conduct.runner import Runner
from roleplay.content.folders import Folders
from roleplay.planning.build import build_plan
from roleplay.session.commands import Start
from roleplay.session.events import Event, StepEnded
from roleplay.session.state import State
from roleplay.settings import Settings, database_path
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.facilitator import FacilitatorScreen

LENGTH = 1.0
"""Seconds of each step."""


class Watched(FacilitatorScreen):
    """Starts the tables, and says at the end how late their steps ended."""

    def __init__(self, runner: Runner, together: bool, file: Path) -> None:
        super().__init__(runner)
        self._together, self._file, self._late = together, file, list[float]()

    def on_mount(self) -> None:
        """Begin once everything is painted."""
        self.runner.listen(self._ended)
        self.set_timer(0.5, lambda: self.run_worker(self._start_tables(), group="begin"))

    async def _start_tables(self) -> None:
        if self._together:
            await self.runner.do(Start())
            return
        tables = list(self.runner.state.tracks)
        for table in tables:
            await self.runner.do(Start(table))
            await asyncio.sleep(LENGTH / len(tables))

    def _ended(self, state: State, events: Sequence[Event]) -> None:
        self._late += [self.runner.clock.now() - event.at for event in events if isinstance(event, StepEnded)]
        if all(track.status == "finished" for track in state.tracks.values()):
            self._file.write_text(json.dumps(self._late))
            self.app.exit()


def main() -> None:
    """Play until all steps are done."""
    tables, steps, how, file = sys.argv[1:]
    path = database_path()
    store = SqliteStore(path)
    writer = Writer(lambda: SqliteStore(path))
    bundle = many_steps(int(steps), f"{LENGTH:g}s")
    seats = seats_for([f"Reader {n}" for n in range(1, int(tables) + 1)])
    runner = open_session(store, writer, bundle, build_plan(bundle.scenario, [seat.id for seat in seats]), seats)
    desk = Desk(Folders((), ()), store, writer, Settings(bell=False))
    RoleplayApp(desk, lambda: Watched(runner, how == "together", Path(file))).run()


if __name__ == "__main__":
    main()
