from __future__ import annotations

from samples import REMIX, TRIAD, Play

from roleplay.report.build import build_report
from roleplay.report.feedback import RoundPart
from roleplay.report.render import formats, render
from roleplay.session import commands as c
from roleplay.session.visible import viewer_of

FORM = "1.2r1{take}/form/listening/chen/ana"


def remix() -> Play:
    """A talk that its script has twice; Ben felt heard the second time."""
    play = Play.started(REMIX)
    play.do(c.TapMarker("t1", "a", "solves", "chen", "ana"), 10)
    play.do(c.LabelTake("t1", "0", play.text("as usual")))
    play.do(c.Next())
    play.send("1/form/felt-heard/ana/ana", 2)
    play.send("1/form/felt-heard/ben/ana", 1)
    play.do(c.Next())
    play.do(c.TapMarker("t1", "b", "names-feeling", "chen", "ana"), 20)
    play.do(c.Next())
    play.send("3/form/felt-heard/ben/ana", 3)
    return play


def round_of(play: Play, who: str = "ana") -> RoundPart:
    report = build_report(play.state, play.words, viewer_of(who), "a-session")
    return report.leaders[0].rounds[0]


def test_forms_and_moments_of_each_take_stand_apart_with_its_name() -> None:
    """What belongs to a take says so, with what the take was called."""
    round = round_of(remix())
    assert [(form.by, form.take) for form in round.forms] == [
        ("ana", "Take 1: as usual"),
        ("ben", "Take 1: as usual"),
        ("ben", "Take 2"),
    ]
    assert [(talk.title, [m.key for m in talk.moments]) for talk in round.conversations] == [
        ("Take 1: as usual", ["s"]),
        ("Take 2", ["f"]),
    ]


def test_takes_stand_side_by_side() -> None:
    """Levels, the own view and the markers have a column for each take; a take without an answer has none."""
    (table,) = round_of(remix()).takes
    assert table.takes == ("Take 1: as usual", "Take 2")
    assert [(line.title, line.takes) for line in table.levels] == [("I felt heard", ("1 · No", "3 · Yes"))]
    assert [(line.title, line.takes) for line in table.own] == [("I felt heard", ("2 · A little", ""))]
    assert [(line.title, line.takes) for line in table.markers] == [
        ("Names the feeling", ("0", "1")),
        ("Jumps to a fix", ("1", "0")),
    ]
    assert table.changed == "From take 1 to take 2, “I felt heard” went up."


def test_answers_in_words_begin_side_by_side() -> None:
    """What was written after each take stands with its first words under the question, for each writer."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.send(FORM.format(take=""), 2, "one two three four five six seven eight nine ten eleven twelve thirteen")
    play.do(c.Retake("t1"))
    play.do(c.Next("t1"))
    play.send(FORM.format(take="t2"), 2, "shorter")
    (table,) = round_of(play).takes
    noticed = next(line for line in table.words if line.title == "What did you notice?")
    assert noticed.by == "chen"
    assert noticed.takes == ("one two three four five six seven eight nine ten eleven twelve …", "shorter")
    assert table.changed == "From take 1 to take 2, every level stayed as it was."


def test_the_highlights_are_from_the_last_take_with_feedback() -> None:
    """What helped is what helped in the last take; the levels and moments of the first make no highlight."""
    round = round_of(remix())
    assert round.last == "Take 2"
    assert [one.answers for one in round.helped] == [("3 · Yes",)]
    assert [group.marker for group in round.helping] == ["Names the feeling"]
    assert round.to_try == ()


def test_while_the_last_take_has_no_feedback_the_one_before_is_told() -> None:
    """A take that was only played leaves the highlights with the one that somebody wrote about."""
    play = Play.started(REMIX)
    play.do(c.Next())
    play.send("1/form/felt-heard/ana/ana", 2)
    play.send("1/form/felt-heard/ben/ana", 3)
    play.do(c.Next())
    round = round_of(play)
    assert round.last == "Take 1"
    assert [one.answers for one in round.helped] == [("3 · Yes",)]


def test_a_conversation_that_was_played_once_has_no_takes() -> None:
    """Without a second take nothing is called a take."""
    play = Play.started(REMIX)
    play.do(c.Next())
    play.send("1/form/felt-heard/ana/ana", 2)
    play.send("1/form/felt-heard/ben/ana", 3)
    round = round_of(play)
    assert (round.takes, round.last, {form.take for form in round.forms}) == ((), "", {""})
    for format in ("html", "md"):
        text = render(build_report(play.state, play.words, viewer_of("ana"), "a-session"), format)
        assert "ake 1" not in text


def test_every_format_has_the_takes() -> None:
    """The names of the takes and what changed stand in the page, in the Markdown and in the data."""
    play = remix()
    report = build_report(play.state, play.words, viewer_of("ana"), "a-session")
    for format in formats():
        text = render(report, format)
        for words in ("Take 1: as usual", "From take 1 to take 2"):
            assert words in text


def test_what_is_asked_once_is_no_part_of_the_comparison() -> None:
    """A form that is asked for after one take alone bears no take, and has no row where takes are compared."""
    more = {"rubric": "listening", "by": "observer", "about": "leader"}
    compare = {**REMIX["script"][3], "forms": [*REMIX["script"][3]["forms"], more]}
    play = Play.started(REMIX, script=[*REMIX["script"][:3], compare])
    play.go_to("3")
    play.send("1/form/felt-heard/ben/ana", 1)
    play.send("1/form/felt-heard/ana/ana", 1)
    play.send("3/form/felt-heard/ben/ana", 3)
    play.send("3/form/listening/chen/ana", 2)
    round = round_of(play)
    assert {form.rubric: form.take for form in round.forms} == {"Felt heard": "Take 2", "Listening": ""}
    (table,) = round.takes
    assert [line.title for line in (*table.levels, *table.words)] == ["I felt heard"]
