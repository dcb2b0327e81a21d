from __future__ import annotations

import re
from dataclasses import replace

import pytest
from played import complete, in_motion, play_on, viewers, with_bots, write
from samples import Play

from roleplay.analysis.past import Past
from roleplay.report.build import build_report
from roleplay.report.overview import ClassOverview
from roleplay.report.parts import Report
from roleplay.report.render import formats, render
from roleplay.session import commands as c
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, viewer_of


def overview(play: Play, *pasts: Past) -> ClassOverview:
    found = build_report(play.state, play.words, FACILITATOR_VIEWER, "a-session", pasts=pasts).overview
    assert found is not None
    return found


def test_the_first_line_says_what_is_missing_and_from_whom() -> None:
    """Three things by name with their table, the others as a number; nothing that has not been asked for yet."""
    play = Play.started(people=6)
    assert overview(play).next == "Everything that was asked for is in."
    for table in ("t1", "t2"):
        play.go_to("1.0r1", table)
    assert overview(play).next == "2 forms are missing: Table 1, ana: forecast; Table 2, dee: forecast."
    write(play)
    for table in ("t1", "t2"):
        play.go_to("1.2r1", table)
    # Observer and parent, what came out, and what the leader found out.
    said = overview(play).next
    assert said.startswith("8 forms are missing: Table 1, chen about ana (Listening); Table 1, ben about ana (Felt")
    assert said.endswith("; and 5 more.")
    write(play)
    assert overview(play).next == "Everything that was asked for is in."
    for table in ("t1", "t2"):
        play.go_to("2", table)
    assert "and 6 journals are missing" in overview(play).next


def test_nothing_is_waited_for_from_those_who_left_and_from_bots() -> None:
    """Nobody runs after a form that cannot come."""
    play = Play.started(people=6)
    play.go_to("1.2r1")
    before = overview(play)
    play.do(c.Leave(("chen",)))
    after = overview(play)
    assert sum(table.missing for table in after.tables) == sum(table.missing for table in before.tables) - 1
    assert not any("chen" in what for line in after.people for what in line.missing)
    practice = with_bots("ben", "chen")
    assert {line.name for line in overview(practice).people} == {"ana"}


def test_who_has_led_and_who_has_not() -> None:
    """After one round of three, two at each table are named; after all, whoever left before."""
    play = play_on(Play.started(people=6), "1.0r2")
    assert overview(play).not_led == ("ben", "chen", "eva", "fay")
    assert overview(complete()).not_led == ()
    assert overview(in_motion()).not_led == ("ida",)


def test_each_line_of_a_table_is_counted_by_hand() -> None:
    """Two tables after one round: what was planned, what it took, what was added, how long it stood."""
    play = Play.started(people=6)
    play.do(c.Next(), 100)
    play.do(c.Next(), 50)
    play.do(c.ChangeLength("t1", 60))
    play.do(c.Pause("t1"), 30)
    play.do(c.Resume("t1"), 20)
    play.do(c.Next("t1"), 200)
    one, two = overview(play).tables
    assert (one.played, one.rounds, two.played) == (1, 3, 0)
    assert (one.planned, one.spent, one.added, one.paused) == (120 + 60 + 300, 100 + 50 + 230, 60, 20)
    assert (two.planned, two.spent) == (180, 150)


def test_comings_and_goings_are_told_in_their_order() -> None:
    """In the person's line, and at the table where somebody was before."""
    found = overview(in_motion())
    lines = {line.name: line for line in found.people}
    assert lines["ben"].note == "left at 02:45, came back at 04:00"
    assert lines["uma"].note == "came late at 01:10"
    assert lines["fay"].tables == ("Table 2", "Table 3")
    assert [table.past for table in found.tables] == [(), ("fay",), ("ida",)]


def known(play: Play) -> Play:
    people = {id: replace(person, known=f"k-{id}") for id, person in play.state.people.items()}
    play.state = replace(play.state, people=people)
    return play


def test_earlier_sessions_say_who_led_and_who_met() -> None:
    """Of two sessions in which the same three sat together, one was broken off after the first round."""
    once, broken = known(complete(3)), known(play_on(Play.started(), "1.0r2"))
    pasts = [Past(f"s{n}", n, play.state, play.words) for n, play in enumerate((once, broken))]
    found = overview(known(Play.started(people=6)), *pasts)
    before = {line.name: line.before for line in found.people}
    assert before == {
        "ana": "led in 2 of 2 before", "ben": "led in 1 of 2 before", "chen": "led in 1 of 2 before",
        "dee": "", "eva": "", "fay": "",
    }  # fmt: skip
    assert (found.sessions, found.pairs) == (2, 6)
    assert {(pair.names, pair.times) for pair in found.met} == {
        (("ana", "ben"), 2), (("ana", "chen"), 2), (("ben", "chen"), 2),
    }  # fmt: skip


def test_the_instructor_alone_sees_the_class_at_a_glance(session: Play) -> None:
    """What others owe is nobody else's; and what is owed is said without what anybody wrote."""
    for viewer in viewers(session):
        report = build_report(session.state, session.words, viewer, "a-session")
        assert (report.overview is not None) == (viewer == FACILITATOR_VIEWER)
        assert report.attendance == ()
        if report.overview is not None:
            assert not re.search(r"\[(?:text-\d+|corrected)\]", report.overview.model_dump_json())


@pytest.mark.parametrize("format", formats())
def test_the_class_has_a_list_of_names_only_where_somebody_asks(format: str) -> None:
    """With it the page says who was here, where and when, and nothing else of anybody; all the rest is the same."""
    play = in_motion()
    without, with_names = (
        build_report(play.state, play.words, ROOM, "a-session", names=names) for names in (False, True)
    )
    assert not named(without, format)
    assert named(with_names, format) == {"ana", "ben", "chen", "dee", "eva", "fay", "gus", "hal", "ida", "uma"}
    assert with_names.model_copy(update={"attendance": ()}) == without
    ida = build_report(play.state, play.words, viewer_of("ida"), "a-session", names=True)
    assert ida.attendance == ()


def named(report: Report, format: str) -> set[str]:
    text = render(report, format)
    return {
        name
        for name in ["ana", "ben", "chen", "dee", "eva", "fay", "gus", "hal", "ida", "uma"]
        if re.search(rf"\b{name}\b", text)
    }


def test_many_tables_are_folded_and_few_are_not() -> None:
    """A page about three tables opens on its tables; that of one is as it was."""
    pages = [
        render(build_report(p.state, p.words, FACILITATOR_VIEWER, "s"), "html") for p in (complete(9), complete(3))
    ]
    assert pages[0].count("<details>") == 2 * 3
    assert "<details>" not in pages[1]


def test_somebody_who_changed_tables_finds_both_in_the_own_report() -> None:
    """What was said about them at the first table, and what they wrote at the second."""
    play = in_motion()
    fay = build_report(play.state, play.words, viewer_of("fay"), "a-session")
    assert [table.title for table in fay.tables] == ["Table 2", "Table 3"]
    assert len(fay.written) >= 2
    ida = build_report(play.state, play.words, viewer_of("ida"), "a-session")
    assert [form.about for form in ida.written] == ["gus"]
