"""The stage, led with keys on a clock that is moved by hand, with a real store on the disk."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from private_table import SMALL, TALL
from samples import FISHBOWL, SELECTION, TRIAD
from staging import Led, led
from textual.widgets import Static

from roleplay.conduct.drafts import DraftAnswer, FormDraft, draft_key, form_command
from roleplay.report import folder
from roleplay.session.commands import SendForm
from roleplay.session.events import Answer
from roleplay.session.tasks import tasks
from roleplay.settings import Settings
from roleplay.store.protocol import StoreProblem
from roleplay.tui.screens.handover import HandOver
from roleplay.tui.widgets.clock import BigClock
from roleplay.tui.widgets.key_rows import KeyCap, KeyRows


def kinds(this: Led) -> list[str]:
    """The kinds of all events on the disk."""
    return [event.kind for event in this.happened]


def reports_in(folder: Path) -> list[str]:
    """The names of the reports that were written below a folder."""
    return sorted(path.name for path in folder.glob("*-reports/*"))


def clock(this: Led) -> str:
    """What the big clock shows."""
    return this.pilot.app.screen.query_one(BigClock).text


def more_asked(this: Led) -> str:
    """What the question that is open says beneath."""
    return str(this.pilot.app.screen.query_one(".more", Static).content)


async def test_three_people_play_a_whole_session_with_keys_alone(tmp_path: Path) -> None:
    """Start, marks, extend, shorten, pause, undo, safety pause, retake and end all work from the keyboard."""
    async with led(tmp_path) as this:
        assert "Ready. Press space to start." in this.text
        await this.press("space")
        assert this.step == "0"
        assert clock(this) == "02:00"
        await this.at(10)
        await this.press("right")
        assert "Round 1 of 3 · Read your card" in this.text
        await this.at(70)
        assert (this.step, clock(this)) == ("1.1r1", "05:00")
        await this.at(80)
        await this.press("f", "s", "backspace")
        assert [mark.marker for mark in this.table.track.standing_marks()] == ["names-feeling"]
        await this.press("+", "+", "-")
        assert clock(this) == "05:50"
        await this.press("space")
        assert "Paused. Press space to go on." in this.text
        await this.at(95)
        assert clock(this) == "05:50"
        await this.press("space", "right")
        assert this.step == "1.2r1"
        await this.press("left")
        assert (this.step, clock(this)) == ("1.1r1", "05:50")
        await this.press("!")
        assert "We are pausing." in this.text
        await this.press("space", "ctrl+r")
        assert "Round 1 of 3 · Conversation, take 2" in this.text
        while this.table.track.status != "finished":
            await this.press("right")
        assert "Thank you, everyone." in this.text
        assert f"roleplay report {this.table.runner.session}" in this.text
        await this.press("f10", "left", "enter")
        assert kinds(this)[-1] == "session-ended"
        assert "The session is closed." in this.text


async def test_one_bell_rings_for_each_start_warning_end_and_overtime(tmp_path: Path) -> None:
    """A step that follows by itself rings once for both; one that waits rings when its time is up."""
    async with led(tmp_path) as this:
        await this.press("space")
        assert this.bells == [0]
        await this.at(119.9)
        assert this.bells == [0]
        await this.at(120)
        assert this.bells == [0, 120]
        assert "Time is up." in this.text
        await this.at(150)
        await this.press("right")
        await this.at(210)
        assert this.bells == [0, 120, 150, 210]
        await this.at(330)
        assert this.bells[4:] == [330], "the note for the parent"
        await this.at(390)
        await this.at(450)
        assert this.bells[5:] == [390, 450], "something for everyone, then the warning"
        assert "1 minute left." in this.text
        await this.at(510)
        assert this.bells[7:] == [510]
        assert "Time is up. Now: Feedback." in this.text


async def test_an_extended_step_rings_again_when_its_new_time_is_up(tmp_path: Path) -> None:
    """One minute more in overtime takes the words of overtime away until that minute is over."""
    async with led(tmp_path) as this:
        await this.press("space")
        await this.at(130)
        await this.press("+")
        assert "over;" not in this.text
        assert clock(this) == "01:00"
        await this.at(190)
        assert this.bells == [0, 130, 190]


async def test_overtime_counts_up_and_says_what_to_do(tmp_path: Path) -> None:
    """A step that waits for the facilitator shows by how much it is over, in digits and in words."""
    async with led(tmp_path) as this:
        await this.press("space")
        await this.at(162)
        assert clock(this) == "+00:42"
        assert "+0:42 over; press → to go on." in this.text


@pytest.mark.parametrize(("bell", "motion"), [(True, False), (False, True)])
async def test_bell_and_flash_can_be_turned_off_and_the_words_stay(
    tmp_path: Path, bell: bool, motion: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a bell nothing rings, without motion nothing flashes."""
    # A flash that is still there when a slow machine comes to look at it.
    monkeypatch.setattr("roleplay.tui.screens.leading._FLASH", 600.0)
    async with led(tmp_path, settings=Settings(bell=bell, motion=motion)) as this:
        await this.press("space")
        assert bool(this.bells) is bell
        assert this.stage.has_class("-flash") is motion
        assert "Now: Welcome." in this.text


