"""How time is taken: every candidate in turn, again and again, so that a noisy machine is noisy for all alike."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def in_turn(runs: Sequence[Callable[[], float]], times: int) -> list[list[float]]:
    """The figures of each run, taken A B A B after one round that does not count."""
    for run in runs:
        run()
    figures: list[list[float]] = [[] for _ in runs]
    for _ in range(times):
        for run, taken in zip(runs, figures, strict=True):
            taken.append(run())
    return figures


def environment(home: Path) -> dict[str, str]:
    """The environment of a measured process: byte code is kept, sessions go to `home`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return inherited | {"PYTHONPATH": str(ROOT), "ROLEPLAY_HOME": str(home)}


def console_script(module: str, *arguments: str) -> list[str]:
    """The command line that runs the `main` of a module as an installed program does."""
    code = f"import sys\nfrom {module} import main\nsys.argv[0] = {module!r}\nsys.exit(main())"
    return [sys.executable, "-c", code, *arguments]


def process_time(command: Sequence[str], home: Path) -> float:
    """Seconds from the start of a process to its end; it must succeed."""
    started = time.perf_counter()
    subprocess.run(command, env=environment(home), check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return time.perf_counter() - started
