"""The parent's side of the process that writes down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from roleplay.transcription.protocol import Heard, Job, Progress

OnProgress = Callable[[Progress], None]


async def run_job(job: Job, on_progress: OnProgress | None = None) -> Heard:
    """Write down one file in a process of its own; cancelling the task ends that process at once.

    Raises CommandProblem with what is wrong and what to do: an unreadable file, a missing model or part, too little
    memory, a process that ended.
    """
    raise NotImplementedError


def run_job_now(job: Job, on_progress: OnProgress | None = None) -> Heard:
    """The same for a command, which has nothing else to do meanwhile; ctrl-c ends both."""
    return asyncio.run(run_job(job, on_progress))
