from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from played import complete, erased, play_on, viewers, with_bots
from practices import BOTH_LOOK, MEETING, drawn_map, practice
from samples import REMIX, SELECTION, TRIAD, TRIO, Play, setting_of

from roleplay.analysis.carried import Carried
from roleplay.content.series import Series
from roleplay.report.build import build_report
from roleplay.report.parts import Report
from roleplay.report.render import formats, render
from roleplay.session import commands as c
from roleplay.session.events import Answer
from roleplay.session.state import SentForm
from roleplay.session.texts import GONE
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, Viewer, viewer_of, visible

TOKEN = re.compile(r"\[(?:text-\d+|corrected)\]")
SCRIPTED = re.compile(r"(?:card|fact|say)/\w+/\w+")


def report_for(play: Play, viewer: Viewer) -> Report:
    return build_report(play.state, play.words, viewer, "a-session")


def written_down(play: Play, viewer: Viewer) -> dict[str, str]:
    report = report_for(play, viewer)
    return {format: render(report, format).replace("\\", "") for format in formats()}


def test_nothing_that_somebody_wrote_is_in_a_report_for_a_person_who_may_not_read_it(session: Play) -> None:
    """For every viewer of every session, in every format, only words that `visible` grants are found."""
    for viewer in viewers(session):
        granted = visible(session.state, viewer).texts()
        may = {token for id in granted for token in TOKEN.findall(session.words.get(id, ""))}
        for text in written_down(session, viewer).values():
            assert set(TOKEN.findall(text)) <= may


def test_no_card_fact_or_event_is_in_a_report_for_a_person_who_may_not_read_it(session: Play) -> None:
    """Of the scenario's private words only cards that were handed out, facts that were shown and what came up."""
    for viewer in viewers(session):
        view = visible(session.state, viewer)
        may = {card.text for card in view.cards} | {fact.fact for card in view.cards for fact in card.hidden}
        may |= {fact.fact for facts in view.facts for fact in facts.due.facts}
        may |= {inject.say for inject in view.injects}
        for text in written_down(session, viewer).values():
            assert set(SCRIPTED.findall(text)) <= may


def test_a_person_finds_everything_that_is_theirs() -> None:
    """The newest version of every form by or about somebody, what was found out, and the journal stand in the page."""
    play = complete()
    for person in ("ana", "ben", "chen"):
        view = visible(play.state, viewer_of(person))
        refs = [a.text for f in view.forms if f.due.purpose == "form" for a in f.last.answers.values()]
        refs += [ref for form in view.forms for ref in form.last.prompts.values()]
        refs += [facts.learned for facts in view.facts]
        refs += [ref for _, versions in view.journals for ref in versions[-1].answers.values()]
        wanted = {play.words[ref.id] for ref in refs if ref is not None}
        assert len(wanted) > 5
        for text in written_down(play, viewer_of(person)).values():
            assert {words for words in wanted if words not in text} == set()


def test_whoever_left_before_a_conversation_is_told_of_none() -> None:
    """The cards were read, then the leader went and somebody stepped in: that round is told of the one who played."""
    play = Play.started(TRIAD, 3)
    play.go_to("1.0r1")
    play.do(c.Leave(("ana",)))
    play.do(c.Next())
    [leads] = play.track().planned("1.1r1").cast["leader"]
    play.do(c.End())
    assert "Nobody wrote about this conversation." in written_down(play, viewer_of(leads))["md"]
    assert "Nobody wrote about this conversation." not in written_down(play, viewer_of("ana"))["md"]


def test_a_report_of_erased_words_says_so_in_their_place() -> None:
    """Every format can be had after erasing, names and answers show that they are gone."""
    for text in written_down(erased(), FACILITATOR_VIEWER).values():
        assert GONE in text
        assert "(name erased)" in text


def test_each_reader_gets_the_parts_meant_for_them() -> None:
    """A person the own part, the facilitator every leader and no journal or card, the room the whole group alone."""
    play = complete()
    ana, facilitator, room = (report_for(play, v) for v in (viewer_of("ana"), FACILITATOR_VIEWER, ROOM))
    assert [leader.person for leader in ana.leaders] == ["ana"]
    assert {form.by for form in ana.written} == {"ana"}
    assert ana.journal
    assert ana.cards
    assert [table.title for table in ana.tables] == ["Table 1"]
    assert [leader.person for leader in facilitator.leaders] == list(play.state.people)
    assert (facilitator.journal, facilitator.cards, facilitator.written) == ((), (), ())
    assert (room.leaders, room.tables, room.journal, room.cards, room.written) == ((), (), (), (), ())
    assert ana.feed == facilitator.feed == room.feed
    assert not room.feed.is_empty


