from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from roleplay.audio import foreign, sound
from roleplay.problems import CommandProblem


@pytest.fixture(autouse=True)
def _parts(require: Callable[[str, object, str], None]) -> None:
    require("soundfile", find_spec("soundfile"), "Set up the parts for it: ROLEPLAY_EXTRAS=audio ./dev test")


def voices(rate: int, seconds: float = 2.0) -> np.ndarray:
    """Two channels that nobody would take for each other, each with its own slow swelling."""
    at = np.arange(round(rate * seconds)) / rate
    left = np.sin(2 * np.pi * 300 * at) * (0.3 + 0.2 * np.sin(2 * np.pi * 1.3 * at))
    right = np.sin(2 * np.pi * 470 * at) * (0.3 + 0.2 * np.cos(2 * np.pi * 0.7 * at))
    return np.stack([left, right], axis=1).astype(np.float32)


def write(path: Path, samples: np.ndarray, rate: int, **kind: str) -> Path:
    import soundfile

    soundfile.write(path, samples, rate, **kind)
    return path


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    size = min(len(one), len(other))
    return float(np.corrcoef(one[:size], other[:size])[0, 1])


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("ending", ["wav", "flac", "ogg", "mp3"])
def test_any_kind_any_rate(tmp_path: Path, ending: str, rate: int) -> None:
    """WAV, FLAC, Vorbis and MP3 of any rate are heard at 16 kHz, each channel as it was, or both mixed."""
    path = write(tmp_path / f"a.{ending}", voices(rate), rate)
    expected = voices(16_000)
    assert sound.channels_of(path) == 2
    assert sound.seconds_of(path) == pytest.approx(2.0, abs=0.1)
    assert likeness(sound.read(path, 0), expected[:, 0]) > 0.99
    assert likeness(sound.read(path, 1), expected[:, 1]) > 0.99
    assert likeness(sound.read(path), expected.mean(axis=1)) > 0.99


def test_opus(tmp_path: Path) -> None:
    """The same holds for Opus, as long recordings of two channels are kept."""
    path = write(tmp_path / "a.opus", voices(16_000), 16_000, format="OGG", subtype="OPUS")
    assert sound.seconds_of(path) == 2.0
    assert likeness(sound.read(path, 1), voices(16_000)[:, 1]) > 0.95


@pytest.mark.parametrize("reader", ["av", "ffmpeg"])
def test_a_voice_memo(
    tmp_path: Path, reader: str, require: Callable[[str, object, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a telephone records is heard with the quick engine's own reader, or with ffmpeg."""
    require("ffmpeg", shutil.which("ffmpeg"), "On Debian: apt install ffmpeg")
    if reader == "av":
        require("av", find_spec("av"), "Set up the parts for it: ROLEPLAY_EXTRAS=fast ./dev test")
    else:
        monkeypatch.setattr(foreign, "find_spec", lambda name: None)
    wav, path = write(tmp_path / "a.wav", voices(44_100), 44_100), tmp_path / "a.m4a"
    subprocess.run(["ffmpeg", "-v", "error", "-i", wav, path], check=True)
    assert sound.channels_of(path) == 2
    assert sound.seconds_of(path) == pytest.approx(2.0, abs=0.1)
    assert likeness(sound.read(path, 1), voices(16_000)[:, 1]) > 0.98
    assert likeness(sound.read(path, 0, start=0.5, end=1.5), voices(16_000)[8_000:24_000, 0]) > 0.98


@pytest.mark.parametrize("rate", [16_000, 44_100])
def test_blocks_are_even(tmp_path: Path, rate: int) -> None:
    """A file is heard in blocks of one length, the last one shorter, and together they are what is heard at once."""
    path = write(tmp_path / "a.wav", voices(rate), rate)
    blocks = list(sound.read_blocks(path, block=0.3))
    assert [len(block) for block in blocks] == [4_800] * 6 + [3_200]
    np.testing.assert_array_equal(np.concatenate(blocks), sound.read(path))
    assert all(block.dtype == np.float32 for block in blocks)


@pytest.mark.parametrize("rate", [16_000, 48_000])
def test_a_stretch(tmp_path: Path, rate: int) -> None:
    """A stretch begins and ends where it was asked for, and one that reaches beyond the end ends with the file."""
    path = write(tmp_path / "a.wav", voices(rate), rate)
    stretch = sound.read(path, 0, start=0.5, end=1.25)
    assert len(stretch) == 12_000
    # The first few milliseconds lack what the filter would have heard before them.
    np.testing.assert_allclose(stretch[200:-200], voices(16_000)[8_200:19_800, 0], atol=2e-3)
    assert len(sound.read(path, start=1.5, end=99)) == 8_000
    assert len(sound.read(path, start=99)) == len(sound.read(path, start=1, end=1)) == 0


def test_nothing_to_hear(tmp_path: Path) -> None:
    """A file without sound, one that is not there and a channel that it lacks are said in a sentence."""
    text = tmp_path / "notes.wav"
    text.write_text("This is no sound.")
    with pytest.raises(CommandProblem, match=r"no sound in notes\.wav"):
        sound.read(text)
    with pytest.raises(CommandProblem, match="no such file"):
        sound.read(tmp_path / "gone.wav")
    with pytest.raises(CommandProblem, match="no such file"):
        sound.seconds_of(tmp_path / "gone.wav")
    with pytest.raises(CommandProblem, match="no channel 3"):
        sound.read(write(tmp_path / "a.wav", voices(16_000), 16_000), 2)


def test_too_few_samples(tmp_path: Path) -> None:
    """A file that claims one sample a second is said to hold no speech; blown up to ours, it would fill the memory."""
    slow = write(tmp_path / "slow.wav", voices(2_000), 1)
    with pytest.raises(CommandProblem, match=r"slow\.wav has too few samples"):
        sound.read(slow)


def test_a_damaged_file(tmp_path: Path) -> None:
    """A file whose sound breaks off is said to be damaged, not to be short."""
    whole = write(tmp_path / "a.flac", np.random.default_rng(1).normal(0, 0.1, (80_000, 1)).astype(np.float32), 16_000)
    content = whole.read_bytes()
    whole.write_bytes(content[: len(content) // 2])
    with pytest.raises(CommandProblem, match=r"a\.flac is damaged"):
        sound.read(whole)


def test_no_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing reads the format, the mend is named."""
    monkeypatch.setattr(foreign, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    memo = tmp_path / "memo.m4a"
    memo.write_bytes(bytes(100))
    with pytest.raises(CommandProblem, match=r"Install ffmpeg, or save the file as WAV"):
        sound.read(memo)