@pytest.mark.parametrize("size", [SMALL, TALL])
async def test_every_key_is_shown_in_full(tmp_path: Path, size: tuple[int, int]) -> None:
    """No key of the footer is cut off, whatever the phase."""
    async with led(tmp_path, None, size=size) as this:
        for keys in ((), ("space",), ("right", "right"), ("space",), ("space", "!"), ("space", "right")):
            await this.press(*keys)
            row = this.stage.query_one(KeyRows).region
            caps = list(this.stage.query(KeyCap))
            assert {str(cap.content).split(" ", 1)[0] for cap in caps} >= {
                "space", "→", "←", "+", "−", "!", "^r", "f2", "f3", "f4", "f5", "f10", "esc", "f1"
            }  # fmt: skip
            for cap in caps:
                assert cap.region.width >= len(str(cap.content))
                assert row.contains_region(cap.region)
                assert cap.region.right <= size[0]
                shown = this.rows[cap.region.y][cap.region.x : cap.region.right]
                assert shown.strip() == str(cap.content)


async def test_a_click_on_a_key_presses_it(tmp_path: Path) -> None:
    """The session can be led with the mouse."""
    async with led(tmp_path) as this:
        await this.pilot.click(next(cap for cap in this.stage.query(KeyCap) if "Start" in str(cap.content)))
        await this.settle()
        assert this.step == "0"


async def test_who_plays_what_in_the_next_round_is_said_before_it_begins(tmp_path: Path) -> None:
    """The last step of a round names the next cast, other steps only the next step."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        assert "Next: Feedback, 4 minutes." in this.text
        await this.go_to("1.2r1")
        assert "Round 2 of 3 · Read your card, 1 minute. Leader: Ben · Parent: Chen · Observer: Ana" in this.text


async def test_a_private_inject_is_announced_and_never_shown(tmp_path: Path) -> None:
    """The banner names the person; the words open behind the hand-over, and once read the banner is gone."""
    async with led(tmp_path, size=TALL) as this:
        await this.go_to("1.1r1")
        await this.at(120)
        assert "Card for Ben: show Ben the laptop – press Enter" in this.text
        assert "say/farm/parent" not in this.text
        await this.press("enter")
        assert isinstance(this.pilot.app.screen, HandOver)
        await this.press("enter")
        assert "say/farm/parent" in this.text
        await this.press("escape")
        assert "Card for Ben" not in this.text
        assert "say/farm/parent" not in this.text


async def test_an_inject_for_everyone_is_read_on_the_stage(tmp_path: Path) -> None:
    """What is meant for all stands there for all; what is still to come does not."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        assert "say/bell/everyone" not in this.text
        await this.at(180)
        assert "say/bell/everyone" in this.text


