"""The parent's side of the process that writes down."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable

from roleplay.problems import CommandProblem
from roleplay.transcription.protocol import Heard, Job, Progress

OnProgress = Callable[[Progress], None]

WORKER = (sys.executable, "-P", "-m", "roleplay.transcription.worker")
"""Without the folder in which the user happens to be, whose files could be taken for parts of an engine."""

OFFLINE = {"HF_HUB_OFFLINE": "1"}
"""No library looks for anything in the network by itself."""

PATIENT = {"OMP_WAIT_POLICY": "PASSIVE"}
"""A thread of an engine that waits for another one sleeps; else, on a busy machine, those that wait would keep those
that work from working."""

LONGEST_ANSWER = 1 << 28


async def run_job(job: Job, on_progress: OnProgress | None = None) -> Heard:
    """Write down one file in a process of its own; cancelling the task ends that process at once.

    Raises CommandProblem with what is wrong and what to do: an unreadable file, a missing model or part, too little
    memory, a process that ended.
    """
    process = await asyncio.create_subprocess_exec(
        *WORKER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LONGEST_ANSWER,
        env={**PATIENT, **os.environ, **OFFLINE},
        # Ctrl-c is for this process, which then ends that one.
        start_new_session=True,
    )
    try:
        heard = await _answer(process, job, on_progress)
        if heard is None:
            raise _ended(await process.wait())
        return heard
    finally:
        await _end(process)


def run_job_now(job: Job, on_progress: OnProgress | None = None) -> Heard:
    """The same for a command, which has nothing else to do meanwhile; ctrl-c ends both."""
    return asyncio.run(run_job(job, on_progress))


async def _answer(process: asyncio.subprocess.Process, job: Job, on_progress: OnProgress | None) -> Heard | None:
    """What the process answers; None where it ends without an answer."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(job.model_dump_json().encode() + b"\n")
    async for line in process.stdout:
        match json.loads(line):
            case {"progress": progress}:
                if on_progress is not None:
                    on_progress(Progress.model_validate(progress))
            case {"problem": {"sentence": sentence, "mend": mend}}:
                raise CommandProblem(sentence, mend)
            case {"heard": heard}:
                return Heard.model_validate(heard)
    return None


async def _end(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    process.stdin.close()
    if process.returncode is None:
        process.kill()
    await process.wait()


def _ended(code: int) -> CommandProblem:
    """The problem of a process that ended without a word."""
    if code == -signal.SIGKILL:
        return CommandProblem(
            "The system ended what writes down, as it does when memory runs out.",
            "Close other programs, or take a smaller model.",
        )
    return CommandProblem(
        f"What writes down ended all at once, with the status {code}.", "Try it again, or with another model or engine."
    )
