"""How long sound is kept, as its owner has set it: always, until it was written down, or so many days.

No sound goes by itself before what was said in it is safe in the journal.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from roleplay.audio.shelf import Shelf
from roleplay.conduct.erasing import finish_all
from roleplay.conduct.holding import held_session
from roleplay.conduct.runner import Runner
from roleplay.problems import CommandProblem
from roleplay.session.events import Event, SessionOpened, SessionReopened
from roleplay.session.hearing_commands import EraseRecording
from roleplay.session.hearing_events import (
    EraseWhy,
    RecordingEnded,
    RecordingErased,
    RecordingStarted,
    Transcribed,
)
from roleplay.session.state import State
from roleplay.store.protocol import Store

ALWAYS = "always"
UNTIL_TRANSCRIBED = "until-transcribed"
_DAY = 24 * 3600 * 1000


@dataclass(slots=True)
class _Sound:
    """A recording whose sound is kept."""

    track: str
    at: int
    """When it ended, or else began, by the wall clock, as UTC milliseconds."""
    written_down: bool = False


def days_of(keep_sound: str) -> int | None:
    """After how many days sound goes, or none where its age does not matter."""
    return int(keep_sound[:-1]) if keep_sound.endswith("d") and keep_sound[:-1].isdecimal() else None


def due(events: Iterable[Event], keep_sound: str, now: int) -> list[EraseRecording]:
    """What is to be let go of the recordings of a session.

    Args:
        events: those of the session, from its beginning.
        keep_sound: what its owner has set.
        now: by the wall clock, as UTC milliseconds.
    """
    days = days_of(keep_sound)
    why: EraseWhy = "written-down" if days is None else "kept-long-enough"
    return [
        EraseRecording(sound.track, recording, why, words=False)
        for recording, sound in _sounds(events).items()
        if keep_sound != ALWAYS and sound.written_down and (days is None or sound.at + days * _DAY <= now)
    ]


def let_go(store: Store, shelf: Shelf, keep_sound: str, now: int) -> None:
    """Say in the journal of every session that is open nowhere what sound was kept long enough; words stay."""
    days = days_of(keep_sound)
    if keep_sound == ALWAYS:
        return
    for row in store.sessions() if shelf.sessions() else ():
        too_young = days is not None and row.opened + days * _DAY > now
        if too_young or not shelf.recordings(row.id):
            continue
        # One that is open elsewhere sees to it there; one that is damaged says so when it is opened.
        with suppress(CommandProblem):
            if commands := due(store.events(row.id), keep_sound, now):
                with held_session(store, row.id) as runner:
                    for command in commands:
                        runner.do_at_once(command)


def tidy(store: Store, shelf: Shelf, keep_sound: str, now: int) -> tuple[str, ...]:
    """What is done about recordings when the program starts; returns what did not succeed."""
    let_go(store, shelf, keep_sound, now)
    return finish_all(store, shelf)


class Keeper:
    """Lets go of sound in a session that runs, as soon as it was written down, where its owner wants that."""

    def __init__(self, runner: Runner, keep_sound: str) -> None:
        self._runner = runner
        self._work: set[asyncio.Task[None]] = set()
        self._stop_listening = runner.listen(self._heard) if keep_sound == UNTIL_TRANSCRIBED else lambda: None

    async def close(self) -> None:
        """Finish what was begun, and listen no more."""
        self._stop_listening()
        await asyncio.gather(*self._work)

    def _heard(self, state: State, events: Sequence[Event]) -> None:  # noqa: ARG002 - the events say enough
        for event in events:
            if isinstance(event, Transcribed):
                task = asyncio.get_running_loop().create_task(self._let_go(event))
                self._work.add(task)
                task.add_done_callback(self._work.discard)

    async def _let_go(self, event: Transcribed) -> None:
        # What cannot be kept in the journal now is found when the program starts again.
        with suppress(CommandProblem):
            await self._runner.do(EraseRecording(event.track, event.recording, "written-down", words=False))


def _sounds(events: Iterable[Event]) -> dict[str, _Sound]:
    """The recordings whose sound was not erased."""
    sounds: dict[str, _Sound] = {}
    wall = 0.0
    for event in events:
        if isinstance(event, SessionOpened | SessionReopened):
            wall = event.wall - event.at * 1000
        elif isinstance(event, RecordingStarted):
            sounds[event.recording] = _Sound(event.track, round(wall + event.at * 1000))
        elif isinstance(event, RecordingEnded) and event.recording in sounds:
            sounds[event.recording].at = round(wall + event.at * 1000)
        elif isinstance(event, Transcribed) and event.recording in sounds:
            sounds[event.recording].written_down = True
        elif isinstance(event, RecordingErased):
            sounds.pop(event.recording, None)
    return sounds
