"""A whole job, with sound that is read and listened to, and an engine that says where it hears something."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roleplay.audio.sound import RATE
from roleplay.problems import CommandProblem
from roleplay.transcription import voices, writing
from roleplay.transcription.protocol import Heard, Job, Progress, Segment
from roleplay.transcription.registry import KINDS, Choice, Kind
from roleplay.transcription.vad import FRAME, Frames

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples


class Ear:
    """An engine that writes down where in a window it hears something, and how loud it is."""

    name = "whisper"

    def __init__(self, language: str) -> None:
        self.language = language or "de"

    def transcribe(self, windows: Iterable[Samples]) -> Iterator[tuple[Segment, ...]]:
        import numpy as np

        for window in windows:
            loud = np.flatnonzero(np.abs(window) > 0.01)
            edges = np.flatnonzero(np.diff(loud) > RATE // 5)
            starts = [loud[0], *loud[edges + 1]]
            ends = [*loud[edges], loud[-1]]
            yield tuple(
                Segment(start / RATE, end / RATE, f"words number {number} at {window[start]:.1f}", -0.2, 0.0)
                for number, (start, end) in enumerate(zip(starts, ends, strict=True))
            )


@pytest.fixture
def write_down(
    require: Callable[[str, object, str], None], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path], tuple[Heard, list[Progress]]]:
    """Do a job with an ear for an engine; whatever is loud is speech."""
    require("soundfile", find_spec("soundfile"), "Set it up: ROLEPLAY_EXTRAS=audio ./dev test")

    def listen(blocks: Iterable[Samples], on_seconds: Callable[[float], None]) -> Frames:
        import numpy as np

        sound = np.concatenate(list(blocks))
        on_seconds(len(sound) / RATE)
        frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
        loudness = np.sqrt(np.mean(frames**2, axis=1))
        return Frames(tuple((loudness > 0.01) * 0.9), tuple(loudness.tolist()), len(sound) / RATE)

    monkeypatch.setattr(voices, "listen", listen)
    monkeypatch.setattr(writing, "choose", lambda engine, model: Choice(KINDS[1], Path("base.pt"), "A note."))
    monkeypatch.setattr(Kind, "load", lambda kind, model, language, threads: Ear(language))

    def do(sound: Path) -> tuple[Heard, list[Progress]]:
        told: list[Progress] = []
        return writing.write_down(Job(sound=sound), told.append), told

    return do


def record(path: Path, seconds: float, *channels: list[tuple[float, float, float]]) -> Path:
    """A file with tones from, to, and how loud, on each channel."""
    import numpy as np

    sound = np.zeros((round(seconds * RATE), len(channels)))
    for channel, tones in enumerate(channels):
        for start, end, loud in tones:
            sound[round(start * RATE) : round(end * RATE), channel] = loud
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((sound * 32767).astype("<i2").tobytes())
    return path


def times(heard: Heard, channel: int | None = None) -> list[tuple[float, float]]:
    return [(line.start, line.end) for line in heard.lines if line.channel == channel]


def test_lines_stand_where_they_were_said(
    write_down: Callable[[Path], tuple[Heard, list[Progress]]], tmp_path: Path
) -> None:
    """However far apart they are in the file, and however close in a window."""
    tones = [(3.0, 5.0, 0.5), (80.0, 84.0, 0.4), (84.3, 86.0, 0.4), (290.0, 291.0, 0.6)]
    heard, told = write_down(record(tmp_path / "a.wav", 300.0, tones))
    assert [time for line in times(heard) for time in line] == pytest.approx(
        [time for start, end, _ in tones for time in (start, end)], abs=0.04
    )
    assert (heard.seconds, heard.channels, heard.language, heard.note) == (300.0, 1, "de", "A note.")
    assert [(span.channel, round(span.start), round(span.end)) for span in heard.speech] == [
        (0, 3, 5),
        (0, 80, 86),
        (0, 290, 291),
    ]
    assert heard.lines[0].confidence == pytest.approx(0.819)
    assert [one.stage for one in told][:2] == ["listening", "loading"]
    fractions = [one.fraction for one in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_each_of_two_voices_has_its_channel(
    write_down: Callable[[Path], tuple[Heard, list[Progress]]], tmp_path: Path
) -> None:
    """What one microphone hears of the other voice is neither speech nor a line."""
    leader = [(1.0, 9.0, 0.5), (10.0, 16.0, 0.1)]
    partner = [(1.0, 9.0, 0.1), (10.0, 16.0, 0.5)]
    heard, _ = write_down(record(tmp_path / "a.wav", 20.0, leader, partner))
    assert heard.channels == 2
    assert times(heard, 0) == [pytest.approx((1.0, 9.0), abs=0.04)]
    assert times(heard, 1) == [pytest.approx((10.0, 16.0), abs=0.04)]
    assert [(span.channel, round(span.start)) for span in heard.speech] == [(0, 1), (1, 10)]


def test_a_room_in_stereo_is_written_down_once(
    write_down: Callable[[Path], tuple[Heard, list[Progress]]], tmp_path: Path
) -> None:
    """Two channels with the same voices give lines without a channel, and speech on both."""
    both = [(1.0, 9.0, 0.5), (10.0, 16.0, 0.4)]
    heard, _ = write_down(record(tmp_path / "a.wav", 20.0, both, both))
    assert heard.channels == 1
    assert len(times(heard)) == len(heard.lines) == 2
    assert [(span.channel, round(span.start)) for span in heard.speech] == [(0, 1), (0, 10), (1, 1), (1, 10)]


def test_where_nobody_speaks_no_engine_is_loaded(
    write_down: Callable[[Path], tuple[Heard, list[Progress]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence has no lines, and costs next to nothing."""

    def load(*_: object) -> None:
        raise AssertionError("An engine was loaded.")

    monkeypatch.setattr(Kind, "load", load)
    heard, _ = write_down(record(tmp_path / "a.wav", 20.0, []))
    assert (heard.lines, heard.speech, heard.language) == ((), (), "")


def test_a_model_that_cannot_be_loaded_is_said(
    write_down: Callable[[Path], tuple[Heard, list[Progress]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an engine says about a damaged model comes in a sentence, with the command that helps."""

    def load(*_: object) -> None:
        raise RuntimeError("PytorchStreamReader failed\nin a second line")

    monkeypatch.setattr(Kind, "load", load)
    with pytest.raises(CommandProblem, match=r"cannot be loaded by whisper: PytorchStreamReader failed .*models"):
        write_down(record(tmp_path / "a.wav", 20.0, [(1.0, 5.0, 0.5)]))
