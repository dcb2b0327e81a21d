"""A program in a terminal of its own: what it draws is read, keys are typed, and it can be killed."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.measure import environment
from benchmarks.screen_text import COLUMNS, ROWS, ScreenText

LAST_ROW = f"\x1b[{ROWS};1H".encode()
"""Drawn last when a whole screen is painted."""


class Terminal:
    """80 by 24, as most laptops open it; use it in a `with` block, which kills what still runs."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        ours, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._screen = ours
        self.drawn = b""
        """Everything that was drawn so far."""
        self._text = ScreenText()
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            env=environment(home) | {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
            stdin=its,
            stdout=its,
            stderr=its,
            start_new_session=True,
        )
        os.close(its)

    def wait_until(self, seen: Callable[[Terminal], bool], seconds: float = 20.0) -> float:
        """Seconds from the start of the program until this holds.

        Raises:
            TimeoutError: it took too long, or the program ended.
        """
        while not seen(self):
            left = self._started + seconds - time.perf_counter()
            if left <= 0 or not self.look(left):
                raise TimeoutError("\n".join(self.lines))
        return time.perf_counter() - self._started

    def look(self, seconds: float) -> bool:
        """Read what is drawn within so many seconds, at most until something is; whether the program still draws."""
        ready, _, _ = select.select([self._screen], [], [], seconds)
        if not ready:
            return True
        try:
            news = os.read(self._screen, 1 << 16)
        except OSError:
            return False
        self.drawn += news
        self._text.draw(news)
        return bool(news)

    def drain(self) -> None:
        """Read all that a program drew before it ended."""
        while self.look(1.0):
            pass

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, from the top."""
        return self._text.lines

    def press(self, keys: str) -> None:
        """Press keys, as the terminal sends them."""
        os.write(self._screen, keys.encode())

    def kill(self) -> None:
        """End the program as a power cut would, as far as a process can tell."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._screen)
