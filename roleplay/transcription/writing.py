"""One job, from its sound to its lines: listen, pack, ask the engine, put back, clean."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable

from roleplay.problems import CommandProblem
from roleplay.session.hearing_events import Dropped
from roleplay.transcription.asking import Task, ask
from roleplay.transcription.channels import drop_heard_twice
from roleplay.transcription.cleaning import Left, Said
from roleplay.transcription.protocol import Engine, Heard, HeardLine, Job, Progress
from roleplay.transcription.registry import Choice, choose
from roleplay.transcription.vad import HOW
from roleplay.transcription.voices import find_voices

Report = Callable[[Progress], None]

LISTENED = 0.1
LOADED = 0.15
"""How much of a job, about, is done when speech was found, and when the engine is ready."""


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
        began = time.monotonic()
        outcomes = ask(engine, job.sound, tasks, lambda done: report(_writing(done, time.monotonic() - began)))
        lines = [_line(one.task, said) for one in outcomes for said in one.sorted.said]
        lines.sort(key=lambda line: (line.start, line.end))
        dropped = [left for one in outcomes for left in one.sorted.left]
        language = engine.language
    return Heard(
        seconds=round(listened.seconds, 3),
        channels=len(listened.voices),
        speech=tuple(listened.spans),
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


def _writing(done: float, spent: float) -> Progress:
    left = spent / done - spent if done else None
    return Progress(stage="writing", fraction=LOADED + (1 - LOADED) * done, seconds_left=left)


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
