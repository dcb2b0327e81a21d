"""What follows from earlier sessions while one is set up: occasions, fresh cases, what goes on, parts of a series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from looking import look
from meetings import Meetings
from samples import REMIX, bundle_of
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Select

from roleplay.analysis.past import Past
from roleplay.conduct.opening import Seat, read_session
from roleplay.conduct.series import SeriesRun, load_series
from roleplay.content.bundle import Bundle
from roleplay.content.load import load_bundle
from roleplay.store.protocol import Store
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.preparing import Preparing
from roleplay.tui.screens.base import Question
from roleplay.tui.screens.setup import SetupScreen
from roleplay.tui.screens.stage import StageScreen
from roleplay.tui.seating import Place, Seating

Read = Callable[[App[Any]], str]
Shows = Callable[[App[Any], type], bool]
Size = tuple[int, int]
Start = Callable[..., RoleplayApp]

ANA, BEN, ZOE = (Seat(f"p{n}", name, known=f"k-{name.lower()}") for n, name in enumerate(("Ana", "Ben", "Zoe"), 1))


def here(*seats: Seat) -> tuple[Place, ...]:
    """These people, of whom it is said who they are."""
    return tuple(Place(seat.name, seat.known, asked=True) for seat in seats)


@pytest.fixture
def meetings(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Meetings:
    """Sessions to look back on."""
    return Meetings(desk.store, monkeypatch)


@pytest.fixture
def entry_exit(desk: Desk) -> Bundle:
    """A scenario with cases for the start and others for the end."""
    return load_bundle("entry-exit-observation", desk.folders)


@pytest.fixture
def debriefs(desk: Desk) -> SeriesRun:
    """Four debriefs, in order."""
    return load_series("reflective-debriefs", desk.folders)


@pytest.fixture
def setup(desk: Desk) -> Start:
    """`setup(bundle, people, ...)`: the app, beginning with that setup."""

    def app(bundle: Bundle, people: Sequence[str | Place] = (), **options: Any) -> RoleplayApp:
        return RoleplayApp(desk, lambda: SetupScreen(bundle, people, **options))

    return app


def test_earlier_sessions_are_read_once_for_the_same_people(
    meetings: Meetings, entry_exit: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever changes places or goes makes nobody wait; with somebody else there they are read anew."""
    read: list[frozenset[str]] = []

    def past_of(store: Store, known: frozenset[str]) -> tuple[Past, ...]:
        read.append(known)
        return ()

    monkeypatch.setattr("roleplay.tui.preparing.past_of", past_of)
    now = Preparing(entry_exit, seating=Seating(here(ANA, BEN))).looking_back(meetings.store)
    now = replace(now, seating=now.seating.swap(0, 1)).looking_back(meetings.store)
    now = replace(now, seating=now.seating.remove(0)).looking_back(meetings.store)
    now.and_also(Place("Cleo", "k-cleo", asked=True)).looking_back(meetings.store)
    assert read == [{"k-ana", "k-ben"}, {"k-ana", "k-cleo"}]


def test_a_role_is_called_by_what_was_answered() -> None:
    """Where its title has a blank, the list of people has the answer, and a gap before there is one."""
    roles = {"fellow": {"title": "Fellow"}, "other": {"title": "{who}"}}
    script = [{"name": "Talk", "kind": "play", "length": "3m"}]
    bundle = bundle_of(REMIX, roles=roles, cases=(), script=script, blanks={"who": "Who is it?"})
    asked = Preparing(bundle, seating=Seating.of("Ana", "Ben"))
    for now, title in ((asked, "…"), (replace(asked, answers={"who": "Kim"}), "Kim")):
        assert [guest.role for guest in now.guests((), 0)] == ["Fellow", title]


async def choose(pilot: Pilot[Any], select: str, *keys: str) -> None:
    """Choose in a list."""
    pilot.app.screen.query_one(select).focus()
    await pilot.press("enter", *keys, "enter")
    await look(pilot)


