"""What earlier sessions mean for those who are here: over whole sessions that are kept in a store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from meetings import Meetings, part_bundle

from roleplay.conduct.drafts import form_command
from roleplay.conduct.history import (
    carried_into,
    caseload,
    continued_draft,
    past_of,
)
from roleplay.conduct.opening import Seat, new_known_id
from roleplay.content.bundle import Bundle
from roleplay.session.commands import Next, Start
from roleplay.session.forms import forms_due

ANA = Seat("p1", "Ana", known="k-ana")
BEN = Seat("p2", "Ben", known="k-ben")
CLEO = Seat("p3", "Cleo", known="k-cleo")
NEW = Seat("p9", "Somebody new")
ROBIN = Seat("b1", "Robin (bot)", bot=True)
OWN_PLAN = {"rubric": "plan", "by": "coach", "about": "self", "carry": "plan"}
OWN_STEP = {"rubric": "step", "by": "coach", "about": "self", "carry": "next-step"}


def test_ids_of_known_people_say_nothing_and_differ() -> None:
    """They can be typed after a command."""
    ids = {new_known_id() for _ in range(50)}
    assert len(ids) == 50
    assert all(id.startswith("k-") and id[2:].isalpha() and id.islower() for id in ids)


def test_past_sessions_come_oldest_first(meetings: Meetings) -> None:
    """All that any of these people took part in, or only those before a certain one."""
    first = meetings.play(part_bundle(1), (ANA, BEN))
    second = meetings.play(part_bundle(2), (CLEO, BEN))
    third = meetings.play(part_bundle(3), (ANA, CLEO))
    assert [past.session for past in past_of(meetings.store, ["k-ana"])] == [first, third]
    assert [past.session for past in past_of(meetings.store, ["k-ana", "k-ben"])] == [first, second, third]
    assert [past.session for past in past_of(meetings.store, ["k-ana"], before=third)] == [first]
    assert past_of(meetings.store, []) == ()


def test_a_damaged_session_stands_in_nobodys_way(meetings: Meetings, home: Path) -> None:
    """It is left out; the others are still there."""
    broken = meetings.play(part_bundle(1), (ANA, BEN))
    whole = meetings.play(part_bundle(2), (ANA, BEN))
    with closing(sqlite3.connect(home / "roleplay.db")) as db:
        db.execute("UPDATE events SET body = '{}' WHERE session = ? AND seq = 3", (broken,))
        db.commit()
    assert [past.session for past in past_of(meetings.store, ["k-ana"])] == [whole]


def test_a_plan_is_continued_where_it_stood(meetings: Meetings) -> None:
    """In the next session the form opens with the words of the last one, and is sent as it stands."""
    meetings.play(part_bundle(1, [OWN_PLAN]), (ANA, BEN), said="mine")
    runner = meetings.begin(part_bundle(2, [OWN_PLAN]), (BEN, Seat("p7", "Ana", known="k-ana")))
    assert carried_into(meetings.store, runner.session, runner.state)[0].by == "p7"
    runner.close()
    runner = meetings.begin(part_bundle(2, [OWN_PLAN]), (ANA, BEN))
    [plan] = carried_into(meetings.store, runner.session, runner.state)
    draft = continued_draft(plan)
    assert {id: answer.text for id, answer in draft.answers.items()}["goal.2"] == "mine: goal.2"
    runner.do_at_once(Start())
    for _ in range(2):
        runner.do_at_once(Next())
    track = runner.state.tracks["t1"]
    assert track.step is not None
    [due] = forms_due(runner.state.setting, track.step, track.people)
    runner.do_at_once(*form_command("t1", due, draft))
    runner.close()


def test_a_session_carries_nothing_from_itself_or_from_later_ones(meetings: Meetings) -> None:
    """Opened again after another one, it shows what it showed."""
    early = meetings.begin(part_bundle(1, [OWN_STEP]), (ANA, BEN))
    early.close()
    meetings.play(part_bundle(2, [OWN_STEP]), (ANA, BEN))
    assert carried_into(meetings.store, early.session, early.state) == ()


def test_erasing_the_old_session_erases_what_is_carried(meetings: Meetings, home: Path) -> None:
    """Nothing was copied into the new one: not a byte of the words is left in the file."""
    old = meetings.play(part_bundle(1, [OWN_STEP]), (ANA, BEN), said="the words of that day")
    runner = meetings.begin(part_bundle(2, [OWN_STEP]), (ANA, BEN))
    assert "the words of that day: step" in str(carried_into(meetings.store, runner.session, runner.state))
    runner.close()
    meetings.store.delete_session(old)
    assert carried_into(meetings.store, runner.session, runner.state) == ()
    assert meetings.carried_for([ANA, BEN]) == ()
    assert b"the words of that day" not in (home / "roleplay.db").read_bytes()


def test_before_a_session_it_is_the_same(meetings: Meetings) -> None:
    """The setup screen is told what the session will be told, by the ids of the seats."""
    meetings.play(part_bundle(1, [OWN_STEP, OWN_PLAN]), (ANA, BEN))
    seats = (ANA, BEN, ROBIN)
    before = meetings.carried_for(seats)
    runner = meetings.begin(part_bundle(1, [OWN_STEP, OWN_PLAN]), seats)
    assert carried_into(meetings.store, runner.session, runner.state) == before
    assert [one.carry for one in before] == ["next-step", "plan"]
    runner.close()


def test_a_rehearsal_carries_nothing(meetings: Meetings) -> None:
    """Neither out of it nor into it."""
    meetings.play(part_bundle(1, [OWN_STEP]), (ANA, BEN), rehearsal=True)
    assert meetings.carried_for((ANA, BEN)) == ()


def _step_and_plan(number: int) -> Bundle:
    return part_bundle(number, [OWN_STEP, OWN_PLAN])


def test_the_caseload_begins_with_those_not_seen_for_longest(meetings: Meetings) -> None:
    """Each with the last session, and with the latest step and goals: the own ones, not those of somebody else."""
    meetings.play(_step_and_plan(1), (BEN, ANA), said="Ben's")
    meetings.play(_step_and_plan(2), (ANA, CLEO), said="old")
    meetings.play(part_bundle(3, [OWN_STEP]), (ANA, CLEO), said="new")
    ben, *others = caseload(meetings.store)
    assert (ben.name, ben.title, ben.next_step) == ("Ben", "Debrief 1", "Ben's: step")
    assert ben.goals == ("Ben's: goal", "Ben's: goal.2", "Ben's: goal.3")
    rows = {row.name: row for row in others}
    assert set(rows) == {"Ana", "Cleo"}
    assert (rows["Ana"].title, rows["Ana"].next_step) == ("Debrief 3", "new: step")
    assert rows["Ana"].goals == ("old: goal", "old: goal.2", "old: goal.3")
    assert (rows["Cleo"].next_step, rows["Cleo"].goals) == ("", ())
    assert ben.last < min(row.last for row in others)


def test_a_step_stands_with_whom_it_is_about(meetings: Meetings) -> None:
    """Not with who wrote it."""
    forms = [{"rubric": "step", "by": "teacher", "about": "coach", "carry": "next-step"}]
    meetings.play(part_bundle(1, forms), (ANA, BEN))
    assert {row.name: row.next_step for row in caseload(meetings.store)} == {"Ana": "said: step", "Ben": ""}


def test_the_caseload_holds_nothing_that_is_sealed(meetings: Meetings) -> None:
    """While raters still write, the facilitator may not read any of it; once all are in, it is there."""
    sealed = {"rubric": "step", "by": "everyone", "about": "coach", "carry": "next-step", "sealed": True}
    meetings.play(part_bundle(1, [sealed]), (ANA, BEN, CLEO), end=False, only=lambda due: due.by != "p3")
    assert {row.next_step for row in caseload(meetings.store)} == {""}
    meetings.play(part_bundle(1, [sealed]), (ANA, BEN, CLEO), end=False)
    assert {row.next_step for row in caseload(meetings.store)} == {"said: step", ""}


@pytest.mark.parametrize("gone", ["session", "name"])
def test_who_was_erased_is_in_no_caseload(meetings: Meetings, gone: str) -> None:
    """With the session, or with the name alone."""
    session = meetings.play(_step_and_plan(1), (ANA, NEW))
    if gone == "session":
        meetings.store.delete_session(session)
    else:
        [name] = [id for id, words in meetings.store.texts(session).items() if words == "Ana"]
        meetings.store.forget(session, [name])
    assert caseload(meetings.store) == ()
