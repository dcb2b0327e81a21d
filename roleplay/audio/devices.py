"""Which microphones there are, by names that stay when one is plugged in elsewhere.

PortAudio sees only what was there when it was started. So a process of its own looks each time anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roleplay.problems import CommandProblem


@dataclass(frozen=True, slots=True)
class Microphone:
    """Something that can be recorded from."""

    name: str
    """As it is shown, remembered and found again; no two have the same."""
    channels: int
    """The most it can record at once."""
    rate: int
    """Samples a second that it prefers."""
    host: str
    """The part of the system that it is reached through."""
    is_default: bool
    """It is taken where none was chosen."""


class AudioMissing(CommandProblem):
    """What it takes to record is not installed; the mend is the command that adds it."""


class NoMicrophone(CommandProblem):
    """The microphone that was asked for is not plugged in, or there is none at all."""


def microphones() -> tuple[Microphone, ...]:
    """All microphones that are plugged in now; waits for the process that looks (a third of a second).

    Raises AudioMissing.
    """
    raise NotImplementedError


async def look_for_microphones() -> tuple[Microphone, ...]:
    """The same, without making the screen wait."""
    raise NotImplementedError


def find_microphone(name: str | None = None) -> Microphone:
    """The microphone of that name, or the one to take where none was chosen. Raises AudioMissing, NoMicrophone."""
    return pick(microphones(), name)


def pick(known: Sequence[Microphone], name: str | None) -> Microphone:
    """The one of that name (large or small letters, or its beginning if that is enough), or the default.

    Raises NoMicrophone with which others there are.
    """
    raise NotImplementedError