async def test_the_facilitator_lets_an_inject_happen_without_reading_it_aloud(tmp_path: Path) -> None:
    """The list says for whom and when, never what; choosing one gives it."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        await this.press("f5")
        assert any("For Leader (Ana)" in row for row in this.rows)
        assert any("when you choose" in row for row in this.rows)
        assert "say/" not in this.text
        await this.press("down", "enter")
        assert this.table.events("inject-given")[-1].inject == "step-2"
        assert "Card for Ana" in this.text


async def test_somebody_alone_with_bots_needs_no_hand_over(tmp_path: Path) -> None:
    """Words meant for the one person stand on the stage, and the card opens at once."""
    async with led(tmp_path, names=("Ana", "Robin", "Sam"), bots=("Robin", "Sam")) as this:
        await this.go_to("1.1r1")
        await this.press("f5", "down", "enter")
        assert "say/note/leader" in this.text
        await this.at(120)
        assert "say/farm/parent" not in this.text
        await this.press("f2")
        assert "card/farm/leader" in this.text


async def test_bots_mark_and_write_by_themselves(tmp_path: Path) -> None:
    """With bots at the table their forms come in while the clock goes on."""
    async with led(tmp_path, names=("Ana", "Robin", "Sam"), bots=("Robin", "Sam")) as this:
        await this.go_to("1.2r1")
        await this.at(239)
        this.stage.conductor.keeper.each_second()
        await this.settle()
        assert {task.by for task in this.stage.shown.here() if task.done} == {"p2", "p3"}


async def test_letters_are_the_observers_only_while_a_conversation_runs(tmp_path: Path) -> None:
    """Marks are by the observer about the leader; before, after, in a pause and for other letters nothing happens."""
    async with led(tmp_path) as this:
        await this.go_to("1.0r1")
        await this.press("f")
        await this.go_to("1.1r1")
        await this.press("f", "x", "4")
        await this.press("space", "f")
        await this.press("space", "right", "f")
        taps = this.table.events("marker-tapped")
        assert [(tap.marker, tap.by, tap.about) for tap in taps] == [("names-feeling", "p3", "p1")]


async def test_the_observer_sees_the_last_five_marks_and_can_take_one_back(tmp_path: Path) -> None:
    """Times count from the beginning of the conversation."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        assert "For Chen’s eyes: turn the screen to Chen, who marks Ana." in this.text
        for second in (5, 10, 15, 20, 25, 30):
            await this.at(second)
            await this.press("s")
        assert "00:10" in this.text
        assert "00:05" not in this.text
        await this.press("backspace")
        assert "00:05" in this.text
        assert "00:30" not in this.text


async def test_with_several_observers_each_can_mark(tmp_path: Path) -> None:
    """ctrl+o hands the letters to the next observer, and the stage says whose they are."""
    async with led(tmp_path, names=("Ana", "Ben", "Chen", "Dee")) as this:
        await this.go_to("1.1r1")
        await this.press("f", "ctrl+o", "f")
        assert "turn the screen to Dee" in this.text
        assert [tap.by for tap in this.table.events("marker-tapped")] == ["p3", "p4"]


async def test_without_an_observer_the_facilitator_marks(tmp_path: Path) -> None:
    """A table of two has nobody to observe."""
    async with led(tmp_path, names=("Ana", "Ben")) as this:
        await this.go_to("1.1r1")
        await this.press("f")
        assert [tap.by for tap in this.table.events("marker-tapped")] == ["facilitator"]


async def test_undo_is_refused_kindly_once_somebody_has_written(tmp_path: Path) -> None:
    """Nothing changes, and a sentence says why."""
    async with led(tmp_path) as this:
        await this.go_to("1.2r1")
        form = "1.2r1/form/felt-heard/p2/p1"
        await this.stage.do(SendForm("t1", form, {"heard": Answer(observed=False)}))
        before = kinds(this)
        await this.press("left")
        assert kinds(this) == before
        notes = [note.message for note in this.pilot.app._notifications]
        assert any("Somebody has already written in this step" in note for note in notes)


async def test_undo_brings_back_the_very_time_that_was_left(tmp_path: Path) -> None:
    """A step ended by mistake goes on where it was."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        await this.at(47)
        await this.press("right")
        await this.at(52)
        await this.press("left")
        assert clock(this) == "04:13"
        assert "Back to: Conversation." in this.text


async def test_a_safety_pause_stops_the_clock_and_names_nobody(tmp_path: Path) -> None:
    """The owner's words stand there; no name, no mark, no clock to turn; space goes on with the same time."""
    async with led(tmp_path, settings=Settings(safety_text="Call Mira at 555.\nTea is in the kitchen.\n")) as this:
        await this.go_to("1.1r1")
        await this.at(20)
        await this.press("!")
        assert "Call Mira at 555." in this.text
        assert "Tea is in the kitchen." in this.text
        assert not any(name in this.text for name in ("Ana", "Ben", "Chen"))
        await this.press("f", "enter", "-", "f5")
        assert this.pilot.app.screen is this.stage
        await this.at(400)
        assert not this.table.events("marker-tapped")
        await this.press("space")
        assert clock(this) == "04:40"
        assert "by" not in type(this.table.events("track-paused")[0]).model_fields


async def test_enter_opens_what_is_missing_next(tmp_path: Path) -> None:
    """First for whom, behind the hand-over; what is in is ticked."""
    async with led(tmp_path) as this:
        await this.go_to("1.2r1")
        assert "Enter hand the laptop to Chen" in this.text
        await this.press("enter")
        assert "Hand the laptop to Chen." in this.text
        await this.press("escape")
        await this.stage.do(SendForm("t1", "1.2r1/form/felt-heard/p2/p1", {"heard": Answer(observed=False)}))
        await this.settle()
        assert any("✓ in" in row and "Ben about Ana: Felt heard" in row for row in this.rows)


