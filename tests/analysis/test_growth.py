"""What was said about one person from session to session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from meetings import DAY, LEVELS, WALL, Fill, Meetings, part_bundle

from roleplay.analysis.growth import Growth, GrowthLine, growth_of
from roleplay.conduct.history import past_of
from roleplay.conduct.opening import Seat
from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Criterion, Rubric
from roleplay.session.forms import FormDue

ANA = Seat("p1", "Ana", known="k-ana")
BEN = Seat("p2", "Ben")
CLEO = Seat("p3", "Cleo")
DEE = Seat("p4", "Dee")
ROBIN = Seat("b1", "Robin (bot)", bot=True)
TABLE = (ANA, ROBIN, BEN, CLEO)


def growth(meetings: Meetings) -> Growth:
    """Ana's, over all that is kept."""
    return growth_of(past_of(meetings.store, ["k-ana"]), "k-ana")


def line(meetings: Meetings, criterion: str = "asks") -> GrowthLine:
    """The line of one criterion."""
    found = growth(meetings)
    [one] = [line for line in (*found.compared, *found.single) if line.criterion == criterion]
    return one


def levels(**given: int | None) -> Fill:
    """Levels by who gives them: `ana` about herself, `forecast`, and the others by their ids."""

    def fill(due: FormDue, criterion: Criterion) -> int | None:
        if due.rubric == "sure":
            return given.get("sure", 1)
        if due.purpose == "forecast":
            return given.get("forecast", 2)
        return given.get("ana", 2) if due.about_self else given.get(due.by, 2)

    return fill


def test_each_session_is_a_point_on_the_shared_core(meetings: Meetings) -> None:
    """The criteria of the core are one line over rubrics of different names; what each has of its own stands once."""
    for number in (1, 2, 3):
        meetings.play(part_bundle(number), TABLE, levels(p2=number, p3=number))
    found = growth(meetings)
    assert [(one.rubric, one.criterion) for one in found.compared] == [
        ("core", "asks"),
        ("core", "sees"),
        ("sure", "begin"),
    ]
    assert [(one.rubric, one.criterion) for one in found.single] == [(f"own-{n}", f"own-{n}") for n in (1, 2, 3)]
    asks = found.compared[0]
    assert [point.seen for point in asks.points] == [1, 2, 3]
    assert [point.title for point in asks.points] == ["Debrief 1", "Debrief 2", "Debrief 3"]
    assert [point.opened for point in asks.points] == [WALL + n * DAY for n in (1, 2, 3)]
    assert (asks.rubric_title, asks.title, asks.sessions) == ("Every debrief", "Asks", 3)
    assert found.enough


def test_the_level_in_the_middle_stands_for_the_others(meetings: Meetings) -> None:
    """The lower one of two, with how many gave one; the own level and the forecast stand beside it."""
    meetings.play(part_bundle(1), TABLE, levels(p2=2, p3=3, ana=4, forecast=4))
    [point] = line(meetings).points
    assert (point.seen, point.others, point.own, point.forecast, point.gap) == (2, 2, 4, 4, 1.5)


def test_not_observed_is_no_zero(meetings: Meetings) -> None:
    """It moves no level; where nobody observed one there is none, and no gap."""
    meetings.play(part_bundle(1), TABLE, levels(p2=4, p3=None))
    meetings.play(part_bundle(2), TABLE, levels(p2=None, p3=None, ana=None))
    one, two = line(meetings).points
    assert (one.seen, one.others, one.not_observed) == (4, 1, 1)
    assert (two.seen, two.others, two.not_observed, two.own, two.gap) == (None, 0, 2, None, None)
    assert line(meetings).sessions == 1


def test_a_single_point_is_no_growth(meetings: Meetings) -> None:
    """One session compares nothing; two compare and are too few to speak of a direction."""
    meetings.play(part_bundle(1), TABLE)
    assert growth(meetings).compared == ()
    assert len(growth(meetings).single) == 4
    meetings.play(part_bundle(1), TABLE)
    assert len(growth(meetings).compared) == 4
    assert not growth(meetings).enough


def test_own_scales_are_lines_of_their_own(meetings: Meetings) -> None:
    """What only the person answers is compared with what the person answered before."""
    for sure in (1, 3):
        meetings.play(part_bundle(1), TABLE, levels(sure=sure))
    sure_line = line(meetings, "begin")
    assert sure_line.own_only
    assert [point.own for point in sure_line.points] == [1, 3]
    assert not line(meetings, "asks").own_only


def test_what_a_bot_wrote_counts_for_nothing(meetings: Meetings) -> None:
    """A bot that observes leaves no point; the session's own levels stay."""
    meetings.play(part_bundle(1), (ANA, BEN, ROBIN))
    [point] = line(meetings).points
    assert (point.seen, point.others, point.not_observed, point.own) == (None, 0, 0, 2)


def test_a_rehearsal_is_nobodys_growth(meetings: Meetings) -> None:
    """Nor are sessions in which the person was not."""
    meetings.play(part_bundle(1), TABLE, rehearsal=True)
    meetings.play(part_bundle(1), (BEN, ROBIN, CLEO))
    assert growth(meetings) == Growth("k-ana", (), (), ())


