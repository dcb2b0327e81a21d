from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from roleplay.audio.player import Player

pytestmark = pytest.mark.needs_microphone

CONFIG = """
pcm.ears {{ type file  slave.pcm {{ type null }}  file "{file}"  format "raw" }}
pcm.!default {{ type plug  slave {{ pcm "ears" rate 16000 channels {channels} format S16_LE }} }}
"""


@pytest.fixture(autouse=True)
def _parts(require: Callable[[str, object, str], None]) -> None:
    parts = find_spec("soundfile") and find_spec("sounddevice")
    require("sounddevice", parts, "Set up the parts for it: ROLEPLAY_EXTRAS=audio ./dev test")


class Ears:
    """Loudspeakers that write down what they are given."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, channels: int = 1) -> None:
        self.file = folder / "heard.raw"
        self._channels = channels
        config = folder / "asound.conf"
        config.write_text(CONFIG.format(file=self.file, channels=channels))
        monkeypatch.setenv("ALSA_CONFIG_PATH", str(config))
        monkeypatch.delenv("PULSE_SERVER", raising=False)

    @contextmanager
    def full(self) -> Iterator[None]:
        """They take only so much, and nothing more."""
        os.mkfifo(self.file)
        handle = os.open(self.file, os.O_RDWR)
        try:
            yield
        finally:
            os.close(handle)
            self.file.unlink()

    def heard(self) -> np.ndarray:
        return np.frombuffer(self.file.read_bytes(), np.int16).reshape(-1, self._channels) / 32_768


class Listener:
    """Somebody who waits until it is silent."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[str] = asyncio.Queue()
        self.player = Player(self.said.put_nowait)

    async def hear(self, path: Path, from_: float, until: float | None = None) -> str:
        await self.player.play(path, from_, until)
        async with asyncio.timeout(60):
            return await self.said.get()


@pytest.fixture
def ears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ears:
    return Ears(tmp_path, monkeypatch)


def voices(seconds: float = 2.0, rate: int = 16_000) -> np.ndarray:
    at = np.arange(round(seconds * rate)) / rate
    return np.stack([np.sin(2 * np.pi * at * (200 + 100 * at)), np.sin(2 * np.pi * at * (900 - 90 * at))], axis=1) / 3


def write(path: Path, samples: np.ndarray, rate: int = 16_000) -> Path:
    import soundfile

    soundfile.write(path, samples, rate, subtype="PCM_16")
    return path


def place_of(part: np.ndarray, whole: np.ndarray) -> int:
    """Where in a sound another one lies, by the sample."""
    return int(np.argmax(np.correlate(whole, part, "valid")))


async def test_a_stretch(tmp_path: Path, ears: Ears) -> None:
    """What is heard is the stretch that was asked for, from its first sample to its last."""
    sound = voices()[:, 0]
    listener = Listener()
    assert await listener.hear(write(tmp_path / "r1.flac", sound), 0.5, 1.25) == ""
    assert not listener.player.playing
    stretch = sound[8_000:20_000]
    heard = ears.heard()[:, 0]
    begins = place_of(stretch, heard)
    np.testing.assert_allclose(heard[begins : begins + 12_000], stretch, atol=1e-3)
    assert np.abs(heard[:begins]).max(initial=0) == np.abs(heard[begins + 12_000 :]).max(initial=0) == 0


async def test_two_voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two channels are heard left and right, to the end where no end was given."""
    ears, sound = Ears(tmp_path, monkeypatch, 2), voices(1.0)
    assert await Listener().hear(write(tmp_path / "r1.wav", sound), 0.75) == ""
    heard = ears.heard()
    for side in (0, 1):
        begins = place_of(sound[12_000:, side], heard[:, side])
        np.testing.assert_allclose(heard[begins : begins + 4_000, side], sound[12_000:, side], atol=1e-3)


async def test_stopping(tmp_path: Path, ears: Ears) -> None:
    """Stopped, it is silent, and nobody is told that it ended; another stretch can be played right after."""
    listener, path = Listener(), write(tmp_path / "r1.wav", voices(20)[:, 0])
    with ears.full():
        await listener.player.play(path, 0)
        started = listener.player.playing
        await listener.player.stop()
    stopped = not listener.player.playing
    assert (started, stopped) == (True, True)
    await listener.player.stop()
    assert await listener.hear(path, 19.5) == ""
    assert listener.said.empty()


async def test_a_new_one_takes_over(tmp_path: Path, ears: Ears) -> None:
    """A stretch that is asked for while another one plays is played instead."""
    listener, path = Listener(), write(tmp_path / "r1.wav", voices(20)[:, 0])
    with ears.full():
        await listener.player.play(path, 0)
    assert await listener.hear(path, 19.5) == ""
    assert 8_000 <= len(ears.heard()) < 16_000


async def test_beyond_the_end(tmp_path: Path, ears: Ears) -> None:
    """Behind the end there is nothing to hear, and that is no trouble."""
    assert await Listener().hear(write(tmp_path / "r1.wav", voices()[:, 0]), 5) == ""


async def test_no_loudspeakers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without anything to hear with, a sentence says so."""
    (tmp_path / "asound.conf").write_text("pcm.nothing { type hw card 99 }")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    said = await Listener().hear(write(tmp_path / "r1.wav", voices()[:, 0]), 0)
    assert said.startswith("There are no loudspeakers and no headphones here.")


async def test_no_sound(tmp_path: Path, ears: Ears) -> None:
    """A recording that was erased meanwhile is said in a sentence, too, and only then."""
    listener = Listener()
    await listener.player.play(tmp_path / "gone.wav", 0)
    async with asyncio.timeout(60):
        assert "cannot be read: no such file" in await listener.said.get()


async def test_it_ends_with_whoever_started_it(tmp_path: Path, ears: Ears) -> None:
    """The process ends when its input does, even while the loudspeakers take nothing more."""
    player = Player()
    with ears.full():
        await player.play(write(tmp_path / "r1.wav", voices(20)[:, 0]), 0)
        process = player._process
        assert process is not None
        assert process.stdin is not None
        process.stdin.close()
        async with asyncio.timeout(60):
            assert await process.wait() == 0
