"""How long sound is kept: always, until it was written down, or so many days; what is written down always stays."""

from __future__ import annotations

import pytest
from kept_sound import BEN, SAID, begun, record, write_down

from roleplay.audio.shelf import Shelf
from roleplay.conduct import opening
from roleplay.conduct.clock import HandClock
from roleplay.conduct.erasing import Eraser
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.opening import read_session, reopen_session
from roleplay.conduct.retention import Keeper, tidy
from roleplay.conduct.runner import new_text
from roleplay.session import commands as c
from roleplay.session.heard import Recording
from roleplay.session.hearing_commands import AnswerConsent, NoteFailure
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer

DAY = 24 * 3600 * 1000
OPENED = 1_800_000_000_000


class Wall:
    """The clock on the wall, moved by hand."""

    now = OPENED


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    clock = Wall()
    monkeypatch.setattr(opening, "wall_now", lambda: clock.now)
    return clock


@pytest.fixture
def session(store: SqliteStore, shelf: Shelf, wall: Wall) -> str:
    """A session that was left: one recording was written down, of the other that failed."""
    runner = begun(store, DirectJournal(store))
    record(runner, shelf, "written")
    write_down(runner, "written")
    record(runner, shelf, "failed")
    why = new_text("no engine")
    runner.do_at_once(NoteFailure("t1", "failed", why.ref), [why])
    runner.close()
    return runner.session


def recordings(store: SqliteStore, session: str) -> dict[str, Recording]:
    state, words = read_session(store, session)
    assert set(SAID) <= set(words.values())
    return dict(state.tracks["t1"].recordings)


@pytest.mark.parametrize(
    ("keep_sound", "days", "left"),
    [
        ("always", 10_000, ["failed", "written"]),
        ("until-transcribed", 0, ["failed"]),
        ("30d", 29, ["failed", "written"]),
        ("30d", 31, ["failed"]),
        ("1d", 2, ["failed"]),
    ],
)
def test_what_goes_when(
    store: SqliteStore, shelf: Shelf, session: str, wall: Wall, keep_sound: str, days: int, left: list[str]
) -> None:
    """Sound goes when its owner has said, and not before; what was not written down stays, however old it is."""
    wall.now += days * DAY
    assert tidy(store, shelf, keep_sound, wall.now) == ()
    assert shelf.recordings(session) == left
    kept = recordings(store, session)
    assert sorted(id for id, one in kept.items() if not one.erased) == left
    assert kept["written"].transcript is not None


def test_the_day_counts_from_the_recording(store: SqliteStore, shelf: Shelf, session: str, wall: Wall) -> None:
    """A recording made days after its session was opened is kept for as long from then on."""
    wall.now += 20 * DAY
    runner = reopen_session(store, DirectJournal(store), session, HandClock)
    runner.do_at_once(c.Resume())
    record(runner, shelf, "later")
    write_down(runner, "later")
    runner.close()
    wall.now += 11 * DAY
    tidy(store, shelf, "30d", wall.now)
    assert shelf.recordings(session) == ["failed", "later"]
    wall.now += 20 * DAY
    tidy(store, shelf, "30d", wall.now)
    assert shelf.recordings(session) == ["failed"]


def test_a_later_wish(store: SqliteStore, shelf: Shelf, session: str, wall: Wall) -> None:
    """A wish that is set later holds for what is there already."""
    tidy(store, shelf, "always", wall.now)
    tidy(store, shelf, "until-transcribed", wall.now)
    assert shelf.recordings(session) == ["failed"]


def test_a_session_that_is_open(store: SqliteStore, shelf: Shelf, session: str, wall: Wall) -> None:
    """In a session that is open in a window nothing is let go from outside; it goes once it was left."""
    runner = reopen_session(store, DirectJournal(store), session, HandClock)
    wall.now += 99 * DAY
    assert tidy(store, shelf, "30d", wall.now) == ()
    assert shelf.recordings(session) == ["failed", "written"]
    runner.close()
    tidy(store, shelf, "30d", wall.now)
    assert shelf.recordings(session) == ["failed"]


def test_what_was_let_go_can_still_be_taken_back(store: SqliteStore, shelf: Shelf, session: str, wall: Wall) -> None:
    """Whose sound is gone already may still have the words erased."""
    tidy(store, shelf, "until-transcribed", wall.now)
    runner = reopen_session(store, DirectJournal(store), session, HandClock)
    runner.do_at_once(AnswerConsent(BEN, yes=False))
    runner.close()
    assert tidy(store, shelf, "until-transcribed", wall.now) == ()
    assert not set(SAID) & set(store.texts(session).values())


@pytest.mark.parametrize(("keep_sound", "left"), [("until-transcribed", []), ("always", ["r1"])])
async def test_while_it_runs(
    store: SqliteStore, shelf: Shelf, writer: Writer, keep_sound: str, left: list[str]
) -> None:
    """In a session that runs, sound goes as soon as it was written down, and only then, where its owner wants that."""
    runner = begun(store, writer)
    eraser, keeper = Eraser(runner, shelf, writer, pytest.fail), Keeper(runner, keep_sound)
    record(runner, shelf)
    assert shelf.recordings(runner.session) == ["r1"]
    write_down(runner)
    await keeper.close()
    await eraser.close()
    assert shelf.recordings(runner.session) == left
    assert set(SAID) <= set(store.texts(runner.session).values())
    runner.close()