def test_what_was_said_about_others_is_theirs(meetings: Meetings) -> None:
    """Who observed has written, and has no point of their own."""
    meetings.play(part_bundle(1), (BEN, ROBIN, ANA, CLEO))
    assert growth(meetings).single == ()


SEALED = ({"rubric": "own-{n}", "by": "everyone", "about": "coach", "sealed": True},)


def test_what_is_sealed_is_not_shown(meetings: Meetings) -> None:
    """Raters compare first; whom they wrote about sees it, and has a point, when the session has ended."""
    meetings.play(part_bundle(1, SEALED), (ANA, BEN, CLEO), end=False)
    assert growth(meetings).single == ()
    meetings.play(part_bundle(1, SEALED), (ANA, BEN, CLEO))
    assert [point.others for point in line(meetings).points] == [2]


def test_what_others_wrote_waits_for_the_own_form(meetings: Meetings) -> None:
    """In a session that still runs, nobody reads how others saw it before they have said it themselves."""
    meetings.play(part_bundle(1), TABLE, end=False, only=lambda due: not due.about_self)
    assert growth(meetings).single == ()
    meetings.play(part_bundle(1), TABLE, end=False)
    assert [point.others for point in line(meetings).points] == [2]


def test_a_forecast_alone_is_no_point(meetings: Meetings) -> None:
    """Where nobody wrote afterwards there is nothing to hold it against."""
    meetings.play(part_bundle(1), TABLE, only=lambda due: due.purpose == "forecast")
    assert growth(meetings).single == ()


def _again() -> dict[str, Any]:
    forms = [{"rubric": "own-1", "by": "observer", "about": "coach"}]
    say = {"kind": "feedback", "length": "2m", "forms": forms}
    return {
        "script": [
            {"name": "Talk", "kind": "play", "length": "2m"},
            {"name": "Say", **say},
            {"name": "Talk otherwise", "kind": "play", "length": "2m", "again": True},
            {"name": "Say it", **say},
        ]
    }


def test_takes_and_occasions_are_named(meetings: Meetings) -> None:
    """Each take is a point; two takes of one session are one session."""
    occasions = {
        "entry": {"title": "At the start", "cases": ["one"]},
        "exit": {"title": "At the end", "cases": ["two", "three"]},
    }
    bundle = part_bundle(1, **_again(), occasions=occasions)
    meetings.play(bundle, TABLE, occasion="entry")
    assert [point.label for point in line(meetings).points] == ["At the start", "At the start, take 2"]
    assert line(meetings).sessions == 1
    meetings.play(bundle, TABLE, occasion="exit")
    assert [point.label for point in line(meetings).points][2:] == ["At the end", "At the end, take 2"]


def test_rounds_are_named_where_one_leads_in_several(meetings: Meetings) -> None:
    """Where everybody leads once, the round says nothing and is left out."""
    roles = {"coach": {"title": "Coach", "count": 2, "leads": True}, "observer": {"title": "Observer", "extra": True}}
    forms = [{"rubric": "own-1", "by": "observer", "about": "each coach"}]
    block = [
        {"name": "Talk", "kind": "play", "length": "2m"},
        {"name": "Say", "kind": "feedback", "length": "2m", "forms": forms},
    ]
    cases: Sequence[Any] = ()
    twice = part_bundle(1, roles=roles, cases=cases, script=[{"rotate": "every-role", "steps": block}])
    meetings.play(twice, (ANA, BEN, CLEO))
    assert sorted(point.label for point in line(meetings).points) == ["round 1", "round 3"]


def test_a_changed_scale_begins_another_line(meetings: Meetings) -> None:
    """A 3 of 4 and a 3 of 6 are not the same."""
    bundle = part_bundle(1)
    meetings.play(bundle, TABLE)
    wider = {**LEVELS, "levels": {n: f"level {n}" for n in range(1, 7)}}
    changed = {
        id: Rubric.model_validate({**rubric.model_dump(), "scale": wider}) if id in ("core", "own-1") else rubric
        for id, rubric in bundle.rubrics.items()
    }
    meetings.play(Bundle(id=bundle.id, scenario=bundle.scenario, rubrics=changed), TABLE)
    assert sum(one.criterion == "asks" for one in growth(meetings).single) == 2


@pytest.mark.parametrize("erased", [False, True])
def test_next_steps_are_told_in_order(meetings: Meetings, erased: bool) -> None:
    """The words of each session; where they were erased, the step is gone."""
    first = meetings.play(part_bundle(1), TABLE, said="one")
    meetings.play(part_bundle(2), TABLE, said="two")
    if erased:
        meetings.store.forget(first, [id for id, words in meetings.store.texts(first).items() if "one" in words])
    told = [(step.title, step.lines[0]) for step in growth(meetings).steps]
    expected = [("Debrief 1", ("What will you do?", "one: step")), ("Debrief 2", ("What will you do?", "two: step"))]
    assert told == expected[1 if erased else 0 :]


def test_a_step_belongs_to_whom_it_is_about(meetings: Meetings) -> None:
    """What Ana wrote for Ben is Ben's."""
    forms = [{"rubric": "step", "by": "teacher", "about": "coach", "carry": "next-step"}]
    meetings.play(part_bundle(1, forms), (BEN, ANA))
    assert growth(meetings).steps == ()
    meetings.play(part_bundle(1, forms), (ANA, BEN))
    assert len(growth(meetings).steps) == 1
