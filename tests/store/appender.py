"""Appends to a session until it is killed, and says on stdout what was acknowledged."""

from __future__ import annotations

import os
import random
import sys
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from roleplay.session.events import LearnedWritten
from roleplay.session.texts import Text
from roleplay.store.protocol import Beat
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer


def say(word: str, number: int) -> None:
    """One write for each line, so that a kill never cuts one in two."""
    os.write(1, f"{word} {number}\n".encode())


def say_draft(number: int, saved: Future[None]) -> None:
    """Say that a draft stands, or fail loudly."""
    saved.result()
    say("draft", number)


def main(path: Path, seed: int) -> None:
    """Ask for up to eight appends at a time, drafts in between."""
    chance = random.Random(seed)
    reader = SqliteStore(path)
    seq = reader.sessions()[0].seq
    drafts = int(reader.drafts("first").get("draft", "0"))
    reader.close()
    writer = Writer(lambda: SqliteStore(path))
    while True:
        asked: list[Future[int] | Future[None]] = []
        for _ in range(chance.randint(1, 8)):
            numbers = range(seq + 1, seq + 1 + chance.randint(1, 3))
            texts = [Text(id=str(n), salt=f"s{n}", text=f"words of {n}") for n in numbers]
            events = [
                LearnedWritten(at=n, track="t1", step="talk", by="ana", text=text.ref)
                for n, text in zip(numbers, texts, strict=True)
            ]
            future = writer.append("first", seq, events, texts)
            seq = numbers[-1]
            future.add_done_callback(lambda future: say("event", future.result()))
            drafts += 1
            draft = writer.save_draft("first", "draft", str(drafts))
            draft.add_done_callback(partial(say_draft, drafts))
            writer.beat("first", Beat(at=seq, wall=seq))
            asked += [future, draft]
        for done in asked:
            done.result()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