def test_a_round_says_first_what_helped_then_what_to_try_then_everything() -> None:
    """The headings of a conversation come in this order in the page and in the Markdown."""
    play = play_on(Play.started(), "1.2r1")
    play.send("1.2r1/form/felt-heard/ben/ana", 3)
    play.send("1.2r1/form/listening/chen/ana", 2)
    for format in ("html", "md"):
        text = render(report_for(play, viewer_of("ana")), format)
        places = [text.index(words) for words in ("What helped", "In their words", "One thing to try", "Felt heard")]
        assert places == sorted(places)


def test_not_observed_is_said_as_such_and_is_no_level() -> None:
    """A criterion that was not observed has no level, no gap and no place among the strengths or the things to try."""
    play = play_on(Play.started(), "1.0r1")
    play.send("1.0r1/forecast/listening/ana/ana", 3)
    play.do(c.Next())
    play.do(c.Next())
    play.send("1.2r1/form/listening/chen/ana", None)
    (round,) = report_for(play, viewer_of("ana")).leaders[0].rounds
    assert {(one.observed, one.answer) for one in round.forms[0].answers} == {(False, "")}
    assert [(line.expected, line.seen, line.gap) for line in round.forecast] == [("3 · Solid", (), None)]
    assert (len(round.helped), len(round.to_try)) == (0, 0)
    assert "not observed" in written_down(play, viewer_of("ana"))["html"]


@pytest.mark.parametrize(
    ("scenario", "until", "soon", "closed"),
    [
        (SELECTION, "4", "Nobody has written about this conversation yet", "Nobody wrote about this conversation"),
        (TRIAD, "1.0r2", "shown once both have answered", "not shown, since not both have answered"),
    ],
)
def test_once_the_session_is_closed_nothing_is_said_to_be_still_to_come(
    scenario: dict[str, Any], until: str, soon: str, closed: str
) -> None:
    """What nobody wrote, and what not both answered, is then said to be so for good."""
    play = Play.started(scenario, 4)
    play.go_to(until)
    for format in ("html", "md"):
        running = render(report_for(play, viewer_of("ana")), format)
        assert soon in running
        assert closed not in running
    play.do(c.End())
    for format in ("html", "md"):
        ended = render(report_for(play, viewer_of("ana")), format)
        assert closed in ended
        assert soon not in ended


def test_evidence_comes_with_its_time() -> None:
    """A marker given as evidence stands in the form with the minute and second of the conversation."""
    play = Play.started()
    play.go_to("1.1r1")
    play.do(c.TapMarker("t1", "tap", "names-feeling", "chen", "ana"), 192)
    play.do(c.Next())
    answers, prompts = play.answers(play.due("1.2r1/form/listening/chen/ana"), 3, "said")
    answers["reflecting"] = answers["reflecting"].model_copy(update={"taps": ("tap",)})
    play.do(c.SendForm("t1", "1.2r1/form/listening/chen/ana", answers, prompts))
    (round,) = report_for(play, viewer_of("ana")).leaders[0].rounds
    assert [(m.marker, m.at) for m in round.forms[0].answers[0].moments] == [("Names the feeling", 192.0)]
    assert "Names the feeling @ 03:12" in written_down(play, viewer_of("ana"))["html"]


def test_evidence_tells_nobody_of_marks_they_may_not_see() -> None:
    """A partner whose form points at an observer's mark does not get to see that mark."""
    play = Play.started()
    play.go_to("1.1r1")
    play.do(c.TapMarker("t1", "tap", "names-feeling", "chen", "ana"), 192)
    play.do(c.Next())
    play.do(c.SendForm("t1", "1.2r1/form/felt-heard/ben/ana", {"heard": Answer(value=3, taps=("tap",))}))
    assert [form.answers[0].moments for form in report_for(play, viewer_of("ben")).written] == [()]
    assert report_for(play, viewer_of("ana")).leaders[0].rounds[0].forms[0].answers[0].moments


