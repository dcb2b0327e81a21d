"""Observers who mark several people: a digit chooses the person, a letter stamps what that person does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from private_table import FOLDERS, SMALL
from samples import FISHBOWL, SELECTION, TRIO, Play
from staging import Led, led

from roleplay.content.load import load_bundle
from roleplay.session import commands as c
from roleplay.session.state import FACILITATOR
from roleplay.tui import marking
from roleplay.tui.panels.base import StepPanel
from roleplay.tui.scene import Scene
from roleplay.tui.widgets.subjects import Subjects

NAMES = ("Ana", "Ben", "Chen", "Dee", "Eva")
PANEL = {
    **SELECTION,
    "script": [
        {
            "name": "Team at work",
            "kind": "play",
            "length": "6m",
            "markers": {"rubric": "listening", "by": "rater", "about": "each candidate"},
        }
    ],
}
"""Three candidates and two raters."""


def everyone() -> dict[str, Any]:
    """The same with everybody marking everybody else."""
    step = {**PANEL["script"][0], "markers": {"rubric": "listening", "by": "everyone", "about": "everyone"}}
    return {**PANEL, "script": [step]}


def given(this: Led) -> list[tuple[str, str, str]]:
    """What stands in the journal: marker, by whom, about whom."""
    return [(tap.marker, tap.by, tap.about) for tap in this.table.events("marker-tapped")]


def chips(this: Led) -> str:
    """The row of people."""
    return " ".join(str(this.stage.query_one(Subjects).content).split())


async def test_a_digit_chooses_the_person_and_letters_are_about_that_person(tmp_path: Path) -> None:
    """Until another digit is pressed; the row says who has how many marks."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space")
        assert "For Dee’s eyes: first the number, then the letter." in this.text
        await this.press("f", "3", "f", "s", "1", "s")
        assert given(this) == [
            ("names-feeling", "p4", "p1"),
            ("names-feeling", "p4", "p3"),
            ("solves", "p4", "p3"),
            ("solves", "p4", "p1"),
        ]
        assert chips(this) == "1 Ana (2) 2 Ben 3 Chen (2)"
        assert "Chen: Jumps to a fix" in this.text


async def test_the_person_who_is_meant_stands_out(tmp_path: Path) -> None:
    """One name, and no other, is painted the other way round."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space", "2")
        content = this.stage.query_one(Subjects).content
        [span] = [span for span in content.spans if "reverse" in str(span.style)]  # type: ignore[union-attr]
        assert "Ben" in str(content)[span.start : span.end]


async def test_a_digit_of_nobody_and_a_digit_before_the_conversation_do_nothing(tmp_path: Path) -> None:
    """The letters stay with the person who was chosen."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("2", "space", "3", "9", "0", "f")
        assert given(this) == [("names-feeling", "p4", "p3")]


async def test_the_last_mark_is_taken_back_whoever_it_is_about(tmp_path: Path) -> None:
    """Also where another person has been chosen since."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space", "f", "2", "s", "3", "backspace")
        assert [mark.about for mark in this.table.track.standing_marks()] == ["p1"]


async def test_another_observer_counts_for_themselves_and_goes_on_with_the_same_person(tmp_path: Path) -> None:
    """ctrl+o says who is next; nobody's counts show while somebody else taps."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space", "2", "f", "f")
        assert "Eva marks" in this.text
        await this.press("ctrl+o")
        assert chips(this) == "1 Ana 2 Ben 3 Chen"
        await this.press("s")
        assert given(this)[-1] == ("solves", "p5", "p2")
        await this.press("ctrl+o")
        assert chips(this) == "1 Ana 2 Ben (2) 3 Chen"


async def test_nobody_marks_themselves_by_their_own_number(tmp_path: Path) -> None:
    """Numbers are the same for everybody, so that one's own is there and does nothing."""
    async with led(tmp_path, everyone(), NAMES) as this:
        await this.press("space", "2", "3", "1", "f")
        assert given(this) == [("names-feeling", "p1", "p3")]
        await this.press("2", "ctrl+o", "f")
        assert given(this)[-1] == ("names-feeling", "p2", "p1"), "Ben was chosen and cannot mark himself"


