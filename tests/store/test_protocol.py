"""What every store promises."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from roleplay.problems import Bug, CommandProblem
from roleplay.session.events import Event, StepStarted, TrackResumed
from roleplay.session.texts import Text
from roleplay.store.protocol import Beat, Conflict, KnownPerson, Store

if TYPE_CHECKING:
    from store.conftest import Sample

OPENED = 1_760_000_000_000


RESUMED = TrackResumed(at=200, track="t1")


def everything(store: Store) -> object:
    """All that can be asked of a store about its first session."""
    return (store.events("first"), store.texts("first"), store.drafts("first"), store.sessions())


def test_what_was_appended_is_read_again_by_another(
    open_store: Callable[[], Store], store: Store, sample: Sample
) -> None:
    """Events come back equal and in order, from the asked number on, with their words."""
    assert sample.play(store) == 6
    reader = open_store()
    assert reader.events("first")[1:] == list(sample.rest)
    assert reader.events("first", after=4) == list(sample.rest[3:])
    assert reader.texts("first") == {text.id: text.text for text in (*sample.names, *sample.words)}
    reader.verify("first")
    reader.close()


def test_a_second_writer_is_refused(store: Store, sample: Sample) -> None:
    """Whoever appends behind an event that somebody else has followed up is told so, and changes nothing."""
    sample.play(store)
    before = everything(store)
    with pytest.raises(Conflict, match="open in another window"):
        store.append("first", 1, [RESUMED])
    with pytest.raises(Conflict):
        store.append("first", 7, [RESUMED])
    with pytest.raises(Conflict):
        store.append("first", 5, [sample.rest[-1], RESUMED])
    assert everything(store) == before


def test_a_repeated_request_is_harmless(store: Store, sample: Sample) -> None:
    """The same request made again returns the same and writes nothing, even when the session has gone on."""
    store.put_content(sample.bundle)
    store.put_content(sample.plan)
    sample.play(store)
    store.save_draft("first", "later", "a new draft with an old key")
    before = everything(store)
    assert store.append("first", 0, [sample.opened], sample.names, ["later"]) == 1
    assert store.append("first", 1, sample.rest, sample.words, ["later"]) == 6
    assert store.append("first", 1, sample.rest[:2], sample.words[:1]) == 3
    assert everything(store) == before


def test_an_append_that_fails_halfway_writes_nothing(store: Store, sample: Sample) -> None:
    """Events, words, drafts and index go together: here the words are refused, since their id is taken."""
    sample.open(store)
    store.save_draft("first", "journal", "…")
    before = everything(store)
    with pytest.raises(Exception, match="UNIQUE"):
        store.append("first", 1, [RESUMED], [Text(id="new", salt="s", text="t"), sample.names[0]], ["journal"])
    assert everything(store) == before
    store.verify("first")


@pytest.mark.parametrize("missing", ["bundle", "plan"])
def test_a_session_needs_its_contents(store: Store, sample: Sample, missing: str) -> None:
    """A session that could not be opened again, for want of its scenario or plan, is not begun."""
    store.put_content(sample.plan if missing == "bundle" else sample.bundle)
    with pytest.raises(Bug, match="no content"):
        store.append("first", 0, [sample.opened], sample.names)
    assert store.sessions() == []
    assert store.events("first") == []


def test_a_session_begins_with_its_opening(store: Store) -> None:
    """No other event can be the first."""
    with pytest.raises(Bug, match="begins with"):
        store.append("first", 0, [StepStarted(at=0, track="t1", step="talk")])
    assert store.events("first") == []


def test_drafts_are_overwritten_and_go_when_sent(store: Store, sample: Sample) -> None:
    """A key holds the last body only; an append drops the drafts it replaces and leaves all others."""
    sample.open(store)
    sample.open(store, "second")
    for session, key, body in (("first", "a", "1"), ("first", "a", "2"), ("first", "b", "3"), ("second", "a", "4")):
        store.save_draft(session, key, body)
    assert store.drafts("first") == {"a": "2", "b": "3"}
    store.append("first", 1, [RESUMED], drafts_done=["a"])
    assert store.drafts("first") == {"b": "3"}
    assert store.drafts("second") == {"a": "4"}


def test_a_content_is_kept_once_under_its_hash(store: Store) -> None:
    """The hash is the SHA-256 of the body, the same each time."""
    body = '{"title": "Zoë’s case"}'
    expected = hashlib.sha256(body.encode()).hexdigest()
    assert [store.put_content(body), store.put_content(body)] == [expected, expected]
    assert store.content(expected) == body
    with pytest.raises(Bug):
        store.content("0" * 64)


def test_the_last_beat_is_the_one_that_counts(store: Store) -> None:
    """Beats are overwritten, for each session by itself."""
    assert store.last_beat("first") is None
    store.beat("first", Beat(at=2.0, wall=10))
    store.beat("second", Beat(at=3.0, wall=11))
    store.beat("first", Beat(at=4.125, wall=12))
    assert store.last_beat("first") == Beat(at=4.125, wall=12)


def test_sessions_stand_newest_first(store: Store, sample: Sample) -> None:
    """The order is by when they were opened, not by when they were written."""
    for session, wall in (("b", 2000), ("c", 3000), ("a", 1000)):
        sample.open(store, session, wall)
    assert [row.id for row in store.sessions()] == ["c", "b", "a"]


def test_the_index_is_what_the_journal_says(store: Store, sample: Sample) -> None:
    """Rows written one append at a time equal rows made anew from all events, whatever was cut where."""
    sample.open(store, "first")
    for seq, event in enumerate(sample.rest, start=1):
        store.append("first", seq, [event])
    sample.play(store, "second", wall=5)
    before = store.sessions()
    assert [row.seq for row in before] == [6, 6]
    store.rebuild_index()
    assert store.sessions() == before


def test_a_session_is_found_by_the_beginning_of_its_id(store: Store, sample: Sample) -> None:
    """A whole id wins over longer ones; what fits none or several gets a sentence that helps."""
    for session in ("may-01", "may-011", "june-07"):
        sample.open(store, session)
    assert store.find_session("june") == "june-07"
    assert store.find_session("may-01") == "may-01"
    with pytest.raises(CommandProblem, match="fits 2 sessions: may-011, may-01"):
        store.find_session("may")
    with pytest.raises(CommandProblem, match=r'no session "jnue-07".*mean "june-07"'):
        store.find_session("jnue-07")


def test_forgetting_leaves_every_event(store: Store, sample: Sample) -> None:
    """Words and drafts go; events stay, the chain holds, other words too."""
    sample.play(store)
    store.save_draft("first", "ana", "…")
    store.save_draft("first", "ben", "…")
    events: list[Event] = store.events("first")
    store.forget("first", ["name-1", "learned-1"], ["ana"])
    assert store.texts("first") == {"name-2": "Benedikt", "journal-1": "I spoke too early."}
    assert list(store.drafts("first")) == ["ben"]
    assert store.events("first") == events
    store.verify("first")
    assert store.append("first", 6, [RESUMED]) == 7


def test_a_deleted_session_is_gone_with_what_only_it_used(store: Store, sample: Sample) -> None:
    """A content stays as long as another session is played from it."""
    bundle, plan = store.put_content(sample.bundle), store.put_content(sample.plan)
    for session in ("first", "second"):
        sample.play(store, session)
        store.save_draft(session, "a", "…")
        store.beat(session, Beat(at=1, wall=1))
    store.delete_session("first")
    assert everything(store) == ([], {}, {}, [row for row in store.sessions() if row.id == "second"])
    assert store.last_beat("first") is None
    assert (store.content(bundle), store.content(plan)) == (sample.bundle, sample.plan)
    store.verify("second")
    store.delete_session("second")
    assert store.sessions() == []
    with pytest.raises(Bug):
        store.content(bundle)
    with pytest.raises(Bug):
        store.content(plan)


def test_a_transaction_stands_or_falls_as_one(store: Store, sample: Sample) -> None:
    """What was written before the failure, appends included, is taken back."""

    def write_and_fail() -> None:
        with store.transaction():
            sample.open(store)
            store.save_draft("first", "a", "…")
            store.append("first", 0, [RESUMED])

    with pytest.raises(Conflict):
        write_and_fail()
    assert everything(store) == ([], {}, {}, [])
    with store.transaction():
        sample.open(store)
        store.save_draft("first", "a", "…")
    assert store.drafts("first") == {"a": "…"}
    assert len(store.events("first")) == 1


def known_to(store: Store) -> object:
    """All that can be asked about known people."""
    return store.known_people(), store.sessions_with(["k-ana", "k-ben"])


def test_people_are_known_over_sessions(store: Store, sample: Sample) -> None:
    """By an id and the name that was last written, newest first, with how often they came and when last; their
    sessions come oldest first."""
    sample.meet(store, "second", "k-ana", None, wall=OPENED + 2000)
    sample.meet(store, "first", "k-ana", "k-ben", wall=OPENED + 1000)
    assert store.known_people() == [
        KnownPerson("k-ana", "Ana", 2, OPENED + 2000, "A tough conversation"),
        KnownPerson("k-ben", "Benedikt", 1, OPENED + 1000, "A tough conversation"),
    ]
    assert store.sessions_with(["k-ana"]) == ["first", "second"]
    assert store.sessions_with(["k-ben"]) == ["first"]
    assert store.sessions_with(["k-ben", "k-ana", "k-nobody"]) == ["first", "second"]
    assert store.sessions_with([]) == []


def test_a_rehearsal_makes_nobody_known(store: Store, sample: Sample) -> None:
    """Nor do people of whom nobody has said who they are."""
    sample.meet(store, "made-up", "k-ana", "k-ben", rehearsal=True)
    sample.meet(store, "strangers", None, None)
    assert known_to(store) == ([], [])


def test_a_forgotten_name_is_left_out(store: Store, sample: Sample) -> None:
    """Where a name was erased, its session tells no more who was there; elsewhere the person stays known."""
    sample.meet(store, "first", "k-ana", "k-ben")
    sample.meet(store, "second", "k-ana", None, wall=OPENED + 1000)
    store.forget("first", ["name-1", "name-2"])
    [ana] = store.known_people()
    assert (ana.id, ana.sessions) == ("k-ana", 1)
    assert store.sessions_with(["k-ana", "k-ben"]) == ["second"]
    store.forget("second", ["name-1"])
    assert known_to(store) == ([], [])


def test_known_people_go_with_their_last_session(store: Store, sample: Sample) -> None:
    """Deleting a session erases the seats in it, so that an index made anew does not bring them back."""
    sample.meet(store, "first", "k-ana", "k-ben")
    sample.meet(store, "second", "k-ana", None, wall=OPENED + 1000)
    store.delete_session("first")
    assert [person.id for person in store.known_people()] == ["k-ana"]
    store.delete_session("second")
    assert known_to(store) == ([], [])
    sample.play(store, "first")
    sample.play(store, "second")
    assert known_to(store) == ([], [])


def test_known_people_are_found_again_from_the_journal(store: Store, sample: Sample) -> None:
    """The index made anew says the same."""
    sample.meet(store, "first", "k-ana", "k-ben")
    sample.meet(store, "second", "k-ana", None, wall=OPENED + 1000)
    before = known_to(store)
    store.rebuild_index()
    assert known_to(store) == before


def test_nobody_becomes_known_by_an_append_that_fails(store: Store, sample: Sample) -> None:
    """Seats go with the event that opens the session: here its words are refused."""
    sample.meet(store, "first", None, None)
    people = tuple(person.model_copy(update={"known": "k-ana"}) for person in sample.opened.people[:1])
    opened = sample.opened.model_copy(update={"people": people})
    with pytest.raises(Exception, match="UNIQUE"):
        store.append("second", 0, [opened], [sample.names[0], sample.names[0]])
    assert known_to(store) == ([], [])
