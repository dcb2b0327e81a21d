"""The facilitator's screen, led with keys on a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from classroom import Class, a_class
from private_table import SMALL, TALL
from textual.app import App
from textual.widgets import Static

from roleplay.tui.screens.facilitator import FacilitatorScreen
from roleplay.tui.screens.more_time import read_time
from roleplay.tui.screens.stage import StageScreen
from roleplay.tui.widgets.key_rows import KeyCap


def said(this: Class, id: str) -> str:
    """What stands in a part of the screen."""
    return str(this.screen.query_one(f"#{id}", Static).content)


async def test_eight_tables_stand_on_the_smallest_screen_at_once(tmp_path: Path) -> None:
    """Each with step, clock and leader; the clock moves, and overtime is seen."""
    async with a_class(tmp_path, 24) as this:
        assert "All 8 tables not started" in this.text
        await this.press("space", "right")
        await this.at(12)
        assert all(f"Table {n} 1/3 Read your card 00:48" in this.text for n in range(1, 9))
        assert "Ana" in this.row("Table 1")
        assert "0/1" in this.row("Table 8")
        await this.at(640)
        assert "+00:40" in this.row("Table 3")
        assert "over time" in this.row("Table 3")


@pytest.mark.parametrize(("people", "size", "seen"), [(120, TALL, 40), (120, SMALL, 12)])
async def test_forty_tables_stand_in_two_columns_or_scroll(
    tmp_path: Path, people: int, size: tuple[int, int], seen: int
) -> None:
    """All are seen on a usual window; on the smallest one ↓ leads to the last."""
    async with a_class(tmp_path, people, size=size) as this:
        await this.press("space", "right")
        assert sum(row.count("1/3 Read") for row in this.rows) >= seen
        await this.press("up")
        assert this.screen.meant == "t40"
        assert "▸ " in this.text
        assert "The keys count for Table 40 alone" in this.text


async def test_keys_count_for_all_or_for_the_table_that_is_chosen(tmp_path: Path) -> None:
    """Arrows or numbers choose, escape goes back to all, and it is always said for whom the keys count."""
    async with a_class(tmp_path, 9) as this:
        assert said(this, "meant") == "The keys count for all 3 tables"
        await this.press("space", "right")
        assert set(this.steps) == {"1.0r1"}
        await this.press("2")
        assert said(this, "meant") == "The keys count for Table 2 alone; esc: for all"
        await this.press("right")
        assert this.steps == ["1.0r1", "1.1r1", "1.0r1"]
        await this.press("down", "space")
        assert [track.paused for track in this.state.tracks.values()] == [False, False, True]
        assert "paused" in this.row("Table 3")
        await this.press("escape", "space")
        assert all(track.paused for track in this.state.tracks.values())
        assert this.screen.meant is None


async def test_a_table_gets_ninety_seconds_and_undo_says_what_it_took_back(tmp_path: Path) -> None:
    """t and Enter are enough for ninety seconds; the undo is told in words, above the others."""
    async with a_class(tmp_path, 9) as this:
        await this.press("space", "right", "3", "t")
        assert "How much more time for Table 3?" in this.text
        await this.press("enter")
        assert "02:30" in this.row("Table 3")
        assert "01:00" in this.row("Table 2")
        assert "Table 3: 1 minute 30 seconds more." in said(this, "log")
        await this.press("left")
        assert "01:00" in this.row("Table 3")
        assert "Table 3: Taken back: 1 minute 30 seconds more." in said(this, "log").split("\n")[0]


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("90", 90), ("1:30", 90), ("1m30s", 90), ("2m", 120), ("-30", -30), ("−30", -30), ("x", None)],
)
def test_times_are_typed_as_people_write_them(typed: str, seconds: int | None) -> None:
    """Seconds, a clock, or minutes; with a minus less."""
    assert read_time(typed) == seconds


async def test_moving_on_for_all_asks_once_where_some_still_talk(tmp_path: Path) -> None:
    """And ← takes it back for all."""
    async with a_class(tmp_path, 9) as this:
        await this.press("space", "right", "right")
        await this.at(5)
        await this.press("2", "right", "escape", "right")
        assert "Tables 1 and 3 are still in conversation." in this.text
        await this.press("escape")
        assert this.steps == ["1.1r1", "1.2r1", "1.1r1"]
        await this.press("right", "enter")
        assert this.steps == ["1.2r1", "1.0r2", "1.2r1"]
        await this.press("left", "enter")
        assert this.steps == ["1.1r1", "1.2r1", "1.1r1"]


async def test_taking_back_for_all_says_first_what_differs_between_tables(tmp_path: Path) -> None:
    """After a change at one table alone, ← for all would take back something else at the others."""
    async with a_class(tmp_path, 9) as this:
        await this.press("space", "right", "right", "2", "plus", "escape", "left")
        assert "Take all of this back?" in this.text
        assert "Tables 1 and 3: Back to: Read your card." in this.text
        await this.press("escape")
        assert this.steps == ["1.1r1"] * 3
        assert "06:00" in this.row("Table 2")
        await this.press("2", "left", "escape", "left")
        assert this.steps == ["1.0r1"] * 3


async def test_the_safety_pause_of_a_table_shows_without_a_name_and_stays(tmp_path: Path) -> None:
    """The kind words stand below while the table is chosen; what is done for all leaves it alone."""
    async with a_class(tmp_path, 9) as this:
        await this.press("space", "right", "right", "3", "exclamation_mark")
        assert "safety pause" in this.row("Table 3")
        assert "We are pausing." in this.text
        assert "All three are fine." in this.text
        assert all(name not in said(this, "log") + said(this, "about") for name in ("Gus", "Hal", "Ida"))
        await this.press("escape", "space", "space")
        assert [track.paused for track in this.state.tracks.values()] == [False, False, True]
        assert "We are pausing." not in this.text
        await this.press("3", "space")
        assert not any(track.paused for track in this.state.tracks.values())


async def test_the_stage_of_a_table_opens_over_the_class_and_time_goes_on(
    tmp_path: Path, shows: Callable[[App[Any], type], bool]
) -> None:
    """Its keys count for that table; esc leads back without a question, and nothing was paused or closed."""
    async with a_class(tmp_path, 9) as this:
        await this.press("space", "right", "2", "enter")
        assert shows(this.pilot.app, StageScreen)
        assert "Table 2" in this.text
        assert "Dee" in this.text
        await this.press("right")
        assert this.steps == ["1.0r1", "1.1r1", "1.0r1"]
        await this.at(1000)
        assert this.steps != ["1.0r1", "1.1r1", "1.0r1"]
        await this.press("escape")
        assert shows(this.pilot.app, FacilitatorScreen)
        assert not any(track.paused for track in this.state.tracks.values())
        await this.press("escape", "space")
        assert all(track.paused for track in this.state.tracks.values() if track.clock)


async def test_one_bell_rings_however_many_screens_lie_over_each_other(tmp_path: Path) -> None:
    """The owner of the time rings it."""
    async with a_class(tmp_path, 6) as this:
        await this.press("space", "2", "enter")
        rung = len(this.bells)
        await this.press("right")
        assert len(this.bells) == rung + 1


@pytest.mark.parametrize("size", [SMALL, TALL])
async def test_every_key_of_the_class_is_shown_in_full(tmp_path: Path, size: tuple[int, int]) -> None:
    """No key at the foot is cut off."""
    async with a_class(tmp_path, 24, size=size) as this:
        for keys in ((), ("space",), ("4",), ("space",)):
            await this.press(*keys)
            caps = list(this.screen.query(KeyCap))
            assert {str(cap.content).split(" ", 1)[0] for cap in caps} >= {
                "space", "→", "←", "+", "!", "t", "↑↓", "⏎", "h", "s", "f4", "f10", "esc", "f1"
            }  # fmt: skip
            assert all(cap.region.width >= len(str(cap.content)) for cap in caps)
            assert all(cap.region.right <= size[0] for cap in caps)


async def test_leaving_the_class_asks_and_pauses(tmp_path: Path) -> None:
    """The session is kept, paused."""
    async with a_class(tmp_path, 6) as this:
        await this.press("space", "escape")
        assert "Leave this class?" in this.text
        await this.press("enter")
        assert all(track.paused for track in this.state.tracks.values())
