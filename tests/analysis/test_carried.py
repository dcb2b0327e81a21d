"""What is kept for the next session, and who may see it there."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from meetings import PLAN, Meetings, part_bundle

from roleplay.analysis.carried import Carried, as_asked_now, carried_to, carry_over, first_column
from roleplay.conduct.history import past_of
from roleplay.conduct.opening import Seat
from roleplay.content.rubric import Rubric
from roleplay.session.forms import FormDue

ANA = Seat("p1", "Ana", known="k-ana")
BEN = Seat("p2", "Ben", known="k-ben")
CLEO = Seat("p3", "Cleo", known="k-cleo")
ROBIN = Seat("b1", "Robin (bot)", bot=True)
OWN_STEP = {"rubric": "step", "by": "coach", "about": "self", "carry": "next-step"}
STEP_FOR = {"rubric": "step", "by": "teacher", "about": "coach", "carry": "next-step"}
OWN_PLAN = {"rubric": "plan", "by": "coach", "about": "self", "carry": "plan"}


def carried(meetings: Meetings, *here: Seat) -> tuple[Carried, ...]:
    """What is carried into a session of these people."""
    people = {seat.id: seat.known for seat in here if not seat.bot}
    return carry_over(past_of(meetings.store, filter(None, people.values())), people)


def texts(carried: Iterable[Carried]) -> list[str]:
    return [words for one in carried for _, words in one.lines]


def test_the_latest_words_are_carried_with_their_questions(meetings: Meetings) -> None:
    """Of each form the last one that was sent, by the ids of those who are here now."""
    meetings.play(part_bundle(1, [OWN_STEP]), (ANA, BEN), said="first")
    latest = meetings.play(part_bundle(2, [OWN_STEP]), (BEN, ANA), said="of Ben")
    [own] = carried(meetings, Seat("p9", "Ana", known="k-ana"))
    assert own.lines == (("What will you do?", "first: step"), ("A sign?", "first: sign"))
    assert (own.by, own.about, own.carry, own.rubric, own.title) == ("p9", "p9", "next-step", "step", "My next step")
    [bens] = carried(meetings, BEN)
    assert (bens.session, texts([bens])) == (latest, ["of Ben: step", "of Ben: sign"])
    meetings.play(part_bundle(1, [OWN_STEP]), (ANA, BEN), said="second")
    assert texts(carried(meetings, ANA)) == ["second: step", "second: sign"]


def test_rows_are_told_apart(meetings: Meetings) -> None:
    """What stands in a table is carried row by row, and its first column can be had by itself."""
    meetings.play(part_bundle(1, [OWN_PLAN]), (ANA, BEN))
    [plan] = carried(meetings, ANA)
    assert plan.lines[:3] == (("Goal 1", "said: goal"), ("First act 1", "said: act"), ("Goal 2", "said: goal.2"))
    assert first_column(Rubric.model_validate(PLAN), plan.form, plan.words) == (
        "said: goal",
        "said: goal.2",
        "said: goal.3",
    )


@pytest.mark.parametrize(
    ("then", "now", "open"),
    [
        ([ANA, BEN], [ANA, BEN], True),
        ([ANA, BEN, CLEO], [ANA, BEN, CLEO], True),
        ([ANA, BEN, CLEO], [ANA, BEN], True),
        ([ANA, BEN], [ANA, BEN, CLEO], False),
        ([ANA, BEN], [ANA, BEN, Seat("p3", "somebody new")], False),
        ([ANA, BEN], [ANA, BEN, ROBIN], True),
    ],
)
def test_it_is_open_where_all_could_read_it_then(
    meetings: Meetings, then: list[Seat], now: list[Seat], open: bool
) -> None:
    """What Ben wrote about Ana, all at their table could read. Whoever is here now and was not there closes it."""
    meetings.play(part_bundle(1, [STEP_FOR]), then)
    [step] = carried(meetings, *now)
    assert (step.by, step.about, step.open) == ("p2", "p1", open)


def test_what_was_kept_in_private_is_its_writers_alone(meetings: Meetings) -> None:
    """Though the other one sat at the same table, and also where only a bot is here: whoever leads may look on."""
    meetings.play(part_bundle(1, [{**OWN_STEP, "private": True}]), (ANA, BEN))
    assert [step.open for step in carried(meetings, ANA, BEN)] == [False]
    assert [step.open for step in carried(meetings, ANA, ROBIN)] == [False]


def test_another_table_is_not_the_same_table(meetings: Meetings) -> None:
    """Of two tables in one session, neither reads what is carried from the other."""
    seats = [Seat(f"p{n}", f"P{n}", known=f"k-{n}") for n in range(1, 5)]
    roles = {"coach": {"title": "Coach", "leads": True}, "teacher": {"title": "Teacher"}}
    bundle = part_bundle(1, [STEP_FOR], roles=roles, groups={"size": 2})
    meetings.play(bundle, seats)
    assert [one.open for one in carried(meetings, *seats[:2])] == [True]
    assert [one.open for one in carried(meetings, seats[0], seats[1], seats[2])] == [False]


def test_nothing_is_carried_without_writer_and_subject(meetings: Meetings) -> None:
    """What Ben wrote about Ana stays away while one of them is; and strangers carry nothing."""
    meetings.play(part_bundle(1, [STEP_FOR]), (ANA, BEN))
    assert carried(meetings, ANA) == ()
    assert carried(meetings, BEN, CLEO) == ()
    assert carried(meetings, Seat("p1", "Ana"), Seat("p2", "Ben")) == ()


def test_the_next_step_comes_before_the_plan(meetings: Meetings) -> None:
    """However long ago it was written, for a session begins with it."""
    meetings.play(part_bundle(1, [OWN_STEP]), (ANA, BEN))
    meetings.play(part_bundle(2, [OWN_PLAN]), (ANA, BEN))
    meetings.play(part_bundle(3, [STEP_FOR]), (ANA, BEN))
    assert [kept.carry for kept in carried(meetings, ANA, BEN)] == ["next-step", "next-step", "plan"]


def test_a_form_that_is_not_kept_is_not_carried(meetings: Meetings) -> None:
    """Without `carry` it belongs to its session."""
    meetings.play(part_bundle(1, [{"rubric": "step", "by": "coach", "about": "self"}]), (ANA, BEN))
    assert carried(meetings, ANA) == ()


def test_erased_words_are_carried_nowhere(meetings: Meetings) -> None:
    """A line whose words are gone is left out, here and in what is continued; with the last one the form is gone."""
    session = meetings.play(part_bundle(1, [OWN_STEP]), (ANA, BEN))
    ids = {words: id for id, words in meetings.store.texts(session).items()}
    meetings.store.forget(session, [ids["said: sign"]])
    [step] = carried(meetings, ANA)
    assert step.lines == (("What will you do?", "said: step"),)
    assert set(step.form.prompts) == {"step"}
    assert set(step.words.values()) == {"said: step"}
    meetings.store.forget(session, [ids["said: step"]])
    assert carried(meetings, ANA) == ()


def test_only_what_is_still_asked_is_continued(meetings: Meetings) -> None:
    """A row that the plan no longer has, and an answer that no longer fits its scale, stay behind; the lines stay."""
    meetings.play(part_bundle(1, [OWN_PLAN]), (ANA, BEN))
    [plan] = carried(meetings, ANA)
    shorter = Rubric.model_validate({**PLAN, "rows": 1})
    now = as_asked_now(plan, {"plan": shorter})
    assert set(now.form.answers) == {"goal", "act"}
    assert now.lines == plan.lines
    ticks = Rubric.model_validate({**PLAN, "rows": 1, "scale": {"kind": "checklist"}})
    assert not as_asked_now(plan, {"plan": ticks}).form.answers
    assert as_asked_now(plan, {}) == plan


def test_what_is_carried_is_found_by_the_form_that_asks_for_it(meetings: Meetings) -> None:
    """By rubric, writer and subject, where that form is kept too."""
    meetings.play(part_bundle(1, [OWN_PLAN]), (ANA, BEN))
    found = carried(meetings, ANA)
    due = FormDue("2", "form", "plan", "p1", "p1", carry="plan")
    assert carried_to(found, due) == found[0]
    assert carried_to(found, FormDue("2", "form", "plan", "p1", "p1")) is None
    assert carried_to(found, FormDue("2", "form", "plan", "p2", "p2", carry="plan")) is None
    meetings.play(part_bundle(1, [STEP_FOR]), (ANA, BEN))
    about_ana = FormDue("2", "form", "step", "p2", "p1", carry="next-step")
    assert carried_to(carried(meetings, ANA, BEN), about_ana) is not None
