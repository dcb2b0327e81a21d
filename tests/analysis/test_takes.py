"""Takes of one conversation beside each other, as far as somebody may see them."""

from __future__ import annotations

from samples import FISHBOWL, TRIAD, Play

from roleplay.analysis.takes import TakeSeen, compare_takes, conversations
from roleplay.session import commands as c
from roleplay.session.visible import FACILITATOR_VIEWER

FORM = "1.2r1{take}/form/listening/chen/ana"


def two_takes() -> Play:
    """Ana plays the first round twice; Chen marks and rates each take."""
    play = Play.started()
    play.go_to("1.1r1")
    play.do(c.TapMarker("t1", "a", "names-feeling", "chen", "ana"), 50)
    play.go_to("1.2r1")
    play.send(FORM.format(take=""), level=2, said="before")
    play.do(c.Retake("t1"))
    for tap, marker in (("b", "names-feeling"), ("c", "solves")):
        play.do(c.TapMarker("t1", tap, marker, "chen", "ana"), 20)
    play.do(c.LabelTake("t1", "1.1r1t2", play.text("slower")))
    play.do(c.Next("t1"))
    return play


def seen(play: Play, who: str = "", about: str | None = None) -> tuple[TakeSeen, ...]:
    """The takes of the first round."""
    view = play.view(who or FACILITATOR_VIEWER)
    return compare_takes(play.state.setting, play.track(), view, 1, about)


def test_each_take_keeps_its_own_marks_levels_and_words() -> None:
    """What was marked and written after one take is not mixed with the other."""
    play = two_takes()
    play.send(FORM.format(take="t2"), level=3, said="after")
    first, second = seen(play)
    assert [(take.step.take, take.first) for take in (first, second)] == [(1, "1.1r1"), (2, "1.1r1")]
    assert [mark.tap for mark in first.marks] == ["a"]
    assert [(mark.tap, mark.into) for mark in second.marks] == [("b", 20), ("c", 40)]
    assert first.levels == {
        ("listening", "reflecting"): (2,),
        ("listening", "silence"): (1,),
        ("listening", "questions"): (2,),
    }
    assert second.levels[("listening", "reflecting")] == (3,)
    asked = ("listening", "What did you notice?")
    assert [play.words[said.text.id] for take in (first, second) for said in take.prompts[asked]] == ["before", "after"]
    assert first.label is None
    assert second.label is not None
    assert play.words[second.label.id] == "slower"


def test_nobody_sees_more_of_a_take_than_of_the_session() -> None:
    """The parent sees no mark and no level about the leader; the leader sees those about herself."""
    play = two_takes()
    assert [(take.marks, dict(take.levels)) for take in seen(play, "ben")] == [((), {}), ((), {})]
    assert [len(take.marks) for take in seen(play, "ana")] == [1, 2]
    assert [len(take.levels) for take in seen(play, "ana")] == [3, 0]


def test_one_person_can_be_looked_at() -> None:
    """What was said about others is left out."""
    play = two_takes()
    assert [len(take.marks) for take in seen(play, about="ana")] == [1, 2]
    assert [(take.marks, dict(take.levels), dict(take.prompts)) for take in seen(play, about="ben")] == [
        ((), {}, {})
    ] * 2


def test_what_people_say_of_themselves_stands_apart() -> None:
    """The same rubric may be filled in by others and by oneself."""
    script = [
        {"name": "Talk", "kind": "play", "length": "5m"},
        {
            "name": "Feedback",
            "kind": "feedback",
            "length": "2m",
            "forms": [
                {"rubric": "felt-heard", "by": "fellow", "about": "self"},
                {"rubric": "felt-heard", "by": "coach", "about": "fellow"},
            ],
        },
        {"name": "Talk again", "kind": "play", "length": "5m", "again": True},
    ]
    play = Play.started(FISHBOWL, 2, script=script)
    play.go_to("1")
    play.send("1/form/felt-heard/ana/ana", level=1)
    play.send("1/form/felt-heard/ben/ana", level=3)
    play.go_to("2")
    play.do(c.Next())
    first, second = compare_takes(play.state.setting, play.track(), play.view(FACILITATOR_VIEWER), None)
    assert (first.own, first.levels) == ({("felt-heard", "heard"): (1,)}, {("felt-heard", "heard"): (3,)})
    assert (second.own, second.levels) == ({}, {})


def test_a_conversation_that_was_played_once_has_no_takes_to_compare() -> None:
    """Neither has one whose next take is planned and has not begun."""
    play = Play.started()
    play.go_to("1.2r1")
    assert conversations(play.track()) == ()
    assert seen(play) == ()


def test_two_conversations_of_one_stretch_are_not_taken_for_takes_of_each_other() -> None:
    """Each has its own first take."""
    talk = {"kind": "play", "length": "5m"}
    play = Play.started(TRIAD, 3, script=[{"name": "One", **talk}, {"name": "Two", **talk}])
    play.do(c.Retake("t1"), 5)
    play.do(c.Next("t1"), 5)
    assert [[step.id for step in takes] for takes in conversations(play.track())] == [["0", "0t2"]]
    play.do(c.Retake("t1"), 5)
    found = compare_takes(play.state.setting, play.track(), play.view(FACILITATOR_VIEWER), None)
    assert [(take.step.id, take.first) for take in found] == [("0", "0"), ("0t2", "0"), ("1", "1"), ("1t2", "1")]
