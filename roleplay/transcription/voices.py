"""Whose voice is where in a file, and the windows in which it is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from roleplay.audio.sound import channels_of, read_blocks, seconds_of
from roleplay.session.hearing_events import Span
from roleplay.transcription.channels import Apart, tell_apart
from roleplay.transcription.packing import Window, pack
from roleplay.transcription.vad import FRAME_SECONDS, Frames, find_speech, listen


@dataclass(frozen=True, slots=True)
class Voice:
    """What is written down by itself: all of a file, or one channel of it."""

    channel: int | None
    speech: tuple[tuple[float, float], ...]
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Listened:
    """What was found in a file."""

    seconds: float
    channels: int
    """How many of them were listened to one by one: 1, or 2."""
    voices: tuple[Voice, ...]
    apart: Apart | None
    """Where there is one voice on each of two channels."""

    @property
    def spans(self) -> Iterator[Span]:
        """Where somebody speaks; on both channels where they hold the same voices."""
        for voice in self.voices:
            for channel in range(self.channels) if voice.channel is None else (voice.channel,):
                for start, end in voice.speech:
                    yield Span(channel=channel, start=round(start, 3), end=round(end, 3))


def find_voices(sound: Path, on_fraction: Callable[[float], None]) -> Listened:
    """Listen to all of a file; CommandProblem for one that cannot be read."""
    channels = (0, 1) if channels_of(sound) == 2 else (None,)
    whole = max(seconds_of(sound), 0.001) * len(channels)
    frames: list[Frames] = []

    def heard(seconds: float) -> None:
        on_fraction(min(1.0, (sum(one.seconds for one in frames) + seconds) / whole))

    for channel in channels:
        frames += [listen(read_blocks(sound, channel), heard)]
    seconds = frames[0].seconds
    apart = tell_apart(*frames) if len(frames) == 2 else None
    if apart is not None:
        each = zip(apart.likelihood, (one.loudness for one in frames), strict=True)
        voices = [_voice(channel, likelihood, loudness, seconds) for channel, (likelihood, loudness) in enumerate(each)]
        return Listened(seconds, 2, tuple(voices), apart)
    likelihood = [max(each) for each in zip(*(one.likelihood for one in frames), strict=True)]
    loudness = [sum(each) for each in zip(*(one.loudness for one in frames), strict=True)]
    return Listened(seconds, len(frames), (_voice(None, likelihood, loudness, seconds),), None)


def _voice(channel: int | None, likelihood: Sequence[float], loudness: Sequence[float], seconds: float) -> Voice:
    speech = find_speech(likelihood, seconds)
    return Voice(channel, tuple(speech), tuple(pack(speech, seconds, loudness, FRAME_SECONDS)))
