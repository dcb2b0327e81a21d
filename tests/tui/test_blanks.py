"""The questions that a scenario asks before it is played."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from looking import look
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Button

from roleplay.conduct.opening import read_session
from roleplay.content.load import load_bundle
from roleplay.tui.app import RoleplayApp
from roleplay.tui.desk import Desk
from roleplay.tui.screens.base import Question
from roleplay.tui.screens.blanks import BlankField, BlanksScreen
from roleplay.tui.screens.library import LibraryScreen
from roleplay.tui.screens.setup import SetupScreen
from roleplay.tui.screens.stage import StageScreen

Read = Callable[[App[Any]], str]
Shows = Callable[[App[Any], type], bool]
Size = tuple[int, int]
Settle = Callable[[Pilot[Any]], Awaitable[None]]
ANSWERS = ("the deputy head", "sheets were rewritten", "silence", "we plan together")


@pytest.fixture
def rehearsal(desk: Desk) -> RoleplayApp:
    """The setup of a rehearsal of somebody's own talk, with two people."""
    bundle = load_bundle("rehearsal-with-coach", desk.folders)
    return RoleplayApp(desk, lambda: SetupScreen(bundle, ("Ana", "Uwe")))


async def answer(pilot: Pilot[Any], *answers: str) -> None:
    """Answer the questions from the first on, each with Enter."""
    await look(pilot)
    for words in answers:
        await pilot.press(*words, "enter")
        await look(pilot)


async def test_each_question_has_a_field_and_the_answers_fill_the_plan(
    rehearsal: RoleplayApp, size: Size, read: Read, shows: Shows
) -> None:
    """All four stand on one screen; Enter goes from one to the next and on to the people."""
    async with rehearsal.run_test(size=size) as pilot:
        await look(pilot)
        assert shows(rehearsal, BlanksScreen)
        for question in (
            "Who will you talk to?",
            "What happened?",
            "What do you fear",
            "be true when the talk is over",
        ):
            assert question in read(rehearsal)
        await answer(pilot, *ANSWERS)
        for words in ANSWERS:
            assert words in read(rehearsal)
        await pilot.press("enter")
        await look(pilot)
        assert shows(rehearsal, SetupScreen)
        shown = read(rehearsal)
        assert "Uwe, as the deputy head" in shown
        assert "The talk with the deputy head" in shown
        assert "4 of 4" in shown


async def test_tab_goes_on_and_line_breaks_become_spaces(rehearsal: RoleplayApp, read: Read) -> None:
    """An answer stands in the middle of a sentence, so it is one line, however it was pasted."""
    async with rehearsal.run_test() as pilot:
        await look(pilot)
        fields = list(rehearsal.screen.query(BlankField))
        fields[0].post_message(Paste("the deputy\nhead"))
        await look(pilot)
        await pilot.press("tab")
        assert rehearsal.focused is fields[1]
        await pilot.press("escape")
        await look(pilot)
        assert "as the deputy head" in read(rehearsal)


async def test_answers_can_be_read_and_changed_and_stay_while_people_swap(
    rehearsal: RoleplayApp, read: Read, shows: Shows
) -> None:
    """F2, or the row with the number, leads back to them; who plays whom changes with the people."""
    async with rehearsal.run_test() as pilot:
        await answer(pilot, *ANSWERS)
        await pilot.press("enter")
        await look(pilot)
        await pilot.press("tab", "space", "down", "space")
        await look(pilot)
        assert "Ana, as the deputy head" in read(rehearsal)
        await pilot.press("f2")
        await look(pilot)
        assert shows(rehearsal, BlanksScreen)
        assert "sheets were rewritten" in read(rehearsal)
        field = rehearsal.screen.query(BlankField).first()
        field.text = "a parent"
        await pilot.press("escape")
        await look(pilot)
        assert "Ana, as a parent" in read(rehearsal)
        await pilot.click("#questions")
        await look(pilot)
        assert shows(rehearsal, BlanksScreen)


async def test_answers_are_not_lost_unasked(desk: Desk, read: Read, shows: Shows, settle: Settle) -> None:
    """Escape asks where it would lose them, and Enter stays; who leaves all the same leaves nothing behind."""
    app = RoleplayApp(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("slash", *"rehearse a talk", "enter", "enter")
        await answer(pilot, "the deputy head")
        await pilot.press("escape", "escape")
        await look(pilot)
        assert shows(app, Question)
        await pilot.press("enter")
        await look(pilot)
        assert shows(app, SetupScreen)
        assert "1 of 4" in read(app)
        await pilot.press("escape")
        await look(pilot)
        await pilot.press("right", "enter")
        await look(pilot)
        assert shows(app, LibraryScreen)
        await pilot.press("enter")
        await look(pilot)
        assert shows(app, BlanksScreen)
        assert "the deputy head" not in read(app)


async def test_start_says_what_is_empty_and_then_begins_without(
    rehearsal: RoleplayApp, desk: Desk, read: Read, shows: Shows
) -> None:
    """The first press names the questions, the second one opens the session, in which the blank stays open."""
    async with rehearsal.run_test(notifications=True) as pilot:
        await answer(pilot, *ANSWERS[:3])
        await pilot.press("escape", "f5")
        await look(pilot)
        assert shows(rehearsal, SetupScreen)
        said = " ".join(read(rehearsal).split())
        assert "Still empty" in said
        assert "be true when the talk is over" in said
        assert "What do you fear" not in said
        assert desk.store.sessions() == []
        assert rehearsal.focused is rehearsal.screen.query_one("#questions", Button)
        await pilot.press("f5")
        await look(pilot)
        assert shows(rehearsal, StageScreen)
        assert "Still empty" not in read(rehearsal)
        (session,) = desk.store.sessions()
        state, _ = read_session(desk.store, session.id)
        assert "What is to be true afterwards: …" in state.setting.scenario.cases[0].cards["everyone"]


async def test_session_has_the_answers(rehearsal: RoleplayApp, desk: Desk, shows: Shows) -> None:
    """With all answered, one press of Start is enough, and the cards hold the words."""
    async with rehearsal.run_test() as pilot:
        await answer(pilot, *ANSWERS)
        await pilot.press("escape", "f5")
        await look(pilot)
        assert shows(rehearsal, StageScreen)
        (session,) = desk.store.sessions()
        state, words = read_session(desk.store, session.id)
        assert set(words.values()) >= set(ANSWERS)
        assert "sheets were rewritten" in state.setting.scenario.cases[0].cards["everyone"]


async def test_scenario_without_blanks_asks_nothing(desk: Desk, read: Read, shows: Shows) -> None:
    """Most scenarios begin with the people, and F2 does nothing there."""
    bundle = load_bundle("parent-conversation", desk.folders)
    app = RoleplayApp(desk, lambda: SetupScreen(bundle))
    async with app.run_test() as pilot:
        await look(pilot)
        assert shows(app, SetupScreen)
        assert "Questions" not in read(app)
        await pilot.press("f2")
        await look(pilot)
        assert shows(app, SetupScreen)
