"""Making the disk follow the journal: what a session says is erased leaves no byte in any file.

The journal says it first, so a crash on the way loses nothing of what is to be erased: everything here may be done
again. What was done stands in a mark beside the recordings, so that each start of the program looks only at sessions
in which something happened since.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from roleplay.audio.shelf import Shelf
from roleplay.conduct.runner import Runner
from roleplay.problems import CommandProblem, reason_of
from roleplay.session.events import Event
from roleplay.session.hearing_events import (
    HearingEvent,
    RecordingEnded,
    RecordingErased,
    RecordingStarted,
    texts_of,
)
from roleplay.session.state import State
from roleplay.store.protocol import Store


class EraserThread(Protocol):
    """Where a store may be asked to erase while a session runs; `store.writer.Writer` is one."""

    def erase(self, erase: Callable[[Store], None]) -> Future[None]:
        """Have it carried out in the thread that writes."""
        ...


@dataclass(slots=True)
class _Fate:
    """What became of one recording."""

    erased: bool = False
    words_erased: int = 0
    """The number of the event that said so."""
    texts: list[str] = field(default_factory=list)
    """The ids of all words that were ever written down from it, what was corrected or overtaken among them."""


@dataclass(frozen=True, slots=True)
class Followed:
    """How far the disk follows a journal."""

    seq: int
    """The number of the last event that was heeded."""
    nothing_left: bool
    """Neither sound nor words of any recording are kept."""


def finish_erasing(store: Store, shelf: Shelf, session: str, since: int = 0) -> Followed:
    """Delete what the journal of a session says is erased, and any sound of which it knows nothing.

    Args:
        store: where the journal is.
        shelf: where the recordings lie.
        session: the session.
        since: everything was deleted that was erased up to this event.

    Raises:
        StoreProblem: the words could not be erased, or not to the last trace; do it again later.
        CommandProblem: the sound of a recording could not be deleted; everything else was.
    """
    # Looked up before the journal is read: what is being recorded right now was written there first.
    there = shelf.recordings(session)
    events = store.events(session)
    fates = _fates(events)
    words = [id for fate in fates.values() if fate.words_erased for id in fate.texts]
    fresh = any(fate.words_erased > since for fate in fates.values())
    # Sound first: where the disk is full, that makes the room which taking words out of a file needs.
    trouble = [
        problem
        for recording in there
        if ((fate := fates.get(recording)) is None or fate.erased)
        and (problem := _delete(shelf, session, recording)) is not None
    ]
    if words and (fresh or not store.texts(session).keys().isdisjoint(words)):
        store.forget(session, words)
    if trouble:
        raise trouble[0]
    return Followed(len(events), all(fate.words_erased for fate in fates.values()))


def finish_all(store: Store, shelf: Shelf) -> tuple[str, ...]:
    """The same for every session in which anything happened since it was done last; returns what did not succeed.

    Sound of sessions that are not kept here, perhaps because an older copy of them was put back, is left alone.
    """
    sessions = shelf.sessions()
    if not sessions:
        return ()
    rows = {row.id: row for row in store.sessions()}
    trouble = []
    for session in sessions:
        row, since = rows.get(session), shelf.followed(session)
        if row is None or row.seq == since:
            continue
        try:
            followed = finish_erasing(store, shelf, session, since)
            if row.state == "ended" and followed.nothing_left:
                shelf.drop(session)
            else:
                # On a full disk there is no room for the mark; then all is only looked at once more.
                with suppress(OSError):
                    shelf.follow(session, followed.seq)
        except (CommandProblem, OSError) as problem:
            trouble.append(str(problem))
    return tuple(trouble)


class Eraser:
    """Follows a session that runs: whatever is erased in it is deleted at once."""

    def __init__(self, runner: Runner, shelf: Shelf, thread: EraserThread, tell: Callable[[str], Any]) -> None:
        """
        Args:
            runner: the session.
            shelf: where its recordings lie.
            thread: what writes to its journal.
            tell: called with a sentence where something could not be deleted to the last trace.
        """
        self._runner, self._shelf, self._thread, self._tell = runner, shelf, thread, tell
        self._work: set[asyncio.Task[None]] = set()
        self._stop_listening = runner.listen(self._heard)

    async def close(self) -> None:
        """Finish what was begun, and listen no more."""
        self._stop_listening()
        await asyncio.gather(*self._work)

    def _heard(self, state: State, events: Sequence[Event]) -> None:
        if any(_erases(state, event) for event in events):
            task = asyncio.get_running_loop().create_task(self._follow())
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def _follow(self) -> None:
        def follow(store: Store) -> None:
            finish_erasing(store, self._shelf, self._runner.session)

        try:
            await asyncio.wrap_future(self._thread.erase(follow))
        except (CommandProblem, OSError) as problem:
            self._tell(f"{problem} What is left is erased when the program starts again.")


def _erases(state: State, event: Event) -> bool:
    """Whether there is something to delete; the sound of a recording may end only after it was erased."""
    if isinstance(event, RecordingErased):
        return True
    return isinstance(event, RecordingEnded) and state.tracks[event.track].recordings[event.recording].erased


def _fates(events: Iterable[Event]) -> dict[str, _Fate]:
    fates: dict[str, _Fate] = {}
    for seq, event in enumerate(events, start=1):
        if isinstance(event, RecordingStarted):
            fates[event.recording] = _Fate()
            continue
        fate = fates.get(getattr(event, "recording", ""))
        if fate is None or not isinstance(event, HearingEvent):
            continue
        if isinstance(event, RecordingErased):
            fate.erased = True
            fate.words_erased = seq if event.words else fate.words_erased
        fate.texts += [ref.id for ref in texts_of(event)]
    return fates


def _delete(shelf: Shelf, session: str, recording: str) -> CommandProblem | None:
    """Delete the sound of a recording, or say why that did not succeed."""
    try:
        shelf.delete(session, recording)
    except OSError as error:
        return CommandProblem(f"A recording could not be deleted: {reason_of(error)}.")
    return None
