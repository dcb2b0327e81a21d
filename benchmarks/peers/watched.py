"""Run a module and note what openai-whisper does meanwhile: `python -m benchmarks.peers.watched FIGURES MODULE …`.

Nothing of Whisper is changed but that its encoder and its decoding are timed from outside. With `-` for FIGURES nothing
is watched, and Whisper not loaded.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import time
from functools import wraps
from pathlib import Path
from typing import Any

figures = {"windows": 0, "encoding": 0.0, "decoding": 0.0}


def main() -> None:
    """Run what is named, and write down the figures when it has ended."""
    target, module, *arguments = sys.argv[1:]
    if target != "-":
        _watch()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    if target != "-":
        Path(target).write_text(json.dumps(figures), encoding="utf-8")
    sys.stdout.flush()
    # The worker still waits for the end of its input, as it does for the program that started it.
    os._exit(0)


def _watch() -> None:
    from whisper.decoding import DecodingTask
    from whisper.model import AudioEncoder

    AudioEncoder.forward = _encoding(AudioEncoder.forward)
    DecodingTask.run = _decoding(DecodingTask.run)


def _encoding(forward: Any) -> Any:
    @wraps(forward)
    def watched(encoder: Any, mel: Any) -> Any:
        began = time.perf_counter()
        encoded = forward(encoder, mel)
        figures["encoding"] += time.perf_counter() - began
        figures["windows"] += mel.shape[0]
        return encoded

    return watched


def _decoding(run: Any) -> Any:
    """Some hand over sound that is not encoded yet; that is no part of decoding."""

    @wraps(run)
    def watched(task: Any, sound: Any) -> Any:
        began, encoded = time.perf_counter(), figures["encoding"]
        results = run(task, sound)
        figures["decoding"] += time.perf_counter() - began - (figures["encoding"] - encoded)
        return results

    return watched


if __name__ == "__main__":
    main()
