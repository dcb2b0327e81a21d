"""Plays sessions through the real runner and writer until it is killed, and says what stands once it is answered.

Bots play on a clock moved by hand, so that every kind of event comes along, while somebody types without pause.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from benchmarks.sessions import bundled
from roleplay.conduct.bots import Bots
from roleplay.conduct.clock import HandClock
from roleplay.conduct.opening import open_session, seats_for
from roleplay.conduct.runner import Runner
from roleplay.planning.build import build_plan
from roleplay.session.commands import Next, Start
from roleplay.session.events import Event
from roleplay.session.state import State
from roleplay.settings import database_path
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer

DRAFT = "typing"
TURN = 5.0
"""Session seconds for each turn; bots act on such moments."""


def say(what: str, session: str, number: int) -> None:
    """One write for each line, so that a kill never cuts one in two."""
    os.write(1, f"{what} {session} {number}\n".encode())


def say_draft(session: str, number: int, saved: Future[None]) -> None:
    """Say that a draft stands, or fail loudly."""
    saved.result()
    say("draft", session, number)


async def play(runner: Runner, clock: HandClock, writer: Writer) -> None:
    """One session, from its first step to its last."""

    def shown(state: State, events: Sequence[Event]) -> None:
        say("event", runner.session, state.seq)

    runner.listen(shown)
    await runner.do(Start())
    number, bots = 0, Bots(seed=1)
    while any(track.status != "finished" for track in runner.state.tracks.values()):
        for command, texts in bots.moves(runner.state, runner.now):
            number += 1
            draft = writer.save_draft(runner.session, DRAFT, str(number))
            draft.add_done_callback(partial(say_draft, runner.session, number))
            await runner.do(command, texts)
        clock.at += TURN
        await runner.tick()
        if any(t.clock is not None and t.clock.remaining(runner.now) <= 0 for t in runner.state.tracks.values()):
            await runner.do(Next())


def main() -> None:
    """One session after the other."""
    bundle = bundled("parent-conversation")
    seats = seats_for([], len(bundle.scenario.roles))
    plan = build_plan(bundle.scenario, [seat.id for seat in seats])
    path = database_path()
    store = SqliteStore(path)
    writer = Writer(lambda: SqliteStore(path))
    while True:
        clock = HandClock()
        runner = open_session(store, writer, bundle, plan, seats, clock=clock)
        say("event", runner.session, runner.state.seq)
        asyncio.run(play(runner, clock, writer))
        runner.close()


if __name__ == "__main__":
    main()
