"""Recording from the side of the session: starts the process that records, hears how it goes, and ends it.

    capture = Capture(path, microphone=None, channels=1)
    began = await capture.start()              # CommandProblem: AudioMissing, NoMicrophone, or another sentence
    async for report in capture.reports():     # Level, five a second, then Ended, once
        ...
    ended = await capture.stop()               # harmless when it has ended by itself

Levels that nobody has read yet replace each other; the end is never lost.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from roleplay.audio.devices import RECORDER, Microphone, order, problem_in
from roleplay.audio.levels import Silence, clips
from roleplay.audio.wav import wav_seconds
from roleplay.problems import CommandProblem

Why = Literal["stopped", "microphone", "disk", "fault"]

_PATIENCE = 20.0
"""Seconds after which a recorder that does not end is ended; the sound is in the file all the same."""
_UNHEARD = {
    False: "The recording was stopped before any sound came in.",
    True: "Recording broke off before any sound came in. Try again, or take another microphone.",
}
_SENTENCES: dict[Why, str] = {
    "stopped": "",
    "microphone": "The microphone “{name}” was lost. What was recorded until then is kept.",
    "disk": "The disk takes no more sound ({reason}), so recording stopped. What was recorded until then is kept.",
    "fault": "Recording broke off. What was recorded until then is kept.",
}


@dataclass(frozen=True, slots=True)
class Began:
    """Sound is coming in."""

    monotonic: float
    """When the first sample was heard, on the clock of `time.monotonic`, which all processes share."""
    channels: int
    """As many as are recorded: fewer than asked for where the microphone has no more."""
    rate: int
    """Samples a second."""
    microphone: str
    """The name of what is heard."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the last fifth of a second was."""

    seconds: float
    """How much is recorded so far."""
    peak: float
    """The loudest sample of all channels, 0 to 1."""
    rms: float
    """How loud it was on the whole in the loudest channel, 0 to 1."""
    clipped: bool
    """It was too loud: peaks are cut off."""
    silent: bool
    """Nothing has been heard for ten seconds; true only in the first such silence, so it warns once."""
    peaks: tuple[float, ...]
    """The loudest sample of each channel."""


@dataclass(frozen=True, slots=True)
class Ended:
    """No more sound is coming in; what was recorded until then is in the file, which is closed."""

    seconds: float
    why: Why
    """Somebody stopped it, the microphone was lost, the disk is full, or something else went wrong."""
    sentence: str = ""
    """What to tell people; empty where somebody stopped it."""
    overflows: int = 0
    """How often the system came too late to fetch a block of sound."""
    lost: float = 0.0
    """How many seconds are missing because of that, as near as the clock can tell."""


Report: TypeAlias = Began | Level | Ended


class Capture:
    """One recording of one microphone, from its start to its end."""

    def __init__(self, path: Path | None, microphone: str | Microphone | None = None, channels: int = 1) -> None:
        """The file must not be there yet; without a path it is only listened, and nothing is kept."""
        self._path = path
        self._name = microphone.name if isinstance(microphone, Microphone) else microphone
        self._channels = channels
        self._stopped = False
        self._process: asyncio.subprocess.Process | None = None
        self._following: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()
        self._news = asyncio.Event()
        self._began: Began | None = None
        self._problem: CommandProblem | None = None
        self._level: Level | None = None
        self._silence = Silence()
        self._said_to_end: Ended | None = None
        self._ended: Ended | None = None

    @property
    def ended(self) -> Ended | None:
        """How it ended; none while it goes on."""
        return self._ended

    @property
    def process_id(self) -> int | None:
        """The process that records, once there is one."""
        return self._process.pid if self._process else None

    async def start(self) -> Began:
        """Begin; returns when the first sound has come in, which may take seconds.

        Raises CommandProblem where it cannot begin (AudioMissing, NoMicrophone or another one); no file is left then,
        nor when this is cancelled.
        """
        beginning = asyncio.ensure_future(self._begin())
        try:
            # A process that is half started could not be ended.
            await asyncio.shield(beginning)
            await self._answered.wait()
        except asyncio.CancelledError:
            await beginning
            await self.stop()
            if self._path is not None:
                self._path.unlink(missing_ok=True)
            raise
        if self._began is None:
            raise self._problem or CommandProblem(_UNHEARD[self._ended is not None and self._ended.why == "fault"])
        return self._began

    async def reports(self) -> AsyncIterator[Level | Ended]:
        """What happens, until the end, which is the last report."""
        while self._ended is None:
            await self._news.wait()
            self._news.clear()
            level, self._level = self._level, None
            if level is not None:
                yield level
        yield self._ended

    async def stop(self) -> Ended:
        """End the recording and wait until it is safe on the disk; says how it ended."""
        self._stopped = True
        if self._process is None or self._following is None:
            return self._ended or Ended(0.0, "stopped")
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            # A busy disk may need seconds to keep the last sound.
            await asyncio.wait_for(asyncio.shield(self._following), _PATIENCE)
        except TimeoutError:
            self._process.kill()
            await self._following
        assert self._ended is not None
        return self._ended

    async def _begin(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *RECORDER,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Neither a ctrl-c nor a ctrl-z in the terminal is meant for it.
            start_new_session=True,
        )
        assert self._process.stdin is not None
        if self._stopped:
            # Somebody said so while the process was being started; it has opened nothing yet.
            self._process.kill()
            await self._process.wait()
            raise CommandProblem("The recording was stopped before any sound came in.")
        path = str(self._path.absolute()) if self._path else ""
        self._process.stdin.write(order(do="record", path=path, microphone=self._name, channels=self._channels))
        self._following = asyncio.create_task(self._follow(self._process), name="follows a recording")

    async def _follow(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        async for line in process.stdout:
            self._hear(json.loads(line))
        await process.wait()
        process.stdin.close()
        # Whoever is told of the end may rely on the process being gone.
        self._ended = self._said_to_end or Ended(self._kept(), "fault", _SENTENCES["fault"])
        self._answered.set()
        self._news.set()

    def _hear(self, said: dict[str, Any]) -> None:
        match said:
            case {"began": monotonic, "channels": channels, "rate": rate, "microphone": name}:
                self._began = Began(monotonic, channels, rate, name)
                self._answered.set()
            case {"level": peaks, "rms": rms, "seconds": seconds, "length": length}:
                self._silence = self._silence.then(rms, length)
                peak, silent = max(peaks), self._silence.to_be_told
                self._level = Level(seconds, peak, rms, clips(peak), silent, tuple(peaks))
                self._news.set()
            case {"ended": seconds, "why": why}:
                sentence = _SENTENCES[why].format(name=said["microphone"], reason=said["reason"])
                self._said_to_end = Ended(seconds, why, sentence, said["overflows"], said["lost"])
            case {"problem": _}:
                self._problem = problem_in(said)
            case {"fault": reason}:
                self._problem = CommandProblem(f"The recording could not begin ({reason}).", "Try again.")

    def _kept(self) -> float:
        """How much sound there is in a file that nobody closed."""
        if self._path is None:
            return 0.0
        with contextlib.suppress(OSError):
            return wav_seconds(self._path) or 0.0
        return 0.0
