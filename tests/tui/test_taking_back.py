"""Taking a yes back while the program runs, and what the program does about recordings when it starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hearing import RECORDED, SaidMicrophones
from kept_sound import SAID, write_down
from looking import look
from private_table import a_table
from samples import bundle_of
from staging import NAMES, leading, led

from roleplay.audio.shelf import Shelf
from roleplay.session import commands as c
from roleplay.session.hearing_commands import AnswerConsent, EndRecording, EraseRecording, StartRecording
from roleplay.settings import Settings
from roleplay.tui.screens.stage import StageScreen

pytestmark = pytest.mark.usefixtures("said")


async def test_what_is_taken_back_is_gone_at_once(tmp_path: Path, shelf: Shelf, said: SaidMicrophones) -> None:
    """With the session still open, neither sound nor words are left once somebody has said no after all."""
    async with led(tmp_path, RECORDED) as this:
        runner = this.table.runner
        for person in runner.state.humans:
            await runner.do(AnswerConsent(person, True))
        await this.press("space")
        await this.press("right")
        [first, second] = runner.state.tracks["t1"].recordings
        assert shelf.recordings(runner.session) == sorted([first, second])
        write_down(runner, first)
        await runner.do(AnswerConsent("p1", yes=False))
    assert shelf.recordings(runner.session) == []
    assert not set(SAID) & {*runner.words.values()}


@pytest.mark.parametrize(("keep_sound", "left"), [("always", ["r1"]), ("until-transcribed", [])])
async def test_the_start_sees_to_what_is_over(tmp_path: Path, shelf: Shelf, keep_sound: str, left: list[str]) -> None:
    """When the program starts, what was erased when it last ended goes, and sound that was kept long enough."""
    with a_table(tmp_path, bundle_of(RECORDED), NAMES) as table:
        runner = table.runner
        for person in runner.state.humans:
            runner.do_at_once(AnswerConsent(person, True))
        runner.do_at_once(c.Start())
        for recording in ("gone", "r1"):
            runner.do_at_once(StartRecording("t1", recording))
            shelf.new(runner.session, recording).write_bytes(b"sound")
            runner.do_at_once(EndRecording("t1", recording, "paused", 3.0))
            write_down(runner, recording)
        runner.do_at_once(EraseRecording("t1", "gone", "asked", words=True))
        runner.do_at_once(c.End())
        runner.close()
        async with leading(table, lambda: StageScreen(runner), (80, 24), Settings(keep_sound=keep_sound)) as this:
            await this.pilot.app.workers.wait_for_complete(
                [worker for worker in this.pilot.app.workers if worker.group == "tidy"]
            )
            await look(this.pilot)
            assert shelf.recordings(runner.session) == left
