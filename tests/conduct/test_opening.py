"""Opening a session, and opening it again where it stood."""

from __future__ import annotations

import re

import pytest

from roleplay.conduct.clock import HandClock
from roleplay.conduct.opening import open_session, read_session, reopen_session, seats_for
from roleplay.conduct.runner import Runner
from roleplay.content.bundle import Bundle
from roleplay.planning.build import build_plan
from roleplay.problems import CommandProblem
from roleplay.session.commands import End, Next, Resume, Start
from roleplay.store.protocol import Beat, Conflict
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer


def test_a_session_is_read_as_it_was_played(triad: Runner, store: SqliteStore) -> None:
    """State and words come back from the journal alone."""
    triad.do_at_once(Start())
    state, words = read_session(store, triad.session)
    assert state == triad.state
    assert words == triad.words
    assert {words[person.name.id] for person in state.people.values()} == {"Ana", "Ben", "Chloe"}


@pytest.mark.parametrize("file", ["A talk with Zoë's mother", "…", "$(rm)", "con.1"])
def test_a_session_is_called_by_what_can_be_typed(
    store: SqliteStore, writer: Writer, parent_conversation: Bundle, file: str
) -> None:
    """However the file of a scenario is called, the id of its session needs no quotes and is a file's name."""
    bundle = parent_conversation.model_copy(update={"id": file})
    seats = seats_for(["Ana", "Ben", "Chloe"])
    plan = build_plan(bundle.scenario, [seat.id for seat in seats])
    runner = open_session(store, writer, bundle, plan, seats, clock=HandClock())
    runner.close()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(-[a-z0-9]+)+", runner.session)


def test_reopened_it_stands_paused_where_it_was(
    triad: Runner, store: SqliteStore, writer: Writer, clock: HandClock
) -> None:
    """After a crash the clock stands where the last sign of life was; the time away does not count."""
    triad.do_at_once(Start())
    triad.do_at_once(Next())
    clock.at = 20.0
    writer.beat(triad.session, Beat(20.0, 0))
    writer.save_draft(triad.session, "a key", "{}").result()
    triad.close()
    again = reopen_session(store, writer, triad.session, HandClock)
    track = again.state.tracks["t1"]
    assert again.state.phase("t1") == "paused"
    assert track.clock is not None
    assert track.clock.elapsed(5000.0) == 20.0
    again.do_at_once(Resume())
    assert again.state.phase("t1") == "running"
    again.close()


def test_a_session_belongs_to_one_window(triad: Runner, store: SqliteStore, writer: Writer) -> None:
    """While it is open here, it cannot be opened a second time; once let go, it can."""
    with pytest.raises(Conflict):
        reopen_session(store, writer, triad.session)
    triad.close()
    reopen_session(store, writer, triad.session).close()


def test_a_closed_session_is_not_opened_again(triad: Runner, store: SqliteStore, writer: Writer) -> None:
    """It says so, and lets the session go."""
    triad.do_at_once(Start())
    triad.do_at_once(End())
    triad.close()
    for _ in range(2):
        with pytest.raises(CommandProblem, match="closed"):
            reopen_session(store, writer, triad.session)


def test_bots_have_names_of_their_own() -> None:
    """No bot is called like a person, or like another bot, however many there are."""
    seats = seats_for(["robin", "Ana"], bots=40)
    names = [seat.name for seat in seats]
    assert len(set(names)) == 42
    assert len({seat.id for seat in seats}) == 42
    assert not any(name.startswith("Robin ") for name in names)
    assert all(seat.bot == seat.name.endswith("(bot)") for seat in seats)