def test_of_several_leaders_each_gets_what_came_out_for_them() -> None:
    """Where three lead at once, nobody's part has the facts of somebody else."""
    cases = [{**SELECTION["cases"][0], "hidden": [{"id": "one", "fact": "fact/data/one"}]}]
    play = Play.started(SELECTION, 5, cases=cases)
    play_on(play)
    for leader in report_for(play, FACILITATOR_VIEWER).leaders:
        found = [facts for round in leader.rounds for facts in round.facts]
        assert {facts.leader for facts in found} == {leader.person}


def test_a_corrected_form_shows_its_newest_version_and_how_often_it_was_sent_again() -> None:
    """The first version's words are gone from the page, which says that the form was corrected."""
    play = play_on(Play.started(), "1.2r1")
    play.send("1.2r1/form/listening/chen/ana", 2, "first words")
    play.send("1.2r1/form/listening/chen/ana", 3, "second words")
    report = report_for(play, viewer_of("ana"))
    assert [form.corrected for form in report.leaders[0].rounds[0].forms] == [1]
    html = render(report, "html")
    assert "second words" in html
    assert "first words" not in html


def test_feedback_by_the_program_is_called_a_sample_unless_all_is_a_rehearsal() -> None:
    """With bots at the table each of their forms is marked; a rehearsal says it once, at its head."""
    played = report_for(with_bots("ben", "chen"), viewer_of("ana"))
    assert all(form.sample for form in played.leaders[0].rounds[0].forms)
    assert "about nobody" in render(played, "html")
    rehearsed = report_for(with_bots("ben", "chen", rehearsal=True), viewer_of("ana"))
    assert not any(form.sample for form in rehearsed.leaders[0].rounds[0].forms)
    assert "This was a rehearsal." in render(rehearsed, "md")


def test_what_people_wrote_counts_before_what_the_program_wrote() -> None:
    """Where a person and a bot rated the same leader, only the person's levels make a strength or an idea."""
    play = play_on(Play.started(), "1.2r1")
    play.send("1.2r1/form/felt-heard/ben/ana", 3)
    play.send("1.2r1/form/listening/chen/ana", 4)
    assert _helped(play) == {"I felt heard", "Says back"}
    play.state = replace(play.state, people={**play.state.people, "chen": replace(play.state.people["chen"], bot=True)})
    assert _helped(play) == {"I felt heard"}


def _helped(play: Play) -> set[str]:
    (round,) = report_for(play, viewer_of("ana")).leaders[0].rounds
    return {one.criterion for one in round.helped}


def test_the_timeline_tells_pauses_and_added_time() -> None:
    """A step that was paused and made longer says both, and who played what."""
    (table, *_) = report_for(complete(3), FACILITATOR_VIEWER).tables
    talk = next(step for step in table.steps if step.kind == "play")
    assert (talk.added, talk.paused) == (60.0, 30.0)
    assert "made 1m longer, paused for 30s" in talk.note
    assert [(line.role, line.people) for line in talk.cast] == [
        ("Leader", ("ana",)),
        ("Parent", ("ben",)),
        ("Observer", ("chen",)),
    ]
    assert [step.take for step in table.steps if step.kind == "play" and step.round == 1] == [1, 2]


def test_a_session_that_was_never_opened_has_a_report() -> None:
    """It has the title and the guide, and nobody in it."""
    report = report_for(Play(setting_of(TRIAD)), FACILITATOR_VIEWER)
    assert (report.title, report.opened, report.people, report.leaders) == ("A worried parent", "", 0, ())
    assert "A worried parent" in render(report, "html")


@pytest.mark.parametrize("viewer", [FACILITATOR_VIEWER, ROOM, viewer_of("ana")])
def test_a_report_is_data_that_can_be_read_back(viewer: Viewer) -> None:
    """The JSON of a report is the same every time, and gives the same report."""
    report = report_for(complete(3), viewer)
    text = render(report, "json")
    assert text == render(report_for(complete(3), viewer), "json")
    assert Report.model_validate_json(text) == report


