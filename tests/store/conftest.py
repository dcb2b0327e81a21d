"""A store of each kind, and a session to keep in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from roleplay.session.events import (
    Event,
    JournalWritten,
    LearnedWritten,
    Participant,
    SessionOpened,
    StepEnded,
    StepStarted,
    TrackFinished,
)
from roleplay.session.texts import Text
from roleplay.store.protocol import Store
from roleplay.store.sqlite import SqliteStore

OPENED = 1_760_000_000_000


@dataclass(frozen=True)
class Sample:
    """A short session, as the runner would hand it to a store."""

    bundle: str
    plan: str
    names: tuple[Text, ...]
    opened: SessionOpened
    words: tuple[Text, ...]
    rest: tuple[Event, ...]

    def open(self, store: Store, session: str = "first", wall: int = OPENED) -> int:
        """Keep the contents and the first event; returns 1."""
        store.put_content(self.bundle)
        store.put_content(self.plan)
        return store.append(session, 0, [self.opened.model_copy(update={"wall": wall})], self.names)

    def meet(self, store: Store, session: str, *known: str | None, wall: int = OPENED, rehearsal: bool = False) -> None:
        """Open a session in which Ana and Benedikt are known as these."""
        people = tuple(p.model_copy(update={"known": id}) for p, id in zip(self.opened.people, known, strict=True))
        changes = {"wall": wall, "people": people, "rehearsal": rehearsal}
        store.put_content(self.bundle)
        store.put_content(self.plan)
        store.append(session, 0, [self.opened.model_copy(update=changes)], self.names)

    def play(self, store: Store, session: str = "first", wall: int = OPENED) -> int:
        """Keep the whole session; returns the number of its last event."""
        return store.append(session, self.open(store, session, wall), self.rest, self.words)


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    bundle = json.dumps({"id": "tough", "scenario": {"title": "A tough conversation"}, "rubrics": {}})
    plan = '{"tracks": []}'
    scratch = SqliteStore(tmp_path / "scratch" / "hashes.db")
    hashes = scratch.put_content(bundle), scratch.put_content(plan)
    scratch.close()
    names = tuple(
        Text(id=f"name-{n}", salt=f"salt of {n}", text=name) for n, name in enumerate(("Ana", "Benedikt"), start=1)
    )
    learned = Text(id="learned-1", salt="salt of learned", text="The bus was cut, and nobody asked.")
    journal = Text(id="journal-1", salt="salt of journal", text="I spoke too early.")
    people = tuple(Participant(id=f"p{n}", name=name.ref) for n, name in enumerate(names, start=1))
    rest: tuple[Event, ...] = (
        StepStarted(at=0.5, track="t1", step="talk"),
        LearnedWritten(at=30, track="t1", step="talk", by="p1", text=learned.ref),
        StepEnded(at=60.25, track="t1", step="talk", why="on-time"),
        JournalWritten(at=90, track="t1", step="journal", by="p1", answers={0: journal.ref}),
        TrackFinished(at=120.125, track="t1"),
    )
    opened = SessionOpened(at=0, wall=OPENED, scenario=hashes[0], plan=hashes[1], people=people)
    return Sample(bundle, plan, names, opened, (learned, journal), rest)


@pytest.fixture(params=["sqlite"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Opens the same store again each time it is called."""
    kinds: dict[str, Callable[[], Store]] = {"sqlite": lambda: SqliteStore(tmp_path / "home" / "sessions.db")}
    return kinds[request.param]


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Iterator[Store]:
    store = open_store()
    yield store
    store.close()
