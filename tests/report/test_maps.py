from __future__ import annotations

import pytest
from practices import MEETING, mapped_meeting, practice
from samples import SELECTION, Play

from roleplay.report.build import build_report
from roleplay.report.parts import Report
from roleplay.report.render import render
from roleplay.session import commands as c
from roleplay.session.state import FACILITATOR
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, Viewer, viewer_of


def report_for(play: Play, viewer: Viewer) -> Report:
    return build_report(play.state, play.words, viewer, "a-session")


def test_the_facilitator_gets_everybody_with_what_they_did() -> None:
    """A row for each person who talks, a column for each behaviour; whoever only watches has no row."""
    (map,) = report_for(mapped_meeting(), FACILITATOR_VIEWER).maps
    assert [column.marker for column in map.columns] == ["Names the feeling", "Jumps to a fix"]
    assert [(row.person, row.counts) for row in map.rows] == [
        ("ana", (1, 0)),
        ("ben", (2, 0)),
        ("chen", (3, 0)),
        ("dee", (4, 0)),
        ("eva", (5, 0)),
    ]
    assert not map.mine


def test_whoever_was_marked_gets_the_own_row_and_the_others_without_names() -> None:
    """The own count with its times, and beside it the counts of the others, lowest first; no name of another."""
    report = report_for(mapped_meeting(), viewer_of("ben"))
    (own,) = report.own_maps
    found = [(line.count, len(line.at), line.others) for line in own.lines]
    assert found == [(2, 2, (1, 3, 4, 5)), (0, 0, (0, 0, 0, 0))]
    assert report.maps == ()


@pytest.mark.parametrize(("people", "shown"), [(4, ()), (5, (1, 3, 4))])
def test_few_others_are_not_shown_at_all(people: int, shown: tuple[int, ...]) -> None:
    """With two others somebody could be made out; from three on they are shown."""
    (own,) = report_for(mapped_meeting(people), viewer_of("ben")).own_maps
    assert own.lines[0].others == shown


def test_before_the_conversation_is_over_nobody_sees_a_row() -> None:
    """While the meeting runs, no row is anybody's yet, and the observer sees what the observer marked."""
    play = practice(MEETING, 6)
    play.do(c.TapMarker("t1", "a", "solves", "fay", "ben"))
    assert report_for(play, viewer_of("ben")).own_maps == ()
    (map,) = report_for(play, viewer_of("fay")).maps
    assert map.mine
    assert [row.counts for row in map.rows if row.person == "ben"] == [(0, 1)]
    assert report_for(play, ROOM).maps == ()


def test_a_map_that_the_facilitator_draws_is_shown_when_the_meeting_is_over() -> None:
    """Where nobody observes, what the facilitator has marked so far is nobody else's to see while people talk."""
    roles = {**MEETING["roles"], "member": {"title": "Member", "count": 4}}
    play = practice(MEETING, 5, roles=roles)
    play.do(c.TapMarker("t1", "a", "solves", FACILITATOR, "chen"))
    assert report_for(play, viewer_of("ben")).own_maps == ()
    play.do(c.Next())
    (own,) = report_for(play, viewer_of("ben")).own_maps
    assert own.lines[1].others == (0, 0, 0, 1)


def test_where_somebody_rates_under_seal_no_row_is_shown_before_the_session_is_closed() -> None:
    """Neither a count of nothing, nor what the others were marked for; then it stands as in every map."""
    forms = [{"rubric": "listening", "by": "observer", "about": "each member", "sealed": True}]
    rate = {"name": "Rate", "kind": "feedback", "length": "2m", "forms": forms}
    play = practice(MEETING, 6, script=[*MEETING["script"], rate])
    observer = play.track().steps[0].cast["observer"][0]
    play.do(c.TapMarker("t1", "a", "solves", observer, "ben"))
    play.do(c.Next())
    assert report_for(play, viewer_of("ben")).own_maps == ()
    play.do(c.End())
    (own,) = report_for(play, viewer_of("ben")).own_maps
    assert own.lines[1].count == 1


def test_candidates_are_not_shown_what_others_did() -> None:
    """Where the people of one role are marked, nobody of them gets a row beside others."""
    markers = {"rubric": "listening", "by": "rater", "about": "each candidate"}
    script = [{**SELECTION["script"][1], "markers": markers}]
    play = Play.started(SELECTION, 5, script=script)
    candidates, raters = (play.track().steps[0].cast[role] for role in ("candidate", "rater"))
    for n, candidate in enumerate(candidates):
        play.do(c.TapMarker("t1", f"tap-{n}", "solves", raters[0], candidate))
    play.do(c.Next())
    for candidate in candidates:
        report = report_for(play, viewer_of(candidate))
        assert (report.maps, report.own_maps) == ((), ())
        assert [len(talk.moments) for round in report.leaders[0].rounds for talk in round.conversations] == [1]
    assert len(report_for(play, FACILITATOR_VIEWER).maps[0].rows) == len(candidates)


def test_a_map_is_no_feedback_to_one_person() -> None:
    """Whoever is only in the map has no conversation of their own, and nothing that helped."""
    text = render(report_for(mapped_meeting(), viewer_of("ben")), "html")
    assert "Your conversation" not in text
    assert "What helped" not in text
    assert "The others, lowest first" in text
