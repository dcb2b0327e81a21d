"""Sheets of paper, typed in by the facilitator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from classroom import Class, a_class
from samples import SELECTION, TRIAD, Play
from staging import led

from roleplay.conduct.drafts import DraftAnswer
from roleplay.content.rubric import Marker
from roleplay.session import commands as c
from roleplay.tui import sheets
from roleplay.tui.screens.sheet import SheetScreen
from roleplay.tui.sheets import Tally
from roleplay.tui.widgets.tallies import tally_rows

TO_FEEDBACK = ("space", "right", "right", "right")


def sent(this: Class, kind: str) -> list[Any]:
    """The events of a kind on the disk."""
    return [event for event in this.happened if event.kind == kind]


async def test_a_sheet_is_typed_in_with_a_key_for_each_mark_and_level(tmp_path: Path) -> None:
    """Marks with and without a time, then digits, words, and Enter; the next sheet follows by itself."""
    async with a_class(tmp_path, 6) as this:
        await this.press(*TO_FEEDBACK, "f3")
        assert "Chen about Ana · Table 1 · 1/3 Feedback · Listening" in this.text
        await this.press("enter", "f", *"3:12", "f", "s", "s", "backspace", "enter")
        assert "at 03:12" in this.text
        # A level at the end, with its marks as evidence; seen; how often; a moment; the question that must be answered.
        await this.press("4", "1", *"7", "enter", *"Ruhe", "enter", *"Blick", "enter", "enter", "enter")
        typed, form = sent(this, "markers-typed")[0], sent(this, "form-sent")[0]
        assert [(tap.marker, tap.into) for tap in typed.taps] == [
            ("names-feeling", None), ("names-feeling", 192.0), ("solves", None)
        ]  # fmt: skip
        assert (typed.by, typed.about, typed.step) == ("p3", "p1", "1.1r1")
        answers = form.answers
        assert answers["reflecting"].value == 4
        assert answers["reflecting"].taps == tuple(tap.tap for tap in typed.taps[:2])
        assert (answers["silence"].value, answers["questions"].value) == (True, 7)
        words = this.table.store.texts(this.table.runner.session)
        assert words[answers["moment"].text.id] == "Ruhe"
        assert words[form.prompts["noticed"].id] == "Blick"
        assert "Fay about Dee · Listening" in this.text
        await this.press("escape", "escape")
        assert this.pilot.app.screen is this.screen
        assert "1/4" in this.row("Table 1")


async def test_a_level_without_marks_asks_for_the_words_that_were_heard(tmp_path: Path) -> None:
    """Nothing typed: another level has to be chosen; what is open is said before sending."""
    async with a_class(tmp_path, 6) as this:
        await this.press(*TO_FEEDBACK, "f3", "enter", "enter", "4")
        assert "This level needs evidence" in this.text
        await this.press("enter")
        assert "1 Not yet 2 Emerging 3 Solid 4 Strong n not observed" in this.text
        await this.press("4", *"Du", "enter", "n", "enter", "enter", "enter", "enter", "enter")
        assert "What did you notice?" in this.text
        assert not sent(this, "form-sent")
        await this.press(*"Gut", "enter", "enter", "enter")
        form = sent(this, "form-sent")[0]
        assert form.answers["reflecting"].quote is not None
        assert not form.answers["silence"].observed
        assert not form.answers["questions"].observed
        assert not sent(this, "markers-typed")


async def test_a_sheet_that_is_left_half_way_is_there_again(tmp_path: Path) -> None:
    """Marks, levels and words not yet confirmed; the list says that it was begun; once sent, nothing is kept."""
    async with a_class(tmp_path, 6) as this:
        await this.press(*TO_FEEDBACK, "2", "f3", "enter", "escape")
        assert "Which sheet do you have?" in this.text
        assert "Table 1" not in this.text.split("Which sheet do you have?")[1].split("sp")[0]
        assert "begun" not in this.text
        await this.press(
            "enter", "f", *"3:12", "f", "enter", "4", "1", *"7", "enter", *"Ruhe", "enter", *"Bli", "escape"
        )
        assert "Fay about Dee · begun" in this.text
        await this.press("enter")
        assert isinstance(this.pilot.app.screen, SheetScreen)
        typed = this.pilot.app.screen.typed
        assert [tally.into for tally in typed.tallies] == [None, 192.0]
        assert (typed.answers["reflecting"].value, typed.answers["moment"].text) == (4, "Ruhe")
        assert typed.prompts == {"noticed": "Bli"}
        await this.press(*["down"] * 7, "enter")
        assert len(sent(this, "form-sent")) == 1
        assert not this.table.store.drafts(this.table.runner.session)


def test_marks_with_times_stand_whole_in_two_columns() -> None:
    """In the smallest window no row runs over into the next."""
    markers = [Marker(id=f"m{n}", key=chr(97 + n), title="Solves: jumps to a fix") for n in range(8)]
    rows = tally_rows(markers, [Tally("m1", 192.0), Tally("m5", 192.0), Tally("m5", 200.0)], 77)
    assert all(row.cell_length <= 77 for row in rows)
    assert "b Solves: jumps to a fix ● at 03:12 " in rows[1].plain
    assert "f Solves: jumps to a fix ●● 2 at 0…" in rows[1].plain


async def test_the_stage_takes_sheets_in_as_well(tmp_path: Path) -> None:
    """ctrl+p opens those of its table."""
    async with led(tmp_path) as this:
        await this.go_to("1.2r1")
        await this.press("ctrl+p")
        assert "Chen about Ana · 1/3 Feedback · Listening" in this.text


def test_what_is_sealed_or_private_or_about_oneself_is_not_offered() -> None:
    """Sealed ratings are their writers' alone until they are revealed."""
    play = Play.started(SELECTION, 5)
    while play.track().step is not None and play.track().step.kind != "feedback":  # type: ignore[union-attr]
        play.do(c.Next(), 1)
    assert play.state.tracks["t1"].step is not None
    assert sheets.missing_sheets(play.state) == ()


def test_observers_come_first_and_what_is_in_is_not_asked_again() -> None:
    """A sheet that was typed in is gone from the list; typed marks come back when it is corrected."""
    play = Play.started(TRIAD, 6)
    for _ in range(3):
        play.do(c.Next())
    wanted = sheets.missing_sheets(play.state)
    assert [(sheet.track, sheet.due.rubric) for sheet in wanted] == [
        ("t1", "listening"), ("t2", "listening"), ("t1", "felt-heard"), ("t2", "felt-heard")
    ]  # fmt: skip
    typed = sheets.Typed().marked(sheets.Tally("names-feeling", 12.0))
    for id in ("reflecting", "silence", "questions", "moment"):
        typed = typed.answered(id, DraftAnswer(observed=False))
    typed = typed.worded("noticed", "Blick")
    for command, _ in sheets.commands(play.state, wanted[0], typed):
        play.do(command)
    assert wanted[0].due.id not in {sheet.due.id for sheet in sheets.missing_sheets(play.state)}
    assert sheets.begun(play.state, wanted[0]).tallies == typed.tallies


@pytest.mark.parametrize(("typed", "moment"), [("3:12", 192), ("312", 192), ("45", 45), (":30", 30), ("", None)])
def test_a_moment_is_read_as_it_is_written(typed: str, moment: float | None) -> None:
    """With a colon or without."""
    assert sheets.read_moment(typed) == moment
