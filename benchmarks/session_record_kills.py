"""What a kill -9 takes away from a recording: at most its last second, and nothing of the session.

The program and the process that records are killed at one moment, as by a power cut. Then the file is read as any
program would, the session is opened again, and its clock goes on: a new recording has to begin.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import wave
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks.kills import reopen
from benchmarks.measure import ROOT, environment
from benchmarks.sessions import own_home
from benchmarks.table import Row, say_time
from roleplay.audio.shelf import Shelf
from roleplay.conduct.opening import read_session
from roleplay.settings import database_path
from roleplay.store.sqlite import SqliteStore

SEED = 50
LOSS_LIMIT = 1.0
"""Seconds of sound that a kill may take."""
REOPEN_LIMIT = 2.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Remains:
    """What was found after one kill."""

    recorded: float
    """Seconds that had passed since the first sample."""
    kept: float
    """Seconds that can be read from the file."""
    reopened: float
    """Seconds that it took."""
    paused: bool
    shut: bool
    """The journal says that the recording ended then, and how long it is."""
    again: bool
    """A new recording begins when the clock goes on."""

    @property
    def is_well(self) -> bool:
        """Whether the session goes on as it should."""
        return self.paused and self.shut and self.again and self.reopened <= REOPEN_LIMIT


def kill_sessions(quick: bool) -> list[Row]:
    """A session that is recorded is killed at random moments."""
    sys.path.append(str(ROOT / "tests"))
    from virtual_microphone import VirtualMicrophones

    kills = 3 if quick else 50
    chance = random.Random(SEED)
    found: list[Remains] = []
    with VirtualMicrophones() as microphones, patch.dict(os.environ, microphones.environment):
        microphones.plug_in("desk")
        while len(found) < kills:
            with own_home() as home:
                found.append(kill_once(home, chance.uniform(0.0, 6.0)))
    lost = max(each.recorded - each.kept for each in found)
    well = sum(each.is_well for each in found)
    slowest = max(each.reopened for each in found)
    return [
        Row(
            f"{kills} kills while recording: sound lost",
            f"at most {lost:.2f} s",
            f"of {sum(each.recorded for each in found):.0f} s",
            limit=f"{LOSS_LIMIT:g} s",
            kept=lost <= LOSS_LIMIT and all(each.kept > 0 or each.recorded < LOSS_LIMIT for each in found),
        ),
        Row(
            "opened again, paused; recorded again",
            f"{well} of {kills}",
            f"the slowest in {say_time(slowest)}",
            limit=f"{kills} within {REOPEN_LIMIT:g} s",
            kept=well == kills,
        ),
    ]


def kill_once(home: Path, after: float) -> Remains:
    """Record, kill so many seconds after the first sound was told, and look at what is there."""
    session, recording, first, killed = _record_until_killed(home, after)
    path = Shelf(home).find(session, recording)
    store = SqliteStore(database_path())
    seconds, paused = reopen(store, session)
    kept = 0.0
    if path is not None:
        with wave.open(str(path), "rb") as file:
            kept = len(file.readframes(file.getnframes())) / file.getframerate() / file.getsampwidth()
    state, _ = read_session(store, session)
    one = state.tracks["t1"].recordings[recording]
    shut = one.ended == "shut" and one.seconds is not None and abs(one.seconds - kept) < 0.01
    store.verify(session)
    store.close()
    return Remains(killed - first, kept, seconds, paused, shut, _records_again(home, session, recording))


def _record_until_killed(home: Path, after: float) -> tuple[str, str, float, float]:
    with _worker(home) as process:
        session, recording, first = _began(process)
        time.sleep(after)
        killed = _kill(process)
    return session, recording, first, killed


def _records_again(home: Path, session: str, before: str) -> bool:
    with _worker(home, session) as process:
        _, recording, _ = _began(process)
        _kill(process)
    return recording != before


def _worker(home: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.workers.record", *arguments]
    return subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, text=True)


def _began(process: subprocess.Popen[str]) -> tuple[str, str, float]:
    """Session, recording and the moment of its first sample, once it has begun."""
    assert process.stdout is not None
    for line in process.stdout:
        kind, session, recording, first, _ = line.split(maxsplit=4)
        if kind == "began":
            return session, recording, float(first)
    raise RuntimeError("it ended by itself")


def _kill(process: subprocess.Popen[str]) -> float:
    """Kill a process and those it has started; returns when."""
    family = [process.pid, *_children(process.pid)]
    for pid in family:
        os.kill(pid, signal.SIGKILL)
    killed = time.monotonic()
    process.wait()
    return killed


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    return [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]
