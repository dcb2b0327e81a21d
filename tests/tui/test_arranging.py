"""A whole class is set up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from looking import look
from meetings import Meetings
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Button, Input, Select

from roleplay.conduct.opening import Seat, read_session
from roleplay.content.load import load_bundle
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.attendance import AttendanceScreen
from roleplay.tui.screens.before import Before
from roleplay.tui.screens.earlier import ClassList
from roleplay.tui.screens.facilitator import FacilitatorScreen
from roleplay.tui.screens.setup import SetupScreen
from roleplay.tui.seating import Place
from roleplay.tui.widgets.people import People

Read = Callable[[App[Any]], str]
Shows = Callable[[App[Any], type], bool]
Size = tuple[int, int]
Start = Callable[..., RoleplayApp]

SEVEN = ("Ana Fox", "Ben Dee", "Cleo Yu", "Dan Ray", "Eve Poe", "Finn Orr", "Gina Lee")
CLASS = tuple(f"Person {n:02}" for n in range(23))


@pytest.fixture
def setup(desk: Desk) -> Start:
    """`setup(people, ...)`: the app, beginning with that setup."""

    def app(people: Sequence[str | Place] = CLASS, **options: Any) -> RoleplayApp:
        bundle = load_bundle("parent-conversation", desk.folders)
        return RoleplayApp(desk, lambda: SetupScreen(bundle, people, **options))

    return app


async def formed(pilot: Pilot[Any]) -> SetupScreen:
    """Wait until groups are formed and painted."""
    await look(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, SetupScreen)
    await screen.formed()
    await look(pilot)
    return screen


def groups(screen: SetupScreen) -> list[list[str]]:
    """Who sits with whom."""
    return screen._now.room.groups


def rounds(screen: SetupScreen) -> list[int]:
    """How many rounds the tables play, the fewest first."""
    plan = screen._draft.plan
    return sorted(track.rounds for track in plan.tracks) if plan else []


def said(screen: SetupScreen) -> str:
    """What stands above the list."""
    return str(screen.query_one("#about-people").render())


async def test_class_is_shown_round_by_round_with_a_line_for_each_table(setup: Start, size: Size, read: Read) -> None:
    """First names, as far as they tell people apart; how many are here, and the seed."""
    app = setup(SEVEN)
    async with app.run_test(size=size) as pilot:
        screen = await formed(pilot)
        first, second = groups(screen)
        shown = read(app)
        tables = [line.partition("│")[2] for line in shown.splitlines() if "Table " in line]
        assert all(name.split()[0] in tables[0] for name in first)
        assert all(name.split()[0] in tables[1] for name in second)
        assert "Fox" not in tables[0] + tables[1]
        assert "7 of 7 · F7" in shown
        assert "seed 0 · F8" in shown


async def test_one_table_stays_as_simple_as_it_was(setup: Start, read: Read) -> None:
    """No attendance, no seed, no tags, and people in the order in which they were named."""
    app = setup(("Ana", "Ben", "Cleo"))
    async with app.run_test() as pilot:
        screen = await formed(pilot)
        shown = read(app)
        assert "F7" not in shown
        assert "seed" not in shown
        assert screen._now.room.names == ["Ana", "Ben", "Cleo"]


async def test_other_groups_with_one_key_and_back_with_another(setup: Start, read: Read) -> None:
    """F8 counts the seed up; Ctrl+Z gives the groups of before, and then says that nothing is left to take back."""
    app = setup()
    async with app.run_test(notifications=True) as pilot:
        screen = await formed(pilot)
        before = groups(screen)
        await pilot.press("f8")
        await formed(pilot)
        assert "seed 1 · F8" in read(app)
        assert groups(screen) != before
        await pilot.press("ctrl+z")
        await formed(pilot)
        assert groups(screen) == before
        assert "seed 0 · F8" in read(app)
        await pilot.press("ctrl+z")
        await look(pilot)
        assert "nothing to take back" in read(app)


async def test_any_two_are_swapped_and_the_cost_is_said(
    setup: Start, desk: Desk, monkeypatch: pytest.MonkeyPatch, read: Read
) -> None:
    """Those who have met are named; undone, everybody sits where they sat."""
    seats = [Seat(f"p{n}", name, known=f"k-{n}") for n, name in enumerate(SEVEN)]
    talk = load_bundle("parent-conversation", desk.folders)
    Meetings(desk.store, monkeypatch).play(talk, seats[:3])
    people = [Place(seat.name, seat.known, asked=True) for seat in seats]
    app = setup(people)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await formed(pilot)
        before = groups(screen)
        await pilot.press("tab", "space", *["down"] * 5, "space")
        await formed(pilot)
        now = groups(screen)
        assert (now[0][0], now[1][1]) == (before[1][1], before[0][0])
        assert said(screen).startswith(f"{before[0][0]} ⇄ {before[1][1]}. ")
        assert "Ctrl+Z takes it back." in said(screen)
        assert "worked" in said(screen) or "meets" in said(screen)
        assert "changed" in read(app)
        await pilot.press("ctrl+z")
        await formed(pilot)
        assert groups(screen) == before


async def test_two_are_kept_apart_and_together_with_one_key(setup: Start, read: Read) -> None:
    """T keeps two together and A apart, the list says so, and groups follow."""
    app = setup()
    async with app.run_test() as pilot:
        screen = await formed(pilot)
        one, other = groups(screen)[0][0], groups(screen)[0][1]
        await pilot.press("tab", "space", "down", "a")
        await formed(pilot)
        assert not any({one, other} <= set(group) for group in groups(screen))
        assert f"≠{other}" in read(app)
        assert said(screen).startswith(f"{one} and {other}: kept apart.")
        people = screen._now.room.names
        listed = screen.query_one(People)
        listed.highlighted = people.index(one)
        await pilot.press("space")
        listed.highlighted = people.index(other)
        await pilot.press("t")
        await formed(pilot)
        assert any({one, other} <= set(group) for group in groups(screen))


async def test_wish_that_is_kept_already_moves_nobody(setup: Start) -> None:
    """It is remembered for the groups to come."""
    app = setup()
    async with app.run_test() as pilot:
        screen = await formed(pilot)
        before = groups(screen)
        await pilot.press("tab", "space", "down", "t")
        await formed(pilot)
        assert groups(screen) == before
        await pilot.press("f8")
        await formed(pilot)
        assert any(set(before[0][:2]) <= set(group) for group in groups(screen))


async def test_attendance_leaves_groups_as_they_are_as_far_as_can_be(setup: Start, read: Read) -> None:
    """The second time it is said who is here, groups may have been read out; those who are late are handed on."""
    app = setup(CLASS[:21], call=True)
    async with app.run_test() as pilot:
        await look(pilot)
        assert isinstance(app.screen, AttendanceScreen)
        await pilot.press("enter")
        screen = await formed(pilot)
        before = groups(screen)
        await pilot.press("f7")
        await look(pilot)
        await pilot.press("C", "enter")
        await formed(pilot)
        assert "20 of 21 · F7" in read(app)
        kept = sum(any(set(group) - {"Person 02"} <= set(now) for now in groups(screen)) for group in before)
        assert kept >= 6
        await pilot.press("f5")
        await look(pilot)
        stage = app.screen
        assert isinstance(stage, FacilitatorScreen)
        assert [guest.name for guest in stage.absent] == ["Person 02"]


async def test_name_of_somebody_absent_typed_is_that_person(setup: Start, read: Read) -> None:
    """Nobody asks whether it is another one."""
    people = [*CLASS[:8], Place("Zoe", here="late")]
    app = setup(people)
    async with app.run_test() as pilot:
        screen = await formed(pilot)
        assert "8 of 9 · F7" in read(app)
        await pilot.press(*"zoe", "enter")
        await formed(pilot)
        assert "9 of 9 · F7" in read(app)
        assert "Zoe" in screen._now.room.names


async def test_groups_of_four_play_three_rounds_if_chosen(setup: Start) -> None:
    """The last one leads the next time."""
    app = setup(SEVEN)
    async with app.run_test() as pilot:
        screen = await formed(pilot)
        assert rounds(screen) == [3, 4]
        screen.query_one("#rounds").focus()
        await pilot.press("enter", "down", "enter")
        await formed(pilot)
        assert rounds(screen) == [3, 3]


async def test_tags_of_a_list_can_form_groups(setup: Start) -> None:
    """Only where there are tags with several values is there something to choose."""
    people = [Place(name, tags={"cohort": "north" if n < 11 else "south"}) for n, name in enumerate(CLASS[:21])]
    app = setup(people)
    async with app.run_test() as pilot:
        screen = await formed(pilot)
        tags = {place.name: place.tags["cohort"] for place in people}
        screen.query_one("#tag", Select).focus()
        await pilot.press("enter", "down", "down", "enter")
        await formed(pilot)
        mixed = [len({tags[name] for name in group}) for group in groups(screen)]
        assert mixed.count(1) >= 6
        assert "By cohort:" in str(screen._now.room.notes())


async def test_earlier_class_is_there_with_two_keys(
    setup: Start, desk: Desk, monkeypatch: pytest.MonkeyPatch, read: Read, shows: Shows
) -> None:
    """Sessions are listed with their headcount; those who were there are known, and nobody asks."""
    talk = load_bundle("parent-conversation", desk.folders)
    seats = [Seat(f"p{n}", name, known=f"k-{n}") for n, name in enumerate(SEVEN)]
    Meetings(desk.store, monkeypatch).play(talk, seats)
    app = setup(())
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.press("f3")
        await look(pilot)
        assert "7 people" in read(app)
        await pilot.press("down", "enter")
        screen = await formed(pilot)
        assert shows(app, SetupScreen)
        assert sorted(screen._now.seating.known) == [f"k-{n}" for n in range(7)]
        assert said(screen) == "7 people."
        await pilot.press("ctrl+z")
        await look(pilot)
        assert not screen._now.seating.places


async def test_class_list_is_read_from_its_path_and_mended_there(
    setup: Start, tmp_path: Path, read: Read, shows: Shows
) -> None:
    """What is wrong with it stands beneath the path, which can be entered again; what was noticed is said once."""
    path = tmp_path / "class.csv"
    path.write_text("who\nAna\n", encoding="utf-8")
    app = setup(())
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot)
        await pilot.press("f3")
        await look(pilot)
        await pilot.press("enter")
        await look(pilot)
        assert shows(app, ClassList)
        app.screen.query_one("#path", Input).value = str(path)
        await pilot.press("enter")
        await look(pilot)
        assert "Line 1, name: the first line must have a column called" in read(app)
        path.write_text("name\n\n" + "\n".join(SEVEN), encoding="utf-8")
        await pilot.press("enter")
        await look(pilot)
        assert "Line 2 is blank and was passed over." in read(app)
        await pilot.press("enter")
        screen = await formed(pilot)
        assert sorted(screen._now.room.names) == sorted(SEVEN)


async def test_whole_class_is_asked_about_with_one_question(
    setup: Start, desk: Desk, monkeypatch: pytest.MonkeyPatch, read: Read, shows: Shows
) -> None:
    """All, none, or one by one; nobody sees seven dialogs."""
    talk = load_bundle("parent-conversation", desk.folders)
    seats = [Seat(f"p{n}", name, known=f"k-{n}") for n, name in enumerate(SEVEN)]
    Meetings(desk.store, monkeypatch).play(talk, seats)
    for key, known in (("enter", 7), ("n", 0), ("space", 6)):
        app = setup((*SEVEN, "Hugo"))
        async with app.run_test() as pilot:
            await look(pilot)
            assert shows(app, Before)
            assert "7 of these names were here before. The same people?" in read(app)
            await pilot.press(*([key] if key != "space" else ["space", "enter"]))
            screen = await formed(pilot)
            assert len(screen._now.seating.known) == known


async def test_start_waits_for_the_groups(setup: Start, desk: Desk, shows: Shows) -> None:
    """F5 straight behind the last name opens a session with everybody in it."""
    app = setup(())
    async with app.run_test() as pilot:
        await look(pilot)
        app.screen.query_one("#names", Input).value = ", ".join(SEVEN)
        await pilot.press("f5")
        for _ in range(20):
            await look(pilot)
            if shows(app, FacilitatorScreen):
                break
        assert shows(app, FacilitatorScreen)
        await pilot.pause()
    state, words = read_session(desk.store, desk.store.sessions()[0].id)
    assert sorted(state.name(id, words) for id in state.humans) == sorted(SEVEN)
    assert sorted(len(track.people) for track in state.tracks.values()) == [3, 4]
    assert all((state.people[id].known or "").startswith("k-") for id in state.humans)


async def test_groups_that_are_being_made_can_be_taken_back(setup: Start) -> None:
    """The ones of before are there at once, and nothing waits for the others."""
    app = setup()
    async with app.run_test() as pilot:
        screen = await formed(pilot)
        before = groups(screen)
        screen.action_shuffle()
        screen.action_undo()
        assert said(screen) == "Taken back."
        await formed(pilot)
        assert groups(screen) == before
        assert not screen.query_one("#start", Button).disabled


async def test_nothing_starts_while_groups_are_made(setup: Start) -> None:
    """The screen says what it does, and the button waits."""
    app = setup()
    async with app.run_test() as pilot:
        screen = await formed(pilot)
        screen.action_shuffle()
        assert said(screen) == "Making groups…"
        assert screen.query_one("#start", Button).disabled
        await formed(pilot)
        assert said(screen).startswith("Other groups: seed 1.")
        assert not screen.query_one("#start", Button).disabled
