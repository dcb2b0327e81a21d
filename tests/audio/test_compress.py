from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from roleplay.audio import compress as module
from roleplay.audio import sound
from roleplay.audio.compress import compress, compress_apart
from roleplay.audio.shelf import Shelf
from roleplay.problems import CommandProblem


@pytest.fixture(autouse=True)
def _parts(require: Callable[[str, object, str], None]) -> None:
    require("soundfile", find_spec("soundfile"), "Set up the parts for it: ROLEPLAY_EXTRAS=audio ./dev test")


def speech(seconds: float = 3.0, loud: float = 0.2, seed: int = 1) -> np.ndarray:
    """Something between a hum and a hiss, with pauses, as int16."""
    size = round(seconds * 16_000)
    hiss = np.random.default_rng(seed).standard_normal(size)
    hum = np.convolve(hiss, np.ones(12) / 4, "same")
    return np.clip(hum * loud * (np.arange(size) % 16_000 < 11_000) * 20_000, -32_000, 32_000).astype(np.int16)


def recorded(shelf: Shelf, samples: np.ndarray, recording: str = "r1") -> Path:
    import soundfile

    path = shelf.new("monday", recording)
    soundfile.write(path, samples, 16_000, subtype="PCM_16")
    return path


def there(shelf: Shelf) -> set[str]:
    return {path.name for path in shelf.folder("monday").iterdir()}


def test_one_channel(shelf: Shelf) -> None:
    """One channel becomes FLAC, equal in every sample and its owner's alone; the WAV is gone."""
    import soundfile

    samples = speech()
    kept = compress(recorded(shelf, samples))
    assert kept is not None
    assert kept == shelf.find("monday", "r1")
    assert there(shelf) == {"r1.flac"}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    np.testing.assert_array_equal(soundfile.read(kept, dtype="int16")[0], samples)


def test_two_channels(shelf: Shelf) -> None:
    """Two channels become Opus of the same length, each voice on its side and nothing of it on the other."""
    both = np.stack([speech(), np.zeros_like(speech())], axis=1)
    kept = compress(recorded(shelf, both))
    assert kept is not None
    assert there(shelf) == {"r1.opus"}
    left, right = sound.read(kept, 0), sound.read(kept, 1)
    assert len(left) == len(both)
    assert np.corrcoef(left, both[:, 0])[0, 1] > 0.95
    assert np.abs(right).max() < 1e-3


def test_a_very_loud_room(shelf: Shelf) -> None:
    """One channel is never more than 75 MB an hour: where every sample is noise, Opus is kept instead."""
    noise = (np.random.default_rng(1).standard_normal(48_000) * 8_000).clip(-32_000, 32_000).astype(np.int16)
    kept = compress(recorded(shelf, noise))
    assert kept is not None
    assert kept.name == "r1.opus"
    assert kept.stat().st_size / 3 * 3600 < module.LARGEST


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 1), (48_000, 2)])
def test_a_microphone_with_a_high_rate(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, rate: int, channels: int) -> None:
    """What came in at a higher rate is kept at 16 kHz, as long as it was, and small."""
    import soundfile

    monkeypatch.setattr(module, "_STRETCH", 2)
    path = shelf.new("monday", "r1")
    at = np.arange(5 * rate) / rate
    hum = np.sin(2 * np.pi * 220 * at) * np.sin(2 * np.pi * 0.4 * at) / 3
    soundfile.write(path, np.stack([hum] * channels, axis=1), rate, subtype="PCM_16")
    kept = compress(path)
    assert kept is not None
    info = soundfile.info(kept)
    assert (info.samplerate, info.frames, info.channels) == (16_000, 5 * 16_000, channels)
    expected = np.sin(2 * np.pi * 220 * np.arange(5 * 16_000) / 16_000)
    expected *= np.sin(2 * np.pi * 0.4 * np.arange(5 * 16_000) / 16_000)
    assert np.corrcoef(sound.read(kept, 0), expected)[0, 1] > 0.99


def test_nothing_recorded(shelf: Shelf) -> None:
    """A recording that ended before its first sample, or within its header, is left as it is."""
    path = recorded(shelf, speech()[:0])
    assert compress(path) == path
    path.write_bytes(path.read_bytes()[:30])
    assert compress(path) == path
    assert there(shelf) == {"r1.wav"}


def test_a_header_that_lags(shelf: Shelf) -> None:
    """What a killed recorder left is mended first, so that nothing behind the header's lengths is lost."""
    path = recorded(shelf, speech())
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + (1000).to_bytes(4, "little") + whole[44:])
    kept = compress(path)
    assert kept is not None
    assert sound.seconds_of(kept) == 3


