"""Recordings on the screens: the sign wherever the session is shown, one key that stops, and calm reasons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from classroom import a_class
from hearing import RECORDED, SaidMicrophones, microphone
from looking import look
from private_table import SMALL
from staging import Leading, Led, led

from roleplay.audio.chosen import load_choices
from roleplay.audio.devices import AudioMissing
from roleplay.session.hearing_commands import AnswerConsent
from roleplay.settings import Settings
from roleplay.tui.screens.hearing import HearingScreen
from roleplay.tui.screens.stage import StageScreen

ON = "● Recording"


async def press(this: Leading[Any], *keys: str) -> None:
    """Press one key after the other, with questions left open."""
    for key in keys:
        await this.pilot.press(key)
        await look(this.pilot)


async def everybody_agrees(this: Leading[Any]) -> None:
    """Each of them says yes."""
    for person in this.table.runner.state.humans:
        await this.table.runner.do(AnswerConsent(person, True))
    await heard(this)


async def heard(this: Leading[Any]) -> None:
    """What is recorded, and how loud, has reached the screen."""
    for _ in range(5):
        await this.settle()
    if this.screen.is_attached:
        this.screen.conductor.show_sign()
        this.screen.look()
    await this.settle()


@asynccontextmanager
async def recorded(folder: Path, size: tuple[int, int] = SMALL, settings: Settings | None = None) -> AsyncIterator[Led]:
    """The stage while a conversation is recorded."""
    async with led(folder, RECORDED, size=size, settings=settings) as this:
        await everybody_agrees(this)
        await this.press("space")
        await heard(this)
        yield this


async def test_the_sign_stands_wherever_the_session_is_shown(
    tmp_path: Path, said: SaidMicrophones, size: tuple[int, int]
) -> None:
    """On the stage, the projector, the help, and on the card that somebody reads: in words, on the first line."""
    async with recorded(tmp_path, size) as this:
        assert ON in this.rows[0]
        for keys, back in ((["f4"], ["f4"]), (["f1"], ["f1"]), (["f2", "enter", "enter"], ["escape"])):
            await press(this, *keys)
            assert this.pilot.app.screen is not this.stage
            assert ON in this.rows[0], keys
            await press(this, *back)
        assert this.pilot.app.screen is this.stage
        await this.press("right")


async def test_the_sign_does_not_blink_and_is_no_colour_alone(tmp_path: Path, said: SaidMicrophones) -> None:
    """With motion off, words say how loud it is, and nothing moves."""
    async with recorded(tmp_path, settings=Settings(motion=False)) as this:
        for peak in (0.1, 0.9, 0.3):
            said.captures[-1].hear(1.0, peak)
            await heard(this)
            assert this.text.count(ON) == 2
            assert "▮" not in this.text


async def test_how_loud_it_is_and_that_it_is_too_loud_stand_beside_the_clock(
    tmp_path: Path, said: SaidMicrophones
) -> None:
    """The meter follows what is heard; clipping and silence are said in words."""
    async with recorded(tmp_path) as this:
        capture = said.captures[-1]
        capture.hear(1.0, 0.9)
        await heard(this)
        assert "▮▮▮▮▮▮▮▮" in this.text
        capture.hear(2.0, 0.01)
        await heard(this)
        assert "▮▮▮▯▯▯▯▯" in this.text
        capture.hear(3.0, 1.0, clipped=True)
        await heard(this)
        assert f"{ON} · too loud" in this.text
        capture.hear(16.0, 0.0, silent=True)
        await heard(this)
        assert f"{ON} · nothing heard" in this.text
        assert "Nothing is heard. Is “Desk” the right microphone" in this.text


@pytest.mark.parametrize("where", [[], ["f4"], ["f1"], ["f2", "enter", "enter"], ["f2"]])
async def test_anybody_stops_it_with_one_key_on_any_screen(
    tmp_path: Path, said: SaidMicrophones, where: list[str]
) -> None:
    """Nobody is asked, nobody is named, the session goes on, and the sign is gone."""
    async with recorded(tmp_path) as this:
        await press(this, *where, "ctrl+g")
        await heard(this)
        assert said.captures[-1].told_to_stop
        assert ON not in this.text
        assert this.table.track.recording_off
        assert this.table.runner.state.phase("t1") == "running"


async def test_it_is_said_to_all_that_it_was_stopped_and_not_by_whom(tmp_path: Path, said: SaidMicrophones) -> None:
    """And with one question it goes on, in another recording."""
    async with recorded(tmp_path) as this:
        await press(this, "ctrl+g")
        await heard(this)
        assert "Nothing is recorded here any more." in this.text
        assert "Not recording: stopped · ^l" in this.text
        await press(this, "ctrl+l", "enter")
        assert "Record again?" in this.text
        assert len(said.captures) == 1
        await press(this, "enter")
        await heard(this)
        assert ON in this.rows[0]
        assert len(said.captures) == 2


async def test_a_lost_microphone_is_said_and_another_one_chosen(
    tmp_path: Path, said: SaidMicrophones, home: Path
) -> None:
    """The session goes on; what is chosen is remembered by its name, and recording goes on with it."""
    async with recorded(tmp_path) as this:
        said.there = []
        said.captures[-1].end("microphone")
        await heard(this)
        assert "is gone. The session goes on" in this.text
        assert "Not recording: no microphone · ^l" in this.text
        assert ON not in this.text
        said.there = [microphone("Table mic")]
        await press(this, "ctrl+l", "down", "enter")
        assert "Table mic (the system’s own)" in this.text
        await press(this, "enter")
        await heard(this)
        assert load_choices(home).everywhere == "Table mic"
        assert ON in this.rows[0]
        assert said.captures[-1].used.name == "Table mic"


async def test_a_chosen_microphone_takes_over_in_the_middle(tmp_path: Path, said: SaidMicrophones, home: Path) -> None:
    """What was recorded so far is kept, and what follows is another recording."""
    async with recorded(tmp_path) as this:
        said.there = [microphone("Clip"), microphone("Desk")]
        await press(this, "ctrl+l", "down", "enter", "enter")
        await heard(this)
        assert load_choices(home).everywhere == "Clip"
        assert [one.ended for one in this.table.track.recordings.values()] == ["microphone", None]
        assert said.captures[-1].used.name == "Clip"


@pytest.mark.parametrize(
    ("problem", "words"),
    [(AudioMissing("What it takes to record is not installed.", "Add it."), "Not recording: not set up · ^l")],
)
async def test_without_the_parts_the_session_goes_on_and_says_so_once(
    tmp_path: Path, said: SaidMicrophones, problem: AudioMissing, words: str
) -> None:
    """Calmly, beside the clock."""
    said.problem = problem
    async with recorded(tmp_path) as this:
        assert words in this.text
        assert ON not in this.text


async def test_a_session_in_which_nobody_was_asked_says_it_is_not_recorded(
    tmp_path: Path, said: SaidMicrophones
) -> None:
    """No microphone is opened."""
    async with led(tmp_path, RECORDED) as this:
        await this.press("space")
        await heard(this)
        assert "Not recorded" in this.text
        assert said.captures == []


async def test_no_screen_opens_a_microphone_before_the_last_yes(tmp_path: Path, said: SaidMicrophones) -> None:
    """Two of three ticked, every key of the leading screens pressed: nothing was opened; the third yes opens one."""
    async with led(tmp_path, RECORDED) as this:
        await press(this, "ctrl+l", "a", "b", "enter", "escape", "space")
        for key in ("ctrl+g", "tab", "shift+tab", "f4", "f4", "f2", "escape", "ctrl+l", "escape", "!", "space"):
            await press(this, key)
        assert said.captures == []
        await press(this, "ctrl+l", "enter", "c", "enter")
        await heard(this)
        assert len(said.captures) == 1


async def test_a_class_sees_which_tables_are_recorded(tmp_path: Path, said: SaidMicrophones) -> None:
    """In words on the first line and by a sign in the row; a table that stopped is out of both."""
    said.there = [microphone(name) for name in ("One", "Two", "Three")]
    async with a_class(tmp_path, 9, RECORDED) as this:
        await everybody_agrees(this)
        await this.press("space")
        await heard(this)
        assert ON in this.rows[0]
        assert f"{ON} at" not in this.rows[0]
        assert "●Table 2" in this.text
        await this.press("2", "ctrl+g")
        await heard(this)
        assert f"{ON} at Tables 1 and 3" in this.rows[0]
        assert "●Table 2" not in this.text
        assert "●Table 3" in this.text
        assert "Not recording: stopped" in this.text
        await this.press("escape", "f4")
        await look(this.pilot)
        assert f"{ON} at Tables 1 and 3" in this.rows[0]


async def test_a_table_of_a_class_gets_a_microphone_of_its_own(
    tmp_path: Path, said: SaidMicrophones, home: Path
) -> None:
    """It is remembered for that table, and the list says which other table has which."""
    said.there = [microphone("One"), microphone("Two")]
    async with a_class(tmp_path, 6, RECORDED) as this:
        await everybody_agrees(this)
        await press(this, "1", "ctrl+l", "down", "enter")
        assert "Which microphone for Table 1?" in this.text
        await press(this, "enter", "2", "ctrl+l", "down", "enter")
        assert "One (the system’s own, Table 1)" in this.text
        await press(this, "down", "enter")
        assert dict(load_choices(home).tables) == {"Table 1": "One", "Table 2": "Two"}


async def test_after_setup_people_are_asked_only_where_it_was_wished(tmp_path: Path) -> None:
    """The stage opens with the page on top, or without it."""
    for wished in (True, False):
        async with led(tmp_path / str(wished), RECORDED) as this:
            stage = StageScreen(this.table.runner, this.stage.conductor)
            stage.asks_first = wished
            await this.pilot.app.push_screen(stage)
            await look(this.pilot)
            assert isinstance(this.pilot.app.screen, HearingScreen) is not wished
            assert ("has everyone said yes?" in this.text) is wished


async def test_nobody_is_asked_for_what_cannot_be_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the parts that record, the key says so and names the command; no page asks for a yes."""
    monkeypatch.setattr("roleplay.tui.screens.hearing.can_record", lambda: False)
    async with led(tmp_path, RECORDED, size=SMALL) as this:
        await press(this, "ctrl+l")
        assert this.pilot.app.screen is this.stage
        assert any("not installed" in note.message for note in this.pilot.app._notifications)
