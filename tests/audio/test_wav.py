from __future__ import annotations

import struct
import wave
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.audio.wav import repair, wav_seconds

HEADER = 44


def written(path: Path, channels: int, width: int, frames: bytes, rate: int = 16_000) -> bytes:
    with wave.open(str(path), "wb") as stream:
        stream.setnchannels(channels)
        stream.setsampwidth(width)
        stream.setframerate(rate)
        stream.writeframes(frames)
    return path.read_bytes()


def frames_of(path: Path) -> bytes:
    with wave.open(str(path), "rb") as stream:
        return stream.readframes(stream.getnframes())


@given(
    channels=st.integers(1, 3),
    width=st.integers(1, 4),
    sound=st.binary(max_size=600),
    cut=st.integers(0, 700),
    promised=st.sampled_from(["all", "nothing", "less", "far-too-much"]),
)
def test_cut_anywhere(
    tmp_path_factory: pytest.TempPathFactory, channels: int, width: int, sound: bytes, cut: int, promised: str
) -> None:
    """However a recorder was stopped behind the header, and whatever it had promised there, the file opens with every
    whole frame that is in it, and is as long as it says."""
    path = tmp_path_factory.mktemp("cut") / "r1.wav"
    frame = channels * width
    sound = sound[: len(sound) - len(sound) % frame]
    whole = written(path, channels, width, sound)
    cut = min(cut, len(sound))
    says = {"all": len(sound), "nothing": 0, "less": cut // 2, "far-too-much": 0xFFFFFFF0}[promised]
    path.write_bytes(whole[: HEADER - 4] + struct.pack("<I", says) + sound[:cut])
    assert wav_seconds(path) == pytest.approx(cut // frame / 16_000)
    repair(path)
    expected = sound[: cut - cut % frame]
    assert frames_of(path) == expected
    assert wav_seconds(path) == len(expected) // frame / 16_000
    assert not repair(path)


def test_what_was_finished_is_left_alone(tmp_path: Path) -> None:
    """A file with something behind its sound, as other programs write it, keeps it."""
    path = tmp_path / "r1.wav"
    whole = written(path, 1, 2, b"\1\2" * 50)
    more = whole + b"LIST" + struct.pack("<I", 4) + b"INFO"
    path.write_bytes(more[:4] + struct.pack("<I", len(more) - 8) + more[8:])
    before = path.read_bytes()
    assert not repair(path)
    assert path.read_bytes() == before
    assert wav_seconds(path) == 50 / 16_000


@pytest.mark.parametrize("length", [0, 4, 11, 20, 36, 43])
def test_cut_in_the_header(tmp_path: Path, length: int) -> None:
    """A file that ends in its header holds no sound; that is no trouble, and nothing is changed."""
    path = tmp_path / "r1.wav"
    path.write_bytes(written(path, 1, 2, b"\1\2" * 50)[:length])
    assert not repair(path)
    assert path.stat().st_size == length
    assert wav_seconds(path) is None


def test_something_else(tmp_path: Path) -> None:
    """What is no WAV is not touched."""
    path = tmp_path / "r1.wav"
    path.write_bytes(b"fLaC" + bytes(100))
    assert not repair(path)
    assert path.read_bytes() == b"fLaC" + bytes(100)