@pytest.mark.parametrize("channels", [1, 2])
def test_a_copy_that_differs(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, channels: int) -> None:
    """A copy that does not hold what was recorded is thrown away, and the WAV stays."""
    path = recorded(shelf, np.stack([speech()] * channels, axis=1))
    before = path.read_bytes()
    write = module._write

    def another(wav: Path, part: Path) -> None:
        other = recorded(shelf, np.stack([speech(seed=2)] * channels, axis=1), "other")
        write(other, part)
        other.unlink()

    monkeypatch.setattr(module, "_write", another)
    with pytest.raises(CommandProblem, match="did not sound the same"):
        compress(path)
    assert there(shelf) == {"r1.wav"}
    assert path.read_bytes() == before


def test_a_full_disk(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the copy cannot be written, the WAV stays and a sentence says so."""
    import soundfile

    def full(*_: object) -> None:
        raise soundfile.LibsndfileError(2)

    path = recorded(shelf, speech())
    monkeypatch.setattr(module, "_write", full)
    with pytest.raises(CommandProblem, match=r"disk may be full.*kept as it is"):
        compress(path)
    assert there(shelf) == {"r1.wav"}


@pytest.mark.parametrize(
    ("module_name", "step"),
    [("module", "_write"), ("module", "_same"), ("module", "sync_folder"), ("Path", "replace"), ("Path", "unlink")],
)
def test_killed_on_the_way(shelf: Shelf, module_name: str, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever the process dies, before or behind any step, one good copy is there; done again, it alone is left."""
    for behind in (False, True):
        samples = speech(seed=behind)
        path = recorded(shelf, samples)
        died = subprocess.run(
            [sys.executable, "-c", DYING, str(path), module_name, step, "behind" if behind else "before"], timeout=60
        )
        assert died.returncode == 9
        found = shelf.find("monday", "r1")
        assert found is not None
        heard = sound.read(found)
        np.testing.assert_array_equal((heard * 32_768).astype(np.int16), samples)
        compress(path)
        assert there(shelf) == {"r1.flac"}
        shelf.delete("monday", "r1")


DYING = """
import os, sys
from pathlib import Path
from roleplay.audio import compress as module
where, step = {"module": module, "Path": Path}[sys.argv[2]], sys.argv[3]
real = getattr(where, step)
def dying(*arguments, **more):
    if sys.argv[4] == "behind":
        real(*arguments, **more)
    os._exit(9)
setattr(where, step, dying)
module.compress(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("step", ["_write", "_same"])
def test_erased_meanwhile(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A recording that is erased while it is compressed does not come back."""
    path = recorded(shelf, speech())
    real = getattr(module, step)

    def erasing(*arguments: Path) -> object:
        done = real(*arguments)
        shelf.delete("monday", "r1")
        return done

    monkeypatch.setattr(module, step, erasing)
    assert compress(path) is None
    assert there(shelf) == set()
    assert compress(path) is None


@pytest.mark.parametrize("moment", ["before-the-name", "behind-the-name"])
def test_erased_at_the_last_moment(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Nor does it come back when it is erased just around the moment in which the copy takes its name."""
    path = recorded(shelf, speech())
    replace = Path.replace

    def erasing(one: Path, other: Path) -> Path:
        if moment == "before-the-name":
            path.unlink()
        done = replace(one, other)
        if moment == "behind-the-name":
            path.unlink()
        return done

    monkeypatch.setattr(Path, "replace", erasing)
    assert compress(path) is None
    assert there(shelf) == set()


def test_erased_while_the_copy_begins(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is a piece of it written under any name after it was erased, so that even a crash leaves none."""
    import soundfile

    path = recorded(shelf, speech())

    class Erasing(soundfile.SoundFile):  # type: ignore[misc]
        def __init__(self, file: object, mode: str = "r", *arguments: object, **more: object) -> None:
            if mode == "w":
                shelf.delete("monday", "r1")
            super().__init__(file, mode, *arguments, **more)

        def write(self, data: object) -> None:
            super().write(data)
            assert there(shelf) == set()

    monkeypatch.setattr(soundfile, "SoundFile", Erasing)
    assert compress(path) is None
    assert there(shelf) == set()


async def test_in_a_process_of_its_own(shelf: Shelf) -> None:
    """The process that compresses says where the recording is now, or why it could not."""
    assert await compress_apart(recorded(shelf, speech())) == shelf.folder("monday") / "r1.flac"
    assert await compress_apart(shelf.new("monday", "r2")) is None
    odd = recorded(shelf, speech(), "r3")
    odd.write_bytes(odd.read_bytes().replace(b"fmt \x10\0\0\0\1", b"fmt \x10\0\0\0\x77"))
    with pytest.raises(CommandProblem, match="kept as it is"):
        await compress_apart(odd)
