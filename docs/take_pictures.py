"""Takes the pictures of the README from the program as it is: `python docs/take_pictures.py`. Needs Chromium."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from roleplay.audio.shelf import Shelf
from roleplay.conduct.clock import HandClock
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.opening import open_session, seats_for
from roleplay.conduct.rehearse import rehearse
from roleplay.conduct.runner import new_text
from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.load import load_bundle
from roleplay.planning.build import build_plan
from roleplay.report.build import build_report
from roleplay.report.render import render
from roleplay.session import commands as c
from roleplay.session import hearing_commands as hc
from roleplay.session.hearing_events import Line, Span
from roleplay.session.state import FACILITATOR
from roleplay.session.visible import viewer_of
from roleplay.settings import Settings, database_path, home_folder
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.conversations import looking_back
from roleplay.tui.screens.facilitator import FacilitatorScreen
from roleplay.tui.screens.setup import SetupScreen
from roleplay.tui.screens.stage import StageScreen

PICTURES = Path(__file__).parent / "pictures"
SIZE = (100, 30)
PEOPLE = ("Ana", "Ben", "Chloe")
CLASS = (
    *("Amir", "Bea", "Carla", "Dana", "Eli", "Farah", "Goran", "Hana", "Ivan", "Jo", "Kofi", "Lena"),
    *("Mateo", "Nora", "Omar", "Priya", "Quentin", "Rosa", "Sven", "Tala", "Uma", "Viktor", "Wanda"),
)
BROWSER = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


class Clocks:
    """Every session gets a clock that the photographer moves."""

    def __init__(self) -> None:
        self.last = HandClock()

    def make(self, at: float) -> HandClock:
        self.last = HandClock(at)
        return self.last


async def settle(pilot: Pilot[Any]) -> None:
    """Let everything that was begun be painted."""
    for _ in range(6):
        await pilot.pause(0.1)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press one key after the other, as a person does."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def take_screens(desk: Desk, clocks: Clocks, folder: Path) -> None:
    """The library, then one round of a session, from its plan to the observer's form."""
    library = RoleplayApp(desk)
    async with library.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down")
        shoot(library, folder, "library")

    bundle = load_bundle("parent-conversation", desk.folders)
    app = RoleplayApp(desk, lambda: SetupScreen(bundle, PEOPLE, 40))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        shoot(app, folder, "setup")
        await press(pilot, "f5", "space", "right", "right")
        stage = app.screen
        assert isinstance(stage, StageScreen), "the session did not open"
        for at, key in ((41, "o"), (78, "f"), (112, "p"), (131, "s"), (168, "m")):
            clocks.last.at = at
            await press(pilot, key)
        shoot(app, folder, "stage")
        await press(pilot, "f4")
        shoot(app, folder, "projector")
        await press(pilot, "f4", "right", "enter", "enter", "3")
        shoot(app, folder, "form")


async def take_class(desk: Desk, clocks: Clocks, folder: Path) -> None:
    """A class in its first round: one who left, a table with more time, one ahead, one that stands, one that calls."""
    bundle = load_bundle("parent-conversation", desk.folders)
    app = RoleplayApp(desk, lambda: SetupScreen(bundle, CLASS, 40))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f5", "space", "right", "right")
        assert isinstance(app.screen, FacilitatorScreen), "the session did not open"
        clocks.last.at = 50
        await press(pilot, "3", "right", "escape", "l", *"Viktor", "enter", "enter")
        clocks.last.at = 95
        await press(pilot, "2", "exclamation_mark", "6", "h", "4", "t", *"90", "enter")
        clocks.last.at = 130
        await settle(pilot)
        shoot(app, folder, "class")


SAID = (
    (0, 2.0, 5.5, "Thank you for coming in. How was this week for you?"),
    (1, 7.0, 15.0, "Long. She comes home and says nothing about reading any more."),
    (0, 17.5, 21.0, "Nothing at all. What do you miss most?"),
    (1, 23.5, 38.0, "The hour itself. She used to tell me the story on the way home, every time."),
    (0, 41.0, 46.5, "You miss those stories, and you are worried that they are gone for good."),
    (1, 48.0, 58.0, "Yes. Nobody asked us. We heard of it from a neighbour."),
    (0, 61.5, 66.0, "That is not how you should have heard of it."),
    (1, 68.5, 80.0, "No. I would have liked to be asked, that is all."),
)
"""Channel, from, until, and what was said: the leader on the left, the parent on the right."""


