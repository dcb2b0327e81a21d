"""What is still to be written."""

from __future__ import annotations

import pytest
from samples import TRIAD, Play

from roleplay.session import commands as c
from roleplay.session.decide import NotAllowed
from roleplay.session.tasks import tasks


def open_tasks(play: Play) -> list[tuple[str, str]]:
    """What is asked of whom and not in yet."""
    return [(task.kind, task.by) for task in tasks(play.state, play.track()) if not task.done]


def test_tasks_come_with_their_step_and_go_when_they_are_done() -> None:
    """Nothing is asked before its step; what is in is done; what is late stays open."""
    play = Play.started(TRIAD)
    assert open_tasks(play) == []
    play.go_to("1.0r1")
    assert open_tasks(play) == [("forecast", "ana")]
    play.go_to("1.2r1")
    assert open_tasks(play) == [
        ("forecast", "ana"),
        ("form", "chen"),
        ("form", "ben"),
        ("facts", "ben"),
        ("learned", "ana"),
    ]
    play.send("1.2r1/form/listening/chen/ana")
    play.do(c.TickFacts("t1", "1.2r1", "ben", ()))
    play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("x")))
    assert open_tasks(play) == [("forecast", "ana"), ("form", "ben")]


def test_a_forecast_is_too_late_once_the_conversation_was_played() -> None:
    """It can be made while the conversation runs; not after it, nor while it is played once more."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    (forecast,) = (task for task in tasks(play.state, play.track()) if task.kind == "forecast")
    assert not forecast.late
    for command in (c.Next(), c.Retake()):
        play.do(command)
        assert [task.kind for task in tasks(play.state, play.track()) if task.late] == ["forecast"]
        with pytest.raises(NotAllowed, match="has been played"):
            play.send("1.0r1/forecast/listening/ana/ana")


def test_everybody_is_asked_for_a_journal() -> None:
    """A journal on paper is a journal."""
    play = Play.started(TRIAD)
    play.go_to("2")
    play.do(c.WriteJournal("t1", "2", "ben", on_paper=True))
    assert [task for task in open_tasks(play) if task[0] == "journal"] == [("journal", "ana"), ("journal", "chen")]


def test_each_take_has_its_own_forms() -> None:
    """What was written about the first take stays; while the second is played nothing is asked, afterwards its own
    form is."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.tick(10)
    play.send("1.2r1/form/listening/chen/ana")
    play.do(c.Retake(), after=20)
    assert ("form", "chen") not in open_tasks(play)
    play.do(c.Next(), after=20)
    assert play.step == "1.2r1t2"
    assert ("form", "chen") in open_tasks(play)
    play.send("1.2r1t2/form/listening/chen/ana", level=2)
    assert ("form", "chen") not in open_tasks(play)
    assert [len(versions) for versions in play.track().forms.values()] == [1, 1]


def test_a_take_that_was_taken_back_asks_for_nothing() -> None:
    """Retake, then undo: the form that was in is in, and that of the second take is gone."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.tick(10)
    play.send("1.2r1/form/listening/chen/ana")
    play.do(c.Retake(), after=20)
    play.do(c.Undo(), after=5)
    assert play.step == "1.2r1"
    assert ("form", "chen") not in open_tasks(play)
