"""The first screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from samples import REMIX, scenario_of
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from roleplay.conduct.opening import open_session, seats_for
from roleplay.content.folders import bundled_folder
from roleplay.content.library import LibraryEntry, library
from roleplay.content.load import load_bundle
from roleplay.planning.build import build_plan
from roleplay.session.commands import End, Next, Start
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.library import LibraryScreen
from roleplay.tui.screens.setup import SetupScreen
from roleplay.tui.screens.stage import StageScreen
from roleplay.tui.widgets.preview import tell_scenario

Settle = Callable[[Pilot[Any]], Awaitable[None]]
Read = Callable[[App[Any]], str]
Shows = Callable[[App[Any], type], bool]
Size = tuple[int, int]


def leave_a_session(desk: Desk, *names: str, rehearsal: bool = False, ended: bool = False) -> str:
    """Open a session, go on to its second step, and leave it; returns its id."""
    bundle = load_bundle("parent-conversation", desk.folders)
    seats = seats_for(names)
    plan = build_plan(bundle.scenario, [seat.id for seat in seats])
    runner = open_session(desk.store, desk.writer, bundle, plan, seats, rehearsal=rehearsal)
    runner.do_at_once(Start("t1"))
    runner.do_at_once(Next("t1"))
    if ended:
        runner.do_at_once(End())
    runner.close()
    return runner.session


async def test_library_tells_what_there_is_and_what_it_is_for(
    desk: Desk, size: Size, settle: Settle, read: Read
) -> None:
    """A newcomer sees the scenarios, how many people and how much time they need, and that no session is open."""
    app = RoleplayApp(desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        shown = read(app)
        assert "A first try" in shown
        assert "What is practised" in shown
        assert "No session waits" in shown
        await pilot.press("slash", *"tough parent")
        await settle(pilot)
        shown = read(app)
        assert "A tough conversation with a parent" in shown
        assert "3 or more people · 40m" in shown


async def test_preview_can_be_read_to_its_end(desk: Desk, settle: Settle, read: Read) -> None:
    """In the smallest window, Page down leads to the script and on to the source, while the list keeps the focus."""
    app = RoleplayApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Conversation " not in read(app)
        await pilot.press("pagedown")
        await settle(pilot)
        assert "Conversation  " in read(app)
        await pilot.press("pagedown", "pagedown")
        await settle(pilot)
        assert "cared for and respected" in read(app)
        assert app.focused is app.screen.query_one("#scenarios")


def test_what_is_filled_in_later_is_a_gap_in_the_preview() -> None:
    """Nobody reads braces."""
    roles = {"fellow": {"title": "Fellow"}, "other": {"title": "{who}"}}
    script = [{"name": "Talk", "kind": "play", "length": "3m"}]
    scenario = scenario_of(REMIX, roles=roles, cases=(), script=script, blanks={"who": "Who is it?"})
    told = str(tell_scenario(LibraryEntry("x", Path("x.yaml"), "A talk"), scenario))
    assert "• …" in told
    assert "{who}" not in told


@pytest.mark.parametrize("record", [True, False])
def test_the_preview_says_whether_conversations_are_recorded(record: bool) -> None:
    """And that it takes everyone's yes; where nothing is recorded, nothing is said of it."""
    talk = {"name": "Talk", "kind": "play", "length": "3m", "record": record}
    told = str(tell_scenario(LibraryEntry("x", Path("x.yaml"), "A talk"), scenario_of(REMIX, script=[talk])))
    assert ("recorded, if everyone in the room agrees" in told) is record


