"""Takes the machine out of every test: its home, its language, its window, its clock's zone and its network.

What is missing on the machine skips a test, with the way to get it. With ROLEPLAY_REQUIRE_ALL=1 it fails the test
instead, so that nothing is skipped unseen where everything is meant to be there.
"""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from meetings import Meetings
    from playwright.sync_api import Browser

    from roleplay.audio.shelf import Shelf

FIXED = {"COLUMNS": "100", "LINES": "30", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC"}
UNSET = ("CLICOLOR", "FORCE_COLOR", "NO_COLOR", "TEXTUAL", "TEXTUAL_ANIMATIONS", "TEXTUAL_DRIVER")

REQUIRE_ALL = os.environ.get("ROLEPLAY_REQUIRE_ALL") == "1"

PROGRAMS = {
    "needs_browser": (("chromium",), "On Debian: apt install chromium"),
    "needs_microphone": (
        ("pulseaudio", "pactl", "paplay"),
        "On Debian: apt install pulseaudio pulseaudio-utils libasound2-plugins libportaudio2",
    ),
    "needs_speech": (("espeak-ng", "sox"), "On Debian: apt install espeak-ng sox"),
    "needs_tmux": (("tmux",), "On Debian: apt install tmux"),
}

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("repeatable", parent=hypothesis.settings.get_profile("here"), derandomize=True)
hypothesis.settings.load_profile("repeatable" if REQUIRE_ALL else "here")


def require(part: str, available: object, how_to_install: str) -> None:
    """Let the test go on only where `available` is true."""
    if available:
        return
    reason = f"{part} is missing. {how_to_install}"
    if REQUIRE_ALL:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_configure() -> None:
    for name in UNSET:
        os.environ.pop(name, None)
    os.environ.update(FIXED)
    time.tzset()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (programs, how_to_install) in PROGRAMS.items():
        for program in programs if item.get_closest_marker(marker) else ():
            require(program, shutil.which(program), how_to_install)


@pytest.fixture(name="require")
def require_fixture() -> Callable[[str, object, str], None]:
    """`require(part, available, how_to_install)` for a part that has no marker of its own."""
    return require


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's folder, empty and not made yet, and beside it the only home that a test knows."""
    house = tmp_path_factory.mktemp("house")
    folder = house / "roleplay"
    monkeypatch.setenv("HOME", str(house))
    monkeypatch.setenv("ROLEPLAY_HOME", str(folder))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def shelf(home: Path) -> Shelf:
    """Where recordings lie; nothing does yet."""
    from roleplay.audio.shelf import Shelf

    return Shelf(home)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing outside this machine can be reached."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {host}.")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture
def meetings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Meetings]:
    """Sessions of people who meet again, in the store of the only home that a test knows."""
    from meetings import Meetings

    from roleplay.store.sqlite import SqliteStore

    store = SqliteStore(home / "roleplay.db")
    yield Meetings(store, monkeypatch)
    store.close()


@pytest.fixture(name="browser", scope="module")
def browser_fixture() -> Iterator[Browser]:
    """A Chromium for all tests of a file."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()
