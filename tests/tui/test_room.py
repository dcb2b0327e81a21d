"""What a class reads from the wall."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from classroom import a_class
from private_table import SMALL, TALL
from samples import TRIAD, Play
from textual.app import App

from roleplay.session import commands as c
from roleplay.tui.room_view import EVERYBODY, wall
from roleplay.tui.screens.facilitator import FacilitatorScreen
from roleplay.tui.widgets.clock import BigClock


def test_one_clock_for_all_who_stand_together() -> None:
    """A table that was given more time has its own clock beside its people."""
    play = Play.started(TRIAD, 9)
    play.do(c.Next())
    play.do(c.Next())
    now = wall(play.state, play.words, play.now + 10)
    assert (now.where, now.left) == ("Round 1 of 3 · Conversation", 290)
    assert now.seats[1].cast == {"Leader": "dee", "Parent": "eva", "Observer": "fay"}
    assert [table.apart for table in now.seats] == ["", "", ""]
    play.do(c.ChangeLength("t2", by=90))
    now = wall(play.state, play.words, play.now + 10)
    assert now.left == 290
    assert [table.apart for table in now.seats] == ["", "06:20", ""]


def test_tables_in_other_steps_say_which() -> None:
    """The step of the most is the heading; where they share none, each table says its own."""
    play = Play.started(TRIAD, 9)
    play.do(c.Next())
    play.do(c.Next("t2"))
    now = wall(play.state, play.words, play.now)
    assert now.where == "Round 1 of 3 · Read your card at most tables"
    assert [table.apart for table in now.seats] == ["", "05:00 1/3 Conversation", ""]
    play.do(c.Next("t3"))
    play.do(c.Next("t3"))
    now = wall(play.state, play.words, play.now)
    assert (now.where, now.left) == ("Each table at its own time", None)


def test_first_names_are_enough_on_the_wall_where_they_tell_people_apart() -> None:
    """Two observers with long names still stand in a row; who shares a first name has a letter more."""
    names = ("Ana Alvarez", "Ben Baker", "Chen Cortez", "Dee Dean", "Eva Erdem", "Fay Farouk", "Ana Green")
    play = Play.started(TRIAD, names)
    casts = [table.cast for table in wall(play.state, play.words, play.now).seats]
    called = {name for cast in casts for names in cast.values() for name in names.split(", ")}
    assert called == {"Ana A.", "Ana G.", "Ben", "Chen", "Dee", "Eva", "Fay"}


def test_a_pause_says_no_reason_on_the_wall() -> None:
    """A safety pause and an ordinary one look alike, and so does a table that asks for help."""
    play = Play.started(TRIAD, [f"p{n}" for n in range(15)])
    play.do(c.Next())
    play.do(c.Pause("t2", why="safety"))
    play.do(c.Pause("t3"))
    apart = [table.apart for table in wall(play.state, play.words, play.now).seats]
    assert apart[1] == apart[2] == "paused"


def test_before_the_start_people_find_their_table_and_first_role() -> None:
    """At the end, when there are no roles any more, names are enough."""
    play = Play.opened(TRIAD, 6)
    assert wall(play.state, play.words, 0).seats[0].cast["Leader"] == "ana"
    play.do(c.Start())
    while any(track.status == "running" for track in play.state.tracks.values()):
        play.do(c.Next(), 1)
    assert wall(play.state, play.words, play.now).seats[1].cast == {EVERYBODY: "dee, eva, fay"}


@pytest.mark.parametrize("size", [SMALL, TALL])
async def test_the_wall_shows_clock_tables_and_questions(
    tmp_path: Path, size: tuple[int, int], shows: Callable[[App[Any], type], bool]
) -> None:
    """f4 opens it, the keys count for all there, and esc leads back."""
    async with a_class(tmp_path, 24, size=size) as this:
        await this.press("space", "right", "4", "f4")
        assert "Read your card" in this.text
        assert all(f"Table {n}" in this.text for n in range(1, 9))
        assert "Vic" in this.text
        await this.at(10)
        assert this.pilot.app.screen.query_one(BigClock).text == "00:50"
        await this.press("space")
        assert all(track.paused for track in this.state.tracks.values())
        assert "Paused." in this.text
        await this.press("escape")
        assert shows(this.pilot.app, FacilitatorScreen)


async def test_more_tables_than_fit_come_page_by_page(tmp_path: Path) -> None:
    """Each page says which of how many it is."""
    async with a_class(tmp_path, 120) as this:
        await this.press("space", "right", "f4")
        await this.settle()
        assert "1 of " in this.text
        assert "Table 40" not in this.text
        seen = set()
        for _ in range(10):
            seen |= {n for n in range(1, 41) if f"Table {n} " in this.text}
            await this.press("pagedown")
            await this.at(1)
            this.pilot.app.screen.look()  # type: ignore[attr-defined]
            await this.settle()
        assert seen == set(range(1, 41))


async def test_nothing_private_and_no_safety_pause_stands_on_the_wall(tmp_path: Path) -> None:
    """Cards, facts and notes stay off it from the first step to the last."""
    async with a_class(tmp_path, 6) as this:
        await this.press("space", "f4")
        while any(track.status == "running" for track in this.state.tracks.values()):
            clock = this.state.tracks["t1"].clock
            assert clock is not None
            await this.at(clock.when(125))
            await this.press("exclamation_mark")
            assert "safety" not in this.text.replace("! Safety", "")
            await this.press("space")
            text = this.text.replace("say/bell/everyone", "")
            assert not any(word in text for word in ("card/", "fact/", "say/"))
            await this.press("right")
