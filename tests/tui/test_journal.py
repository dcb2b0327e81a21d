from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from private_table import SMALL, Table, a_table, text_of
from textual.widgets import TextArea

from roleplay.session.commands import Command, End, Next, Pause, Resume
from roleplay.tui.screens.journal import JournalScreen


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with a_table(tmp_path) as opened:
        opened.go_to("journal")
        yield opened


def journal(table: Table, person: str = "p2") -> JournalScreen:
    return JournalScreen(table.runner, "t1", table.task("journal").step, person)


async def test_a_journal_is_sent_with_the_words_and_for_the_writer_alone(table: Table) -> None:
    """Each question has its own words; an empty one is left out, and nothing is shared unless it is ticked."""
    async with table.look_at(lambda: journal(table), SMALL) as (pilot, _):
        await pilot.press(*"I waited", "tab", "tab", *"Ask", "ctrl+s")
    [event] = table.events("journal-written")
    assert {n: table.words(ref) for n, ref in event.answers.items()} == {0: "I waited", 2: "Ask"}
    assert (event.by, event.on_paper, event.share) == ("p2", False, ())
    assert table.drafts == {}


async def test_a_journal_on_paper_needs_no_words(table: Table) -> None:
    """Without words it is not sent, and the screen says why; a tick that it is on paper is enough."""
    async with table.look_at(lambda: journal(table), SMALL) as (pilot, screen):
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Write a few words, or tick that the journal is on paper." in text_of(pilot.app)
        await pilot.click(screen.query("#ticks RowView").first())
        await pilot.pause()
        assert "Write a few words" not in text_of(pilot.app)
        await pilot.click("#send")
        await pilot.pause()
    [event] = table.events("journal-written")
    assert event.on_paper
    assert event.answers == {}


async def test_words_are_shared_only_by_a_tick(table: Table) -> None:
    """With the tick every answered question may be quoted."""
    async with table.look_at(lambda: journal(table)) as (pilot, _):
        await pilot.press("a", "tab", "tab", "tab", "down", "space", "ctrl+s")
    [event] = table.events("journal-written")
    assert event.share == (0,)


async def test_a_journal_can_be_written_on_after_its_step_and_after_the_close(table: Table) -> None:
    """It opens with the words that were sent; each version stays."""
    async with table.look_at(lambda: journal(table)) as (pilot, _):
        await pilot.press(*"One", "ctrl+s")
    table.runner.do_at_once(Next())
    async with table.look_at(lambda: journal(table)) as (pilot, screen):
        assert screen.query(TextArea).first().text == "One"
        assert "time is up" in text_of(pilot.app)
        await pilot.press("end", "!", "ctrl+s")
    assert [table.words(event.answers[0]) for event in table.events("journal-written")] == ["One", "One!"]
    table.runner.do_at_once(End())
    async with table.look_at(lambda: journal(table)) as (pilot, _):
        await pilot.press("end", "x", "ctrl+s")
        await pilot.pause()
    assert [table.words(event.answers[0]) for event in table.events("journal-written")] == ["One", "One!", "One!x"]


async def test_a_draft_is_there_again_for_its_writer_alone(table: Table) -> None:
    """Words and ticks that were not sent come back in a new app on the reopened session, and only to their writer."""
    async with table.look_at(lambda: journal(table)) as (pilot, _):
        await pilot.press("tab", *"plumtree", "tab", "tab", "space", "escape")
    table.reopen()
    async with table.look_at(lambda: journal(table, "p3")) as (pilot, _):
        assert "plumtree" not in text_of(pilot.app)
        assert "[x]" not in text_of(pilot.app)
    async with table.look_at(lambda: journal(table)) as (pilot, screen):
        assert screen.query(TextArea)[1].text == "plumtree"
        assert "[x] I wrote it on paper." in text_of(pilot.app)
        assert "[ ] These words may be quoted" in text_of(pilot.app)


async def test_the_time_there_is_stands_on_top(table: Table) -> None:
    """It runs with the step's clock, says that it stands, and says how far it is over."""
    async with table.look_at(lambda: journal(table), SMALL) as (pilot, screen):
        seen = []
        moves: list[tuple[int, list[Command]]] = [(30, []), (60, []), (0, [Pause()]), (60, []), (110, [Resume()])]
        for after, commands in moves:
            for command in commands:
                await table.runner.do(command)
            table.clock.at += after
            assert isinstance(screen, JournalScreen)
            screen.paint_time()
            await pilot.pause()
            seen.append(text_of(pilot.app).splitlines()[0].split("journal")[1].strip())
        assert seen == ["02:30 left", "01:30 left", "paused, 01:30 left", "paused, 01:30 left", "+00:20 over"]


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
async def test_every_question_is_in_sight(table: Table, size: tuple[int, int]) -> None:
    """The bundled journal needs no scrolling, on a small screen either; what was written grows into view."""
    async with table.look_at(lambda: journal(table), size) as (pilot, _):
        shown = " ".join(text_of(pilot.app).split())
        assert all(question in shown for question in journal(table).questions)
        assert "[ ] These words may be quoted" in shown
        await pilot.press(*["enter"] * 4, "z")
        await pilot.pause()
        assert "z" in [line.strip(" │") for line in text_of(pilot.app).splitlines()]
