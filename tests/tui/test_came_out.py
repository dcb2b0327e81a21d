from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from private_table import SMALL, Table, a_table, text_of
from textual.pilot import Pilot
from textual.widgets import Static

from roleplay.tui.screens.asked import screen_for
from roleplay.tui.screens.private import PrivateScreen
from roleplay.tui.widgets.rows import Rows

LEARNED = "A cousin reads it."


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with a_table(tmp_path) as opened:
        opened.go_to("feedback")
        yield opened


def facts(table: Table) -> PrivateScreen:
    return screen_for(table.runner, table.task("facts"))


def learned(table: Table) -> PrivateScreen:
    return screen_for(table.runner, table.task("learned"))


def first_fact_is_ticked(pilot: Pilot[None]) -> bool:
    """Whether the first hidden fact, and no other, stands there with a tick."""
    return pilot.app.screen.query_one("#facts", Rows).chosen == {"folder"}


async def test_the_partner_ticks_before_the_leaders_words_are_shown(table: Table) -> None:
    """Neither sees the other's answer until both are in; whoever is second sees both at once, side by side."""
    async with table.look_at(lambda: learned(table), SMALL) as (pilot, _):
        assert "cousin" not in text_of(pilot.app), "the facts are the partner's alone"
        await pilot.press(*LEARNED, "ctrl+s")
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 1
    async with table.look_at(lambda: facts(table), SMALL) as (pilot, _):
        assert LEARNED not in text_of(pilot.app)
        await pilot.press("down", "space", "ctrl+s")
        await pilot.pause()
        shown = text_of(pilot.app)
        assert LEARNED in shown
        assert "What came out, as Ben remembers it" in shown
        assert shown.count("✓") == 1
        told = [str(line.content) for line in pilot.app.screen.query("#sides Static").results(Static)]
        assert sum("(stayed hidden)" in line for line in told) == 2
        assert "Send" not in shown
        await pilot.press("escape")
    [event] = table.events("facts-ticked")
    assert event.facts == ("by-heart",)
    [event] = table.events("learned-written")
    assert table.words(event.text) == LEARNED
    assert table.drafts == {}


async def test_both_can_come_back_to_what_both_said(table: Table) -> None:
    """Once both are in, either task opens on the two answers, and nothing more can be sent."""
    async with table.look_at(lambda: facts(table)) as (pilot, _):
        await pilot.press("ctrl+s")
    async with table.look_at(lambda: learned(table)) as (pilot, _):
        await pilot.press("ctrl+s")
    for make_screen in (facts, learned):
        async with table.look_at(lambda make=make_screen: make(table)) as (pilot, _):  # type: ignore[misc]
            shown = text_of(pilot.app)
            assert "(nothing was written)" in shown
            assert shown.count("stayed hidden") == 3
            await pilot.press("ctrl+s")
    assert len(table.events("facts-ticked")) == 1
    assert len(table.events("learned-written")) == 1


async def test_an_answer_can_be_changed_until_the_other_is_in(table: Table) -> None:
    """Ticks and words that were sent come back to be corrected, and the correction counts."""
    async with table.look_at(lambda: facts(table)) as (pilot, _):
        await pilot.press("space", "ctrl+s")
    async with table.look_at(lambda: facts(table)) as (pilot, _):
        assert "You can change it until Ana has written." in text_of(pilot.app)
        assert first_fact_is_ticked(pilot)
        await pilot.press("space", "down", "down", "enter", "ctrl+s")
    assert [event.facts for event in table.events("facts-ticked")] == [("folder",), ("own-school",)]


async def test_what_was_begun_is_there_again(table: Table) -> None:
    """Ticks and words that were not sent wait for their writer in a new app on the reopened session."""
    async with table.look_at(lambda: facts(table)) as (pilot, _):
        await pilot.press("space", "escape")
    async with table.look_at(lambda: learned(table)) as (pilot, _):
        await pilot.press(*LEARNED, "escape")
    table.reopen()
    async with table.look_at(lambda: facts(table)) as (pilot, _):
        assert first_fact_is_ticked(pilot)
        assert LEARNED not in text_of(pilot.app)
    async with table.look_at(lambda: learned(table)) as (pilot, _):
        assert LEARNED in text_of(pilot.app)
    assert table.events("facts-ticked") == table.events("learned-written") == []


async def test_facts_are_ticked_with_the_mouse_too(table: Table) -> None:
    """A click on a fact ticks it, a second one takes the tick away, and a button sends."""
    async with table.look_at(lambda: facts(table)) as (pilot, screen):
        first, second, _ = screen.query("#facts RowView")
        for row in (first, second, first):
            await pilot.click(row)
            await pilot.pause()
        await pilot.click("#send")
        await pilot.pause()
    assert [event.facts for event in table.events("facts-ticked")] == [("by-heart",)]
