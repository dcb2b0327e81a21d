"""How late a step ends while a recording is written down on all processors: see `ends` for what is measured.

The worker is the real one. Its model has the size of `base` and weights by chance, which keeps it busy for as long as
the steps take.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.random_model import make_random_base
from benchmarks.spoken import conversation, converted, not_here
from benchmarks.step_ends import play_steps, rows_of
from benchmarks.table import Row


def lateness(quick: bool) -> list[Row]:
    """Beside each engine in turn."""
    if missing := not_here():
        return missing
    rows = []
    with TemporaryDirectory() as place:
        folder = Path(place)
        checkpoint = make_random_base(folder)
        fast = converted(checkpoint, folder)
        sound = conversation(120 if quick else 600, 60 if quick else 480, seed=3).write(folder / "said.wav")
        for engine, model in (("whisper", checkpoint), ("faster-whisper", fast)):
            late = play_steps(quick, partial(_writing_down, sound, engine, model))
            rows += rows_of(f"while {engine} writes down on {os.cpu_count()} processors", *late)
    return rows


@asynccontextmanager
async def _writing_down(sound: Path, engine: str, model: Path) -> AsyncIterator[None]:
    """The worker at work, from its first window on, as often as it takes until the block ends."""
    from roleplay.transcription.client import run_job
    from roleplay.transcription.protocol import Job, Progress

    begun = asyncio.Event()
    job = Job(sound=sound, engine=engine, model=str(model), language="en")

    def see(progress: Progress) -> None:
        if progress.stage == "writing":
            begun.set()

    async def keep_busy() -> None:
        while True:
            await run_job(job, see)

    work = asyncio.create_task(keep_busy())
    waiting = asyncio.create_task(begun.wait())
    try:
        await asyncio.wait([work, waiting], return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()
        yield
    finally:
        for task in (work, waiting):
            task.cancel()
        await asyncio.gather(work, waiting, return_exceptions=True)
