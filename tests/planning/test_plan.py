"""How long a plan takes."""

from __future__ import annotations

import pytest
from samples import FISHBOWL, PEOPLE, TRIAD, Play, scenario_of

from roleplay.planning.build import build_plan
from roleplay.session import commands as c


def test_the_class_waits_for_the_slowest_table() -> None:
    """Steps of the class count once; between them the slowest table counts."""
    plan = build_plan(scenario_of(FISHBOWL), PEOPLE[:4])
    first, second = plan.tracks
    slower = second.model_copy(
        update={"steps": tuple(s.model_copy(update={"length": 300}) if s.id == "3" else s for s in second.steps)}
    )
    assert first.stretches == [60, 0, 120, 0]
    assert plan.planned_seconds == 60 + 60 + 180 + 120 + 120
    assert plan.model_copy(update={"tracks": (first, slower)}).planned_seconds == 60 + 60 + 180 + 300 + 120


@pytest.mark.parametrize("people", [2, 3, 4, 7, 9])
def test_a_session_that_goes_as_planned_takes_as_long_as_planned(people: int) -> None:
    """Played without a pause, each step going on when its time is up, a session ends when its plan says."""
    play = Play.started(TRIAD, people)
    while {t.status for t in play.state.tracks.values()} != {"finished"}:
        clocks = {id: t.clock for id, t in play.state.tracks.items() if t.clock is not None}
        id, clock = min(clocks.items(), key=lambda item: item[1].deadline)
        play.tick(max(0.0, clock.deadline - play.now))
        if play.track(id).clock == clock:
            play.do(c.Next(id))
    assert play.now == play.state.setting.plan.planned_seconds


def test_a_plan_knows_its_people_and_rounds() -> None:
    """Everybody table by table; as many rounds as people at the table."""
    plan = build_plan(scenario_of(TRIAD), PEOPLE[:7])
    assert plan.people == PEOPLE[:7]
    assert [track.rounds for track in plan.tracks] == [4, 3]
    assert plan.tracks[0].steps[1].plays("ben") == "parent"
    assert plan.tracks[0].steps[0].plays("ben") is None
