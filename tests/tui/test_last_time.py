"""What was kept from last time: shown openly where all who are here could read it then, else to its writer alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from meetings import DAY, WALL, Meetings, part_bundle
from staging import Led, led

from roleplay.conduct.opening import Seat
from roleplay.content.bundle import Bundle
from roleplay.store.sqlite import SqliteStore
from roleplay.tui.screens.form import FormScreen

NAMES = ("Ana", "Ben", "Chen")
STEP = {"rubric": "step", "by": "coach", "about": "self", "carry": "next-step"}
PLAN = {"rubric": "plan", "by": "coach", "about": "self", "carry": "plan"}
KNOWN = {name: f"known-{name}" for name in NAMES}


@pytest.fixture
def last_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Meetings:
    """A place where sessions were kept; today is a month after the first one."""
    for module in ("panels.base", "screens.form", "screens.card"):
        monkeypatch.setattr(f"roleplay.tui.{module}.wall_now", lambda: WALL + 31 * DAY)
    return Meetings(SqliteStore(tmp_path / "roleplay.db"), monkeypatch)


def met(last_time: Meetings, bundle: Bundle, names: tuple[str, ...] = NAMES) -> None:
    """These people have played it, and written all that was asked."""
    play(last_time, bundle, [Seat(f"p{n}", name, False, KNOWN[name]) for n, name in enumerate(names)])


def play(last_time: Meetings, bundle: Bundle, seats: list[Seat]) -> None:
    """They play it on the first day; then a month goes by."""
    last_time.play(bundle, seats, said="old")
    last_time.days = 31


async def open_form(this: Led) -> FormScreen:
    """Go to the feedback and let the coach open the first form."""
    while this.table.track.step is None or this.table.track.step.kind != "feedback":
        await this.press("space" if this.table.track.step is None else "right")
    await this.press("enter", "enter")
    screen = this.pilot.app.screen
    assert isinstance(screen, FormScreen)
    return screen


async def test_those_who_could_read_it_then_find_it_before_the_start_and_in_the_first_step(
    tmp_path: Path, last_time: Meetings
) -> None:
    """It stands there openly, with its day; later it is gone."""
    met(last_time, part_bundle(1, [STEP]))
    async with led(tmp_path, part_bundle(1, [STEP]), NAMES, known=KNOWN) as this:
        for _ in range(2):
            assert "From last time" in this.text
            assert "Ana: next step · 10 October 2025 What will you do? old: step" in this.text
            await this.press("space")
        await this.press("f4")
        assert "old: step" not in this.text, "the room is not the table"
        await this.press("f4", "right")
        assert "old: step" not in this.text


@pytest.mark.parametrize(
    ("form", "names"), [({**STEP, "private": True}, NAMES), (STEP, ("Ana", "Ben", "Dee"))], ids=["private", "a guest"]
)
async def test_what_not_all_may_read_waits_on_the_card_of_its_writer(
    tmp_path: Path, last_time: Meetings, form: dict[str, Any], names: tuple[str, ...]
) -> None:
    """The stage says that something waits, and not what; nobody else's card has it."""
    met(last_time, part_bundle(1, [form]))
    async with led(tmp_path, part_bundle(1, [form]), names, known=KNOWN) as this:
        assert "old: step" not in this.text
        assert "Ana will get the last next step privately." in this.text
        await this.press("f2", "enter", "enter")
        assert "Your next step, 10 October 2025" in this.text
        assert "What will you do? old: step" in this.text
        await this.press("escape", "f2", "down", "enter", "enter")
        assert "Ben · your card" in this.text
        assert "old" not in this.text


async def test_a_next_step_stands_above_the_form_that_asks_anew(tmp_path: Path, last_time: Meetings) -> None:
    """The form itself is empty."""
    met(last_time, part_bundle(1, [STEP]))
    async with led(tmp_path, part_bundle(1, [STEP]), NAMES, known=KNOWN) as this:
        screen = await open_form(this)
        assert "Your next step, 10 October 2025: What will you do? old: step" in this.text
        assert screen.draft.prompts == {}


async def test_a_plan_opens_with_the_last_words_in_it(tmp_path: Path, last_time: Meetings) -> None:
    """It says so in one line, begins on the first page, and can be sent as it is written on."""
    met(last_time, part_bundle(1, [PLAN]))
    async with led(tmp_path, part_bundle(1, [PLAN]), NAMES, known=KNOWN) as this:
        screen = await open_form(this)
        assert "This is what you wrote 10 October 2025. Go on from there." in this.text
        assert screen.page == "row-1"
        assert {id: a.text for id, a in screen.draft.answers.items()}["act.2"] == "old: act.2"
        await this.press("end", *"!", "ctrl+s", "ctrl+s")
        [sent] = this.table.events("form-sent")
        assert this.table.words(sent.answers["goal"].text) == "old: goal!"


async def test_what_was_begun_today_comes_before_what_was_kept(tmp_path: Path, last_time: Meetings) -> None:
    """A draft of this session is never overwritten by the words of last time."""
    met(last_time, part_bundle(1, [PLAN]))
    async with led(tmp_path, part_bundle(1, [PLAN]), NAMES, known=KNOWN) as this:
        await open_form(this)
        await this.press("home", *"New ", "escape", "enter", "enter")
        screen = this.pilot.app.screen
        assert isinstance(screen, FormScreen)
        assert screen.draft.answers["goal"].text == "New old: goal"


async def test_nobody_is_given_what_somebody_else_kept(tmp_path: Path, last_time: Meetings) -> None:
    """Another person of the same name who was not here before finds nothing."""
    met(last_time, part_bundle(1, [PLAN]))
    async with led(tmp_path, part_bundle(1, [PLAN]), NAMES, known={"Ana": "another"}) as this:
        assert "From last time" not in this.text
        screen = await open_form(this)
        assert screen.draft.answers == {}
        assert "Go on from there" not in this.text
