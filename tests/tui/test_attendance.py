"""Who is here: one key for each name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from looking import look
from textual.app import App

from roleplay.tui.app import RoleplayApp
from roleplay.tui.attendance import KEYS, Attendance, Layout
from roleplay.tui.desk import Desk
from roleplay.tui.screens.attendance import AttendanceScreen
from roleplay.tui.seating import Here, Place

Read = Callable[[App[Any]], str]
Size = tuple[int, int]


def attendance(count: int) -> Attendance:
    """So many people, all here."""
    return Attendance(tuple(Place(f"Person {n + 1:02}") for n in range(count)))


def states(places: tuple[Place, ...]) -> list[Here]:
    """Whether each is here."""
    return [place.here for place in places]


def test_a_key_says_not_here_and_once_more_here() -> None:
    """Late is said apart; whoever was late and comes in is here with the plain key."""
    now = attendance(3).press(0).press(1, late=True)
    assert states(now.places) == ["away", "late", "here"]
    assert now.said == "1 of 3 here, 1 late"
    assert states(now.press(0).press(1).places) == ["here", "here", "here"]
    assert states(now.press(0, late=True).press(1, late=True).places) == ["late", "here", "here"]
    assert now.all_are("here").said == "3 of 3 here"


@pytest.mark.parametrize("count", [1, 2, 23, 36, 37, 40, 120])
@pytest.mark.parametrize("size", [(78, 18), (118, 34), (30, 5)])
def test_every_name_has_a_key_on_its_page(count: int, size: Size) -> None:
    """However many there are and however small the window is; no page has more names than there are keys."""
    layout = Layout.of([10] * count, *size)
    assert 1 <= layout.page <= len(KEYS)
    assert layout.rows <= size[1]
    assert layout.pages(count) * layout.page >= count


async def test_one_key_for_each_name_and_the_count_in_sight(desk: Desk, size: Size, read: Read) -> None:
    """Letters say at once who is not here, capitals who is late; Enter hands it back."""
    app = RoleplayApp(desk)
    answers: list[Any] = []
    async with app.run_test(size=size) as pilot:
        app.push_screen(AttendanceScreen(attendance(23).places), answers.append)
        await look(pilot)
        assert "23 of 23 here" in read(app)
        await pilot.press("b", "C", "w")
        await look(pilot)
        assert "20 of 23 here, 1 late" in read(app)
        foot = read(app).splitlines()[-1]
        assert all(words in foot for words in ("Late", "All here", "Done", "Quit"))
        await pilot.press("enter")
        await look(pilot)
    (places,) = answers
    assert [place.name for place in places if place.here == "away"] == ["Person 02", "Person 23"]
    assert [place.name for place in places if place.here == "late"] == ["Person 03"]


async def test_more_names_than_keys_stand_on_pages(desk: Desk, size: Size, read: Read) -> None:
    """The same keys count for the page that is shown; behind the last page comes the first."""
    app = RoleplayApp(desk)
    answers: list[Any] = []
    async with app.run_test(size=size) as pilot:
        app.push_screen(AttendanceScreen(attendance(60).places), answers.append)
        await look(pilot)
        assert "page 1 of 2" in read(app)
        await pilot.press("pagedown", "a")
        await look(pilot)
        assert "59 of 60 here" in read(app)
        assert "Person 37" in read(app)
        assert "Person 01" not in read(app)
        await pilot.press("pagedown")
        await look(pilot)
        assert "Person 01" in read(app)
        await pilot.press("enter")
        await look(pilot)
    assert [place.name for place in answers[0] if place.here == "away"] == ["Person 37"]


async def test_all_here_nobody_yet_and_no_change(desk: Desk, read: Read) -> None:
    """Each with one key; whoever goes back with Esc has changed nothing."""
    app = RoleplayApp(desk)
    answers: list[Any] = []
    async with app.run_test() as pilot:
        app.push_screen(AttendanceScreen(attendance(5).places), answers.append)
        await look(pilot)
        await pilot.press("f7", "c")
        await look(pilot)
        assert "1 of 5 here" in read(app)
        await pilot.press("f8")
        await look(pilot)
        assert "5 of 5 here" in read(app)
        await pilot.press("a", "escape")
        await look(pilot)
    assert answers == [None]


async def test_arrows_space_and_mouse_do_the_same(desk: Desk, read: Read) -> None:
    """The marked one is the last one pressed, so that F6 says that this person is late."""
    app = RoleplayApp(desk)
    answers: list[Any] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(AttendanceScreen(attendance(23).places), answers.append)
        await look(pilot)
        await pilot.press("down", "space", "right", "space", "f6")
        await look(pilot)
        await pilot.click("Register", offset=(12, 0))
        await look(pilot)
        assert "20 of 23 here, 1 late" in read(app)
        await pilot.press("enter")
        await look(pilot)
    gone = {place.name: place.here for place in answers[0] if place.here != "here"}
    assert gone == {"Person 01": "away", "Person 02": "away", "Person 14": "late"}
