"""Microphones that no hardware stands behind: what is played into one is what it hears, sample for sample.

A private PulseAudio holds a sink for each, and what PortAudio sees is a file for ALSA. Sockets and files lie in a
folder of their own, so that tests beside each other hear only what is theirs.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import wave
from array import array
from pathlib import Path
from types import TracebackType
from typing import Self

RATE = 16_000


class VirtualMicrophones:
    """A sound system with the microphones that were plugged in; use it in a `with` block."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="microphones-"))
        self._devices = self._folder / "devices.conf"
        self._modules: dict[str, str] = {}
        self.environment = {
            "XDG_RUNTIME_DIR": str(self._folder),
            "PULSE_SERVER": f"unix:{self._folder}/socket",
            # Else an idle sink wakes only every two seconds.
            "PULSE_LATENCY_MSEC": "30",
            "ALSA_CONFIG_PATH": str(self._devices),
        }
        """What a process needs to have these microphones and no others."""

    def __enter__(self) -> Self:
        command = ["pulseaudio", "-n", "--daemonize=yes", "--exit-idle-time=120", "--disable-shm=yes", "--log-level=0"]
        server = f"module-native-protocol-unix socket={self._folder}/socket auth-anonymous=1"
        # As a daemon it returns when it is ready.
        self._run(*command, "-L", server)
        self._write_devices()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def plug_in(self, name: str, channels: int = 1) -> None:
        """Have a microphone of this name; the first one is the default."""
        sink = f"sink_name={name} rate={RATE} channels={channels} format=s16le"
        self._modules[name] = self._run("pactl", "load-module", "module-null-sink", *sink.split()).strip()
        self._write_devices()

    def unplug(self, name: str) -> None:
        """Pull it out, also while somebody records from it."""
        self._run("pactl", "unload-module", self._modules.pop(name))
        self._write_devices()

    def play(self, name: str, path: Path) -> None:
        """Have a microphone hear a WAV; returns when it was heard."""
        # On a busy machine the player needs more patience than the recorder, or it leaves gaps.
        self._run("paplay", f"--device={name}", str(path), PULSE_LATENCY_MSEC="1000")

    def keep_ready(self, path: Path) -> None:
        """Load a WAV, so that it can be played at one moment."""
        self._run("pactl", "upload-sample", str(path), "ready")

    def play_now(self, name: str) -> None:
        """Begin to play what was kept ready, before this returns."""
        self._run("pactl", "play-sample", "ready", name)

    def kill(self) -> None:
        """Have the whole system of sound break down."""
        pid = self._folder / "pulse" / "pid"
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(pid.read_text()), signal.SIGKILL)
            pid.unlink()

    def _write_devices(self) -> None:
        # PortAudio breaks down where nothing is named at all; this one is named, and never there.
        lines = ['pcm.away { type pulse server "unix:/nowhere" }', *self._microphones()]
        self._devices.write_text("\n".join([*lines, ""]))

    def _microphones(self) -> list[str]:
        lines = [f"pcm.{name} {{ type pulse device {name}.monitor }}" for name in self._modules]
        if self._modules:
            lines.append(f"pcm.!default {{ type pulse device {next(iter(self._modules))}.monitor }}")
        return lines

    def _run(self, *command: str, **settings: str) -> str:
        environment = os.environ | self.environment | {"HOME": str(self._folder)} | settings
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=900).stdout


def write_wav(path: Path, samples: array[int], channels: int = 1) -> Path:
    """16-bit samples as a WAV."""
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def read_wav(path: Path) -> array[int]:
    """The samples of a 16-bit WAV."""
    with wave.open(str(path), "rb") as file:
        return array("h", file.readframes(file.getnframes()))


def speak(path: Path, words: str) -> Path:
    """Words spoken by espeak-ng, as a WAV that a virtual microphone hears sample for sample."""
    spoken = path.with_suffix(".spoken.wav")
    subprocess.run(["espeak-ng", "-v", "en", "-w", str(spoken), words], check=True)
    at_our_rate = ["sox", "-D", str(spoken), "-r", str(RATE), "-c", "1", "-b", "16", str(path)]
    # PulseAudio raises the volume of what it plays from nothing, within a fiftieth of a second.
    subprocess.run([*at_our_rate, "pad", "0.2", "0.2"], check=True)
    return path