async def test_the_mouse_chooses_stamps_and_takes_back(tmp_path: Path) -> None:
    """A click on a name, on a marker, on the next observer, and on the words that take one back."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space")

        async def click(words: str) -> None:
            y = next(n for n, row in enumerate(this.rows) if words in row)
            await this.pilot.click(offset=(this.rows[y].index(words) + 1, y))
            await this.settle()

        await click("2 Ben")
        await click("s Jumps to a fix")
        await click("Eva marks")
        await click("f Names the feeling")
        assert given(this) == [("solves", "p4", "p2"), ("names-feeling", "p5", "p2")]
        await click("takes one back")
        assert len(this.table.track.standing_marks()) == 1


async def test_the_chosen_person_stays_chosen_while_somebody_reads_a_card(tmp_path: Path) -> None:
    """What stands out when the laptop comes back is whom the next letter is about."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space", "3", "f2", "enter", "enter", "escape")
        content = this.stage.query_one(Subjects).content
        [span] = [span for span in content.spans if "reverse" in str(span.style)]  # type: ignore[union-attr]
        assert "Chen" in str(content)[span.start : span.end]


async def test_the_room_sees_nothing_of_it(tmp_path: Path) -> None:
    """No marker, no count, no row of people on the projector; and letters do nothing there."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space", "2", "f", "f4")
        for word in ("Names the feeling", "(1)", "2 Ben", "eyes", "marks"):
            assert word not in this.text
        await this.press("f")
        assert len(given(this)) == 1


async def test_where_one_person_is_marked_there_is_no_row_of_people(tmp_path: Path) -> None:
    """Whoever has the turn is marked by the others, one after the other."""
    async with led(tmp_path, TRIO, ("Ana", "Ben", "Chen")) as this:
        await this.press("space")
        assert not this.stage.query_one(Subjects).display
        assert "turn the screen to Ben, who marks Ana." in this.text
        await this.press("f", "2", "ctrl+o", "f")
        assert given(this) == [("names-feeling", "p2", "p1"), ("names-feeling", "p3", "p1")]


def test_a_number_means_the_same_person_for_every_observer() -> None:
    """It follows the order in which people sit, not who may mark whom."""
    play = Play.started(everyone(), 4)
    for by in play.track().people:
        assert marking.subjects(Scene(play.state, play.words, "t1", tapper=by)) == play.track().people


def test_what_the_facilitator_marks_at_one_table_is_not_listed_at_another() -> None:
    """The tables play the same step; the last mark that can be taken back is one of the table that is shown."""
    play = Play.started(FISHBOWL, 4)
    tables = dict(play.state.tracks)
    for id in tables:
        play.go_to("2", id)
    for id, track in tables.items():
        play.do(c.TapMarker(id, f"tap-{id}", "solves", FACILITATOR, track.people[0]))
    for id in tables:
        assert [mark.tap for mark in marking.taps(Scene(play.state, play.words, id))] == [f"tap-{id}"]


def test_bots_are_marked_and_do_not_tap() -> None:
    """They mark by themselves."""
    from dataclasses import replace

    play = Play.started(PANEL, 5)
    bots = {"ana", "dee"}
    people = {id: replace(person, bot=id in bots) for id, person in play.state.people.items()}
    scene = Scene(replace(play.state, people=people), play.words, "t1")
    assert marking.tappers(scene) == ("eva",)
    assert "ana" in marking.subjects(scene)


@pytest.mark.parametrize("waits", [False, True])
async def test_six_finalists_and_every_marker_fit_the_smallest_window(tmp_path: Path, waits: bool) -> None:
    """Without scrolling, also while a card waits; what people were asked to do can be scrolled to."""
    names = ("Ana", "Ben", "Chen", "Dee", "Eva", "Fay", "Gus", "Hal", "Ida")
    async with led(tmp_path, load_bundle("phase-iv", FOLDERS), names, size=SMALL) as this:
        await this.go_to("2")
        await this.press("4", "i", "5", "b", "6", "d")
        if waits:
            await this.press("f5", "enter")
            assert "Card for Finalist (6 people)" in this.text
        for marker in this.stage.shown.state.setting.bundle.rubrics["phase-iv"].markers:
            assert any(f"{marker.key} {marker.title}" in row for row in this.rows)
        assert all(f"{n} {name}" in this.text for n, name in enumerate(names[:6], start=1))
        [panel] = this.stage.query(StepPanel)
        assert panel.max_scroll_y > 0


async def test_beside_long_titles_the_last_marks_can_still_be_read(tmp_path: Path) -> None:
    """In the smallest window whom they are about stands there in full, and how what was done begins."""
    names = ("Ana", "Ben", "Chen", "Dmitri", "Eva", "Fay")
    async with led(tmp_path, load_bundle("leadership-team-meeting", FOLDERS), names, size=SMALL) as this:
        await this.go_to("2")
        await this.press("4", "p")
        assert "Dmitri: Is pas" in this.text
