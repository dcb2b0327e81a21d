"""What a kill -9 takes away: nothing that was answered may be missing, and the session opens again, paused."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import environment
from benchmarks.sessions import own_home
from benchmarks.table import Row, say_time
from benchmarks.workers.play import DRAFT
from roleplay.conduct.opening import reopen_session
from roleplay.session.events import texts_in
from roleplay.settings import database_path
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer

SEED = 20
REOPEN_LIMIT = 2.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Remains:
    """What was found after one kill."""

    acknowledged: int
    lost: int
    drafts: int
    drafts_lost: int
    reopened: float
    """Seconds."""
    paused: bool


def kill_writers(quick: bool) -> list[Row]:
    """A process that appends and types is killed at random moments."""
    kills = 10 if quick else 100
    chance = random.Random(SEED)
    found: list[Remains] = []
    while len(found) < kills:
        with own_home() as home:
            found.append(look(play_until_killed(home, chance.uniform(0.0, 0.8))))
    slowest = max(each.reopened for each in found)
    again = sum(each.paused and each.reopened <= REOPEN_LIMIT for each in found)
    return [
        _lost_row(f"{kills} kills: events", sum(e.acknowledged for e in found), sum(e.lost for e in found)),
        _lost_row(f"{kills} kills: drafts", sum(e.drafts for e in found), sum(e.drafts_lost for e in found)),
        Row(
            "opened again, paused",
            f"{again} of {kills}",
            f"the slowest in {say_time(slowest)}",
            limit=f"{kills} within {REOPEN_LIMIT:g} s",
            kept=again == kills,
        ),
    ]


def _lost_row(what: str, acknowledged: int, lost: int) -> Row:
    return Row(what, f"{lost} lost", f"of {acknowledged:,} answered", limit="0", kept=acknowledged > 0 and lost == 0)


def play_until_killed(home: Path, after: float) -> list[tuple[str, str, int]]:
    """Let a process play for so many seconds after its first answer; what it said: kind, session, number."""
    said = home / "said"
    with said.open("wb") as answers:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.workers.play"], env=environment(home), stdout=answers
        )
        while not said.stat().st_size:
            if process.poll() is not None:
                raise RuntimeError("it ended by itself")
            time.sleep(0.01)
        time.sleep(after)
        process.kill()
        process.wait()
    rows = (line.split() for line in said.read_text().splitlines())
    return [(kind, session, int(number)) for kind, session, number in rows]


def look(said: list[tuple[str, str, int]]) -> Remains:
    """Hold what was said against what is there, in the session that was open when the kill came."""
    session = said[-1][1]
    highest: Counter[str] = Counter()
    for kind, of, number in said:
        if of == session:
            highest[kind] = max(highest[kind], number)
    store = SqliteStore(database_path())
    store.verify(session)
    events, words = store.events(session), store.texts(session)
    whole = 0
    for event in events:
        if any(ref.id not in words for ref in texts_in(event)):
            break
        whole += 1
    draft = int(store.drafts(session).get(DRAFT, "0"))
    seconds, paused = reopen(store, session)
    store.close()
    return Remains(
        acknowledged=highest["event"],
        lost=max(0, highest["event"] - whole),
        drafts=highest["draft"],
        drafts_lost=max(0, highest["draft"] - draft),
        reopened=seconds,
        paused=paused,
    )


def reopen(store: SqliteStore, session: str) -> tuple[float, bool]:
    """Seconds until a session is open again, and whether no table's clock runs then."""
    path = database_path()
    with Writer(lambda: SqliteStore(path)) as writer:
        started = time.perf_counter()
        runner = reopen_session(store, writer, session)
        seconds = time.perf_counter() - started
        runner.close()
    return seconds, all(runner.state.phase(track) != "running" for track in runner.state.tracks)