def test_a_person_whom_nobody_looked_at_gets_the_own_words_and_no_feedback() -> None:
    """Whoever drew a map finds it, row by row without the empty ones, and no word of feedback that nobody gives."""
    play = drawn_map()
    play.do(c.End())
    (leader,) = report_for(play, viewer_of("ana")).leaders
    assert leader.rounds == ()
    (own,) = leader.own
    assert [[(cell.observed, cell.answer) for cell in row] for row in own.rows] == [
        [(True, "[want 1]"), (True, "[instead 1]")],
        [(True, "[want 3]"), (False, "")],
    ]
    for text in written_down(play, viewer_of("ana")).values():
        assert "[want 3]" in text
        assert "[protects]" in text
    html = written_down(play, viewer_of("ana"))["html"]
    assert [words for words in ("Your conversation", "What helped", "Nobody has written") if words in html] == []
    assert "left open" in html


def test_a_person_of_whom_nothing_is_told_has_no_empty_part() -> None:
    """The partner wrote nothing and was asked nothing: no heading without something under it."""
    play = drawn_map()
    report = report_for(play, viewer_of("ben"))
    assert report.leaders == ()
    assert "for yourself" not in render(report, "html")


def both_looked(own: int | None, *seen: int | None) -> Play:
    """Ana has looked at herself, and those after her at her, with these levels."""
    others = ("ben", "chen", "dee", "eva")[: len(seen)]
    roles = {**BOTH_LOOK["roles"], "advisor": {"title": "Advisor", "count": len(seen)}}
    look = BOTH_LOOK["script"][1]
    forms = [look["forms"][0], {"rubric": "listening", "by": "each advisor", "about": "fellow"}]
    script = [BOTH_LOOK["script"][0], {**look, "forms": forms}, BOTH_LOOK["script"][2]]
    play = practice(BOTH_LOOK, ("ana", *others), roles=roles, script=script)
    play.do(c.Next())
    play.send("1/form/listening/ana/ana", own)
    for person, level in zip(others, seen, strict=True):
        play.send(f"1/form/listening/{person}/ana", level)
    return play


@pytest.mark.parametrize(
    ("own", "seen", "difference"),
    [
        (2, [3], "one level higher in the eyes of others"),
        (4, [2], "two levels lower in the eyes of others"),
        (3, [3], "seen alike"),
        (3, [2, 3, 3], "seen alike"),
        (3, [2, 3], "a little lower in the eyes of others"),
        (2, [3, 3, 3, 2], "a little higher in the eyes of others"),
        (2, [3, 4, 3], "one level higher in the eyes of others"),
        (2, [3, 4], "two levels higher in the eyes of others"),
        (4, [1, 2], "three levels lower in the eyes of others"),
        (None, [3], ""),
        (3, [None], ""),
    ],
)
def test_the_own_view_stands_beside_that_of_others(own: int | None, seen: list[int | None], difference: str) -> None:
    """On the same rubric the own level, those of others and the difference in words stand together: less than half a
    level is none, less than a level is a little, and beyond that a half is rounded up."""
    (round,) = report_for(both_looked(own, *seen), viewer_of("ana")).leaders[0].rounds
    (views,) = round.views
    assert views.others == ("ben", "chen", "dee", "eva")[: len(seen)]
    assert [(line.criterion, line.difference) for line in views.lines] == [("Says back", difference)]
    assert [form.by for form in round.forms] == ["ana", *views.others]


def test_an_own_form_is_told_once() -> None:
    """Where others write on the same rubric, the own form stands with theirs and not a second time by itself."""
    (leader,) = report_for(both_looked(2, 3), viewer_of("ana")).leaders
    assert leader.own == ()


def test_an_own_form_that_nobody_else_is_asked_for_stands_by_itself() -> None:
    """Among the feedback there is only what others write on, too; the rest is what somebody wrote for themselves."""
    talk, look = BOTH_LOOK["script"][:2]
    more = {"rubric": "felt-heard", "by": "fellow", "about": "self"}
    play = practice(BOTH_LOOK, 2, script=[talk, {**look, "forms": [*look["forms"], more]}])
    play.do(c.Next())
    for form in ("listening/ana/ana", "felt-heard/ana/ana", "listening/ben/ana"):
        play.send(f"1/form/{form}", 2)
    (leader,) = report_for(play, viewer_of("ana")).leaders
    assert [form.rubric for form in leader.own] == ["Felt heard"]
    assert [(form.rubric, form.by) for form in leader.rounds[0].forms] == [("Listening", "ana"), ("Listening", "ben")]