def chosen(app: App[Any], select: str) -> object:
    """What stands in a list."""
    return app.screen.query_one(select, Select).value


def flat(shown: str) -> str:
    """The left column, its line breaks taken away."""
    return " ".join(" ".join(row.partition("│")[0] for row in shown.splitlines()).split())


# -- occasions and cases


async def test_occasion_that_comes_next_is_offered_and_can_be_changed(
    setup: Start, entry_exit: Bundle, meetings: Meetings, desk: Desk, size: Size, read: Read, shows: Shows
) -> None:
    """After the start comes the end, with its cases; whoever chooses otherwise plays otherwise."""
    meetings.play(entry_exit, (ANA, BEN, ZOE), occasion="entry")
    app = setup(entry_exit, here(ANA, BEN, ZOE))
    async with app.run_test(size=size) as pilot:
        await look(pilot)
        assert chosen(app, "#occasion") == "exit"
        assert "At the end" in flat(read(app))
        assert "The relay team" in flat(read(app))
        await choose(pilot, "#occasion", "up")
        assert chosen(app, "#occasion") == "entry"
        await pilot.press("f5")
        await look(pilot)
        assert shows(app, StageScreen)
        state, _ = read_session(desk.store, desk.store.sessions()[0].id)
        assert state.occasion == "entry"
        assert {step.case for step in state.tracks["t1"].steps} <= {"the-lead-part", "the-choir"}


async def test_without_known_people_the_first_occasion_and_case_are_offered(
    setup: Start, entry_exit: Bundle, read: Read
) -> None:
    """Nothing is said about fresh cases where nobody was here before."""
    app = setup(entry_exit, ("Ana", "Ben", "Zoe"))
    async with app.run_test() as pilot:
        await look(pilot)
        assert chosen(app, "#occasion") == "entry"
        assert chosen(app, "#first-case") == 0
        assert "fresh" not in read(app)


async def test_occasion_named_beforehand_is_chosen(setup: Start, entry_exit: Bundle) -> None:
    """What was asked for on the command line stands."""
    app = setup(entry_exit, ("Ana", "Ben", "Zoe"), occasion="exit")
    async with app.run_test() as pilot:
        await look(pilot)
        assert chosen(app, "#occasion") == "exit"


async def test_fresh_case_is_offered_with_a_quiet_word(
    setup: Start, entry_exit: Bundle, meetings: Meetings, read: Read
) -> None:
    """Whoever has met a case gets another; the word goes once somebody chooses by hand."""
    meetings.play(entry_exit, (ANA, BEN, ZOE), occasion="entry")
    app = setup(entry_exit, here(BEN, ANA, ZOE))
    async with app.run_test() as pilot:
        await look(pilot)
        assert chosen(app, "#occasion") == "entry"
        assert chosen(app, "#first-case") == 1
        assert "a fresh case for these people" in read(app)
        await choose(pilot, "#first-case", "up")
        assert "fresh" not in read(app)
        assert "The lead part" in read(app)


# -- what goes on


async def test_what_goes_on_is_announced_and_only_shown_where_all_may_read_it(
    setup: Start, desk: Desk, meetings: Meetings, size: Size, read: Read
) -> None:
    """A next step is its writer's: it is announced, and its words stand nowhere."""
    coaching = load_bundle("biweekly-coaching", desk.folders)
    meetings.play(coaching, (ANA, BEN), said="tell nobody")
    app = setup(coaching, here(ANA, ZOE))
    async with app.run_test(size=size) as pilot:
        await look(pilot)
        shown = " ".join(read(app).replace("│", " ").split())
        assert "From last time" in shown
        assert "Ana will get the last next step" in shown
        assert "tell nobody" not in shown


async def test_what_all_could_read_is_shown(setup: Start, desk: Desk, meetings: Meetings, read: Read) -> None:
    """Alone with it, there is nobody to keep it from: the words stand there, with their day."""
    coaching = load_bundle("biweekly-coaching", desk.folders)
    meetings.play(coaching, (ANA, BEN), said="ask before I answer")
    app = setup(coaching, here(ANA))
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot)
        shown = read(app)
        assert "Ana: next step · 10 October 2025" in shown
        assert "ask before I answer" in shown


