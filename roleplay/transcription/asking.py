"""An engine is asked for all windows, and once more, with half as much at once, for those that go wrong.

What makes an engine stumble is often one noise among much speech. Halves keep it from the rest, and give the same words
each time, unlike the chance that engines try by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.audio.sound import read_blocks
from roleplay.transcription.cleaning import Sorted, sort_out
from roleplay.transcription.packing import Window
from roleplay.transcription.protocol import Engine
from roleplay.transcription.tape import Tape, sound_of

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples

OnFraction = Callable[[float], None]

TAKEN_IN = 0.4
"""How much of the work on a window, about, is done when the engine has taken it in, and not yet written it down."""

FIRST_TRY = 0.9
"""How much of the work, about, is the first try where another one follows."""


@dataclass(frozen=True, slots=True)
class Task:
    """A window to write down."""

    channel: int | None
    window: Window


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it."""

    task: Task
    sorted: Sorted


def ask(engine: Engine, sound: Path, tasks: Sequence[Task], on_fraction: OnFraction) -> list[Outcome]:
    """What was said and what was left out; `on_fraction` hears how much of the work is done."""
    kept: list[Outcome] = []
    again: list[Task] = []
    for one in _try(engine, sound, tasks, lambda done: on_fraction(FIRST_TRY * done)):
        halves = one.task.window.halves() if one.sorted.failed else ()
        again += [Task(one.task.channel, half) for half in halves]
        kept += [] if halves else [one]
    kept += _try(engine, sound, again, lambda done: on_fraction(FIRST_TRY + (1 - FIRST_TRY) * done))
    on_fraction(1.0)
    return kept


def _try(engine: Engine, sound: Path, tasks: Sequence[Task], on_fraction: OnFraction) -> Iterator[Outcome]:
    taken_in = written = 0

    def tell() -> None:
        on_fraction((TAKEN_IN * taken_in + (1 - TAKEN_IN) * written) / len(tasks))

    def windows() -> Iterator[Samples]:
        nonlocal taken_in
        for channel, of_channel in groupby(tasks, key=lambda task: task.channel):
            tape = Tape(read_blocks(sound, channel))
            for task in of_channel:
                yield sound_of(task.window, tape)
                # It asks for the next one when it has taken this one in.
                taken_in += 1
                tell()

    for task, segments in zip(tasks, engine.transcribe(windows()) if tasks else (), strict=True):
        written += 1
        yield Outcome(task, sort_out(task.window, segments))
        tell()
