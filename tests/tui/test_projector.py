"""The page for the projector: large, led with the same keys, and with nothing private on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from private_table import SMALL, TALL
from samples import SELECTION, TRIAD
from staging import led

from roleplay.session.commands import TapMarker
from roleplay.tui.screens.projector import ProjectorScreen
from roleplay.tui.widgets.clock import BigClock
from roleplay.tui.widgets.debrief_board import DebriefBoard
from roleplay.tui.widgets.key_rows import KeyCap, KeyRows


@pytest.mark.parametrize("size", [SMALL, TALL, (120, 24)])
async def test_the_clock_fills_the_width_and_everything_fits(tmp_path: Path, size: tuple[int, int]) -> None:
    """At any size the clock, the people, the prompts and the keys stand on the screen, none over another."""
    async with led(tmp_path, None, size=size) as this:
        await this.press("space", "right", "right", "f4")
        screen = this.pilot.app.screen
        clock = screen.query_one(BigClock)
        assert clock.region.width > size[0] // 2 - 1
        shown = [screen.query_one(f"#{id}").region for id in ("where", "words", "cast", "prompts", "coming")]
        regions = [*shown, clock.region, screen.query_one(KeyRows).region]
        for n, region in enumerate(regions):
            assert screen.region.contains_region(region)
            assert not any(region.overlaps(other) for other in regions[n + 1 :])
        assert all(cap.region.right <= size[0] for cap in screen.query(KeyCap))
        assert "School leader: Ana Parent: Ben Observer: Chen" in this.text
        assert "Next: Feedback, 4 minutes." in this.text


@pytest.mark.parametrize("data", [TRIAD, SELECTION], ids=["triad", "selection"])
async def test_nothing_private_is_on_it_in_any_step(tmp_path: Path, data: Any) -> None:
    """No card, no hidden fact, no private inject, no mark and no marker."""
    async with led(tmp_path, data, ("Ana", "Ben", "Chen", "Dee")[: 3 if data is TRIAD else 4]) as this:
        await this.press("space", "f4")
        while this.table.track.status != "finished":
            planned = this.table.track.step
            if planned is not None and planned.kind == "play" and data is TRIAD:
                about, by = planned.cast["leader"][0], planned.cast["observer"][0]
                await this.stage.do(TapMarker("t1", planned.id, "solves", by, about))
            if planned is not None and planned.kind == "play" and this.table.track.clock:
                await this.at(this.table.track.clock.when(125))
            text = this.text.replace("say/bell/everyone", "")
            private = ("card/", "fact/", "say/", "Jumps to a fix", "Names the feeling", "missing", "Card for")
            assert not any(word in text for word in private)
            await this.press("right")
        assert len(this.table.events("inject-given")) == (3 if data is TRIAD else 0)


async def test_the_keys_that_lead_the_session_work_there(tmp_path: Path) -> None:
    """Start, more time, pause, safety pause, next and back; letters mark nothing."""
    async with led(tmp_path) as this:
        await this.press("f4")
        screen = this.pilot.app.screen
        assert isinstance(screen, ProjectorScreen)
        await this.press("space", "+")
        assert screen.query_one(BigClock).text == "03:00"
        await this.press("space")
        assert "Paused. Press space to go on." in this.text
        await this.press("!")
        assert "We are pausing." in this.text
        await this.press("space", "right", "right", "f")
        assert "Round 1 of 3 · Conversation" in this.text
        assert not this.table.events("marker-tapped")
        await this.press("left", "f4")
        assert this.pilot.app.screen is this.stage
        assert "Round 1 of 3 · Read your card" in this.text


async def test_bells_and_words_reach_the_room(tmp_path: Path) -> None:
    """The stage goes on keeping the time behind the page."""
    async with led(tmp_path) as this:
        await this.press("space", "f4")
        await this.at(162)
        assert "Time is up. +0:42 over; press → to go on." in this.text
        assert this.bells == [0, 162]


async def test_the_question_of_the_debrief_is_the_stages(tmp_path: Path) -> None:
    """Up and down move it on both."""
    async with led(tmp_path, None) as this:
        await this.go_to("3")
        await this.press("f4", "down")
        assert "When you were the parent: when did you feel heard, and when alone?" in this.text
        await this.press("f4")
        assert "Reactions · question 2 of 7" in this.text


@pytest.mark.parametrize("size", [SMALL, TALL, (120, 24)])
async def test_the_debrief_shows_a_question_its_clock_and_one_picture(tmp_path: Path, size: tuple[int, int]) -> None:
    """Whatever the picture, it stands on the screen as a whole; page down shows the next one of the same phase."""
    async with led(tmp_path, None, bots=("Dot", "Eli", "Fay"), size=size) as this:
        for turn in (1, 2, 3):
            await this.go_to(f"1.1r{turn}")
            await this.press("f", "f", "s")
        await this.go_to("3")
        await this.press("f4", "down", "down")
        assert "Description · question 3 of 7" in this.text
        assert "for this question" in this.text
        assert "What was marked in all conversations" in this.text
        screen = this.pilot.app.screen
        board = screen.query_one(DebriefBoard)
        assert screen.region.contains_region(board.region)
        for part in board.children:
            assert not part.display or board.region.contains_region(part.region)
        assert any("Names the feeling" in row and "█ 6" in row for row in this.rows)
