"""The panels below the clock: one for each kind of step."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from private_table import SMALL
from samples import FISHBOWL, SELECTION, TRIAD, Play
from staging import led

from roleplay.content.scenario import STEP_KINDS
from roleplay.session.commands import WriteJournal
from roleplay.tui.panels import PANELS
from roleplay.tui.panels.base import StepPanel
from roleplay.tui.panels.debrief import each, feed
from roleplay.tui.scene import Scene


def test_every_kind_of_step_has_a_panel_of_its_own() -> None:
    """Whoever adds a kind is reminded here."""
    kinds = {get_args(kind.model_fields["kind"].annotation)[0] for kind in STEP_KINDS}
    assert set(PANELS) == kinds
    assert len(set(PANELS.values())) == len(kinds)


@pytest.mark.parametrize(
    ("data", "people"), [(TRIAD, 3), (SELECTION, 5), (FISHBOWL, 4), (None, 3)], ids=["triad", "selection", "two", "own"]
)
async def test_each_step_is_shown_by_its_panel_with_its_prompts(tmp_path: Path, data: Any, people: int) -> None:
    """From the first step to the last there is one panel, and it is the right one."""
    names = ("Ana", "Ben", "Chen", "Dee", "Eva")[:people]
    async with led(tmp_path, data, names) as this:
        await this.press("space")
        while this.table.track.status in ("running", "waiting"):
            scene = this.stage.shown
            (panel,) = this.stage.query(StepPanel)
            assert scene.step is not None
            assert scene.script is not None
            if scene.phase == "running":
                assert type(panel) is PANELS[scene.step.kind]
                assert all(" ".join(prompt.split()) in this.text for prompt in scene.script.prompts[:1])
            assert scene.step.name in this.text
            await this.press("right")


async def test_the_markers_of_the_bundled_conversation_fit_the_smallest_window(tmp_path: Path) -> None:
    """All eleven keys and five marks stand there without scrolling, with a note for somebody above them."""
    async with led(tmp_path, None, size=SMALL) as this:
        await this.go_to("1.1r1")
        await this.press("o", "f", "m", "p", "l", "w")
        await this.at(150)
        assert "Card for Ben" in this.text
        (panel,) = this.stage.query(StepPanel)
        assert panel.max_scroll_y == 0
        for marker in this.stage.shown.state.setting.bundle.rubrics["listening"].markers:
            assert any(f"{marker.key} {marker.title}" in row for row in this.rows)
        assert sum("00:00" in row for row in this.rows) == 5


async def test_a_journal_says_who_wrote_here_and_who_on_paper(tmp_path: Path) -> None:
    """Nobody's words stand there."""
    async with led(tmp_path) as this:
        await this.go_to("2")
        await this.stage.do(WriteJournal("t1", "2", "p2", on_paper=True))
        await this.settle()
        assert any("on paper" in row and "Ben: journal" in row for row in this.rows)
        assert any("missing" in row and "Ana: journal" in row for row in this.rows)


async def test_the_debrief_asks_one_question_at_a_time(tmp_path: Path) -> None:
    """Each has its share of the time, and the panel says when it is time for the next."""
    async with led(tmp_path, None) as this:
        await this.go_to("3")
        assert round(each(this.stage.shown), 1) == round(300 / 7, 1)
        assert "Reactions · question 1 of 7" in this.text
        assert "About 45 seconds for each. ↓ next, ↑ back" in this.text
        await this.press("up")
        assert "question 1 of 7" in this.text
        await this.at(this.table.clock.at + 44)
        assert "Time for the next one: ↓" in this.text
        await this.press("down")
        assert "question 2 of 7" in this.text
        assert "Time for the next one" not in this.text
        await this.press(*["down"] * 9)
        assert "Application · question 7 of 7" in this.text


async def test_the_debrief_shows_what_the_class_marked(tmp_path: Path) -> None:
    """Counts over everybody, once so many have led that a count is nobody's own."""
    async with led(tmp_path, None) as this:
        for turn in (1, 2, 3):
            await this.go_to(f"1.1r{turn}")
            await this.press("f", "f", "s")
        await this.go_to("3")
        await this.press("down", "down")
        assert any("Names the feeling" in row and "█ 6" in row for row in this.rows)
        assert any("Solves: jumps to a fix" in row and "█ 3" in row for row in this.rows)


def test_the_debrief_is_fed_with_answers_and_shared_words() -> None:
    """How many chose which level belongs to the analysis, shared words to the reactions; words that were not do not."""
    play = Play.started()
    for turn, (parent, leader) in enumerate((("ben", "ana"), ("chen", "ben"), ("ana", "chen")), start=1):
        play.go_to(f"1.2r{turn}")
        play.send(f"1.2r{turn}/form/felt-heard/{parent}/{leader}", level=3, said="evidence")
        observer = ({"ana", "ben", "chen"} - {parent, leader}).pop()
        play.send(f"1.2r{turn}/form/listening/{observer}/{leader}", said=f"round {turn}", share=turn == 2)
    scene = Scene(play.state, play.words, "t1")
    assert "I felt heard: No – · A little – · Yes ███" in [str(line) for line in feed(scene, "analysis")]
    told = " ".join(str(line) for line in feed(scene, "reactions"))
    assert "“round 2”" in told
    assert "round 1" not in told
    assert "evidence" not in told


async def test_the_end_says_what_is_missing_and_enter_opens_it(tmp_path: Path) -> None:
    """Forms can still be written after the last step."""
    async with led(tmp_path) as this:
        await this.go_to("3")
        await this.press("right")
        assert "3 conversations played · 0 of 15 forms in · 0 of 3 journals in" in this.text
        assert any("missing" in row and "Chen about Ana: Listening" in row for row in this.rows)
        await this.press("enter")
        assert "Hand the laptop to Chen." in this.text
