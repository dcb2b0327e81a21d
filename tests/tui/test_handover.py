from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from looking import look
from private_table import Table, a_table, text_of
from textual.screen import Screen
from textual.worker import Worker

from roleplay.session.tasks import tasks
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.asked import screen_for
from roleplay.tui.screens.card import CardScreen
from roleplay.tui.screens.handover import HandOver, open_private
from roleplay.tui.screens.journal import JournalScreen

WORD = "plumtree"


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with a_table(tmp_path) as opened:
        opened.go_to("journal")
        yield opened


def an_app(table: Table) -> RoleplayApp:
    return RoleplayApp(table.desk, first=Screen[None])


def open_journal(app: RoleplayApp, table: Table, person: str) -> Worker[bool]:
    return app.run_worker(
        open_private(
            app, table.runner, person, lambda: JournalScreen(table.runner, "t1", table.task("journal").step, person)
        )
    )


async def test_nothing_private_is_shown_before_the_right_person_says_so(table: Table) -> None:
    """The hand-over names the person and shows nothing else; Enter opens the screen, and its top names the reader."""
    app = an_app(table)
    async with app.run_test() as pilot:
        open_journal(app, table, "p2")
        await look(pilot)
        assert isinstance(app.screen, HandOver)
        assert "Hand the laptop to Ben." in text_of(app)
        assert "Strengths" not in text_of(app)
        await pilot.press("enter")
        await look(pilot)
        assert text_of(app).splitlines()[0].strip().startswith("Ben · your journal")
        assert "Done, hand it back" in text_of(app)


async def test_going_back_opens_nothing(table: Table) -> None:
    """Escape and the button lead back, and whoever asked hears that nothing was sent."""
    app = an_app(table)
    async with app.run_test() as pilot:
        for by_key in (True, False):
            worker = open_journal(app, table, "p2")
            await look(pilot)
            await (pilot.press("escape") if by_key else pilot.click("#back"))
            await look(pilot)
            assert len(app.screen_stack) == 1
            assert await worker.wait() is False


async def test_what_one_person_wrote_is_gone_from_the_screen_when_the_laptop_goes_on(table: Table) -> None:
    """After "Done, hand it back" no word is on any screen or in the clipboard, also not when the next one looks."""
    app = an_app(table)
    async with app.run_test() as pilot:
        worker = open_journal(app, table, "p2")
        await look(pilot)
        await pilot.press("enter")
        await look(pilot)
        await pilot.press(*WORD, "f7", "ctrl+c")
        await look(pilot)
        assert WORD in text_of(app)
        assert app.clipboard == WORD
        await pilot.press("escape")
        await worker.wait()
        await look(pilot)
        assert WORD not in text_of(app)
        assert app.clipboard == ""

        open_journal(app, table, "p3")
        await look(pilot)
        assert WORD not in text_of(app)
        await pilot.press("enter")
        await look(pilot)
        assert "Chen · your journal" in text_of(app)
        await pilot.press("ctrl+v")
        await look(pilot)
        assert WORD not in text_of(app)
    assert WORD in "".join(table.drafts.values()), "the draft itself is kept"


async def test_whoever_sent_something_is_not_asked_to_hand_anything_else_over(table: Table) -> None:
    """Sending closes the screen at once, and whoever asked hears of it."""
    app = an_app(table)
    async with app.run_test() as pilot:
        worker = open_journal(app, table, "p2")
        await look(pilot)
        await pilot.press("enter")
        await look(pilot)
        await pilot.press("a", "ctrl+s")
        assert await worker.wait() is True
        await look(pilot)
        assert len(app.screen_stack) == 1


async def test_a_bot_is_never_handed_the_laptop(tmp_path: Path) -> None:
    """For somebody whom the program plays nothing opens; the one person beside it needs no hand-over."""
    with a_table(tmp_path, bots=("Ben", "Chen")) as table:
        table.go_to("prepare")
        app = an_app(table)
        async with app.run_test() as pilot:
            bot = app.run_worker(open_private(app, table.runner, "p2", lambda: CardScreen(table.runner, "p2")))
            async with asyncio.timeout(20):
                assert await bot.wait() is False
            assert len(app.screen_stack) == 1
            app.run_worker(open_private(app, table.runner, "p1", lambda: CardScreen(table.runner, "p1")))
            await look(pilot)
            assert isinstance(app.screen, CardScreen)


async def test_a_name_is_shown_as_it_is_and_never_hides_the_way_back(table: Table) -> None:
    """A very long name in any script, or one with brackets, leaves both buttons on a small screen."""
    app = an_app(table)
    async with app.run_test(size=(80, 24)) as pilot:
        for name in ("[b]Al[/b]", "שָׁלוֹם בֶּן־דָּוִד", "田中" * 30):
            app.push_screen(HandOver(name))
            await look(pilot)
            assert "show me" in text_of(app)
            assert "Back" in text_of(app)
            long = len(name) > 30
            assert ("That is me" if long else f"I am {name}") in text_of(app)
            await pilot.press("escape")


async def test_every_kind_of_task_has_a_screen(table: Table) -> None:
    """Each task opens on a screen that names its reader; what was opened and not touched leaves no trace."""
    found = {task.kind: task for task in tasks(table.runner.state, table.track)}
    assert set(found) == {"forecast", "form", "facts", "learned", "journal"}
    for task in found.values():
        async with table.look_at(lambda task=task: screen_for(table.runner, task)) as (pilot, _):  # type: ignore[misc]
            assert text_of(pilot.app).strip().startswith(f"{table.runner.name(task.by)} ·")
            await pilot.press("escape")
    assert table.drafts == {}
