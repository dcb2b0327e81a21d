"""A table of three who play the bundled conversation on a clock moved by hand, with a real store on the disk.

Ana leads the first round, Ben plays the parent, Chen observes. `look_at` shows one screen in an app, as often as
a test likes: each time it is a new app on the same store.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from roleplay.conduct.clock import HandClock
from roleplay.conduct.opening import Seat, open_session, reopen_session
from roleplay.conduct.runner import Runner
from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.load import load_bundle
from roleplay.planning.build import build_plan
from roleplay.session.commands import Next, Start, TapMarker
from roleplay.session.events import Event
from roleplay.session.state import TrackState
from roleplay.session.tasks import Task, tasks
from roleplay.settings import Settings
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.private import PrivateScreen

ROOT = bundled_folder()
FOLDERS = Folders((ROOT / "scenarios",), (ROOT / "rubrics",))
NAMES = ("Ana", "Ben", "Chen")
TALL = (120, 40)
SMALL = (80, 24)


@dataclass
class Table:
    """A session that is played, its store, and a way to look at its screens."""

    runner: Runner
    store: SqliteStore
    writer: Writer
    clock: HandClock

    @property
    def track(self) -> TrackState:
        """The table, as it is now."""
        return self.runner.state.tracks["t1"]

    @property
    def desk(self) -> Desk:
        """What an app is started with."""
        return Desk(FOLDERS, self.store, self.writer, Settings())

    def go_to(self, kind: str) -> None:
        """Move on until a step of this kind runs."""
        if self.track.step is None:
            self.runner.do_at_once(Start())
        while self.track.step is not None and self.track.step.kind != kind:
            self.clock.at += 10
            self.runner.do_at_once(Next())

    def tap(self, marker: str, into: float, by: str = "p3", about: str = "p1") -> str:
        """Stamp a moment of the conversation, so many seconds into it; returns the tap's id."""
        assert self.track.clock is not None
        self.clock.at = self.track.clock.when(into)
        tap = f"tap-{into:.0f}"
        self.runner.do_at_once(TapMarker("t1", tap, marker, by, about))
        return tap

    def task(self, kind: str, rubric: str = "") -> Task:
        """The newest task of a kind."""
        found = [t for t in tasks(self.runner.state, self.track) if t.kind == kind]
        return [t for t in found if not rubric or (t.form and t.form.rubric == rubric)][-1]

    def events(self, kind: str) -> list[Any]:
        """What stands in the journal on the disk."""
        events: Sequence[Event] = self.store.events(self.runner.session)
        return [event for event in events if event.kind == kind]

    def words(self, ref: Any) -> str:
        """The words on the disk behind a reference."""
        return self.store.texts(self.runner.session)[ref.id]

    @property
    def drafts(self) -> dict[str, str]:
        """What was begun and not sent, as it is on the disk."""
        return self.store.drafts(self.runner.session)

    def reopen(self) -> None:
        """Open the session again, as after the program was shut."""
        self.runner.close()
        self.runner = reopen_session(self.store, self.writer, self.runner.session, HandClock)

    @asynccontextmanager
    async def look_at(
        self, make_screen: Callable[[], PrivateScreen], size: tuple[int, int] = TALL
    ) -> AsyncIterator[tuple[Pilot[None], PrivateScreen]]:
        """A new app that shows a private screen over an empty one."""
        app = RoleplayApp(self.desk, first=Screen[None])
        async with app.run_test(size=size) as pilot:
            screen = make_screen()
            await app.push_screen(screen)
            await pilot.pause()
            yield pilot, screen


@contextmanager
def a_table(
    folder: Path,
    bundle: Bundle | None = None,
    names: Sequence[str] = NAMES,
    bots: Sequence[str] = (),
    known: Mapping[str, str] | None = None,
) -> Iterator[Table]:
    """People at one table, by name; those in `bots` are played by the program, those in `known` were here before."""
    path = folder / "roleplay.db"
    store = SqliteStore(path)
    bundle = bundle or load_bundle("parent-conversation", FOLDERS)
    seats = [Seat(f"p{n}", name, name in bots, (known or {}).get(name)) for n, name in enumerate(names, start=1)]
    plan = build_plan(bundle.scenario, [seat.id for seat in seats])
    clock = HandClock()
    with Writer(lambda: SqliteStore(path)) as writer:
        table = Table(open_session(store, writer, bundle, plan, seats, clock=clock), store, writer, clock)
        yield table
        table.runner.close()
    store.close()


def text_of(app: App[Any]) -> str:
    """Every sign that stands on the screen, line by line."""
    width, height = app.size
    lines = [strip.text for strip in app.screen._compositor.render_strips()]
    return "\n".join(line[:width] for line in lines[:height])
