"""The app as a whole: its beginning, its end, its colours and its keys."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from roleplay.problems import Bug, CommandProblem, ExitCode
from roleplay.tui.app import DARK, LIGHT, RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.help import HelpScreen

Settle = Callable[[Pilot[Any]], Awaitable[None]]
Read = Callable[[App[Any]], str]
Shows = Callable[[App[Any], type], bool]

RUN = """
import sys
sys.path.insert(0, sys.argv[1])
from roleplay.content.folders import Folders
from roleplay.settings import Settings, database_path
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk

def open_desk():
    path = database_path()
    return Desk(Folders(), SqliteStore(path), Writer(lambda: SqliteStore(path)), Settings())

RoleplayApp(open_desk).run()
"""


def test_first_painting_waits_for_no_files_and_no_sessions() -> None:
    """What reads scenarios, settings and sessions is loaded after something stands on the screen."""
    probe = "import sys; import roleplay.tui.app, roleplay.tui.screens.library; print(*sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", probe], cwd=root, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "textual" in loaded
    assert not loaded & {"pydantic", "yaml", "sqlite3", "filelock", "jinja2"}


@pytest.mark.skipif(sys.platform == "win32", reason="There are no such signals and terminals there.")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_terminal_is_given_back_when_the_program_is_told_to_end(name: str) -> None:
    """Whoever ends the program from outside finds the screen, the cursor and the mouse as they were before."""
    import pty

    ours, theirs = pty.openpty()
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen([sys.executable, "-c", RUN, root], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while b"no scenario here yet" not in shown:
        shown += os.read(ours, 65536)
    process.send_signal(getattr(signal, name))
    try:
        while more := os.read(ours, 65536):
            shown += more
    except OSError:
        pass  # Linux says so when the other end of a terminal is closed.
    assert process.wait(timeout=30) == 0
    for mode in (b"1049", b"25", b"1000"):
        on, off = (b"h", b"l") if mode != b"25" else (b"l", b"h")
        assert shown.rfind(b"\x1b[?" + mode + off) > shown.rfind(b"\x1b[?" + mode + on) >= 0


def test_writer_and_store_are_let_go_of_at_the_end(desk: Desk) -> None:
    """Once the app has run, what was written is safe, and nobody can write any more."""

    async def run() -> None:
        app = RoleplayApp(desk)
        app.call_later(app.exit)
        await app.run_async(headless=True)

    asyncio.run(run())
    with pytest.raises(Bug):
        desk.writer.save_draft("s", "k", "b")


async def test_desk_is_opened_after_the_first_painting(desk: Desk, settle: Settle) -> None:
    """A desk handed over as a function is not asked for before something stands on the screen."""
    painted: list[str] = []

    def open_desk() -> Desk:
        painted.append(str(app.screen.query_one(".heading")))
        return desk

    app = RoleplayApp(open_desk)
    assert not painted
    async with app.run_test() as pilot:
        await settle(pilot)
        assert len(painted) == 1
        assert app.desk is desk


async def test_desk_that_cannot_be_opened_ends_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """A disk that is full is no bug: no traceback, and the shell is told."""

    def open_desk() -> Desk:
        raise CommandProblem("The disk is full.", "Make room.")

    app = RoleplayApp(open_desk)
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.return_code == ExitCode.PROBLEMS
    assert capsys.readouterr().err.strip() == "The disk is full. Make room."


async def test_bug_is_told_without_anybody_s_words(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """The values of variables are left out of a traceback: names and private words are among them."""

    def stumble(words: str) -> float:
        return len(words) / 0

    async def run() -> None:
        async with RoleplayApp(desk).run_test() as pilot:
            pilot.app.call_later(stumble, "Ana wept")
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await run()
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "we are sorry" in told
    assert "Ana wept" not in told


async def test_theme_is_ours_and_can_be_switched(desk: Desk) -> None:
    """Dark at first; one key makes it light, and the same key dark again."""
    app = RoleplayApp(desk)
    async with app.run_test() as pilot:
        assert app.theme == DARK.name
        await pilot.press("f9")
        assert app.theme == LIGHT.name
        await pilot.press("f9")
        assert app.theme == DARK.name


async def test_key_that_the_owner_set_works_in_place_of_the_old_one(desk: Desk, settle: Settle, shows: Shows) -> None:
    """The new key does it, and the old one does it no more."""
    app = RoleplayApp(replace(desk, settings=replace(desk.settings, keys={"help.open": "f2"})))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f1")
        assert not shows(app, HelpScreen)
        await pilot.press("f2")
        assert shows(app, HelpScreen)


async def test_trouble_with_keys_is_said_at_the_start(desk: Desk, settle: Settle, read: Read) -> None:
    """A name that means nothing is pointed out, and the program starts all the same."""
    app = RoleplayApp(replace(desk, settings=replace(desk.settings, keys={"library.serch": "s"})))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        assert "library.serch" in read(app)


async def test_without_motion_nothing_is_animated(desk: Desk, settle: Settle) -> None:
    """Who set motion to false gets a screen that stands still."""
    app = RoleplayApp(replace(desk, settings=replace(desk.settings, motion=False)))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.animation_level == "none"
