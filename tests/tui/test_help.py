"""Help on a screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from roleplay.content.load import load_bundle
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.base import RoleplayScreen
from roleplay.tui.screens.help import HelpScreen
from roleplay.tui.screens.library import LibraryScreen
from roleplay.tui.screens.setup import SetupScreen

Settle = Callable[[Pilot[Any]], Awaitable[None]]
Read = Callable[[App[Any]], str]
Shows = Callable[[App[Any], type], bool]
Size = tuple[int, int]


@pytest.mark.parametrize("which", ["library", "setup"])
async def test_f1_explains_the_screen_and_names_its_keys(
    which: str, desk: Desk, size: Size, settle: Settle, read: Read, shows: Shows
) -> None:
    """What the screen is for, every key that does something now with its name, and where keys are changed."""
    screens: dict[str, Callable[[], RoleplayScreen[Any]]] = {
        "library": LibraryScreen,
        "setup": lambda: SetupScreen(load_bundle("first-try", desk.folders)),
    }
    app = RoleplayApp(desk, screens[which])
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        of = app.screen
        assert isinstance(of, RoleplayScreen)
        names = {key.binding.id for key in of.active_bindings.values() if key.binding.id}
        await pilot.press("f1")
        await settle(pilot)
        assert shows(app, HelpScreen)
        shown = read(app)
        assert of.HELP.split()[0] in shown
        for _ in range(4):
            await pilot.press("pagedown")
            await settle(pilot)
            shown += read(app)
        assert [name for name in names if name not in shown] == []
        assert "[keys]" in shown
        assert "settings.toml" in shown
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is of


async def test_help_shows_the_keys_as_the_owner_set_them(desk: Desk, settle: Settle, read: Read) -> None:
    """A key that was changed is shown as it is now."""
    app = RoleplayApp(replace(desk, settings=replace(desk.settings, keys={"library.search": "ctrl+f"})))
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        line = next(line for line in read(app).splitlines() if "library.search" in line)
        assert "Ctrl+F" in line