async def test_the_task_list_leads_to_any_private_screen(tmp_path: Path) -> None:
    """What can no longer be done is not offered: a forecast is made before the conversation."""
    async with led(tmp_path) as this:
        await this.press("f3")
        assert "Nobody has been asked for anything yet." in [n.message for n in this.pilot.app._notifications]
        await this.go_to("1.0r1")
        await this.press("f3")
        assert "Ana: forecast before the conversation" in this.text
        await this.press("escape")
        await this.go_to("1.2r1")
        await this.press("f3")
        assert "forecast" not in this.text
        await this.press("down", "enter")
        assert "Hand the laptop to Ben." in this.text


async def test_a_sleep_of_the_machine_pauses_and_says_how_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time slept does not count."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        keeper = this.stage.conductor.keeper
        monkeypatch.setattr(keeper.watch, "slept", lambda: 742.0)
        keeper.each_second()
        await this.settle()
        paused = this.table.events("track-paused")
        assert [(event.why, event.away) for event in paused] == [("asleep", 742.0)]
        assert "The laptop slept for 12 minutes." in this.text
        assert "Paused; the time asleep does not count. Press space to go on." in this.text


async def test_leaving_asks_and_keeps_the_session_paused(tmp_path: Path) -> None:
    """Esc closes nothing for good: the session opens again where it was."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        await this.at(30)
        await this.press("escape")
        assert "The session is paused and kept." in this.text
        await this.press("escape")
        assert kinds(this)[-1] == "step-started"
        await this.press("escape", "enter")
        assert kinds(this)[-1] == "track-paused"


async def test_next_pressed_just_as_a_step_ended_by_itself_does_not_end_the_following_one(tmp_path: Path) -> None:
    """Whoever presses → together with the bell means the step that was just over; a second press is meant."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        clock = this.table.track.clock
        assert clock is not None
        await this.at(clock.deadline + 0.3)
        assert this.step == "1.2r1"
        await this.press("right")
        assert this.step == "1.2r1"
        await this.press("right")
        assert this.step == "1.0r2"


async def test_a_step_for_one_role_says_who_waits(tmp_path: Path) -> None:
    """Whoever has no turn in an interview, and the candidates while the raters talk among themselves."""
    async with led(tmp_path, SELECTION, ("Ana", "Ben", "Chen", "Dee")) as this:
        await this.go_to("2.0r1")
        (interview,) = [step for step in this.table.track.steps if step.id == "2.0r1"]
        assert ("Waiting", "Ben") in this.stage.shown.cast(interview)
        await this.go_to("4")
        assert {"Rater    Chen, Dee", "Waiting  Ana, Ben"} < {row[41:].strip() for row in this.rows}
        assert "Candidate" not in this.text


async def test_closing_for_good_needs_more_than_enter(tmp_path: Path) -> None:
    """f10 asks, and the answer that has the focus keeps the session open."""
    async with led(tmp_path) as this:
        await this.press("space", "f10", "enter")
        assert "session-ended" not in kinds(this)


async def test_closing_for_good_names_words_that_were_not_sent(tmp_path: Path) -> None:
    """What somebody began and did not send is not lost without a word; a closed session asks nobody to write."""
    async with led(tmp_path) as this:
        await this.go_to("2")
        [ana, *_] = [task for task in tasks(this.table.runner.state, this.table.track) if task.kind == "journal"]
        await this.press("f10")
        assert "begun and not sent" not in more_asked(this)
        await this.press("escape")
        this.table.writer.save_draft(this.table.runner.session, draft_key(ana), '{"answers":{"0":"Half a"}}').result()
        await this.press("f10")
        assert "Words that were begun and not sent would be left out." in more_asked(this)
        await this.press("left", "enter", "enter")
        assert "The session is closed." in this.text
        assert not isinstance(this.pilot.app.screen, HandOver)
        await this.press("f3")
        assert this.pilot.app.screen is this.stage


