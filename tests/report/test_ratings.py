from __future__ import annotations

import re
from typing import Any

import pytest
from played import write
from samples import SELECTION, Play

from roleplay.report.build import build_report
from roleplay.report.parts import Report
from roleplay.report.render import render
from roleplay.session import commands as c
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, Viewer, viewer_of

FINALISTS, RATERS = ("ana", "ben"), ("chen", "dee")
RATE = SELECTION["script"][3]


def selection(*levels: int | None, sent: int = 4, **changes: Any) -> Play:
    """Two finalists, and two raters who have sent that many of their four ratings, with these levels in turn."""
    play = Play.started(SELECTION, (*FINALISTS, *RATERS), **changes)
    play.go_to("3")
    asked = [(rater, finalist) for rater in RATERS for finalist in FINALISTS][:sent]
    for number, (rater, finalist) in enumerate(asked):
        level = levels[number % len(levels)] if levels else 3
        play.send(f"3/form/listening/{rater}/{finalist}", level, f"[{rater} on {finalist}]")
    return play


def report_for(play: Play, who: str | Viewer) -> Report:
    return build_report(play.state, play.words, viewer_of(who) if isinstance(who, str) else who, "a-session")


def written_down(play: Play, who: str | Viewer) -> dict[str, str]:
    return {format: render(report_for(play, who), format) for format in ("html", "md", "json")}


def test_whoever_was_rated_under_seal_hears_of_raters_by_their_role() -> None:
    """Levels, sentences and both views come from “Rater”, each; whose they are is said to raters and facilitator."""
    own = {"rubric": "listening", "by": "each candidate", "about": "self"}
    script = [*SELECTION["script"][:3], {**RATE, "forms": [*RATE["forms"], own]}]
    play = selection(3, 3, 1, 3, script=script)
    play.send("3/form/listening/ana/ana", 2)
    play.do(c.End())
    rounds = report_for(play, "ana").leaders[0].rounds
    forms = [form for round in rounds for form in round.forms if not form.about_self]
    assert [(form.by, form.by_role) for form in forms] == [("Rater", ""), ("Rater", "")]
    assert [view.others for round in rounds for view in round.views] == [("Rater", "Rater")]
    for text in written_down(play, "ana").values():
        told = text.split("What happened when")[0].split('"tables"')[0].replace("\\", "")
        assert "[chen on ana]" in told
        assert [name for name in RATERS if name in re.sub(r"\[\w+ on ana\]", "", told)] == []
    facilitator = [f.by for part in report_for(play, FACILITATOR_VIEWER).leaders for r in part.rounds for f in r.forms]
    assert set(RATERS) < set(facilitator)
    assert {form.by for form in report_for(play, "chen").written} == {"chen"}


def test_of_ratings_on_several_takes_no_writer_is_named_to_whom_they_are_about() -> None:
    """Where takes stand side by side, too, the sentences are those of a role."""
    talk, look = SELECTION["script"][1], RATE
    script = [{**talk, "takes": 2}, look]
    play = Play.started(SELECTION, (*FINALISTS, *RATERS), script=script)
    play.go_to("1")
    write(play)
    play.do(c.Retake("t1"))
    play.go_to("1t2")
    write(play)
    play.do(c.End())
    (takes, *_) = report_for(play, "ana").leaders[0].rounds[0].takes
    assert {line.by for line in takes.words} == {"Rater"}
    (takes, *_) = report_for(play, FACILITATOR_VIEWER).leaders[0].rounds[0].takes
    assert {line.by for line in takes.words} == set(RATERS)


