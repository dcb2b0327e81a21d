"""How a process talks with whoever started it: one line of JSON at a time, and nothing of what drivers print."""

from __future__ import annotations

import contextlib
import json
import os
import select
from collections.abc import Mapping
from threading import Thread
from typing import Any

NICE = 10
"""How far behind everything else a process stands that has time."""


class Telling:
    """The way back to whoever started this process; a level is left out where nobody reads."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        with contextlib.suppress(OSError, AttributeError):
            os.set_blocking(handle, False)

    def __call__(self, **said: object) -> None:
        """Say something that must arrive, if there is still somebody; waits until there is room for it."""
        line = json.dumps(said).encode() + b"\n"
        with contextlib.suppress(OSError):
            while line:
                try:
                    line = line[os.write(self._handle, line) :]
                except BlockingIOError:
                    select.select([], [self._handle], [])

    def perhaps(self, **said: object) -> None:
        """Say something that the next such line replaces."""
        # A line this short goes into a pipe whole or not at all.
        with contextlib.suppress(OSError):
            os.write(self._handle, json.dumps(said).encode() + b"\n")


def first_line(handle: int) -> Mapping[str, Any]:
    """What a process is told first, past Python's own buffers; nothing where nobody told it anything."""
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = os.read(handle, 1)
        if not byte:
            break
        line += byte
    order: Mapping[str, Any] = json.loads(line or b"{}")
    return order


def stand_back() -> None:
    """Work at low priority, so that no clock waits for it; where the system knows of such a thing."""
    if hasattr(os, "nice"):
        os.nice(NICE)


def end_with(handle: int) -> None:
    """End this process at once with its input, even while a driver or an engine holds it."""
    Thread(target=_end_with, args=(handle,), daemon=True).start()


def _end_with(handle: int) -> None:
    while os.read(handle, 1024):
        pass
    os._exit(0)


def apart() -> tuple[int, int]:
    """Keep the way in and out for ourselves: what drivers and engines print goes nowhere, least of all onto the
    screen."""
    input_, output = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    return input_, output
