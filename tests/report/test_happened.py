from __future__ import annotations

from samples import REMIX, TRIAD, Play

from roleplay.report.build import build_report
from roleplay.report.parts import Report
from roleplay.report.render import render
from roleplay.session import commands as c
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, Viewer, viewer_of


def report_for(play: Play, viewer: Viewer) -> Report:
    return build_report(play.state, play.words, viewer, "a-session")


def test_the_facilitator_sees_plan_and_fact_beside_each_other() -> None:
    """Early, held back, on time and never stand in words; words for one role alone are not there."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.FireInject("t1", "case-1"), 30)
    play.do(c.HoldInject("t1", "step-2"))
    play.tick(150)
    play.do(c.Next())
    (table, *_) = report_for(play, FACILITATOR_VIEWER).tables
    assert [(one.to, one.planned, one.came, one.note, one.say) for one in table.injects] == [
        ("everyone", 180, 180.0, "as planned", "say/bell/everyone"),
        ("Leader", None, None, "held back", ""),
        ("Parent", 120, 30.0, "1 minute 30 seconds early, by hand", ""),
    ]


def test_what_had_no_time_says_so() -> None:
    """A conversation that was ended early leaves what was timed later, and what was not used, with a word on it."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.Next(), 10)
    (table, *_) = report_for(play, FACILITATOR_VIEWER).tables
    assert [one.note for one in table.injects] == [
        "did not happen: the step ended before",
        "was not used",
        "did not happen: the step ended before",
    ]
    assert "did not happen: the step ended before" in render(report_for(play, FACILITATOR_VIEWER), "md")


def test_a_person_gets_what_they_saw_and_when() -> None:
    """The parent has the own event, the observer only what was for everybody, and nobody the list of the plan;
    what came first stands first."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.tick(200)
    ben, chen = (report_for(play, viewer_of(person)) for person in ("ben", "chen"))
    assert [(one.at, one.say) for one in ben.happened] == [(120.0, "say/farm/parent"), (180.0, "say/bell/everyone")]
    assert [(one.at, one.say) for one in chen.happened] == [(180.0, "say/bell/everyone")]
    assert [table.injects for table in ben.tables] == [()]
    assert report_for(play, ROOM).happened == ()


def test_who_said_it_sees_it_as_theirs() -> None:
    """Words that a role says are told to it as its own, in the name in which it spoke, and to others as from there."""
    play = Play.started(REMIX)
    play.tick(130)
    said = [one for one in report_for(play, viewer_of("ben")).happened if one.say == "say/phone/leader"]
    heard = [one for one in report_for(play, viewer_of("ana")).happened if one.say == "say/phone/leader"]
    assert [(one.mine, one.from_, one.to) for one in said + heard] == [
        (True, "The other parent", "Leader"),
        (False, "The other parent", "Leader"),
    ]
    assert "said by you, as The other parent, to Leader" in render(report_for(play, viewer_of("ben")), "html")
