"""The people who were here before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from looking import look
from meetings import Meetings, part_bundle
from textual.app import App
from textual.pilot import Pilot

from roleplay.conduct.history import past_of
from roleplay.conduct.opening import Seat
from roleplay.content.load import load_bundle
from roleplay.report.growth import build_growth, render_growth
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.caseload import CaseloadScreen, GrowthScreen
from roleplay.tui.screens.library import LibraryScreen
from roleplay.tui.screens.setup import SetupScreen

Settle = Callable[[Pilot[Any]], Awaitable[None]]
Read = Callable[[App[Any]], str]
Shows = Callable[[App[Any], type], bool]
Size = tuple[int, int]


@pytest.fixture
def met(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ana made a plan with Uwe and chose a next step; a day later Ben did."""
    played = Meetings(desk.store, monkeypatch)
    plan = load_bundle("coaching-plan", desk.folders)
    played.play(plan, [Seat("p1", "Ana", known="k-ana"), Seat("p2", "Uwe", known="k-uwe")], said="ask first")
    played.play(plan, [Seat("p1", "Ben", known="k-ben"), Seat("p2", "Uwe", known="k-uwe")], said="wait longer")


async def test_each_stands_with_last_session_next_step_and_goals(
    desk: Desk, met: None, size: Size, settle: Settle, read: Read, shows: Shows
) -> None:
    """P leads there; whom one has not seen for longest stands first."""
    app = RoleplayApp(desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert shows(app, CaseloadScreen)
        shown = read(app)
        title = load_bundle("coaching-plan", desk.folders).scenario.title
        assert f"Ana  10 October 2025 · {title}" in shown
        assert shown.index("Ana") < shown.index("Ben")
        (step, *_), (goals, *_) = (
            [row for row in shown.splitlines() if label in row] for label in ("Next step", "Goals")
        )
        assert "ask first" in step
        assert "ask first" in goals
        await pilot.press("escape")
        await settle(pilot)
        assert shows(app, LibraryScreen)


async def test_enter_shows_how_somebody_has_grown_and_escape_leads_back(
    desk: Desk, met: None, size: Size, settle: Settle, read: Read, shows: Shows
) -> None:
    """The same text as the report, on a screen that scrolls."""
    app = RoleplayApp(desk, CaseloadScreen)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert shows(app, GrowthScreen)
        shown = read(app)
        assert "Ben" in shown.splitlines()[0]
        assert "From session to session" in shown
        assert "wait longer" in shown
        assert "ask first" not in shown
        await pilot.press("escape")
        await settle(pilot)
        assert shows(app, CaseloadScreen)


async def test_what_is_private_to_the_person_is_not_on_this_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, settle: Settle, read: Read
) -> None:
    """Neither the levels nor the words: nobody handed the laptop over. The rest is there."""
    own = {"by": "coach", "about": "self"}
    forms: list[dict[str, Any]] = [
        {"rubric": "sure", **own, "private": True},
        {"rubric": "step", **own, "private": True, "carry": "next-step"},
        {"rubric": "own-1", "by": "observer", "about": "coach"},
    ]
    played = Meetings(desk.store, monkeypatch)
    for _ in range(2):
        played.play(part_bundle(1, forms), [Seat("p1", "Ana", known="k-ana"), Seat("p2", "Uwe"), Seat("p3", "Zoe")])
    app = RoleplayApp(desk, lambda: GrowthScreen("k-ana", "Ana"))
    async with app.run_test(size=(120, 90)) as pilot:
        await settle(pilot)
        assert "Asks" in read(app)
        assert "I can begin." not in read(app)
        assert "said: step" not in read(app)
    told = render_growth(build_growth("Ana", "k-ana", past_of(desk.store, ["k-ana"])), "md")
    assert "I can begin." in told
    assert "said: step" in told


async def test_new_session_begins_with_that_person(
    desk: Desk, met: None, settle: Settle, read: Read, shows: Shows
) -> None:
    """N goes to the scenarios, and the setup of the one that is chosen knows who it is without asking."""
    app = RoleplayApp(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert shows(app, LibraryScreen)
        assert "with Ana" in read(app).splitlines()[0]
        await pilot.press("slash", *"tough parent", "enter", "enter")
        await look(pilot)
        assert shows(app, SetupScreen)
        assert "1  Ana" in read(app)
        assert "here on 10 October 2025" in read(app)


async def test_without_people_a_sentence_says_how_they_come(
    desk: Desk, size: Size, settle: Settle, read: Read, shows: Shows
) -> None:
    """The screen is empty at first, and kind about it; the keys do nothing."""
    app = RoleplayApp(desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "Nobody is here yet" in read(app)
        assert "New session" not in read(app)
        await pilot.press("n", "enter")
        await settle(pilot)
        assert shows(app, CaseloadScreen)
