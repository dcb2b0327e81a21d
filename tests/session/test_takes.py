"""Another take: what is played again, what is asked again, and what stays apart."""

from __future__ import annotations

import pytest
from samples import REMIX, TRIAD, Play

from roleplay.session import commands as c
from roleplay.session.commands import NotAllowed
from roleplay.session.forms import facts_due
from roleplay.session.state import FACILITATOR
from roleplay.session.visible import ROOM


def takes(play: Play) -> list[tuple[str, int]]:
    """The steps of the first table's first round, with their takes."""
    return [(step.id, step.take) for step in play.track().steps if step.round in (None, 1) and step.kind != "brief"]


def test_the_feedback_on_a_take_comes_after_that_take() -> None:
    """Played again after its feedback, a conversation has feedback again, as steps of their own behind the first."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.do(c.Retake())
    assert takes(play)[:5] == [("1.0r1", 1), ("1.1r1", 1), ("1.2r1", 1), ("1.1r1t2", 2), ("1.2r1t2", 2)]
    play.tick(300)
    assert play.step == "1.2r1t2"
    play.do(c.Retake())
    assert takes(play)[5:7] == [("1.1r1t3", 3), ("1.2r1t3", 3)]


def test_a_take_played_before_its_feedback_shares_it() -> None:
    """Three takes in a row and then one feedback: it belongs to the last of them."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.Retake(), after=30)
    play.do(c.Retake(), after=30)
    assert takes(play)[1:5] == [("1.1r1", 1), ("1.1r1t2", 2), ("1.1r1t3", 3), ("1.2r1", 3)]


def test_a_take_that_stands_in_the_script_is_the_next_one() -> None:
    """`again` is take 2; where somebody retakes before, it becomes take 3, and take 2 again when that is undone."""
    play = Play.started(REMIX)
    assert takes(play) == [("0", 1), ("1", 1), ("2", 2), ("3", 2)]
    play.go_to("1")
    play.do(c.Retake())
    assert takes(play) == [("0", 1), ("1", 1), ("0t2", 2), ("1t2", 2), ("2", 3), ("3", 3)]
    play.do(c.Undo())
    assert takes(play) == [("0", 1), ("1", 1), ("2", 2), ("3", 2)]


def test_a_step_that_was_not_reached_is_not_doubled() -> None:
    """Of two feedback steps, only the one that was begun comes again; the other follows once, after the last take."""
    more = {"name": "More", "kind": "feedback", "length": "1m"}
    play = Play.started(TRIAD, script=[REMIX["script"][0], REMIX["script"][1], more])
    play.go_to("1")
    play.do(c.Retake())
    assert takes(play) == [("0", 1), ("1", 1), ("0t2", 2), ("1t2", 2), ("2", 2)]


def test_what_interrupts_a_journal_comes_before_it_again() -> None:
    """Retake while people write: the new take is played, and the journal comes back after its feedback."""
    journal = {"name": "Journal", "kind": "journal", "length": "2m", "prompts": ["What now?"]}
    play = Play.started(TRIAD, script=[*REMIX["script"][:2], journal])
    play.go_to("2")
    play.do(c.Retake())
    assert [step.id for step in play.track().steps] == ["0", "1", "0t2", "1t2", "2"]
    play.do(c.Next())
    play.do(c.Next())
    assert play.step == "2"


def test_hidden_facts_are_asked_about_once() -> None:
    """After the first take they are known, so that the feedback on a later one does not ask again."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.do(c.Retake())
    first, second = (play.track().planned(step) for step in ("1.2r1", "1.2r1t2"))
    assert facts_due(play.state.setting, first)
    assert facts_due(play.state.setting, second) == ()


def test_marks_of_takes_stay_apart() -> None:
    """A mark belongs to the take in which it was tapped."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.TapMarker("t1", "one", "solves", "chen", "ana"))
    play.do(c.Retake())
    play.do(c.TapMarker("t1", "two", "names-feeling", "chen", "ana"), after=10)
    assert [(mark.tap, mark.step, mark.into) for mark in play.track().marks] == [
        ("one", "1.1r1", 0),
        ("two", "1.1r1t2", 10),
    ]


def test_a_take_has_the_name_that_it_was_given_last() -> None:
    """Everybody may read it; a step that is no conversation, or has not begun, gets none."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.LabelTake("t1", "1.1r1", play.text("slower")))
    play.do(c.LabelTake("t1", "1.1r1", play.text("slower start")))
    for who in ("ana", "chen", FACILITATOR, ROOM):
        labels = [(track, step, play.words[ref.id]) for track, step, ref in play.view(who).labels]
        assert labels == [("t1", "1.1r1", "slower start")]
        assert play.seen(who) == {"slower start"}
    for step in ("1.0r1", "1.1r2", "no"):
        with pytest.raises(NotAllowed, match="once it has begun"):
            play.do(c.LabelTake("t1", step, play.text("name")))


def test_a_take_on_which_somebody_gave_feedback_is_not_taken_back() -> None:
    """Brought back from its feedback, where a form was sent, the take stays, and so does what was written."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.do(c.Retake())
    play.do(c.Next())
    play.do(c.Undo())
    play.send("1.2r1t2/form/listening/chen/ana")
    with pytest.raises(NotAllowed, match="already written"):
        play.do(c.Undo())
    assert play.view("chen").forms


def test_a_take_that_is_taken_back_takes_its_name_along() -> None:
    """The next second take is another one, without a name."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.Retake())
    play.do(c.LabelTake("t1", "1.1r1t2", play.text("slower")))
    play.do(c.Undo())
    play.do(c.Retake())
    assert play.view("ana").labels == ()
