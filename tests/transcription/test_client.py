"""The process that writes down, as the program sees it: what it says, how it fails, and that it never stays behind."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.problems import CommandProblem
from roleplay.transcription import client
from roleplay.transcription.client import run_job, run_job_now
from roleplay.transcription.protocol import Job, Progress

MADE_UP = Path(__file__).with_name("made_up_worker.py")
JOB = Job(sound=Path("conversation.wav"), engine="parrot", model="base")

Goes = Callable[[str], None]


@pytest.fixture
def goes(monkeypatch: pytest.MonkeyPatch) -> Goes:
    """Say how it will go."""

    def this_way(fault: str) -> None:
        monkeypatch.setattr(client, "WORKER", (sys.executable, str(MADE_UP), fault))

    return this_way


def test_progress_comes_first_and_then_what_was_heard(goes: Goes) -> None:
    """A job goes over, progress comes back in its order, and a transcript of any length in one piece; the process has
    low priority, sleeps while it waits, and looks for nothing in the network."""
    goes("well")
    told: list[Progress] = []
    heard = run_job_now(JOB, told.append)
    assert [one.fraction for one in told] == [0.1, 0.5]
    assert told[-1].seconds_left == 20.0
    assert heard.lines[0].text.startswith("conversation.wav long")
    assert len(heard.lines[0].text) > 100_000
    assert heard.note == f"nice {min(os.nice(0) + 10, 19)}, offline 1, PASSIVE"


def test_what_libraries_print_is_no_answer(goes: Goes) -> None:
    """Words of a library on its standard output do not get between the answers."""
    goes("chatty")
    assert run_job_now(JOB).engine == "parrot"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("crash", "What writes down has failed: ValueError: the tables do not fit"),
        ("memory", "not enough memory for the model “base”"),
        ("tensor-memory", "not enough memory for the model “base”"),
        ("abort", "ended all at once"),
        ("killed", "as it does when memory runs out"),
        ("missing-part", "A part is missing: soundfile"),
    ],
)
def test_what_goes_wrong_is_a_sentence_with_a_mend(goes: Goes, fault: str, sentence: str) -> None:
    """Whatever happens to the process, its end is told in words, and there is something to do about it."""
    goes(fault)
    with pytest.raises(CommandProblem, match=sentence) as problem:
        run_job_now(JOB)
    assert problem.value.mend


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """Where an endless worker says its number; who reads waits for it."""
    path = tmp_path / "number"
    os.mkfifo(path)
    return path


async def test_a_job_that_is_cancelled_ends_at_once(goes: Goes, pipe: Path) -> None:
    """When the task is cancelled, the process is gone before the task is."""
    goes("endless")
    task = asyncio.create_task(run_job(JOB.model_copy(update={"sound": pipe})))
    number = int(await asyncio.to_thread(pipe.read_text))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


PARENT = """
import signal, sys
from pathlib import Path
from roleplay.transcription import client
from roleplay.transcription.protocol import Job
client.WORKER = (sys.executable, sys.argv[1], "endless")
# Where the tests run behind a shell's back, ctrl-c is ignored by whatever they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
client.run_job_now(Job(sound=Path(sys.argv[2])))
"""


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGINT])
def test_nothing_stays_behind(pipe: Path, signal_: signal.Signals) -> None:
    """When the program is killed, or ctrl-c ends it, the process that writes down ends too."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, MADE_UP, pipe], stderr=subprocess.DEVNULL)
    worker = os.pidfd_open(int(pipe.read_text()))
    try:
        parent.send_signal(signal_)
        parent.wait(30)
        ended, _, _ = select.select([worker], [], [], 30)
        assert ended
    finally:
        os.close(worker)