async def test_search_leaves_what_fits(desk: Desk, settle: Settle, read: Read) -> None:
    """Slash goes to the search; titles, practice and audience are looked at; Escape shows all again."""
    app = RoleplayApp(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("slash", *"tough parent")
        await settle(pilot)
        options = app.screen.query_one("#scenarios", OptionList)
        assert [option.id for option in options.options] == [None, "parent-conversation"]
        assert "A tough conversation" in read(app)
        await pilot.press(*"zzz")
        await settle(pilot)
        assert "Nothing was found" in read(app)
        await pilot.press("escape")
        await settle(pilot)
        assert options.option_count > 2
        assert app.screen.query_one(Input).value == ""


async def test_keys_go_from_entry_to_entry_under_the_headings(desk: Desk, settle: Settle, read: Read) -> None:
    """No heading is ever chosen, and on the way up the heading of what is chosen comes into sight."""
    app = RoleplayApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        options = app.screen.query_one("#scenarios", OptionList)
        entries = [at for at, option in enumerate(options.options) if not option.disabled]
        down, up = [options.highlighted], []
        for _ in entries[1:]:
            await pilot.press("down")
            down.append(options.highlighted)
        assert down == entries
        for at in reversed(entries[:-1]):
            await pilot.press("up")
            up.append(options.highlighted)
            if at - 1 not in entries:
                await settle(pilot)
                assert str(options.options[at - 1].prompt).strip() in read(app)
        assert up == entries[-2::-1]


@pytest.mark.parametrize("width", [80, 120])
async def test_no_title_is_cut(desk: Desk, width: int, settle: Settle, read: Read) -> None:
    """Every title can be read in the list to its end; the longest take two lines."""
    app = RoleplayApp(desk)
    async with app.run_test(size=(width, 100)) as pilot:
        await settle(pilot)
        lines = [line.partition("│")[0] for line in read(app).splitlines()]
        shown = " ".join(" ".join(lines).split())
        titles = [entry.title for entry in library(desk.folders)]
        assert len(titles) > 20
        assert [title for title in titles if title not in shown] == []


async def test_own_files_stand_after_the_first_try(desk: Desk, home: Path, settle: Settle, read: Read) -> None:
    """Under a heading of their own, wherever their file says that they stand."""
    folder = home / "scenarios"
    folder.mkdir()
    text = (bundled_folder() / "scenarios" / "mediation.yaml").read_text(encoding="utf-8")
    (folder / "mine.yaml").write_text(text.replace("title: A mediation", "title: A talk of mine"), encoding="utf-8")
    app = RoleplayApp(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        shown = read(app)
        places = [shown.index(words) for words in ("Start here", "Your own", "A talk of mine", "In class")]
        assert places == sorted(places)
        await pilot.press("slash", *"mine")
        await settle(pilot)
        shown = read(app)
        assert "Your own" in shown
        assert "In class" not in shown


async def test_series_is_listed_and_set_up_with_its_first_part(
    desk: Desk, size: Size, settle: Settle, read: Read, shows: Shows
) -> None:
    """It is marked as one, its parts are told in order, and Enter leads to the part that comes next."""
    app = RoleplayApp(desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"series", "enter")
        await settle(pilot)
        shown = read(app)
        assert "series of 4 · 2h" in shown
        assert shown.index("1. Debrief 1") < shown.index("2. Debrief 2")
        await pilot.press("pagedown")
        await settle(pilot)
        assert "Each opens when the one before it" in read(app)
        await pilot.press("enter")
        await settle(pilot)
        assert shows(app, SetupScreen)
        assert "Part 1 of 4" in read(app).splitlines()[0]


async def test_enter_sets_up_the_chosen_scenario(desk: Desk, settle: Settle, read: Read, shows: Shows) -> None:
    """From the search, Enter goes to what was found, and Enter again to its setup; Escape leads back."""
    app = RoleplayApp(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("slash", *"tough parent", "enter", "enter")
        await settle(pilot)
        assert shows(app, SetupScreen)
        assert "A tough conversation with a parent" in read(app).splitlines()[0]
        await pilot.press("escape")
        await settle(pilot)
        assert shows(app, LibraryScreen)


async def test_mouse_looks_with_one_click_and_takes_with_two(
    desk: Desk, size: Size, settle: Settle, read: Read, shows: Shows
) -> None:
    """A click shows a scenario on the right; a double click, or the button there, sets it up."""
    app = RoleplayApp(desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.click("#scenarios", offset=(5, 4))
        await settle(pilot)
        assert "Answer a worried parent" in read(app)
        await pilot.click("#scenarios", offset=(5, 5))
        await settle(pilot)
        assert shows(app, LibraryScreen)
        assert "Answer a worried parent" not in read(app)
        await pilot.click("#go")
        await settle(pilot)
        assert shows(app, SetupScreen)
        await pilot.press("escape")
        await pilot.click("#scenarios", offset=(5, 1), times=2)
        await settle(pilot)
        assert shows(app, SetupScreen)
        assert "A first try" in read(app).splitlines()[0]


async def test_open_sessions_are_listed_newest_first(desk: Desk, size: Size, settle: Settle, read: Read) -> None:
    """Who, when and where it stood is told; a rehearsal is marked, and an ended session is not listed."""
    leave_a_session(desk, "Ana", "Ben", "Chloe")
    leave_a_session(desk, "Zoe", "Yan", "Xu", ended=True)
    leave_a_session(desk, "Dev", "Eli", "Fay", rehearsal=True)
    app = RoleplayApp(desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        shown = read(app)
        assert "Zoe" not in shown
        assert shown.index("Dev") < shown.index("Ana, Ben, Chloe")
        assert "rehearsal · today" in shown
        await pilot.press("tab")
        await settle(pilot)
        shown = read(app)
        assert "Read your card, round 1 of 3" in shown
        assert "Dev, Eli, Fay" in shown


async def test_enter_goes_on_with_the_chosen_session(desk: Desk, settle: Settle, shows: Shows) -> None:
    """The session opens on its stage, the same one, with its journal one event longer."""
    session = leave_a_session(desk, "Ana", "Ben", "Chloe")
    before = desk.store.sessions()[0].seq
    app = RoleplayApp(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert shows(app, StageScreen)
        assert desk.store.sessions()[0].id == session
        assert desk.store.sessions()[0].seq > before


async def test_session_that_cannot_be_read_is_listed_with_the_reason(desk: Desk, settle: Settle, read: Read) -> None:
    """It does not take the others off the list, and there is nothing to go on with."""
    good = leave_a_session(desk, "Ana", "Ben", "Chloe")
    bad = leave_a_session(desk, "Dev", "Eli", "Fay")
    desk.store._db.execute("UPDATE events SET body = '{}' WHERE session = ?", (bad,))  # type: ignore[attr-defined]
    app = RoleplayApp(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert "damaged" in read(app)
        assert not app.screen.query_one("#go").display
        await pilot.press("down")
        await settle(pilot)
        assert good in read(app)
        assert app.screen.query_one("#go").display


async def test_broken_file_is_listed_with_what_to_mend(
    desk: Desk, home: Path, settle: Settle, read: Read, shows: Shows
) -> None:
    """A file of the owner's that cannot be read stands in the list; its problems are said, and it cannot be started."""
    folder = home / "scenarios"
    folder.mkdir()
    (folder / "mine.yaml").write_text("format: 1\ntitle: A talk of mine\nabout: x\nscrpt: []\nroles: {a: {title: A}}\n")
    app = RoleplayApp(desk)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        assert "needs mending" in read(app)
        await pilot.press("slash", *"mine", "enter")
        await settle(pilot)
        shown = read(app)
        assert "Line 4" in shown
        assert "script" in shown
        await pilot.press("enter")
        await settle(pilot)
        assert shows(app, LibraryScreen)
        assert "needs mending first" in read(app)


async def test_names_typed_in_a_setup_that_was_left_come_along(
    desk: Desk, settle: Settle, read: Read, shows: Shows
) -> None:
    """Going back to choose another scenario does not lose the class."""
    app = RoleplayApp(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*"Ana,Ben", "escape")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert shows(app, SetupScreen)
        assert "1  Ana" in read(app)
        assert "2  Ben" in read(app)
