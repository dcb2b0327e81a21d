"""The runner: decide, make safe, then apply, then show."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import pytest

from roleplay.conduct.clock import HandClock
from roleplay.conduct.runner import Runner, new_text
from roleplay.session.commands import Next, Pause, Start, TapMarker
from roleplay.session.decide import NotAllowed
from roleplay.session.events import Event, StepEnded, StepStarted
from roleplay.session.evolve import fold
from roleplay.session.state import State
from roleplay.store.protocol import StoreProblem
from roleplay.store.sqlite import SqliteStore


class FullDisk:
    """A journal that cannot keep anything."""

    def append(self, *batch: Any, **more: Any) -> Future[int]:
        refused: Future[int] = Future()
        refused.set_exception(StoreProblem("The disk is full.", "Free some space."))
        return refused


class SlowDisk:
    """A journal that keeps its first batch only when it is told to, and the later ones at once."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.asked = asyncio.Event()
        self.keep: Callable[[], None] = lambda: None

    def append(self, *batch: Any, **more: Any) -> Future[int]:
        written: Future[int] = Future()
        written.set_running_or_notify_cancel()

        def keep() -> None:
            written.set_result(self._store.append(*batch, **more))

        if self.asked.is_set():
            keep()
        self.keep = keep
        self.asked.set()
        return written


async def converse(triad: Runner) -> None:
    """Go on to the first conversation."""
    for command in (Start(), Next(), Next()):
        await triad.do(command)


async def test_what_is_shown_is_already_safe(triad: Runner, store: SqliteStore) -> None:
    """When a listener hears of events, they stand in the journal, and replaying it gives the state it is shown."""
    heard: list[bool] = []

    def look(state: State, events: Sequence[Event]) -> None:
        kept = store.events(triad.session)
        heard.append(tuple(kept[-len(events) :]) == tuple(events) and fold(state.setting, kept) == state)

    triad.listen(look)
    await triad.do(Start())
    await triad.do(Next())
    assert heard == [True, True]


async def test_an_append_that_fails_changes_nothing(triad: Runner) -> None:
    """With a full disk, the error comes through and neither state nor words have moved; nobody is told."""
    broken = Runner(triad.session, triad.state, dict(triad.words), FullDisk(), triad.clock)
    told: list[object] = []
    broken.listen(lambda state, events: told.append(events))
    before, words = broken.state, dict(broken.words)
    with pytest.raises(StoreProblem):
        await broken.do(Start(), [new_text("never kept")])
    assert (broken.state, broken.words, told) == (before, words, [])


async def test_a_caller_that_goes_away_does_not_leave_a_command_halfway(triad: Runner, store: SqliteStore) -> None:
    """A screen closed while its command is written: the state follows the journal, and the next command works."""
    disk = SlowDisk(store)
    slow = Runner(triad.session, triad.state, dict(triad.words), disk, triad.clock)
    asker = asyncio.create_task(slow.do(Start()))
    await disk.asked.wait()
    asker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asker
    disk.keep()
    assert await slow.do(Next())
    assert slow.state == fold(slow.state.setting, store.events(slow.session))


async def test_commands_given_at_once_are_carried_out_one_after_the_other(triad: Runner) -> None:
    """Two people press at the same moment: the second is decided on the state that the first one left."""
    await converse(triad)
    first, second = await asyncio.gather(triad.do(Pause()), triad.do(Pause("t1")), return_exceptions=True)
    assert isinstance(first, tuple)
    assert isinstance(second, NotAllowed)


async def test_a_step_that_ran_out_is_stamped_with_its_deadline(triad: Runner, clock: HandClock) -> None:
    """However late a tick comes, the step ended when its time was over."""
    await converse(triad)
    running = triad.state.tracks["t1"].clock
    assert running is not None
    due = running.deadline
    clock.at = due + 7.5
    events = await triad.tick()
    assert [event.at for event in events if isinstance(event, StepEnded | StepStarted)] == [due, due]


async def test_a_tick_before_anything_is_due_does_nothing(triad: Runner, clock: HandClock) -> None:
    """Ticks cost nothing while nothing is due."""
    await converse(triad)
    due = triad.next_deadline()
    assert due is not None
    clock.at = due - 0.001
    before = triad.state
    assert await triad.tick() == ()
    assert triad.state is before


async def test_names_are_words_of_the_session(triad: Runner) -> None:
    """A name comes from the words; the facilitator has none."""
    assert [triad.name(person) for person in ("p1", "p3", "facilitator")] == ["Ana", "Chloe", "The facilitator"]


async def test_a_refused_command_writes_nothing(triad: Runner, store: SqliteStore) -> None:
    """A command that makes no sense leaves the journal as it was."""
    before = store.events(triad.session)
    with pytest.raises(NotAllowed):
        await triad.do(TapMarker("t1", "x", "names-feeling", "p3", "p1"))
    assert store.events(triad.session) == before