async def take_review(desk: Desk, folder: Path) -> None:
    """A conversation that was recorded and written down, looked back at."""
    bundle, clock = load_bundle("parent-conversation", desk.folders), HandClock()
    plan = build_plan(bundle.scenario, [f"p{n}" for n in (1, 2, 3)])
    runner = open_session(desk.store, DirectJournal(desk.store), bundle, plan, seats_for(PEOPLE), clock=clock)
    for person in runner.state.people:
        runner.do_at_once(hc.AnswerConsent(person, yes=True))
    runner.do_at_once(c.Start())
    for _ in range(2):
        runner.do_at_once(c.Next())
    [track] = runner.state.open_tracks
    runner.do_at_once(hc.StartRecording(track.id, "sound", two_channels=True))
    for at, marker in ((6, "open-question"), (22, "open-question"), (47, "names-feeling"), (67, "admits")):
        clock.at = at
        runner.do_at_once(c.TapMarker(track.id, f"tap-{at}", marker, "p3", "p1"))
    clock.at = 84
    with wave.open(str(Shelf(home_folder()).new(runner.session, "sound")), "wb") as sound:
        sound.setparams((2, 2, 16000, 0, "NONE", ""))
        sound.writeframes(bytes(4 * 16000 * 84))
    runner.do_at_once(hc.EndRecording(track.id, "sound", "step-over", 84))
    runner.do_at_once(c.Next())
    spans = tuple(Span(channel=channel, start=start, end=end) for channel, start, end, _ in SAID)
    runner.do_at_once(hc.NoteSpeech(track.id, "sound", spans, "silero-vad"))
    texts = [new_text(text) for *_, text in SAID]
    lines = tuple(
        Line(channel=channel, start=start, end=end, text=text.ref, confidence=0.9)
        for (channel, start, end, _), text in zip(SAID, texts, strict=True)
    )
    runner.do_at_once(hc.AddTranscript(track.id, "sound", "faster-whisper", "base", "en", lines), texts)
    app = RoleplayApp(desk, lambda: looking_back(runner, FACILITATOR, apart=True))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down", "down", "down")
        shoot(app, folder, "review")
    runner.close()


def shoot(app: RoleplayApp, folder: Path, name: str) -> None:
    """Keep a screen as a picture."""
    app.save_screenshot(f"{name}.svg", path=str(folder))
    page = folder / f"{name}.html"
    svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
    # The exported picture asks a network for its font; the machine's own is as good.
    svg = svg.replace("@font-face", "@media not all").replace("Fira Code", "DejaVu Sans Mono")
    page.write_text(f"<body style='margin:0;background:#fff'>{svg}</body>", encoding="utf-8")
    photograph(page, name, (1240, 790))


def photograph(page: Path, name: str, size: tuple[int, int]) -> None:
    """Have the browser paint a page."""
    picture = PICTURES / f"{name}.png"
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *BROWSER,
                f"--user-data-dir={profile}",
                f"--window-size={size[0]},{size[1]}",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
    sys.stderr.write(f"{picture.name}\n")


def take_report(store: SqliteStore, folders: Folders, folder: Path, people: Sequence[str]) -> None:
    """The report that the first leader of a rehearsal gets."""
    bundle = load_bundle("parent-conversation", folders)
    done = rehearse(store, bundle, seats_for([], len(people)), seed=4)
    report = build_report(done.state, done.words, viewer_of("b1"), done.session)
    page = folder / "report.html"
    page.write_text(render(report, "html"), encoding="utf-8")
    photograph(page, "report", (820, 1180))


def main() -> None:
    """Take all pictures anew."""
    if shutil.which("chromium") is None:
        sys.exit("Chromium is missing. On Debian: apt install chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["ROLEPLAY_HOME"] = home
        path, root, clocks = database_path(), bundled_folder(), Clocks()
        folders = Folders((root / "scenarios",), (root / "rubrics",))
        store = SqliteStore(path)
        with Writer(lambda: SqliteStore(path)) as writer:
            desk = Desk(folders, store, writer, Settings(motion=False), clocks.make)
            # Whoever is met again is asked about; the class must meet nobody.
            asyncio.run(take_class(desk, clocks, Path(home)))
            asyncio.run(take_screens(desk, clocks, Path(home)))
            asyncio.run(take_review(desk, Path(home)))
        take_report(store, folders, Path(home), PEOPLE)
        store.close()


if __name__ == "__main__":
    main()
