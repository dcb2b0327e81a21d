"""How a process talks with whoever started it: one line of JSON at a time, and nothing of what drivers print."""

from __future__ import annotations

import contextlib
import json
import os
import select
from collections.abc import Mapping
from typing import Any

_READING = 5.0
"""Seconds for which somebody may leave unread what must arrive."""


class Telling:
    """The way back to whoever started this process; a level is left out where nobody reads."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        with contextlib.suppress(OSError, AttributeError):
            os.set_blocking(handle, False)

    def __call__(self, **said: object) -> None:
        """Say something that must arrive, if there is still somebody."""
        line = json.dumps(said).encode() + b"\n"
        with contextlib.suppress(OSError):
            while line:
                try:
                    line = line[os.write(self._handle, line) :]
                except BlockingIOError:
                    select.select([], [self._handle], [], _READING)

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


def apart() -> tuple[int, int]:
    """Keep the way in and out for ourselves: what drivers print goes nowhere, least of all onto the screen."""
    input_, output = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    return input_, output
