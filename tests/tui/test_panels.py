"""The panels below the clock: one for each kind of step."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from private_table import SMALL, TALL
from samples import FISHBOWL, SELECTION, TRIAD, TRIO
from staging import led
from textual.widgets import Static

from roleplay.analysis.pace import Turn
from roleplay.content.steps import STEP_KINDS
from roleplay.session.commands import WriteJournal
from roleplay.settings import Settings
from roleplay.tui.debriefing import Debriefing
from roleplay.tui.panels import PANELS
from roleplay.tui.panels.base import StepPanel


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
        began = this.table.clock.at
        assert "Reactions · question 1 of 7" in this.text
        assert "00:42 for this question, next at 04:17 · ↓ next, ↑ back" in this.text
        await this.press("up")
        assert "question 1 of 7" in this.text
        await this.at(began + 44)
        assert "Time for the next one: ↓" in this.text
        await this.press("down")
        assert "question 2 of 7" in this.text
        assert "00:42 for this question, next at 03:33" in this.text
        await this.press(*["down"] * 9)
        assert "Application · question 7 of 7" in this.text
        assert "04:16 for this question, the last one" in this.text


async def test_an_interrupted_debrief_goes_on_where_it_was_by_the_time(tmp_path: Path) -> None:
    """Whoever opens the session again is not led back to the first question."""
    async with led(tmp_path, None) as this:
        await this.go_to("3")
        await this.at(this.table.clock.at + 130)
        track = this.table.track
        assert Debriefing().at(this.table.runner.state, track, this.table.clock.at) == (Turn(3, 3 * (300 / 7)), 0)
        assert this.stage.shown.turn == Turn(0, 0)


async def test_the_debrief_shows_what_the_class_marked(tmp_path: Path) -> None:
    """Counts over everybody, once so many have led that a count is nobody's own."""
    async with led(tmp_path, None) as this:
        for turn in (1, 2, 3):
            await this.go_to(f"1.1r{turn}")
            await this.press("f", "f", "s")
        await this.go_to("3")
        await this.press("down", "down")
        assert any("Names the feeling" in row and "█ 6" in row for row in this.rows)
        await this.press("pagedown")
        assert any("Solves: jumps to a fix" in row and "█ 3" in row for row in this.rows)


async def test_the_end_says_what_is_missing_and_enter_opens_it(tmp_path: Path) -> None:
    """Forms can still be written after the last step."""
    async with led(tmp_path) as this:
        await this.go_to("3")
        await this.press("right")
        assert "3 conversations played · 0 of 15 forms in · 0 of 3 journals in" in this.text
        assert any("missing" in row and "Chen about Ana: Listening" in row for row in this.rows)
        await this.press("enter")
        assert "Hand the laptop to Chen." in this.text


async def test_where_people_have_turns_the_stage_says_whose_it_is_and_what_the_others_do(tmp_path: Path) -> None:
    """Before, at the change, and while it lasts; nobody is told to change seats."""
    async with led(tmp_path, TRIO, ("Ana", "Ben", "Chen")) as this:
        assert "3 turns: each Presenter has one." in this.text
        await this.press("space")
        assert str(this.stage.query_one("#where", Static).content) == "Ana’s turn, 1 of 3 · Questions"
        assert any("Presenter" in row and "Ana" in row for row in this.rows)
        assert any("Peer" in row and "Ben, Chen" in row for row in this.rows)
        await this.press("right")
        assert "Next: Ben’s turn, 2 of 3 · Questions, 3 minutes." in this.text
        await this.press("right")
        assert "The next one’s turn. Now: Questions." in this.text
        assert "change seats" not in this.text


async def test_the_cast_says_whom_people_play_and_as_whom_they_also_speak(tmp_path: Path) -> None:
    """Behind their names, on the stage and for the room."""
    roles = {**TRIAD["roles"], "parent": {"title": "Parent", "plays": "Ms. Okafor", "also": "The other parent"}}
    async with led(tmp_path, {**TRIAD, "roles": roles}, size=TALL) as this:
        await this.go_to("1.1r1")
        cast = str(this.stage.query_one("#cast", Static).content)
        assert "Parent    Ben, as Ms. Okafor, also as The other parent" in cast
        await this.press("f4")
        assert "Parent: Ben, as Ms. Okafor, also as The other parent" in this.text


async def test_what_people_write_about_themselves_is_not_called_written_about_each_other(tmp_path: Path) -> None:
    """The line above the list says what it is."""
    forms = [{"rubric": "felt-heard", "by": "leader", "about": "self"}]
    script = [{"name": "Feedback", "kind": "feedback", "length": "4m", "forms": forms}]
    async with led(tmp_path, {**TRIAD, "script": script}) as this:
        await this.press("space")
        assert "Written about oneself" in this.text
    async with led(tmp_path / "other") as this:
        await this.go_to("1.2r1")
        assert "Written about each other" in this.text


async def test_panels_name_the_keys_as_the_owner_has_set_them(tmp_path: Path) -> None:
    """Wherever a panel says which key to press."""
    keys = {
        "stage.pause": "ctrl+g",
        "stage.cards": "ctrl+y",
        "stage.open": "ctrl+f",
        "stage.unmark": "ctrl+u",
        "stage.name-take": "ctrl+b",
    }
    async with led(tmp_path, settings=Settings(keys=keys)) as this:
        assert "Press ^g to start." in this.text
        await this.press("ctrl+g", "right")
        assert "^y show a card" in this.text
        assert "^f hand the laptop to Ana" in this.text
        await this.press("right", "f")
        assert "^u takes one back" in this.text
        await this.at(120)
        assert "show Ben the laptop – press ^f" in this.text
        await this.press("ctrl+r")
        assert "^b names this take" in this.text
        await this.press("!")
        assert "When everybody is ready: ^g." in this.text
