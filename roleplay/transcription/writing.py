"""One job, from its sound to its lines: listen, pack, ask the engine, put back, clean."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.audio.sound import read_blocks
from roleplay.problems import CommandProblem
from roleplay.session.hearing_events import Dropped, Span
from roleplay.transcription.channels import drop_heard_twice
from roleplay.transcription.cleaning import Left, Said, sort_out
from roleplay.transcription.packing import Window
from roleplay.transcription.protocol import Engine, Heard, HeardLine, Job, Progress
from roleplay.transcription.registry import Choice, choose
from roleplay.transcription.tape import Tape, sound_of
from roleplay.transcription.vad import HOW
from roleplay.transcription.voices import find_voices

if TYPE_CHECKING:
    from roleplay.transcription.protocol import Samples

Report = Callable[[Progress], None]

LISTENED = 0.1
LOADED = 0.15
"""How much of a job, about, is done when speech was found, and when the engine is ready."""

TAKEN_IN = 0.4
"""How much of the work on a window, about, is done when the engine has taken it in, and not yet written it down."""

HALVED = 2
"""How often what goes wrong in a window is tried again with half as much at once."""


@dataclass(frozen=True, slots=True)
class Task:
    """A window to write down."""

    channel: int | None
    window: Window


def write_down(job: Job, report: Report) -> Heard:
    """Write down one file; CommandProblem with what stands in the way."""
    choice = choose(job.engine, job.model)
    listened = find_voices(job.sound, lambda done: report(Progress(stage="listening", fraction=LISTENED * done)))
    tasks = [Task(voice.channel, window) for voice in listened.voices for window in voice.windows]
    language = job.language
    lines: list[HeardLine] = []
    dropped: list[Left] = []
    if tasks:
        report(Progress(stage="loading", fraction=LISTENED))
        engine = _load(choice, job)
        asking = _Asking(engine, job.sound, report)
        said, dropped = asking.ask(tasks)
        lines = sorted((_line(task, one) for task, one in said), key=lambda line: (line.start, line.end))
        language = engine.language
    return Heard(
        seconds=round(listened.seconds, 3),
        channels=len(listened.voices),
        speech=tuple(
            Span(channel=voice.channel or 0, start=round(start, 3), end=round(end, 3))
            for voice in listened.voices
            for start, end in voice.speech
        ),
        speech_how=HOW,
        lines=tuple(drop_heard_twice(lines, listened.apart) if listened.apart else lines),
        dropped=tuple(
            Dropped(start=round(one.start, 3), end=round(one.end, 3), why=one.why)
            for one in sorted(dropped, key=lambda one: (one.start, one.end))
        ),
        engine=choice.kind.name,
        model=job.model,
        language=language,
        note=choice.note,
    )


def _line(task: Task, said: Said) -> HeardLine:
    return HeardLine(
        channel=task.channel,
        start=round(said.start, 3),
        end=round(said.end, 3),
        text=said.text,
        confidence=round(math.exp(min(said.log_probability, 0.0)), 3),
    )


def _load(choice: Choice, job: Job) -> Engine:
    # A processor stays free for the session; without one, the library takes as many as suit it.
    threads = max(1, (os.cpu_count() or 1) - 1) if job.beside_session else 0
    try:
        return choice.kind.load(choice.model, job.language, threads)
    except (CommandProblem, ImportError, MemoryError):
        raise
    except Exception as error:
        if is_lack_of_memory(error):
            raise
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise CommandProblem(
            f"The model {choice.model} cannot be loaded by {choice.kind.name}: {first}",
            "Fetch it once more, or take another one: roleplay models",
        ) from error


def is_lack_of_memory(error: BaseException) -> bool:
    """Whether an engine's error says that there is not enough memory; each says it in its own way."""
    return isinstance(error, MemoryError) or "alloc" in str(error)


class _Asking:
    """Asks an engine for all windows, and again, with less at once, for those that go wrong."""

    def __init__(self, engine: Engine, sound: Path, report: Report) -> None:
        self._engine = engine
        self._sound = sound
        self._report = report
        self._began = time.monotonic()
        self._fraction = 0.0

    def ask(self, tasks: Sequence[Task]) -> tuple[list[tuple[Task, Said]], list[Left]]:
        """What was said, and what was left out."""
        said: list[tuple[Task, Said]] = []
        left: list[Left] = []
        again = list(tasks)
        for tries in range(HALVED + 1):
            round_of, again = again, []
            heard = self._engine.transcribe(self._windows(round_of, tries))
            for number, (task, segments) in enumerate(zip(round_of, heard, strict=True), 1):
                outcome = sort_out(task.window, segments)
                halves = task.window.halves() if outcome.failed and tries < HALVED else ()
                if halves:
                    again += [Task(task.channel, half) for half in halves]
                else:
                    said += [(task, one) for one in outcome.said]
                    left += outcome.left
                self._tell(number / len(round_of), tries, len(again))
            if not again:
                break
        return said, left

    def _windows(self, tasks: Sequence[Task], tries: int) -> Iterator[Samples]:
        """The sound of each window, read when the engine asks for it."""
        number = 0
        for channel, of_channel in groupby(tasks, key=lambda task: task.channel):
            tape = Tape(read_blocks(self._sound, channel))
            for task in of_channel:
                self._tell(TAKEN_IN * number / len(tasks), tries, 0)
                number += 1
                yield sound_of(task.window, tape)

    def _tell(self, done: float, tries: int, again: int) -> None:
        # What is tried again was not foreseen: the last tenth is kept for it.
        share = done * 0.9 if tries == 0 else 0.9 + 0.09 * done
        if again == 0 and tries == 0 and done == 1.0:
            share = 1.0
        self._fraction = max(self._fraction, share)
        spent = time.monotonic() - self._began
        left = spent * (1 - self._fraction) / self._fraction if self._fraction > 0 else None
        self._report(
            Progress(
                stage="writing", fraction=LOADED + (1 - LOADED) * self._fraction, seconds_left=left and round(left, 1)
            )
        )