def test_whoever_is_rated_is_not_told_when_the_others_were_asked_in() -> None:
    """Rounds of others, steps for raters alone, and what was taken back are told to raters and facilitator only."""
    play = Play.started(SELECTION, (*FINALISTS, *RATERS))
    play.go_to("2.0r1")
    play.do(c.Next(), 10)
    play.do(c.Undo("t1"))
    play.go_to("4")
    told = {
        who: [(step.name, step.round) for table in report_for(play, who).tables for step in table.steps]
        for who in (*FINALISTS, "chen")
    }
    # What is taken back is the beginning of Ben's interview; Ana's then goes on.
    together = [("Data pack", None), ("Team at work", None)]
    assert told["ana"] == [*together, *[("Interview", 1)] * 2, ("Rate", None)]
    assert told["ben"] == [*together, ("Interview", 2), ("Rate", None)]
    assert {("Interview", 1), ("Interview", 2), ("Wash-up", None)} < set(told["chen"])
    notes = [step.note for table in report_for(play, FACILITATOR_VIEWER).tables for step in table.steps]
    assert "taken back" in notes


def test_without_sealed_ratings_everybody_is_told_all_that_happened() -> None:
    """Where nobody is rated alone, the rounds of the others stand in the report of each."""
    play = Play.started(SELECTION, (*FINALISTS, *RATERS), script=SELECTION["script"][:3])
    play.do(c.Next())
    play.go_to("2.0r2")
    assert [step.round for step in report_for(play, "ana").tables[0].steps] == [None, None, 1, 2]


def test_the_facilitator_reads_ratings_side_by_side() -> None:
    """A line for each person and criterion with every rater's level; two levels apart are marked, one is not."""
    play = selection(4, 3, 1, None)
    (part,) = report_for(play, FACILITATOR_VIEWER).ratings
    assert part.raters == RATERS
    lines = [(of.person, line) for of in part.people for line in of.lines]
    assert [(person, line.criterion, line.levels, line.apart, line.note) for person, line in lines] == [
        ("ana", "Says back", ("4", "1"), 3, "3 apart"),
        ("ben", "Says back", ("3", "not observed"), None, ""),
    ]
    for far, note in ((2, ""), (1, "2 apart")):
        (part,) = report_for(selection(3, 3, far, 3), FACILITATOR_VIEWER).ratings
        assert part.people[0].lines[0].note == note
    for text in written_down(play, FACILITATOR_VIEWER).values():
        assert "3 apart" in text
    for format in ("html", "md"):
        assert "Ratings side by side" in written_down(play, FACILITATOR_VIEWER)[format]


@pytest.mark.parametrize(("sent", "line"), [(4, ""), (3, "dee: 1 rating."), (1, "chen: 1 rating; dee: 2 ratings.")])
def test_the_facilitator_is_told_which_ratings_are_missing(sent: int, line: str) -> None:
    """How many are asked for and not sent, for each rater; nobody else is told."""
    play = selection(sent=sent)
    for format in ("html", "md"):
        text = written_down(play, FACILITATOR_VIEWER)[format].replace("<bdi>", "").replace("</bdi>", "")
        assert (f"Missing: {line}" in text) if line else ("Missing:" not in text)
    assert not any(report_for(play, who).missing for who in (*FINALISTS, *RATERS, ROOM))


def test_raters_compare_once_they_may_and_whoever_is_rated_never_does() -> None:
    """A rater's table holds people of whom the other's form is shown, and nobody else's own part or the room's."""
    seen = {rater: report_for(selection(sent=3), rater).ratings for rater in RATERS}
    assert [[of.person for part in seen[rater] for of in part.people] for rater in RATERS] == [["ana"], ["ana"]]
    assert report_for(selection(sent=2), "chen").ratings == ()
    play = selection()
    play.do(c.End())
    assert report_for(play, "chen").ratings == report_for(play, FACILITATOR_VIEWER).ratings != ()
    assert [report_for(play, who).ratings for who in (*FINALISTS, ROOM)] == [(), (), ()]


def test_people_who_rate_each_other_find_no_row_of_their_own() -> None:
    """What others rated of the reader stands in the own part, without names, and not in the table."""
    forms = [{"rubric": "listening", "by": "each candidate", "about": "each candidate", "sealed": True}]
    play = Play.started(SELECTION, 5, script=[*SELECTION["script"][:2], {**RATE, "forms": forms}])
    play.go_to("2")
    write(play)
    play.do(c.End())
    (part,) = report_for(play, "ana").ratings
    assert [of.person for of in part.people] == ["ben", "chen"]
