"""The people of a session that is being set up: their roles, and whether they were here before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from looking import look
from meetings import Meetings
from textual.app import App
from textual.widgets import Button

from roleplay.conduct.opening import Seat, read_session
from roleplay.content.load import load_bundle
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.before import Before
from roleplay.tui.screens.choose import Choose
from roleplay.tui.screens.setup import SetupScreen
from roleplay.tui.screens.stage import StageScreen

Read = Callable[[App[Any]], str]
Shows = Callable[[App[Any], type], bool]
Size = tuple[int, int]
Start = Callable[..., RoleplayApp]


@pytest.fixture
def setup(desk: Desk) -> Start:
    """`setup(scenario, names)`: the app, beginning with that setup."""

    def app(scenario: str, *names: str) -> RoleplayApp:
        bundle = load_bundle(scenario, desk.folders)
        return RoleplayApp(desk, lambda: SetupScreen(bundle, names))

    return app


@pytest.fixture
def meetings(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Meetings:
    """Ana was here twice, with two people whose name is Ben, one after the other."""
    played = Meetings(desk.store, monkeypatch)
    talk = load_bundle("entry-exit-observation", desk.folders)
    for ben in ("k-ben", "k-other"):
        played.play(talk, [Seat("p1", "Ana", known="k-ana"), Seat("p2", "Ben", known=ben), Seat("p3", "Zoe")])
    return played


def line(shown: str, words: str) -> str:
    """The first line of the left column that has these words."""
    return next(left for row in shown.splitlines() if words in (left := row.partition("│")[0]))


def known_in(desk: Desk) -> dict[str, str | None]:
    """Name to who that is in all sessions, in the newest session."""
    state, words = read_session(desk.store, desk.store.sessions()[0].id)
    return {state.name(id, words): person.known for id, person in state.people.items()}


# -- roles


async def test_everybody_has_one_role_and_r_gives_another(setup: Start, size: Size, read: Read) -> None:
    """The list shows the role of each; with two roles, R gives the other one, and the plan follows."""
    app = setup("phase-iv", *"ABCDEFGH")
    async with app.run_test(size=size) as pilot:
        await look(pilot)
        assert "Finalist" in line(read(app), "6  F")
        assert "Committee member" in line(read(app), "7  G")
        await pilot.press("tab", "down", "r")
        await look(pilot)
        assert "Committee member" in line(read(app), "2  B")
        assert "Finalist" in line(read(app), "6  F")
        assert "A, C, D, E, F" in read(app)


async def test_role_is_changed_by_a_click_on_it(setup: Start, read: Read) -> None:
    """A click on the name swaps, a click on the role changes it."""
    app = setup("phase-iv", *"ABCDEFGH")
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.click("#people", offset=(10, 1))
        await look(pilot)
        assert "Committee member" in line(read(app), "2  B")
        await pilot.click("#people", offset=(5, 0))
        await look(pilot)
        assert "with whom?" in read(app)


async def test_misfit_is_said_in_a_sentence_where_it_is_mended(setup: Start, read: Read) -> None:
    """Too few finalists: the sentence stands above the list and nothing can be started until a role is given back."""
    app = setup("phase-iv", *"ABCDEF")
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.press("tab", "r")
        await look(pilot)
        said = str(app.screen.query_one("#about-people").render())
        assert said == "Finalist needs 4, and 3 have it. Give somebody another role."
        start = app.screen.query_one("#start", Button)
        assert start.disabled
        await pilot.press("f5")
        await look(pilot)
        assert app.focused is app.screen.query_one("#people")
        await pilot.press("shift+tab", *"G", "enter")
        await look(pilot)
        assert not start.disabled


async def test_of_several_roles_one_is_chosen_from_a_list(setup: Start, read: Read, shows: Shows) -> None:
    """The list says who has each; where a role is for one person, the two change."""
    app = setup("mediation", "Ana", "Ben", "Chen", "Dee")
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.press("tab", "down", "down", "down", "r")
        await look(pilot)
        assert shows(app, Choose)
        shown = read(app)
        assert "Which role for Dee?" in shown
        assert "Third party  nobody yet" in shown
        await pilot.press("enter")
        await look(pilot)
        assert "Dee ⇄ Ana" in read(app)
        assert "Mediator" in line(read(app), "4  Dee")
        assert "Observer" in line(read(app), "1  Ana")


async def test_where_roles_change_none_is_held(setup: Start, read: Read) -> None:
    """Everybody plays everything: the list shows no roles, and R does nothing."""
    app = setup("parent-conversation", "Ana", "Ben", "Chen")
    async with app.run_test() as pilot:
        await look(pilot)
        assert line(read(app), "1  Ana").split() == ["1", "Ana"]
        await pilot.press("tab", "r")
        await look(pilot)
        assert line(read(app), "1  Ana").split() == ["1", "Ana"]


async def test_roles_given_by_hand_are_those_of_the_session(setup: Start, desk: Desk, shows: Shows) -> None:
    """What stands in the list is what is played."""
    app = setup("phase-iv", *"ABCDEFGH")
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.press("tab", "r", "f5")
        await look(pilot)
        assert shows(app, StageScreen)
        state, _ = read_session(desk.store, desk.store.sessions()[0].id)
        (track,) = state.tracks.values()
        assert track.steps[0].cast["rater"] == ("p1", "p7", "p8")


async def test_all_keys_have_room(setup: Start, meetings: Meetings, read: Read) -> None:
    """In the smallest window the last key at the foot can still be read, whatever can be asked of somebody."""
    app = setup("phase-iv", *("Ana", *"BCDEFGH"))
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await pilot.press("enter", "tab")
        await look(pilot)
        foot = read(app).splitlines()[-1]
        assert "w Who" in foot
        assert "^q Quit" in foot


# -- the same Ana?


async def test_names_borne_before_are_asked_about_all_at_once(
    setup: Start, meetings: Meetings, desk: Desk, size: Size, read: Read, shows: Shows
) -> None:
    """Each with day and title; of two Bens it must be said which. What was said stands in the list and the session."""
    app = setup("parent-conversation", "ana", "Ben", "Vera")
    async with app.run_test(size=size) as pilot:
        await look(pilot)
        assert shows(app, Before)
        shown = read(app)
        assert "Yes · 11 October 2025 · Entry and exit" in shown
        assert "2 people had this name" in shown
        assert "Vera" not in shown.partition("Were these")[2]
        await pilot.press("enter")
        await look(pilot)
        assert shows(app, Before)
        assert "who Ben is" in " ".join(read(app).split())
        await pilot.press("space", "space", "enter")
        await look(pilot)
        shown = read(app)
        assert "here on 11 October 2025" in line(shown, "here on")
        assert "here on 10 October 2025" in shown
        await pilot.press("f5")
        await look(pilot)
        assert shows(app, StageScreen)
        known = known_in(desk)
        assert (known["ana"], known["Ben"]) == ("k-ana", "k-ben")
        assert (known["Vera"] or "").startswith("k-")
        assert len(set(known.values())) == 3


async def test_nobody_is_merged_silently(setup: Start, meetings: Meetings, desk: Desk, read: Read) -> None:
    """Escape says nothing: then everybody is somebody new, under a new id."""
    app = setup("parent-conversation", "Ana", "Vera", "Zoe")
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.press("escape")
        await look(pilot)
        assert "somebody new" in read(app)
        await pilot.press("f5")
        await look(pilot)
        assert known_in(desk)["Ana"] not in (None, "k-ana")


async def test_space_says_that_it_is_somebody_else(setup: Start, meetings: Meetings, read: Read) -> None:
    """Names that are typed are asked about as well; W asks again, beginning with what was said."""
    app = setup("parent-conversation")
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.press(*"Ana, Vera", "enter")
        await look(pilot)
        await pilot.press("space", "enter")
        await look(pilot)
        assert "somebody new" in read(app)
        await pilot.press("tab", "w")
        await look(pilot)
        assert "No, somebody new" in read(app)
        await pilot.press("space", "enter")
        await look(pilot)
        assert "here on 11 October 2025" in read(app)
        await pilot.click("#people", offset=(8, 1))
        await look(pilot)
        assert "Was Ana here before?" in read(app)


async def test_who_they_are_goes_with_people_who_swap(setup: Start, meetings: Meetings, read: Read) -> None:
    """The word stands below the same name after a swap."""
    app = setup("parent-conversation", "Ana", "Vera", "Zoe")
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.press("enter", "tab", "shift+down")
        await look(pilot)
        rows = [row.partition("│")[0] for row in read(app).splitlines()]
        ana = next(n for n, row in enumerate(rows) if "2  Ana" in row)
        assert "here on" in rows[ana + 1]


async def test_bots_and_unnamed_people_are_nobody(setup: Start, meetings: Meetings, desk: Desk, shows: Shows) -> None:
    """Whoever tries alone without a name is not known next time; a bot never is."""
    app = setup("first-try")
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.press("f5")
        await look(pilot)
        assert shows(app, StageScreen)
        assert set(known_in(desk).values()) == {None}
