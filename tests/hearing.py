"""Sessions that are recorded, with microphones made of values: what would be heard is said by the test.

Everything happens in one thread and without waiting for a disk, so that a few turns of the loop settle all of it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Coroutine, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples import TRIAD, setting_of

from roleplay.audio.capture import Began, Ended, Level, Why
from roleplay.audio.devices import Microphone, NoMicrophone
from roleplay.audio.shelf import Shelf
from roleplay.conduct.clock import Clock, HandClock
from roleplay.conduct.recording import Recorder
from roleplay.conduct.runner import Runner, new_text
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session.events import Event, Participant
from roleplay.session.heard import Recording
from roleplay.session.hearing_commands import AnswerConsent
from roleplay.session.state import State, TrackState
from roleplay.session.texts import Text
from roleplay.store.protocol import StoreProblem

RECORDED: dict[str, Any] = {
    **TRIAD,
    "script": [
        {"rotate": "every-role", "steps": [{"name": "Talk", "kind": "play", "length": "5m", "record": True}]},
        {"name": "Journal", "kind": "journal", "length": "3m", "prompts": ["What will you keep?"]},
    ],
}
"""Three conversations, one right after the other, each recorded."""


def microphone(name: str = "Desk", channels: int = 1) -> Microphone:
    """A microphone."""
    return Microphone(name, channels, 16_000, "Test", is_default=True)


class MemoryJournal:
    """Keeps everything in memory, and nothing while it is full."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.full = False

    def append(
        self,
        session: str,
        expected_seq: int,
        events: Sequence[Event],
        texts: Sequence[Text] = (),
        drafts_done: Sequence[str] = (),
    ) -> Future[int]:
        """Keep it, or say that it cannot be kept."""
        written: Future[int] = Future()
        if self.full:
            written.set_exception(StoreProblem("The disk is full."))
        else:
            self.events += events
            written.set_result(expected_seq + len(events))
        return written


class SaidCapture:
    """A microphone that hears what a test says."""

    def __init__(self, path: Path, used: Microphone, channels: int) -> None:
        self.path, self.used, self.channels = path, used, channels
        self.open = False
        """It hears, or is about to."""
        self.told_to_stop = False
        self.ended: Ended | None = None
        self.begins: asyncio.Future[Began] = asyncio.get_running_loop().create_future()
        self._said: asyncio.Queue[Level | Ended] = asyncio.Queue()

    async def start(self) -> Began:
        """Open; waits until the test says that the first sound came in."""
        self.open = True
        return await self.begins

    def begin(self, ago: float = 0.0) -> None:
        """The first sound came in so many seconds ago."""
        self.path.write_bytes(b"sound")
        self.begins.set_result(Began(time.monotonic() - ago, self.channels, 16_000, self.used.name))

    def hear(self, seconds: float, peak: float = 0.5, *, clipped: bool = False, silent: bool = False) -> None:
        """So loud it was."""
        self._said.put_nowait(Level(seconds, peak, peak / 2, clipped, silent, (peak,)))

    def end(self, why: Why, seconds: float = 1.0, sentence: str = "") -> None:
        """It ends by itself."""
        self.open = False
        self.ended = self.ended or Ended(seconds, why, sentence)
        if not self.begins.done():
            self.begins.set_exception(CommandProblem(sentence or "It was stopped."))
        self._said.put_nowait(self.ended)

    def stop(self) -> Coroutine[None, None, Ended]:
        """Close; whoever is told to is on the way to it."""
        self.told_to_stop = True
        return self._stop()

    async def _stop(self) -> Ended:
        self.end("stopped", 3.0)
        assert self.ended is not None
        return self.ended

    async def reports(self) -> AsyncIterator[Level | Ended]:
        """What was said, to the end."""
        while not isinstance(said := await self._said.get(), Ended):
            yield said
        yield said


@dataclass
class SaidMicrophones:
    """The microphones that a test says are there."""

    there: list[Microphone] = field(default_factory=lambda: [microphone()])
    problem: CommandProblem | None = None
    at_once: bool = True
    """The first sound comes in as soon as one is opened."""
    captures: list[SaidCapture] = field(default_factory=list)

    async def get_ready(self) -> None:
        """They are known."""

    async def find(
        self,
        table: str,
        taken: Collection[str],
        *,
        alone: bool,
        instead: bool,
        anew: bool,
    ) -> Microphone:
        """The first that is free."""
        if self.problem:
            raise self.problem
        for one in self.there:
            if one.name not in taken:
                return one
        raise NoMicrophone("There is no microphone.")

    def open(self, path: Path, microphone: Microphone, channels: int) -> SaidCapture:
        """One more capture."""
        capture = SaidCapture(path, microphone, channels)
        self.captures.append(capture)
        if self.at_once:
            capture.begin()
        return capture


@dataclass
class Heard:
    """A session, its recorder, and its microphones."""

    runner: Runner
    recorder: Recorder
    microphones: SaidMicrophones
    journal: MemoryJournal
    clock: HandClock
    news: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def track(self) -> TrackState:
        """The first table."""
        return self.runner.state.tracks["t1"]

    @property
    def recordings(self) -> list[Recording]:
        """What was recorded there."""
        return list(self.track.recordings.values())

    @property
    def capture(self) -> SaidCapture:
        """The microphone that was opened last."""
        return self.microphones.captures[-1]

    async def do(self, *commands: c.Command) -> None:
        """Carry out, and let all that follows happen."""
        for command in commands:
            await self.runner.do(command)
            await settle()

    async def everybody_agrees(self) -> None:
        """Each of them says yes."""
        await self.do(*(AnswerConsent(person, True) for person in self.runner.state.humans))


async def settle() -> None:
    """Let happen what follows from what was done."""
    for _ in range(40):
        await asyncio.sleep(0)


def opened(
    journal: MemoryJournal, clock: Clock, people: int = 3, data: dict[str, Any] = RECORDED, **conversation: Any
) -> Runner:
    """A session that was opened and not started; each conversation may be given more keys."""
    if conversation:
        first, *rest = data["script"]
        data = {**data, "script": [{**first, "steps": [{**step, **conversation} for step in first["steps"]]}, *rest]}
    setting = setting_of(data, people)
    runner = Runner("s", State(setting), {}, journal, clock)
    names = [(person, new_text(person)) for person in setting.plan.people]
    participants = tuple(Participant(id=person, name=text.ref) for person, text in names)
    runner.do_at_once(c.Open(0, "scenario", "plan", participants), [text for _, text in names])
    return runner


def heard(folder: Path, people: int = 3, channels: int = 1, data: dict[str, Any] = RECORDED) -> Heard:
    """The same with a recorder, which records nothing before it begins."""
    clock, journal, microphones = HandClock(), MemoryJournal(), SaidMicrophones()
    runner = opened(journal, clock, people, data)
    recorder = Recorder(runner, Shelf(folder), microphones, channels, look_again=0.0)
    this = Heard(runner, recorder, microphones, journal, clock)
    recorder.on_news(lambda track, sentence, kind: this.news.append((track, sentence, kind)))
    return this
