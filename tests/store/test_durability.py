"""That nothing acknowledged is lost when the process is killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import roleplay
from roleplay.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from store.conftest import Sample


KILLS = int(os.environ.get("ROLEPLAY_KILLS", "10"))
SEED = 20


def test_nothing_acknowledged_is_lost_to_a_kill(tmp_path: Path, sample: Sample) -> None:
    """After kills at any moment the file opens, and every acknowledged event, word and draft is in it.

    The moments come from a fixed seed; the environment's ROLEPLAY_KILLS says how many.
    """
    path = tmp_path / "sessions.db"
    store = SqliteStore(path)
    sample.open(store)
    store.close()
    chance = random.Random(SEED)
    for kill in range(KILLS):
        acknowledged = append_until_killed(path, kill, lines=chance.randint(1, 120))
        store = SqliteStore(path)
        events, texts = store.events("first"), store.texts("first")
        assert len(events) >= acknowledged["event"]
        assert all(texts[str(seq)] == f"words of {seq}" for seq in range(2, len(events) + 1))
        assert int(store.drafts("first").get("draft", "0")) >= acknowledged["draft"]
        assert store.sessions()[0].seq == len(events)
        store.verify("first")
        store.close()


def append_until_killed(path: Path, seed: int, lines: int) -> dict[str, int]:
    """Let another process append, kill it while it goes on after so many lines; the highest numbers it said."""
    script = Path(__file__).with_name("appender.py")
    env = os.environ | {"PYTHONPATH": str(Path(roleplay.__file__).parents[1])}
    said = {"event": 0, "draft": 0}
    command = [sys.executable, str(script), str(path), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for count, line in enumerate(process.stdout, start=1):
            word, number = line.split()
            said[word] = max(said[word], int(number))
            if count == lines:
                process.kill()
        errors = process.stderr.read()
    assert errors == ""
    return said
