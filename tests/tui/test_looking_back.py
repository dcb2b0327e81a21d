"""From where one looks back: the stage, the class, the feedback one reads, the command; and the small picture."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from private_table import SMALL, Table, a_table
from recorded_table import agree, hear, record
from samples import TRIAD, bundle_of
from staging import Leading, Led, leading, led
from textual.widgets import Static

from roleplay.cli import main
from roleplay.session import hearing_commands as hc
from roleplay.session.commands import Next, Retake
from roleplay.tui.screens.conversations import ConversationsScreen
from roleplay.tui.screens.facilitator import FacilitatorScreen
from roleplay.tui.screens.review import ReviewScreen
from roleplay.tui.screens.stage import StageScreen


def talk(table: Table) -> None:
    """The first conversation is recorded, with a mark, and stands just before its end."""
    agree(table)
    record(table, marks={33: "names-feeling"})


@asynccontextmanager
async def talked(folder: Path, data: Mapping[str, Any] = TRIAD) -> AsyncIterator[Led]:
    """The stage while that conversation stands just before its end, with what was said written down already."""
    with a_table(folder, bundle_of(data)) as table:
        talk(table)
        hear(table)
        async with leading(table, lambda: StageScreen(table.runner), SMALL, None) as this:
            yield Led(this.table, this.pilot, this.screen, this.bells)


def front(this: Leading[Any]) -> object:
    """The screen in front."""
    return this.pilot.app.screen


def offered(this: Led) -> bool | None:
    """Whether looking back is offered: none where it is dim, False where it is not there at all."""
    return this.stage.check_action("look_back", ())


async def test_after_the_round_the_stage_shows_who_spoke_when_and_never_during_it(tmp_path: Path) -> None:
    """Also while another take runs; what was marked about the leader does not stand before the whole table."""
    async with talked(tmp_path) as this:

        def picture() -> str:
            return "".join(str(static.content) for static in this.stage.query("#picture").results(Static))

        await this.settle()
        assert not picture()
        assert not offered(this)
        await this.press("right")
        assert "Ana" in picture()
        assert "█" in picture()
        assert "helped" not in picture()
        assert "^k look back" in this.text
        await this.stage.do(Retake("t1"))
        await this.settle()
        assert not picture()
        assert offered(this) is False, "the only conversation of the round runs again"


async def test_what_is_erased_is_gone_from_the_stage(tmp_path: Path) -> None:
    """At once, with the words about it."""
    async with talked(tmp_path) as this:
        await this.press("right")
        assert "^k look back" in this.text
        await this.stage.do(hc.AnswerConsent("p2", yes=False))
        await this.settle()
        assert not str(this.stage.query_one("#picture", Static).content)
        assert "look back" not in this.text


async def test_without_a_recording_or_a_note_about_who_spoke_the_stage_says_nothing(tmp_path: Path) -> None:
    """Marks can be looked back at all the same."""
    async with led(tmp_path, bundle_of(TRIAD)) as this:
        await this.go_to("1.1r1")
        await this.press("f", "right")
        assert "look back" not in this.text
        assert offered(this)
        await this.press("ctrl+k", "enter")
        assert "This conversation was not recorded. What was marked is still here." in this.text
        assert "Names the feeling" in this.text


async def test_somebody_at_the_table_looks_back_behind_a_hand_over(tmp_path: Path) -> None:
    """Ben reads what was said, and not what was marked about Ana."""
    async with talked(tmp_path) as this:
        await this.press("right")
        await this.press("ctrl+k", "down", "down", "enter")
        assert "Hand the laptop to Ben." in this.text
        await this.press("enter")
        assert isinstance(front(this), ReviewScreen)
        assert "The bus left without her again." in this.text
        assert "Names the feeling" not in this.text
        await this.press("escape")
        assert front(this) is this.stage


async def test_from_the_feedback_one_reads_it_is_a_key_away(tmp_path: Path) -> None:
    """And esc leads back to the feedback."""
    async with talked(tmp_path) as this:
        await this.press("right", "f7", "enter", "enter")
        feedback = front(this)
        await this.press("l")
        assert isinstance(front(this), ReviewScreen)
        assert "Ana · Round 1 · Conversation" in this.text
        await this.press("escape")
        assert front(this) is feedback


async def test_whoever_leads_a_class_chooses_among_the_conversations_of_all_tables(tmp_path: Path) -> None:
    """Of a chosen table the last one opens at once."""
    with a_table(tmp_path, bundle_of(TRIAD), ("Ana", "Ben", "Chen", "Dee", "Eva", "Fay")) as table:
        talk(table)
        table.runner.do_at_once(Next())
        async with leading(table, lambda: FacilitatorScreen(table.runner), (80, 24), None) as this:
            await this.press("ctrl+k")
            assert isinstance(front(this), ConversationsScreen)
            assert "Table 1 · Round 1 · Conversation" in this.text
            assert "recorded 00:40, not written down yet, 1 mark" in this.text
            assert "Table 2 · Round 1 · Conversation" in this.text
            assert "nothing kept of it" in this.text
            await this.press("escape", "1", "ctrl+k", "enter")
            assert isinstance(front(this), ReviewScreen)


def asked(*arguments: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(main, ["review", *arguments], prog_name="roleplay", catch_exceptions=False)


def test_the_command_says_in_sentences_what_it_needs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal; a session; somebody who was there; and that it is open nowhere else."""
    assert "there is none here" in asked().output
    monkeypatch.setattr("roleplay.cli.reviewing.has_terminal", lambda: True)
    assert "There is no session yet." in asked().output
    home.mkdir(parents=True, exist_ok=True)
    with a_table(home, bundle_of(TRIAD)) as table:
        assert "open in the program right now" in asked().output
        table.runner.close()
        assert "Nobody in this session is called" in asked("--for", "Zoe").output
        assert "whole class does not look back" in asked("--for", "class").output
