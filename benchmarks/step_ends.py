"""How late a step ends: from its deadline until its end is on the disk and handed to the screens.

The runner, the writer and the timekeeper are those of the real screens; ten tables run through thirty steps of a
second each, every table a little after the one before. Bare timers in the same loop say what the machine allows.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from statistics import median, quantiles
from typing import Any

from benchmarks.sessions import many_steps, own_home
from benchmarks.table import Row
from roleplay.conduct.opening import open_session, seats_for
from roleplay.conduct.runner import Runner
from roleplay.planning.build import build_plan
from roleplay.problems import CommandProblem
from roleplay.session.commands import Start
from roleplay.session.events import Event, StepEnded
from roleplay.session.state import State
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer
from roleplay.tui.timekeeper import Timekeeper

TABLES = 10
STEPS = 30
LIMIT = 0.050
"""Seconds, for 99 of 100 ends."""


def lateness(quick: bool) -> list[Row]:
    """With the machine to itself, as far as it has, and beside a busy process that is nice."""
    rows = rows_of("alone", *play_steps(quick))
    with _busy():
        return rows + rows_of("beside a niced busy process", *play_steps(quick))


def rows_of(where: str, ends: Sequence[float], bare: Sequence[float]) -> list[Row]:
    """What steps and bare timers were late, side by side."""
    late, timers = _spread(ends), _spread(bare)
    names = ("half within", "99 of 100 within", "the latest")
    limits = (None, LIMIT, None)
    return [
        Row(
            f"{len(ends)} step ends {where}: {name}",
            f"{mine * 1000:.1f} ms",
            f"{timer * 1000:.1f} ms bare timers",
            limit=f"{limit * 1000:.0f} ms" if limit else "",
            kept=mine <= limit if limit else None,
        )
        for name, mine, timer, limit in zip(names, late, timers, limits, strict=True)
    ]


def _spread(seconds: Sequence[float]) -> tuple[float, float, float]:
    return median(seconds), quantiles(seconds, n=100, method="inclusive")[98], max(seconds)


def play_steps(
    quick: bool, beside: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
) -> tuple[list[float], list[float]]:
    """Seconds by which the steps of all tables ended late, and bare timers in the same loop rang late.

    What is to go on meanwhile in the same loop is begun before the first step.
    """
    with own_home() as home:
        path = home / "sessions.db"
        store = SqliteStore(path)
        with Writer(lambda: SqliteStore(path)) as writer:
            bundle = many_steps(STEPS // (6 if quick else 1), "1s")
            seats = seats_for([f"Reader {n}" for n in range(TABLES)])
            runner = open_session(store, writer, bundle, build_plan(bundle.scenario, [s.id for s in seats]), seats)
            figures = asyncio.run(_until_finished(runner, writer, beside))
            runner.close()
        store.close()
    return figures


async def _until_finished(
    runner: Runner, writer: Writer, beside: Callable[[], AbstractAsyncContextManager[None]]
) -> tuple[list[float], list[float]]:
    loop = asyncio.get_running_loop()
    ends: list[float] = []
    timers: list[float] = []
    finished = asyncio.Event()
    running: set[asyncio.Task[None]] = set()
    keeper = Timekeeper(runner, writer, lambda work: running.add(loop.create_task(_run(work))), _ignore, _fail)

    def shown(state: State, events: Sequence[Event]) -> None:
        ends.extend(runner.clock.now() - event.at for event in events if isinstance(event, StepEnded))
        keeper.plan()
        if all(track.status == "finished" for track in state.tracks.values()):
            finished.set()

    async def time_bare() -> None:
        while not finished.is_set():
            at = loop.time() + 0.0973
            rang = loop.create_future()
            loop.call_at(at, rang.set_result, None)
            await rang
            timers.append(loop.time() - at)

    runner.listen(shown)
    async with beside():
        bare = loop.create_task(time_bare())
        for track in runner.state.tracks:
            await runner.do(Start(track))
            await asyncio.sleep(1 / TABLES)
        await finished.wait()
        keeper.stop()
        await bare
    return ends, timers


async def _run(work: Coroutine[Any, Any, None]) -> None:
    await work


def _ignore(cues: object) -> None:
    """No step here runs over its time."""


def _fail(problem: CommandProblem) -> None:
    raise problem


@contextmanager
def _busy() -> Iterator[None]:
    """Another process that computes without end, and is nice."""
    process = subprocess.Popen([sys.executable, "-c", "import os\nos.nice(10)\nwhile True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()
