"""What a microphone hears and what is in its file: when it begins, what is missing, and what a kill takes away."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT
from benchmarks.table import Row

sys.path.append(str(ROOT / "tests"))

from virtual_microphone import RATE, VirtualMicrophones, read_wav, write_wav

from roleplay.audio.capture import Capture, Ended
from roleplay.audio.wav import repair

SEED = 20
OFFSET_LIMIT = 0.05
LOST_LIMIT = 1.0
"""Seconds."""
MEMORY_LIMIT = 2.0
"""MB that a recorder may grow by."""
CALLS = 8
"""Sounds whose moment is known."""
BLOCK = RATE // 10
"""Samples that are looked for together."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One recording, beside what was played."""

    offset: float
    """Seconds by which the first sound is later than the clock said it was made."""
    lost: int
    """Samples that are not in the file."""
    ended: Ended
    grown: float
    """MB."""


def capture(quick: bool) -> list[Row]:
    """Three minutes from a microphone, with every processor busy."""
    seconds = 10 if quick else 180
    with _system() as (system, folder), _busy():
        heard = asyncio.run(_record(system, folder, seconds))
    return [
        Row(
            f"{seconds} s recorded, processors busy: its beginning",
            f"{heard.offset * 1000:+.0f} ms",
            "what was played",
            limit=f"{OFFSET_LIMIT * 1000:.0f} ms",
            kept=abs(heard.offset) <= OFFSET_LIMIT,
        ),
        Row("samples lost", f"{heard.lost:,}", f"of {seconds * RATE:,}", limit="0", kept=heard.lost == 0),
        Row("blocks fetched too late", f"{heard.ended.overflows}", limit="0", kept=heard.ended.overflows == 0),
        Row("memory grown", f"{heard.grown:.1f} MB", limit=f"{MEMORY_LIMIT:g} MB", kept=heard.grown <= MEMORY_LIMIT),
    ]


def kill_recorders(quick: bool) -> list[Row]:
    """A process that records is killed at random moments."""
    kills = 8 if quick else 50
    with _system() as (system, folder):
        missing = asyncio.run(_kill(system, folder, kills))
    opened = [each for each in missing if each is not None]
    worst = max(opened, default=float("inf"))
    return [
        Row(
            f"{kills} recorders killed: opened, as it was played",
            f"{len(opened)} of {kills}",
            limit=f"{kills}",
            kept=len(opened) == kills,
        ),
        Row("missing at the end, at most", f"{worst:.2f} s", limit=f"{LOST_LIMIT:g} s", kept=worst <= LOST_LIMIT),
    ]


@contextmanager
def _system() -> Iterator[tuple[VirtualMicrophones, Path]]:
    with VirtualMicrophones() as system, tempfile.TemporaryDirectory() as folder:
        system.plug_in("desk")
        before = {name: os.environ.get(name) for name in system.environment}
        os.environ.update(system.environment)
        try:
            yield system, Path(folder)
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


@contextmanager
def _busy() -> Iterator[None]:
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()


def _noise(path: Path, seconds: float) -> array[int]:
    """Sound of which no stretch is like another."""
    chance = random.Random(SEED)
    samples = array("h", chance.randbytes(2 * round(seconds * RATE)))
    write_wav(path, array("h", (sample // 4 for sample in samples)))
    return read_wav(path)


async def _record(system: VirtualMicrophones, folder: Path, seconds: int) -> Heard:
    call, long = folder / "call.wav", folder / "long.wav"
    played, whole = _noise(call, 0.5), _noise(long, seconds)
    system.keep_ready(call)
    recording = Capture(folder / "recorded.wav", "desk")
    began = await recording.start()
    calls = []
    for _ in range(CALLS):
        before = time.monotonic()
        await asyncio.to_thread(system.play_now, "desk")
        calls.append((time.monotonic() - before, before))
        await asyncio.sleep(1)
    assert recording.process_id is not None
    memory = _memory(recording.process_id)
    await asyncio.to_thread(system.play, "desk", long)
    if recording.ended:
        raise RuntimeError(f"it ended by itself: {recording.ended}")
    grown = _memory(recording.process_id) - memory
    ended = await recording.stop()
    recorded = read_wav(folder / "recorded.wav").tobytes()
    # The system raises the volume of what it plays from nothing, so the very first samples differ.
    late = RATE // 10
    # A player that was slow to start says little about when it was heard; the quickest says most.
    _, before = min(calls)
    near = max(0, round((before - began.monotonic - 0.5) * RATE)) * 2
    at = recorded.find(played[late:].tobytes()[: 2 * BLOCK], near) // 2 - late
    lost = sum(
        BLOCK
        for start in range(late, len(whole) - BLOCK, BLOCK)
        if recorded.find(whole[start : start + BLOCK].tobytes()) < 0
    )
    return Heard(began.monotonic + at / RATE - before, lost, ended, grown)


def _memory(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def _kill(system: VirtualMicrophones, folder: Path, kills: int) -> list[float | None]:
    """Seconds missing at the end of each recording; None for one that is not what was played."""
    chance = random.Random(SEED)
    long = folder / "long.wav"
    played = _noise(long, 20 + kills * 5).tobytes()
    playing = asyncio.create_task(asyncio.to_thread(system.play, "desk", long))
    await asyncio.sleep(3)
    missing: list[float | None] = []
    for number in range(kills):
        path = folder / f"{number}.wav"
        recording = Capture(path, "desk")
        began = await recording.start()
        await asyncio.sleep(chance.uniform(0.0, 4.0))
        assert recording.process_id is not None
        if recording.ended:
            raise RuntimeError(f"it ended by itself: {recording.ended}")
        killed = time.monotonic()
        os.kill(recording.process_id, 9)
        await recording.stop()
        repair(path)
        recorded = read_wav(path).tobytes()
        missing.append(killed - began.monotonic - len(recorded) / 2 / RATE if recorded in played else None)
    system.kill()
    await asyncio.wait({playing})
    playing.exception()
    return missing
