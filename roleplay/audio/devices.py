"""Which microphones there are, by names that stay when one is plugged in elsewhere.

PortAudio sees only what was there when it was started. So a process of its own looks each time anew.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from roleplay.extras import how_to_add
from roleplay.problems import CommandProblem, nearest

RECORDER = (sys.executable, "-P", "-m", "roleplay.audio.recorder")
"""The process that talks to PortAudio; `-P`, since it may be started in a folder that has a `roleplay` of its own."""
_PATIENCE = 20.0
"""Seconds after which a system that does not say what it has is given up; some drivers take long to wake."""


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


def not_set_up() -> AudioMissing:
    """That recording is not set up here, with the command that does it."""
    return AudioMissing("What it takes to record is not installed.", how_to_add("audio"))


class NoMicrophone(CommandProblem):
    """The microphone that was asked for is not plugged in, or there is none at all."""


def microphones() -> tuple[Microphone, ...]:
    """All microphones that are plugged in now; waits for the process that looks (a third of a second).

    Raises AudioMissing.
    """
    try:
        done = subprocess.run(
            RECORDER,
            input=order(do="list"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CommandProblem(
            "The system does not say which microphones it has.", "Unplug them, and try again."
        ) from error
    for line in done.stdout.splitlines():
        said = json.loads(line)
        if "problem" in said:
            raise problem_in(said)
        if "microphones" in said:
            return tuple(Microphone(**each) for each in said["microphones"])
    raise CommandProblem(
        "What looks for microphones broke off.", "Try again; a restart of the system's sound may help."
    )


async def look_for_microphones() -> tuple[Microphone, ...]:
    """The same, without making the screen wait."""
    # Where it is loaded at the top, each process that records begins later by that much.
    import asyncio

    return await asyncio.to_thread(microphones)


def find_microphone(name: str | None = None) -> Microphone:
    """The microphone of that name, or the one to take where none was chosen. Raises AudioMissing, NoMicrophone."""
    return pick(microphones(), name)


def pick(known: Sequence[Microphone], name: str | None = None) -> Microphone:
    """The one of exactly that name, or the default.

    Raises NoMicrophone with which others there are.
    """
    if not known:
        raise NoMicrophone("No microphone was found.", _how_to_get_one())
    if name is None:
        return next((each for each in known if each.is_default), known[0])
    for each in known:
        if each.name.casefold() == name.casefold():
            return each
    raise NoMicrophone(f"The microphone “{name}” is not plugged in.", _others(known))


def guess(known: Sequence[Microphone], words: str) -> Microphone:
    """The one that somebody means who typed its name, or enough of it. Raises NoMicrophone."""
    said = " ".join(words.split()).casefold()
    found = [each for each in known if each.name.casefold() == said] or [
        each for each in known if said in each.name.casefold()
    ]
    if len(found) == 1:
        return found[0]
    if found:
        sentence = f"{len(found)} microphones have “{words}” in their names."
        raise NoMicrophone(sentence, f"Write more of the name: {_listed(found)}.")
    if not known:
        raise NoMicrophone("No microphone was found.", _how_to_get_one())
    sentence = f"No microphone here is called “{words}”. {nearest(words, [each.name for each in known])}".rstrip()
    raise NoMicrophone(sentence, _others(known))


def _others(known: Sequence[Microphone]) -> str:
    there = "There is" if len(known) == 1 else "There are"
    return f"Plug it in, or take another. {there}: {_listed(known)}."


def _listed(known: Iterable[Microphone]) -> str:
    return ", ".join(f"“{each.name}”" for each in known)


def _how_to_get_one() -> str:
    mend = "Plug one in, and check that the system's sound settings show it."
    if platform.system() == "Linux":
        return f'{mend} On Debian and Ubuntu, "apt install libasound2-plugins" may be what it takes.'
    return mend


def order(**what: object) -> bytes:
    """What the recording process is told, as one line."""
    return json.dumps(what).encode() + b"\n"


_PROBLEMS: dict[str, type[CommandProblem]] = {each.__name__: each for each in (AudioMissing, NoMicrophone)}


def problem_in(said: Mapping[str, Any]) -> CommandProblem:
    """The problem that the recording process told of, to be raised here."""
    return _PROBLEMS.get(said["problem"], CommandProblem)(said["sentence"], said["mend"])


def as_message(said: CommandProblem | Iterable[Microphone]) -> dict[str, object]:
    """What the recording process says of a problem, or of what there is."""
    if isinstance(said, CommandProblem):
        return {"problem": type(said).__name__, "sentence": said.sentence, "mend": said.mend}
    return {"microphones": [asdict(each) for each in said]}
