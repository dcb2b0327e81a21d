"""PortAudio, for the process that records: what is there now, and a stream of blocks from it."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from roleplay.audio.devices import AudioMissing, Microphone, not_set_up, pick
from roleplay.audio.naming import named
from roleplay.audio.sound import RATE
from roleplay.problems import CommandProblem

_BUFFER = 0.1
"""Seconds of sound that the system is asked to hold, so that a busy machine may come late. How late a block comes
says nothing about when it was heard: samples are counted."""

Callback = Callable[[Any, int, Any, Any], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A stream that has not been started yet."""

    stream: Any
    microphone: Microphone
    channels: int
    rate: int

    def start(self) -> None:
        """Have blocks come in. Raises CommandProblem."""
        sounddevice = load()
        try:
            self.stream.start()
        except sounddevice.PortAudioError as error:
            raise _cannot_open(self.microphone, error) from error


def load() -> Any:
    """The module that talks to PortAudio. Raises AudioMissing with the command that adds what is missing."""
    try:
        import sounddevice
    except ModuleNotFoundError as error:
        raise not_set_up() from error
    except OSError as error:
        mend = "Install PortAudio with the system's own tool for programs."
        if platform.system() == "Linux":
            mend = 'On Debian and Ubuntu, "apt install libportaudio2" mends it.'
        raise AudioMissing("PortAudio, the part of the system that records, is missing.", mend) from error
    return sounddevice


def plugged_in() -> dict[int, Microphone]:
    """The microphones of this moment by their index; seen once for each process."""
    sounddevice = load()
    devices = sounddevice.query_devices()
    return named(sounddevice.query_hostapis(), devices, sounddevice.default.device[0])


def open_stream(name: str | None, channels: int, callback: Callback, finished: Callable[[], None]) -> Opened:
    """Open a microphone for 16-bit samples, with as many channels as it has, up to those asked for.

    Raises AudioMissing, NoMicrophone, or CommandProblem for one that is there and cannot be opened.
    """
    sounddevice = load()
    found = plugged_in()
    microphone = pick(list(found.values()), name)
    index = next(number for number, each in found.items() if each is microphone)
    channels = min(channels, microphone.channels)
    # What engines listen to, or what the microphone has.
    for rate in (RATE, microphone.rate):
        try:
            stream = sounddevice.RawInputStream(
                device=index,
                samplerate=rate,
                channels=channels,
                dtype="int16",
                latency=_BUFFER,
                callback=callback,
                finished_callback=finished,
            )
        except sounddevice.PortAudioError as error:
            problem = _cannot_open(microphone, error)
            continue
        return Opened(stream, microphone, channels, rate)
    raise problem


def _cannot_open(microphone: Microphone, error: Exception) -> CommandProblem:
    return CommandProblem(
        f"The microphone “{microphone.name}” cannot be opened ({error.args[0] if error.args else error}).",
        "Another program may be using it: close that, or choose another microphone with: roleplay devices",
    )
