"""Leads a session that is recorded, until it is killed; says when each recording's first sound came in.

With the id of a session, it opens that one again and lets its clock go on.
"""

from __future__ import annotations

import asyncio
import os
import sys

from benchmarks.sessions import bundled
from roleplay.audio.shelf import Shelf
from roleplay.conduct.microphones import ChosenMicrophones
from roleplay.conduct.opening import open_session, reopen_session, seats_for
from roleplay.conduct.recording import NewsKind, Recorder
from roleplay.conduct.runner import Runner
from roleplay.planning.build import build_plan
from roleplay.session.commands import Next, Resume, Start
from roleplay.session.hearing_commands import AnswerConsent
from roleplay.session.recording import wanted
from roleplay.settings import database_path, home_folder
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer


async def lead(runner: Runner, again: bool) -> None:
    """On to the first conversation, and then for as long as it lives."""
    recorder = Recorder(runner, Shelf(home_folder()), ChosenMicrophones(home_folder()))

    def say(track: str, sentence: str, kind: NewsKind) -> None:
        standing = recorder.standing(track)
        began = runner.state.opened is not None and standing.since is not None
        # On the clock that all processes share.
        first = asyncio.get_running_loop().time() - (runner.now - (standing.since or 0.0)) if began else 0.0
        os.write(1, f"{kind} {runner.session} {standing.recording or '-'} {first:.3f} {sentence}\n".encode())

    recorder.on_news(say)
    recorder.begin()
    if again:
        await runner.do(Resume())
    else:
        for person in runner.state.humans:
            await runner.do(AnswerConsent(person, True))
        await runner.do(Start())
    while not wanted(runner.state):
        await runner.do(Next())
    await asyncio.Event().wait()


def main() -> None:
    """A new session, or the one that is named."""
    path = database_path()
    store, writer = SqliteStore(path), Writer(lambda: SqliteStore(path))
    if len(sys.argv) > 1:
        runner = reopen_session(store, writer, sys.argv[1])
    else:
        bundle = bundled("parent-conversation")
        seats = seats_for(["Ana", "Ben", "Chloe"])
        plan = build_plan(bundle.scenario, [seat.id for seat in seats])
        runner = open_session(store, writer, bundle, plan, seats)
    asyncio.run(lead(runner, again=len(sys.argv) > 1))


if __name__ == "__main__":
    main()
