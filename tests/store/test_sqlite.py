"""What the file on the disk must be: private, erasable, and readable while it is written."""

from __future__ import annotations

import os
import random
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roleplay.session.events import TrackResumed
from roleplay.session.texts import Text
from roleplay.store.protocol import StoreProblem
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer

if TYPE_CHECKING:
    from store.conftest import Sample


WORDS = "Nobody at home knows about this."
SALT = "a salt that nobody guesses"


def holding(folder: Path, words: str) -> list[str]:
    """The files in which these words stand, byte for byte."""
    return [path.name for path in sorted(folder.iterdir()) if words.encode() in path.read_bytes()]


def resumed(at: float) -> TrackResumed:
    return TrackResumed(at=at, track="t1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "sessions.db"


@pytest.mark.skipif(os.name != "posix", reason="permission bits are a POSIX matter")
def test_only_the_owner_may_read(path: Path, sample: Sample) -> None:
    """Under a careless umask too, and for a file that was there with wider permissions."""
    old = os.umask(0)
    try:
        store = SqliteStore(path)
        sample.play(store)
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        assert modes == dict.fromkeys(("sessions.db", "sessions.db-wal", "sessions.db-shm"), 0o600)
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        store.close()
        path.chmod(0o644)
        SqliteStore(path).close()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(old)


def test_a_commit_waits_for_the_disk(path: Path) -> None:
    """The settings that durability hangs on are in force on every opening."""
    for _ in range(2):
        store = SqliteStore(path)
        settings = [store._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
        assert settings == ["wal", 2]
        store.close()


def test_no_byte_of_forgotten_words_is_left(path: Path, sample: Sample) -> None:
    """Neither words nor salt nor drafts are in the file, its log or its index, while others have the file open."""
    store, other = SqliteStore(path), SqliteStore(path)
    sample.play(store)
    store.append("first", 6, [resumed(200)], [Text(id="secret", salt=SALT, text=WORDS)])
    for length in range(1, len(WORDS) + 1):
        store.save_draft("first", "secret", WORDS[:length])
    other.events("first")
    assert holding(path.parent, WORDS)
    assert holding(path.parent, SALT)
    store.forget("first", ["secret"], ["secret"])
    for gone in (WORDS, SALT, WORDS[:12]):
        assert holding(path.parent, gone) == []
    assert holding(path.parent, "I spoke too early.")
    store.verify("first")
    store.close()
    other.close()


def test_no_copy_is_left_that_the_file_made_while_it_moved_words(path: Path) -> None:
    """SQLite moves rows about as others grow and go, and leaves old copies of them; erasing takes those too.

    The lengths come from a fixed seed with which emptying the log alone leaves such copies.
    """
    chance = random.Random(3)
    store = SqliteStore(path)
    with store.transaction():
        for _ in range(400):
            key = f"k{chance.randint(0, 150)}"
            store.save_draft("first", key, f"#words of {key}#" * chance.choice([1, 3, 20, 100, 600]))
            if chance.random() < 0.3:
                store.append("first", 0, [], drafts_done=[f"k{chance.randint(0, 150)}"])
    forgotten = sorted(store.drafts("first"))[::2]
    store.forget("first", [], forgotten)
    found = set(re.findall(rb"#words of (k\d+)#", b"".join(file.read_bytes() for file in path.parent.iterdir())))
    assert found == {key.encode() for key in store.drafts("first")}
    store.close()


def test_a_sent_draft_does_not_wait_in_the_file_to_be_found(path: Path) -> None:
    """Without any forgetting, what was overwritten or sent is gone once the file is closed."""
    store = SqliteStore(path)
    store.save_draft("first", "a", WORDS)
    store.save_draft("first", "b", WORDS)
    store.save_draft("first", "b", "Something else.")
    store.append("first", 0, [], drafts_done=["a"])
    store.close()
    assert holding(path.parent, "Something else.") == ["sessions.db"]
    assert holding(path.parent, WORDS) == []


def test_no_byte_of_a_deleted_session_is_left(path: Path, sample: Sample) -> None:
    """The names of its people and its scenario are gone from all files."""
    store = SqliteStore(path)
    sample.play(store)
    assert holding(path.parent, "Benedikt")
    store.delete_session("first")
    for gone in ("Benedikt", "A tough conversation", "session-opened"):
        assert holding(path.parent, gone) == []
    store.close()


def test_traces_that_a_reader_keeps_in_place_are_admitted(path: Path, sample: Sample) -> None:
    """While somebody reads, the log cannot be emptied: it says so, and erasing once more does it."""
    store, reader = SqliteStore(path), SqliteStore(path)
    sample.play(store)
    store._db.execute("PRAGMA busy_timeout = 0")
    with reader._transaction("BEGIN"):
        reader.events("first")
        with pytest.raises(StoreProblem, match="traces of it are still in the file"):
            store.forget("first", ["name-2"])
        assert holding(path.parent, "Benedikt")
    store.forget("first", ["name-2"])
    assert holding(path.parent, "Benedikt") == []
    store.close()
    reader.close()


def test_a_full_disk_takes_nothing_away(path: Path, sample: Sample) -> None:
    """What does not fit is refused in words and leaves no trace; with space again, all goes on."""
    store = SqliteStore(path)
    sample.play(store)
    before = (store.events("first"), store.texts("first"), store.sessions())
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    long = Text(id="long", salt="s", text="word " * 20_000)
    with pytest.raises(StoreProblem, match="The disk is full; nothing was lost that was shown as saved"):
        store.append("first", 6, [resumed(200)], [long])
    assert (store.events("first"), store.texts("first"), store.sessions()) == before
    store._db.execute(f"PRAGMA max_page_count = {pages + 200}")
    assert store.append("first", 6, [resumed(200)], [long]) == 7
    store.verify("first")
    store.close()


def test_one_reads_while_another_writes(path: Path, sample: Sample) -> None:
    """A reader never waits and sees the journal of some moment: whole appends, the chain intact, index and all."""
    reader = SqliteStore(path)
    sample.open(reader)
    seen = []
    with Writer(lambda: SqliteStore(path)) as writer:
        futures = [writer.append("first", 1 + 2 * n, [resumed(n), resumed(n)]) for n in range(200)]
        while not futures[-1].done():
            reader.verify("first")
            seen.append(len(reader.events("first")))
    assert [future.result() for future in futures] == list(range(3, 403, 2))
    assert seen == sorted(seen)
    assert all(count % 2 for count in seen)
    assert reader.sessions()[0].seq == 401
    reader.close()


def test_a_check_looks_at_one_moment(path: Path, sample: Sample) -> None:
    """An event that somebody appends in the midst of a check is not taken for damage."""
    store = SqliteStore(path)
    sample.open(store)

    class Interrupted(SqliteStore):
        def _one(self, statement: str, *values: Any) -> Any:
            store.append("first", 1, [resumed(1)])
            return super()._one(statement, *values)

    reader = Interrupted(path)
    reader.verify("first")
    assert len(reader.events("first")) == 2
    reader.close()
    store.close()


def test_two_windows_cannot_both_follow_the_same_event(path: Path, sample: Sample) -> None:
    """Of many who append behind one event at once, exactly one is told that it stands."""
    store = SqliteStore(path)
    sample.open(store)
    writers = [Writer(lambda: SqliteStore(path)) for _ in range(4)]
    futures = [writer.append("first", 1, [resumed(n)]) for n, writer in enumerate(writers)]
    for writer in writers:
        writer.close()
    assert sum(future.exception() is None for future in futures) == 1
    assert len(store.events("first")) == 2
    store.close()