async def test_a_failed_write_is_said_and_tried_again_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state stays as it was, nobody is told ten times a second, and nothing is lost."""
    asked = 0

    def broken(*_: Any) -> Future[int]:
        nonlocal asked
        asked += 1
        answer: Future[int] = Future()
        answer.set_exception(StoreProblem("The disk is full.", "Make some room."))
        return answer

    async with led(tmp_path) as this:
        await this.go_to("1.0r1")
        with monkeypatch.context() as patch:
            patch.setattr(this.table.writer, "append", broken)
            await this.at(60)
            await this.at(61)
            assert asked == 1
            assert this.step == "1.0r1"
        assert [n.message for n in this.pilot.app._notifications] == ["The disk is full. Make some room."]
        await this.press("right")
        assert this.step == "1.2r1"


async def test_a_deadline_is_worked_off_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often somebody looks while the disk works, one tick runs."""
    async with led(tmp_path) as this:
        await this.go_to("1.0r1")
        ticks = 0
        tick = this.table.runner.tick

        async def counted() -> Any:
            nonlocal ticks
            ticks += 1
            return await tick()

        monkeypatch.setattr(this.table.runner, "tick", counted)
        this.table.clock.at = 60
        for _ in range(5):
            this.stage.look()
        await this.settle()
        assert ticks == 1
        assert this.step == "1.1r1"


async def test_keys_count_for_all_tables_or_for_one(tmp_path: Path) -> None:
    """Two tables move together until f6 chooses one of them."""
    async with led(tmp_path, names=("Ana", "Ben", "Chen", "Dee", "Eva", "Fay")) as this:
        state = this.table.runner
        await this.press("space", "right")
        assert {track.step.id for track in state.state.tracks.values() if track.step} == {"1.0r1"}
        await this.press("f6", "f6", "right")
        assert [track.step.id for track in state.state.tracks.values() if track.step] == ["1.0r1", "1.1r1"]
        assert "Dee" in this.text
        assert "Ana" not in this.text


@pytest.mark.parametrize("data", [TRIAD, SELECTION, FISHBOWL], ids=["triad", "selection", "fishbowl"])
async def test_the_stage_shows_nothing_private_in_any_step(tmp_path: Path, data: Any) -> None:
    """Cards, hidden facts and injects for one role stay off the stage from the first step to the last."""
    names = ("Ana", "Ben", "Chen", "Dee")[: 4 if data is SELECTION else 2 if data is FISHBOWL else 3]
    async with led(tmp_path, data, names) as this:
        await this.press("space")
        while this.table.track.status != "finished":
            if (running := this.table.track.step) and running.kind == "play" and this.table.track.clock:
                await this.at(this.table.track.clock.when(125))
            text = this.text.replace("say/bell/everyone", "")
            assert not any(word in text for word in ("card/", "fact/", "say/"))
            await this.press("right")
        assert len(this.table.events("inject-given")) == (3 if data is TRIAD else 0)


async def test_what_came_in_is_read_by_the_one_it_is_about(tmp_path: Path) -> None:
    """Behind a hand-over, Ana reads what was written about her; nothing of it is left on the stage afterwards."""
    async with led(tmp_path) as this:
        await this.go_to("1.2r1")
        due = next(task for task in this.stage.shown.here() if task.form and task.form.about == "p1").form
        assert due is not None
        rubric = this.table.runner.state.setting.bundle.rubrics[due.rubric]
        draft = FormDraft(
            answers={c.id: DraftAnswer(observed=False) for c in rubric.criteria},
            prompts={rubric.prompts[0].id: "The pause after the hardest word."},
        )
        command, texts = form_command("t1", due, draft)
        await this.table.runner.do(command, texts)
        await this.settle()
        assert "The pause" not in this.text
        await this.press("f7", "enter")
        assert "Hand the laptop to Ana" in this.text
        assert "The pause" not in this.text
        await this.press("enter")
        await this.settle()
        assert "your feedback so far" in this.text
        assert "The pause after the hardest word." in this.text
        await this.press("escape")
        assert "The pause" not in this.text


async def test_all_reports_are_written_from_the_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file for the facilitator and one for each person, in a folder of the session's own."""
    monkeypatch.chdir(tmp_path)
    async with led(tmp_path, names=("Ana", "Ben", "田" * 100)) as this:
        await this.go_to("1.2r1")
        await this.press("f8")
    assert reports_in(tmp_path) == ["ana.html", "ben.html", "class.html", "instructor.html", f"{'田' * 60}.html"]


async def test_clocks_go_on_while_reports_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large class has many, so they are not written where keys are read and steps end."""
    monkeypatch.chdir(tmp_path)
    threads: list[threading.Thread] = []

    def written(*_: object, **__: object) -> list[Path]:
        threads.append(threading.current_thread())
        return []

    monkeypatch.setattr(folder, "write_reports", written)
    async with led(tmp_path) as this:
        await this.press("f8")
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
