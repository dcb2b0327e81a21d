"""The process that records: one microphone, one file, from an order on its input to the end of its input.

It is told in JSON, one line each, and answers likewise. The callback of PortAudio only puts blocks into a queue; the
main thread writes them. It ends itself when nobody is left who would end it, and leaves a file that is whole.

    in   {"do": "list"}                                  out  {"microphones": [...]}
    in   {"do": "record", "path": ..., "microphone": ..., "channels": 1}
         any further line, or the end: stop              out  {"began": MONOTONIC, ...}, {"level": [...], ...},
                                                              {"ended": SECONDS, "why": ..., ...}
    where it cannot begin                                out  {"problem": ..., "sentence": ..., "mend": ...}
"""

from __future__ import annotations

import contextlib
import os
import signal
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, TypeAlias

from roleplay.audio.child import Telling, apart, first_line
from roleplay.audio.devices import as_message
from roleplay.audio.growing import GrowingWav
from roleplay.audio.levels import measure
from roleplay.audio.portaudio import Opened, open_stream, plugged_in
from roleplay.problems import CommandProblem, reason_of

_LOOK_EVERY = 0.25
"""Seconds without a block after which the stream itself is looked at."""
_WAKING, _MUTE = 8.0, 5.0
"""Seconds without a block, at first and later, after which a microphone counts as lost."""
_SURE = 0.25
"""Seconds of sound after which its beginning is known: a block may come late, and never early."""
_LAST_BLOCKS = 0.5
"""Seconds to wait, after a stop, for the sound that was made before it."""
_LEVELS = 5
"""Levels told in a second."""


@dataclass(frozen=True, slots=True)
class Block:
    """What one call of PortAudio brought."""

    sound: bytes
    came: float
    late: bool
    """The system threw sound away before it, since nobody fetched it in time."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody wants it to end."""

    at: float


@dataclass(frozen=True, slots=True)
class Fault:
    """The disk did not keep what was written."""

    error: OSError


@dataclass(frozen=True, slots=True)
class Finished:
    """PortAudio calls no more."""


Happened: TypeAlias = Block | Stop | Fault | Finished


class Recording:
    """What came in so far, and what is to be said of it."""

    def __init__(self, opened: Opened, file: GrowingWav | None, tell: Telling) -> None:
        self._opened = opened
        self._file = file
        self._tell = tell
        self._frame = 2 * opened.channels
        self._window = bytearray()
        self._told = False
        self.frames = 0
        self.zero = float("inf")
        """When the first sample was heard."""
        self.overflows = 0
        self.lost = 0.0
        """Seconds of sound that are missing, by the clock."""

    @property
    def seconds(self) -> float:
        return self.frames / self._opened.rate

    def take(self, block: Block, until: float | None) -> bool:
        """Write one block, up to a moment if there is one; whether more is wanted. Raises OSError."""
        came = len(block.sound) // self._frame
        # All of these samples were heard before the block came; the block that came soonest says when.
        begun = block.came - (self.frames + came) / self._opened.rate
        if self.seconds < 1.0:
            self.zero = min(self.zero, begun)
        if block.late and self.frames:
            self.overflows += 1
        if self.overflows:
            self.lost = max(0.0, begun - self.zero)
        wanted = came
        if until is not None:
            wanted = min(came, max(0, round((until - self.zero) * self._opened.rate) - self.frames))
        sound = block.sound[: wanted * self._frame]
        if self._file is not None:
            self._file.append(sound)
        self.frames += wanted
        self._say(sound)
        return wanted == came

    def begin(self) -> None:
        """Say when the first sample was heard, once."""
        if self._told or not self.frames:
            return
        self._told = True
        self._tell(
            began=self.zero,
            channels=self._opened.channels,
            rate=self._opened.rate,
            microphone=self._opened.microphone.name,
        )

    def _say(self, sound: bytes) -> None:
        if self.seconds >= _SURE:
            self.begin()
        self._window += sound
        if len(self._window) < self._opened.rate // _LEVELS * self._frame:
            return
        samples = array("h", bytes(self._window))
        self._window.clear()
        if self._told:
            peaks, rms = measure(samples, self._opened.channels)
            length = len(samples) / self._opened.channels / self._opened.rate
            self._tell.perhaps(level=peaks, rms=rms, seconds=self.seconds, length=length)


