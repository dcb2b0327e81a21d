from __future__ import annotations

import pytest
from samples import TRIAD, Play

from roleplay.analysis.injects import InjectTold, injects_told
from roleplay.session import commands as c

TALK = "1.1r1"
"""Its injects: step-1 at 3 minutes, step-2 by hand, case-1 at 2 minutes."""


def told(play: Play, ended: bool = False) -> dict[str, InjectTold]:
    return {one.id: one for one in injects_told(play.state.setting, play.track(), ended) if one.step.id == TALK}


def talking() -> Play:
    play = Play.started(TRIAD)
    play.go_to(TALK)
    return play


def test_nothing_is_told_of_a_conversation_that_has_not_begun() -> None:
    """Before its conversation an inject is no part of what happened."""
    assert told(Play.started(TRIAD)) == {}


def test_what_comes_by_itself_is_on_time_and_what_has_not_come_waits() -> None:
    """After two minutes one has come as planned, the other two wait."""
    play = talking()
    play.tick(120)
    found = told(play)
    outcomes = {id: one.outcome for id, one in found.items()}
    assert outcomes == {"case-1": "on-time", "step-1": "waiting", "step-2": "waiting"}
    assert (found["case-1"].planned, found["case-1"].came, found["case-1"].off) == (120, 120.0, 0.0)
    assert found["step-2"].planned is None


@pytest.mark.parametrize(("hold", "at", "outcome", "off"), [(False, 30, "early", 90), (True, 200, "late", 80)])
def test_what_is_given_by_hand_is_early_or_late(hold: bool, at: float, outcome: str, off: float) -> None:
    """Given before its time it is early, held back and given after it late, by so many seconds."""
    play = talking()
    if hold:
        play.do(c.HoldInject("t1", "case-1"))
    play.tick(at)
    play.do(c.FireInject("t1", "case-1"))
    found = told(play)["case-1"]
    assert (found.outcome, found.came, found.off) == (outcome, at, off)


def test_a_pause_makes_nothing_late() -> None:
    """Times are those of the conversation: what came after a pause came as planned."""
    play = talking()
    play.do(c.Pause("t1"), 10)
    play.do(c.Resume("t1"), 60)
    play.tick(110)
    assert told(play)["case-1"].outcome == "on-time"


def test_what_did_not_come_was_held_back_or_had_no_time() -> None:
    """After the step, what was held back says so, and the rest never came."""
    play = talking()
    play.do(c.FireInject("t1", "step-2"), 20)
    play.do(c.HoldInject("t1", "case-1"))
    play.do(c.Next("t1"), 30)
    assert {id: one.outcome for id, one in told(play).items()} == {
        "step-2": "by-hand",
        "case-1": "held-back",
        "step-1": "never",
    }


def test_nothing_waits_in_a_session_that_is_closed() -> None:
    """What had not come when the session was closed in the middle of the conversation never came."""
    play = talking()
    assert {one.outcome for one in told(play).values()} == {"waiting"}
    assert {one.outcome for one in told(play, ended=True).values()} == {"never"}