def test_questions_for_one_role_are_for_that_role() -> None:
    """What the advisor is asked afterwards is not in the fellow's report, nor in the room's."""
    play = both_looked(2, 3)
    asked = {viewer: bool(report_for(play, viewer).guide) for viewer in viewers(play)}
    assert asked == {FACILITATOR_VIEWER: True, ROOM: False, viewer_of("ana"): False, viewer_of("ben"): True}


def test_levels_may_begin_at_zero() -> None:
    """The lowest level is a level: it is told with its word, and is nothing that helped."""
    play = practice(MEETING, 3)
    play.do(c.Next())
    answers = {"asked": Answer(value=0), "counted": Answer(value=3)}
    play.do(c.SendForm("t1", "1/form/statements/ben/ana", answers))
    (round,) = report_for(play, viewer_of("ana")).leaders[0].rounds
    assert [one.answer for one in round.forms[0].answers] == ["0 · Not at all", "3 · Completely"]
    assert [one.criterion for one in round.helped] == ["My words counted"]
    assert [one.criterion for one in round.to_try] == ["I was asked"]


def test_each_turn_is_told_by_what_was_played() -> None:
    """Where people take turns, a conversation is called by its name; who asks has none of their own."""
    play = play_on(Play.started(TRIO, 3))
    reports = {person: report_for(play, viewer_of(person)) for person in ("ana", "ben")}
    for report in reports.values():
        assert [round.title for round in report.leaders[0].rounds] == ["Questions"]
        assert {form.about for form in report.written} == {"ana", "ben", "chen"} - {report.name}


def test_a_card_that_is_kept_is_told_once() -> None:
    """Whoever asks in two turns and presents in one has each card once, and what everybody knew once."""
    cards = {role: f"card/own/{role}" for role in ("everyone", "presenter", "peer")}
    play = play_on(Play.started(TRIO, 3, cases=[{"id": "own", "title": "Own", "cards": cards}]))
    report = report_for(play, viewer_of("ana"))
    assert sorted(card.text for card in report.cards) == sorted(cards.values())
    assert {card.title for card in report.cards} == {"Own"}


def test_who_also_speaks_as_somebody_else_is_told_with_both_names() -> None:
    """The cast of a conversation says as whom a role also spoke."""
    text = written_down(Play.started(REMIX), FACILITATOR_VIEWER)["html"]
    assert "Parent, also The other parent:" in text


def carried(by: str, open: bool) -> Carried:
    sent = SentForm("f", 1, 0.0, {}, {}, False)
    return Carried("step", "My step", "next-step", by, by, 0, "then", (("What?", f"step of {by}"),), sent, {}, open)


def test_what_is_carried_on_is_shown_to_whom_it_is_open() -> None:
    """What all here could read then is shown to all but the room; the rest, and what is private, to its writer."""
    play = Play.started(TRIAD)
    kept = (carried("ana", open=False), carried("ben", open=True))
    found = {
        viewer: {
            line.answer
            for part in build_report(play.state, play.words, viewer, "a-session", carried=kept).carried
            for line in part.lines
        }
        for viewer in viewers(play)
    }
    assert found == {
        FACILITATOR_VIEWER: {"step of ben"},
        ROOM: set(),
        viewer_of("ana"): {"step of ana", "step of ben"},
        viewer_of("ben"): {"step of ben"},
        viewer_of("chen"): {"step of ben"},
    }
    report = build_report(play.state, play.words, viewer_of("ana"), "a-session", carried=kept)
    for format in formats():
        assert "step of ana" in render(report, format)


def test_the_heading_says_the_part_of_the_series_and_the_occasion() -> None:
    """A session that is part of a series, or of an occasion, says which, in every format."""
    farm, map = ({"title": title, "cases": [case]} for title, case in (("At the start", "farm"), ("At the end", "map")))
    play = Play.started(TRIAD, 3, occasions={"entry": farm, "exit": map})
    play.state = replace(play.state, occasion="exit")
    series = Series(format=1, title="Debriefs", series=("other", "sample"))
    report = build_report(play.state, play.words, viewer_of("ana"), "a-session", series=series)
    for format in formats():
        text = render(report, format)
        assert "Debriefs, part 2 of 2" in text
        assert "At the end" in text