def record(order: Mapping[str, Any], happened: SimpleQueue[Happened], tell: Telling) -> None:
    """Record what the order says until something ends it. Raises CommandProblem where it cannot begin."""

    def callback(sound: Any, _frames: int, _time: Any, status: Any) -> None:
        happened.put(Block(bytes(sound), monotonic(), bool(status.input_overflow)))

    opened = open_stream(order["microphone"], order["channels"], callback, lambda: happened.put(Finished()))
    file = _file_for(order, opened, happened)
    recording = Recording(opened, file, tell)
    try:
        opened.start()
        why, reason = _follow(recording, opened, happened)
    finally:
        if file is not None:
            if recording.frames:
                file.close()
            else:
                file.discard()
    if not recording.frames and why != "stopped":
        raise CommandProblem(*_nothing(why, reason, opened))
    recording.begin()
    tell(
        ended=recording.seconds,
        why=why,
        reason=reason,
        microphone=opened.microphone.name,
        overflows=recording.overflows,
        lost=round(recording.lost, 3),
    )


def _follow(recording: Recording, opened: Opened, happened: SimpleQueue[Happened]) -> tuple[str, str]:
    """Take what comes until something ends it: why, and the system's words for it."""
    until: float | None = None
    last = monotonic()
    while until is None or monotonic() < until + _LAST_BLOCKS:
        try:
            event = happened.get(timeout=_LOOK_EVERY)
        except Empty:
            mute = monotonic() - last > (_MUTE if recording.frames else _WAKING)
            if mute or not opened.stream.active:
                return ("microphone" if until is None else "stopped"), ""
            continue
        match event:
            case Block():
                last = event.came
                try:
                    if not recording.take(event, until):
                        break
                except OSError as error:
                    return "disk", reason_of(error)
            case Stop():
                until = event.at if until is None else until
                if not recording.frames:
                    break
            case Fault():
                return "disk", reason_of(event.error)
            case Finished():
                return ("microphone" if until is None else "stopped"), ""
    return "stopped", ""


def _file_for(order: Mapping[str, Any], opened: Opened, happened: SimpleQueue[Happened]) -> GrowingWav | None:
    if not order["path"]:
        return None
    path = Path(order["path"])
    try:
        return GrowingWav(path, opened.channels, opened.rate, lambda error: happened.put(Fault(error)))
    except OSError as error:
        sentence = f"The recording cannot be written to {path.parent}: {reason_of(error)}."
        raise CommandProblem(sentence, "Free some space, or choose another folder with ROLEPLAY_HOME.") from error


def _nothing(why: str, reason: str, opened: Opened) -> tuple[str, str]:
    if why == "disk":
        return f"The recording cannot be written: {reason}.", "Free some space."
    name = opened.microphone.name
    return f"No sound comes from the microphone “{name}”.", "Plug it in again, or choose another with: roleplay devices"


def _listen_for_the_end(happened: SimpleQueue[Happened], input_: int) -> None:
    # Read past Python's own buffers: a thread that waits inside of them would keep the process from ending.
    with contextlib.suppress(OSError):
        os.read(input_, 1)
    happened.put(Stop(monotonic()))


def main() -> None:
    """Do what the first line says."""
    input_, output = apart()
    tell = Telling(output)
    happened: SimpleQueue[Happened] = SimpleQueue()
    # A ctrl-c in the terminal is for the program; whoever started this process says when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: happened.put(Stop(monotonic())))
    try:
        order = first_line(input_)
        if order.get("do") == "list":
            tell(**as_message(plugged_in().values()))
        elif order.get("do") == "record":
            Thread(target=_listen_for_the_end, args=(happened, input_), daemon=True).start()
            record(order, happened, tell)
    except CommandProblem as problem:
        tell(**as_message(problem))
    except Exception as error:  # noqa: BLE001 - nobody sees what this process prints
        tell(fault=f"{type(error).__name__}: {error}")
    # A driver whose device is gone may never return from being closed; all that matters is on the disk by now.
    os._exit(0)


if __name__ == "__main__":
    main()