async def test_nothing_is_said_where_nobody_was_here(setup: Start, desk: Desk, read: Read) -> None:
    """New people carry nothing."""
    app = setup(load_bundle("biweekly-coaching", desk.folders), ("Ana", "Zoe"))
    async with app.run_test() as pilot:
        await look(pilot)
        assert "From last time" not in read(app)


# -- series


async def test_part_that_comes_next_is_offered_and_said(
    setup: Start, desk: Desk, debriefs: SeriesRun, meetings: Meetings, size: Size, read: Read, shows: Shows
) -> None:
    """Whoever leads and has come least far says which; one sentence says why, and that part is played."""
    meetings.play(debriefs.part(1), (ANA, BEN, ZOE), series="reflective-debriefs")
    app = setup(debriefs.part(1), here(ANA, BEN, ZOE), series=debriefs)
    async with app.run_test(size=size) as pilot:
        await look(pilot)
        assert f"Part 2 of 4: {debriefs.titles[1]}" in read(app).splitlines()[0]
        assert f"Ana has done part 1; next is 2 of 4: {debriefs.titles[1]}" in flat(read(app))
        await pilot.press("f5")
        await look(pilot)
        assert shows(app, StageScreen)
        newest = desk.store.sessions()[0]
        state, _ = read_session(desk.store, newest.id)
        assert newest.title == debriefs.titles[1]
        assert state.series == "reflective-debriefs"


async def test_part_follows_whoever_leads(setup: Start, debriefs: SeriesRun, meetings: Meetings, read: Read) -> None:
    """Ben has not led yet: when he takes Ana's place, the first part is his."""
    meetings.play(debriefs.part(1), (ANA, BEN, ZOE), series="reflective-debriefs")
    app = setup(debriefs.part(1), here(ANA, BEN, ZOE), series=debriefs)
    async with app.run_test() as pilot:
        await look(pilot)
        await pilot.press("tab", "shift+down")
        await look(pilot)
        assert "Part 1 of 4" in read(app).splitlines()[0]
        assert "Ben begins with part 1" in flat(read(app))


async def test_part_that_is_not_open_asks_once_more(
    setup: Start, debriefs: SeriesRun, size: Size, read: Read, shows: Shows
) -> None:
    """Enter stays; whoever takes it anyway has it, and is not moved again by what others have done."""
    app = setup(debriefs.part(1), ("Ana", "Ben", "Zoe"), series=debriefs)
    async with app.run_test(size=size) as pilot:
        await look(pilot)
        await choose(pilot, "#part", "down", "down")
        assert shows(app, Question)
        assert "Part 3 is not open yet." in read(app)
        await pilot.press("enter")
        await look(pilot)
        assert "Part 1 of 4" in read(app).splitlines()[0]
        assert chosen(app, "#part") == 1
        await choose(pilot, "#part", "down", "down")
        await pilot.press("right", "enter")
        await look(pilot)
        assert f"Part 3 of 4: {debriefs.titles[2]}" in read(app).splitlines()[0]
        app.screen.query_one("#names").focus()
        await pilot.press(*"Vera", "enter")
        await look(pilot)
        assert "Part 3 of 4" in read(app).splitlines()[0]


async def test_part_that_was_done_can_be_played_again_unasked(
    setup: Start, debriefs: SeriesRun, meetings: Meetings, read: Read, shows: Shows
) -> None:
    """What is open needs no second question."""
    meetings.play(debriefs.part(1), (ANA, BEN, ZOE), series="reflective-debriefs")
    app = setup(debriefs.part(1), here(ANA, BEN, ZOE), series=debriefs)
    async with app.run_test() as pilot:
        await look(pilot)
        await choose(pilot, "#part", "up")
        assert shows(app, SetupScreen)
        assert "Part 1 of 4" in read(app).splitlines()[0]
