"""An engine is asked for all windows, and again for those that go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roleplay.audio.sound import RATE
from roleplay.transcription import asking
from roleplay.transcription.asking import Outcome, Task, ask
from roleplay.transcription.packing import Piece, Window
from roleplay.transcription.protocol import Segment

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples

SOUND = Path("conversation.wav")


@pytest.fixture(autouse=True)
def sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of 100 seconds in which each sample of a channel says at which second it stands, plus 1000 a channel."""
    import numpy as np

    def read_blocks(path: Path, channel: int | None) -> Iterator[Samples]:
        assert path == SOUND
        for start in range(0, 100, 30):
            seconds = np.arange(start * RATE, min(start + 30, 100) * RATE) / RATE
            yield (seconds + 1000 * (channel or 0)).astype(np.float32)

    monkeypatch.setattr(asking, "read_blocks", read_blocks)


class Parrot:
    """An engine that says for each window in which seconds it begins and ends, and goes round in long ones."""

    name = "parrot"
    language = "en"

    def __init__(self, longest: float = 30.0, at_once: int = 1) -> None:
        self.heard: list[Samples] = []
        self._longest = longest
        self._at_once = at_once

    def transcribe(self, windows: Iterable[Samples]) -> Iterator[tuple[Segment, ...]]:
        taken: list[Samples] = []
        for window in windows:
            taken.append(window)
            if len(taken) == self._at_once:
                yield from map(self._write, taken)
                taken = []
        yield from map(self._write, taken)

    def _write(self, window: Samples) -> tuple[Segment, ...]:
        self.heard.append(window)
        seconds = len(window) / RATE
        text = f"{window[0]:.0f} to {window[-1]:.0f}" if seconds <= self._longest else "so " * 30
        return (Segment(0.0, seconds, text, -0.1, 0.0),)


def task(*spans: tuple[float, float], channel: int | None = None) -> Task:
    at = 0.0
    pieces = []
    for start, end in spans:
        pieces.append(Piece(start, end, at))
        at += end - start + 0.5
    return Task(channel, Window(tuple(pieces)))


def said(outcomes: list[Outcome]) -> list[str]:
    return [one.text for outcome in outcomes for one in outcome.sorted.said]


@pytest.mark.parametrize("at_once", [1, 2, 8])
def test_each_window_sounds_like_its_part_of_the_file(at_once: int) -> None:
    """Pieces come from their own seconds of their own channel, with silence between, however many windows an engine
    takes in at once."""
    engine = Parrot(at_once=at_once)
    tasks = [task((1, 4), (50, 53)), task((60, 70)), task((2, 9), channel=1)]
    assert said(ask(engine, SOUND, tasks, lambda done: None)) == ["1 to 53", "60 to 70", "1002 to 1009"]
    first = engine.heard[0]
    assert len(first) == 6.5 * RATE
    assert not first[3 * RATE : round(3.5 * RATE)].any()
    assert first[round(3.5 * RATE)] == pytest.approx(50, abs=0.01)


def test_a_window_that_goes_wrong_is_tried_again_in_halves() -> None:
    """What an engine makes nothing of at once, it is given in two parts; nothing is asked for a third time."""
    engine = Parrot(longest=12)
    outcomes = ask(engine, SOUND, [task((0, 5)), task((10, 20), (30, 40))], lambda done: None)
    assert said(outcomes) == ["0 to 5", "10 to 20", "30 to 40"]
    assert not [left for one in outcomes for left in one.sorted.left]
    assert len(engine.heard) == 4
    engine = Parrot(longest=3)
    outcomes = ask(engine, SOUND, [task((10, 20), (30, 40))], lambda done: None)
    assert [left.why for one in outcomes for left in one.sorted.left] == ["repeated", "repeated"]
    assert len(engine.heard) == 3


def test_a_window_that_cannot_be_divided_is_left_as_it_is() -> None:
    """A single piece is marked, and not asked for again."""
    engine = Parrot(longest=3)
    (outcome,) = ask(engine, SOUND, [task((10, 20))], lambda done: None)
    assert [left.why for left in outcome.sorted.left] == ["repeated"]
    assert len(engine.heard) == 1


@pytest.mark.parametrize("at_once", [1, 3])
def test_progress_goes_from_nothing_to_all(at_once: int) -> None:
    """It never goes back, moves while an engine takes in windows, and ends at the whole."""
    told: list[float] = []
    tasks = [task((start, start + 5)) for start in range(0, 60, 10)]
    ask(Parrot(at_once=at_once), SOUND, tasks, told.append)
    assert told == sorted(told)
    assert told[0] < 0.1
    assert told[-1] == 1.0
    assert len(set(told)) > 6
