"""One line that says how far a long piece of work is; only where somebody looks at a terminal."""

from __future__ import annotations

import shutil
import sys
from types import TracebackType

from roleplay.content.durations import say_left

BAR = 24


class ProgressLine:
    """A line at the bottom that is written anew again and again, and gone at the end."""

    def __init__(self) -> None:
        self._shown = ""

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._write("")

    def show(self, what: str, fraction: float, seconds_left: float | None = None) -> None:
        """Say what is being done, how far it is, and how long it will still take."""
        full = round(BAR * fraction)
        left = "" if seconds_left is None else f"  {say_left(seconds_left)}"
        self._write(f"{what}  {'█' * full}{'░' * (BAR - full)}  {fraction:4.0%}{left}")

    def _write(self, line: str) -> None:
        line = line[: shutil.get_terminal_size().columns - 1]
        if line != self._shown and sys.stderr.isatty():
            sys.stderr.write(f"\r{line.ljust(len(self._shown))}\r{line}")
            sys.stderr.flush()
            self._shown = line
