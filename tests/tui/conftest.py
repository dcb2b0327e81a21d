"""A desk in an empty home, and the screen as the text that a person reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hearing import SaidMicrophones
from textual.app import App
from textual.pilot import Pilot

from roleplay.audio.devices import Microphone
from roleplay.conduct.clock import HandClock
from roleplay.content.folders import Folders, bundled_folder
from roleplay.settings import Settings, database_path, rubric_folder, scenario_folder
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer
from roleplay.tui.desk import Desk

SIZES = [(80, 24), (120, 40)]


@pytest.fixture(params=SIZES, ids=["80x24", "120x40"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """The smallest window the screens are made for, and a usual one."""
    width, height = request.param
    return width, height


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    """Bundled scenarios, the owner's empty folders, no sessions yet, and clocks that are moved by hand."""
    path, bundled = database_path(), bundled_folder()
    folders = Folders(
        (scenario_folder(), bundled / "scenarios"),
        (rubric_folder(), bundled / "rubrics"),
    )
    store = SqliteStore(path)
    with Writer(lambda: SqliteStore(path)) as writer:
        yield Desk(folders, store, writer, Settings(), HandClock)
    store.close()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> SaidMicrophones:
    """The microphones of every desk."""
    found = SaidMicrophones()
    make = Desk.__init__

    def with_these(self: Desk, *args: Any, **more: Any) -> None:
        make(self, *args, **{**more, "microphones": found})

    monkeypatch.setattr(Desk, "__init__", with_these)

    async def look_for() -> tuple[Microphone, ...]:
        return tuple(found.there)

    monkeypatch.setattr("roleplay.tui.screens.hearing.look_for_microphones", look_for)
    return found


@pytest.fixture
def read() -> Callable[[App[Any]], str]:
    """`read(app)`: what stands on the screen, line by line."""

    def text(app: App[Any]) -> str:
        return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())

    return text


@pytest.fixture
def shows() -> Callable[[App[Any], type], bool]:
    """`shows(app, SetupScreen)`: whether that screen is in front."""
    return lambda app, screen: isinstance(app.screen, screen)


@pytest.fixture
def settle() -> Callable[[Pilot[Any]], Awaitable[None]]:
    """`await settle(pilot)`: everything that was begun is done and painted."""

    async def wait(pilot: Pilot[Any]) -> None:
        for _ in range(3):
            await pilot.pause()
            await pilot.app.workers.wait_for_complete()

    return wait
