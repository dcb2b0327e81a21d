"""Before a session begins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from looking import look
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Button, Input

from roleplay.content.load import load_bundle
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.base import Question
from roleplay.tui.screens.library import LibraryScreen
from roleplay.tui.screens.setup import SetupScreen
from roleplay.tui.screens.stage import StageScreen

Settle = Callable[[Pilot[Any]], Awaitable[None]]
Read = Callable[[App[Any]], str]
Shows = Callable[[App[Any], type], bool]
Size = tuple[int, int]
Start = Callable[..., RoleplayApp]


@pytest.fixture
def setup(desk: Desk) -> Start:
    """`setup(names, minutes, scenario)`: the app, beginning with that setup."""

    def app(names: tuple[str, ...] = (), minutes: int | None = None, scenario: str = "parent-conversation") -> Any:
        bundle = load_bundle(scenario, desk.folders)
        return RoleplayApp(desk, lambda: SetupScreen(bundle, names, minutes))

    return app


def row(shown: str, label: str) -> list[str]:
    """The words of the line of a round, without the column on its left."""
    line = next(line for line in shown.splitlines() if label in line and ":" not in line)
    return line.split(label)[1].split()


async def test_typed_names_show_at_once_who_plays_what_in_every_round(
    setup: Start, size: Size, settle: Settle, read: Read
) -> None:
    """Three names are three rounds, with each person in each role; the time and the cases stand beside."""
    app = setup()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press(*"Ana, Ben,Chloe", "enter")
        await settle(pilot)
        shown = read(app)
        assert row(shown, "Round 1") == ["Ana", "Ben", "Chloe"]
        assert row(shown, "Round 2") == ["Ben", "Chloe", "Ana"]
        assert row(shown, "Round 3") == ["Chloe", "Ana", "Ben"]
        assert "40m planned" in shown
        assert "Round 3: One sentence in class" in shown


async def test_brackets_in_a_name_are_brackets(setup: Start, settle: Settle, read: Read) -> None:
    """Whatever a name looks like to the program's own tools, it stands there as it was written."""
    app = setup(("[b]Ana", "Ben[/]", "[red]"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert row(read(app), "Round 1") == ["[b]Ana", "Ben[/]", "[red]"]


async def test_pasted_list_becomes_names(setup: Start, settle: Settle, read: Read) -> None:
    """A column copied from a spreadsheet is taken whole, not its first line alone."""
    app = setup()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.query_one("#names", Input).post_message(Paste("Ana\nBen\n\nChloe\n"))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert row(read(app), "Round 1") == ["Ana", "Ben", "Chloe"]


async def test_two_people_chosen_after_each_other_change_places(setup: Start, settle: Settle, read: Read) -> None:
    """By keys and by mouse; the same person twice is nobody."""
    app = setup(("Ana", "Ben", "Chloe"))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("tab", "space", "down", "down", "space")
        await settle(pilot)
        assert row(read(app), "Round 1") == ["Chloe", "Ben", "Ana"]
        await pilot.click("#people", offset=(5, 0))
        await pilot.click("#people", offset=(5, 0))
        await pilot.click("#people", offset=(5, 1))
        await settle(pilot)
        assert "with whom?" in read(app)
        await pilot.click("#people", offset=(5, 2))
        await settle(pilot)
        assert row(read(app), "Round 1") == ["Chloe", "Ana", "Ben"]


async def test_somebody_can_be_moved_and_removed(setup: Start, settle: Settle, read: Read) -> None:
    """The one who moves stays chosen, so that Delete takes off the same person."""
    app = setup(("Ana", "Ben", "Chloe"))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("tab", "shift+down")
        await settle(pilot)
        assert row(read(app), "Round 1") == ["Ben", "Ana", "Chloe"]
        await pilot.press("delete")
        await settle(pilot)
        assert row(read(app), "Round 1")[:2] == ["Ben", "Chloe"]


async def test_somebody_alone_plays_with_bots(setup: Start, settle: Settle, read: Read) -> None:
    """One name is enough: bots take the other seats, and go again when people come; F6 brings one by hand."""
    app = setup(scenario="first-try")
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Ana", "enter")
        await settle(pilot)
        shown = read(app)
        assert "You are alone" in shown
        assert shown.count("(bot)") >= 4
        assert not app.screen.query_one("#start", Button).disabled
        await pilot.press(*"Ben", "enter")
        await settle(pilot)
        assert "(bot)" not in read(app)
        await pilot.press("f6")
        await settle(pilot)
        assert "3  " in read(app)
        assert "(bot)" in read(app)


async def test_nobody_needs_a_name_to_try_alone(
    setup: Start, desk: Desk, settle: Settle, read: Read, shows: Shows
) -> None:
    """What is made for one person can be started at once; a name that is typed stands in place of “You”."""
    app = setup(scenario="first-try")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "1  You" in read(app)
        await pilot.press(*"Ana", "enter")
        await settle(pilot)
        assert "1  Ana" in read(app)
        assert "You " not in read(app).replace("You are alone", "")
        await pilot.press("f5")
        await settle(pilot)
        assert shows(app, StageScreen)
        assert desk.store.sessions()[0].people == 3


async def test_too_few_people_is_said_where_names_are_typed(setup: Start, settle: Settle) -> None:
    """Without enough people nothing can be started, and one sentence says why."""
    app = setup(("Ana",))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("tab", "down", "delete", "delete")
        await settle(pilot)
        assert "needs at least 2 people" in str(app.screen.query_one("#about-people").render())
        assert app.screen.query_one("#start", Button).disabled


async def test_too_few_minutes_is_said_where_minutes_are_typed(
    setup: Start, size: Size, settle: Settle, read: Read
) -> None:
    """The sentence says how many would do; with these the steps are made shorter, and the total says so."""
    app = setup(("Ana", "Ben", "Chloe"), 10)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        said = str(app.screen.query_one("#about-minutes").render())
        assert "10 minutes" in said
        assert "Give it 30 minutes" in said
        assert "Round 3" in read(app)
        assert app.screen.query_one("#start", Button).disabled
        app.screen.query_one("#minutes").focus()
        await pilot.press("backspace", "backspace", *"32")
        await settle(pilot)
        assert not app.screen.query_one("#start", Button).disabled
        assert "planned of 32m" in read(app)


async def test_other_case_can_come_first(setup: Start, settle: Settle, read: Read) -> None:
    """The rounds go through the cases from the one that was chosen."""
    app = setup(("Ana", "Ben", "Chloe"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.screen.query_one("#first-case").focus()
        await pilot.press("enter", "down", "enter")
        await settle(pilot)
        assert "Round 1: Two days at home" in read(app)


async def test_name_typed_twice_is_asked_about(setup: Start, settle: Settle, read: Read, shows: Shows) -> None:
    """The same person is not added again; another one of the same name gets a number."""
    app = setup(("Ana", "Ben"))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"ana", "enter")
        await look(pilot)
        assert shows(app, Question)
        assert "on the list already" in read(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "  3  " not in read(app)
        await pilot.press(*"Ana", "enter")
        await look(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "3  Ana (2)" in read(app)


async def test_start_opens_the_session_with_everybody_even_names_not_entered_yet(
    setup: Start, desk: Desk, settle: Settle, shows: Shows
) -> None:
    """F5 right after typing forgets nobody; the session that opens has the people in the order shown."""
    app = setup(("Ana", "Ben"))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*"Chloe", "f5")
        await settle(pilot)
        assert shows(app, StageScreen)
        (session,) = desk.store.sessions()
        assert session.people == 3
        assert set(desk.store.texts(session.id).values()) >= {"Ana", "Ben", "Chloe"}


async def test_session_that_was_left_goes_on_from_the_library(
    desk: Desk, settle: Settle, read: Read, shows: Shows
) -> None:
    """Start, leave at once, and the library offers it; Enter is back on the same stage."""
    app = RoleplayApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*"Ana", "f5")
        await settle(pilot)
        assert shows(app, StageScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert shows(app, LibraryScreen)
        assert "today" in read(app)
        assert "Ana, 2 bots" in read(app)
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert shows(app, StageScreen)
        assert len(desk.store.sessions()) == 1


async def test_start_button_starts(setup: Start, settle: Settle, shows: Shows) -> None:
    """Everything can be done by mouse."""
    app = setup(("Ana", "Ben", "Chloe"))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.click("#start")
        await settle(pilot)
        assert shows(app, StageScreen)


async def test_start_without_people_says_what_is_missing(setup: Start, desk: Desk, settle: Settle, read: Read) -> None:
    """Nothing is opened, and the cursor stands where the names belong."""
    app = setup()
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        app.screen.query_one("#minutes").focus()
        await pilot.press("f5")
        await settle(pilot)
        assert "at least 2 people" in " ".join(read(app).split())
        assert app.focused is app.screen.query_one("#names")
        assert desk.store.sessions() == []


async def test_escape_by_accident_loses_no_names(setup: Start, settle: Settle, read: Read, shows: Shows) -> None:
    """Where leaving would close the program, it asks first, and Enter stays."""
    app = setup(("Ana", "Ben"))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("escape")
        await look(pilot)
        assert "not kept" in read(app)
        await pilot.press("enter")
        await settle(pilot)
        assert shows(app, SetupScreen)
        assert app.is_running


@pytest.mark.parametrize(
    ("there", "keys", "asked"),
    [(True, (), False), (True, ("f4",), True), (True, ("f4", "f4"), False), (False, ("f4",), False)],
)
async def test_one_key_offers_to_ask_everybody_and_no_is_where_it_begins(
    setup: Start, read: Read, monkeypatch: pytest.MonkeyPatch, there: bool, keys: tuple[str, ...], asked: bool
) -> None:
    """Where the parts for it are missing, one sentence says where to look, and the session starts as ever."""
    monkeypatch.setattr("roleplay.tui.widgets.record_row.can_record", lambda: there)
    app = setup(("Ana", "Ben", "Chen"))
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert ("no · F4" in read(app)) is there
        assert ("not set up" in read(app)) is not there
        for key in keys:
            await pilot.press(key)
        await look(pilot)
        assert ("ask all · F4" in read(app)) is asked
        await pilot.press("f5")
        await look(pilot)
        assert ("has everyone said yes?" in read(app)) is asked
