"""That damage is found, and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roleplay.store.protocol import JournalBroken
from roleplay.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from store.conftest import Sample


@pytest.mark.parametrize(
    ("damage", "seq"),
    [
        ("UPDATE events SET body = replace(body, '60.25', '60.26') WHERE seq = 4", 4),
        ("UPDATE events SET hash = 'x' WHERE seq = 2", 2),
        ("DELETE FROM events WHERE seq = 3", 3),
        ("DELETE FROM events WHERE seq >= 5", 5),
        ("DELETE FROM events", 1),
        ("UPDATE events SET session = 'other'", 1),
        ("UPDATE texts SET text = 'Something else.' WHERE id = 'learned-1'", 3),
        ("UPDATE texts SET salt = 'x' WHERE id = 'name-1'", 1),
        ("UPDATE contents SET body = body || ' '", 1),
        ("DELETE FROM contents", 1),
    ],
)
def test_damage_is_found_where_it_is(tmp_path: Path, sample: Sample, damage: str, seq: int) -> None:
    """Whatever was changed behind the program's back, `verify` names the first event that does not hold."""
    store = SqliteStore(tmp_path / "sessions.db")
    sample.play(store)
    store.verify("first")
    store._db.execute(damage)
    with pytest.raises(JournalBroken, match=f"at event {seq}") as caught:
        store.verify("first")
    assert caught.value.seq == seq
    store.close()


def test_a_journal_cannot_pass_for_that_of_another_session(tmp_path: Path, sample: Sample) -> None:
    """Rows moved to another id break at the first event, since the chain starts from the id."""
    store = SqliteStore(tmp_path / "sessions.db")
    sample.play(store)
    for table in ("events", "texts"):
        store._db.execute(f"UPDATE {table} SET session = 'other'")  # noqa: S608 - two names written above
    store.rebuild_index()
    with pytest.raises(JournalBroken, match="at event 1"):
        store.verify("other")
    store.close()


def test_an_event_that_cannot_be_read_is_said_in_words(tmp_path: Path, sample: Sample) -> None:
    """An event of no known kind is damage with a number, not a traceback; such a session can still be erased."""
    store = SqliteStore(tmp_path / "sessions.db")
    sample.play(store)
    store._db.execute("UPDATE events SET body = '{}' WHERE seq = 2")
    with pytest.raises(JournalBroken, match="at event 2: this roleplay cannot read it"):
        store.events("first")
    store.delete_session("first")
    assert store._one("SELECT count(*) FROM contents")[0] == 0
    store.close()
