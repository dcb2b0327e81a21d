"""How long a plan takes, and which take a step is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import FISHBOWL, PEOPLE, TRIAD, Play, scenario_of

from roleplay.planning.build import build_plan
from roleplay.planning.plan import PlannedStep, with_takes
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


STEPS = st.tuples(st.sampled_from(["play", "feedback", "journal"]), st.booleans(), st.none() | st.integers(1, 3))


@given(st.lists(STEPS))
def test_takes_are_counted_from_one_within_a_round(made: list[tuple[str, bool, int | None]]) -> None:
    """A conversation again is one take more than the one before it in its round; any other is take 1; feedback has
    the take that it follows, until people write for themselves.
    """
    steps = [
        PlannedStep.model_validate(
            {"id": str(n), "source": str(n), "name": "x", "kind": kind, "length": 60, "on_time": False}
            | {"again": again and kind == "play", "round": round}
        )
        for n, (kind, again, round) in enumerate(made)
    ]
    numbered = with_takes(steps)
    assert [step.model_copy(update={"take": 1}) for step in numbered] == steps
    latest: dict[int | None, int] = {}
    spoken_of: dict[int | None, int] = {}
    for step in numbered:
        if step.kind == "play":
            spoken_of[step.round] = latest[step.round] = latest.get(step.round, 0) + 1 if step.again else 1
        elif step.kind == "journal":
            spoken_of[step.round] = 1
        assert step.take == (1 if step.kind == "journal" else spoken_of.get(step.round, 1))
    assert with_takes(numbered) == numbered


def test_a_step_that_stands_twice_is_another_take() -> None:
    """When a conversation is put in once more while the session runs, it is the next take without saying so."""
    [track] = build_plan(scenario_of(FISHBOWL), PEOPLE[:2]).tracks
    more = track.steps[2].model_copy(update={"id": f"{track.steps[2].id}t2"})
    steps = with_takes([*track.steps[:3], more, *track.steps[3:]])
    assert [(step.take, step.added) for step in steps if step.kind == "play"] == [(1, False), (2, True)]
