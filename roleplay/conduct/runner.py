"""The runner: the only mutable object of a session.

It decides a batch of events, has it committed, and only then moves the state and tells those who look.
An append that fails leaves the state as it was.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from typing import Protocol

from roleplay.conduct.clock import Clock
from roleplay.session.commands import Command, Tick
from roleplay.session.decide import decide
from roleplay.session.dues import next_due
from roleplay.session.events import Event
from roleplay.session.evolve import evolve
from roleplay.session.hearing_events import RecordingErased
from roleplay.session.state import State
from roleplay.session.texts import Text

Listener = Callable[[State, Sequence[Event]], None]
"""Called with the new state and the events that led to it, after they are safe."""


class Journal(Protocol):
    """Where events are kept; `store.writer.Writer` is one."""

    def append(
        self,
        session: str,
        expected_seq: int,
        events: Sequence[Event],
        texts: Sequence[Text] = (),
        drafts_done: Sequence[str] = (),
    ) -> Future[int]:
        """Commit a batch; the future holds the new last sequence number once it is on the disk."""
        ...


class Runner:
    """Carries out commands on one session, one after the other."""

    def __init__(self, session: str, state: State, words: dict[str, str], journal: Journal, clock: Clock) -> None:
        self.session = session
        self.state = state
        self.words = words
        """The words of the session by text id."""
        self.clock = clock
        self._journal = journal
        self._listeners: list[Listener] = []
        self._turn = asyncio.Lock()
        self.belongings = ExitStack()
        """What this process holds while it owns the session; `close` lets go of it."""

    @property
    def now(self) -> float:
        """Seconds since the session opened."""
        return round(self.clock.now(), 3)

    def name(self, person: str) -> str:
        """What somebody is called."""
        return self.state.name(person, self.words)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have a function called after every batch that is safe, until what this returns is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def next_deadline(self) -> float | None:
        """When the next tick is due, in session seconds, or none."""
        due = next_due(self.state)
        return due.at if due else None

    async def do(
        self, command: Command, texts: Sequence[Text] = (), drafts_done: Sequence[str] = ()
    ) -> tuple[Event, ...]:
        """Carry out a command; returns once its events are safe. It is carried out even if the caller is cancelled.

        Raises:
            NotAllowed: the command makes no sense right now; nothing changed.
            StoreProblem: the events could not be kept; nothing changed.
        """
        # Whoever asks may be gone before the answer comes, as with a screen that is closed meanwhile. Left halfway, the
        # journal would have moved on without the state, and nothing more could be written.
        return await asyncio.shield(asyncio.ensure_future(self._take_turn(command, texts, drafts_done)))

    async def _take_turn(
        self, command: Command, texts: Sequence[Text], drafts_done: Sequence[str]
    ) -> tuple[Event, ...]:
        async with self._turn:
            events = decide(self.state, command, self.now)
            if events:
                await asyncio.wrap_future(
                    self._journal.append(self.session, self.state.seq, events, texts, drafts_done)
                )
                self._apply(events, texts)
            return events

    def do_at_once(
        self, command: Command, texts: Sequence[Text] = (), drafts_done: Sequence[str] = ()
    ) -> tuple[Event, ...]:
        """Like `do`, waiting for the commit; for where no event loop runs."""
        events = decide(self.state, command, self.now)
        if events:
            self._journal.append(self.session, self.state.seq, events, texts, drafts_done).result()
            self._apply(events, texts)
        return events

    def close(self) -> None:
        """Let go of the session, so that it can be opened elsewhere."""
        self.belongings.close()

    async def tick(self) -> tuple[Event, ...]:
        """Let everything happen that is due by now."""
        due = self.next_deadline()
        return await self.do(Tick()) if due is not None and due <= self.now else ()

    def _apply(self, events: Sequence[Event], texts: Sequence[Text]) -> None:
        state = self.state
        for event in events:
            state = evolve(state, event)
        self.state = state
        self.words.update((text.id, text.text) for text in texts)
        for event in events:
            if isinstance(event, RecordingErased) and event.words:
                for ref in state.tracks[event.track].recordings[event.recording].texts:
                    self.words.pop(ref.id, None)
        for listener in tuple(self._listeners):
            listener(state, events)


def new_text(text: str) -> Text:
    """Words with a fresh id and salt."""
    return Text(id=secrets.token_hex(8), salt=secrets.token_hex(16), text=text)
