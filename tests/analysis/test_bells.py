from __future__ import annotations

from typing import Any

import pytest
from samples import FISHBOWL, PEOPLE, SELECTION, TRIAD, Play, scenario_of

from roleplay.analysis.bells import bell_list, say_aloud, step_starts
from roleplay.planning.build import build_plan
from roleplay.session import commands as c

FIXED: dict[str, Any] = {
    **FISHBOWL,
    "roles": {"leader": {"title": "Leader"}, "parent": {"title": "Parent", "extra": True}},
    "script": [
        {"rotate": "every-role", "steps": [{"name": "Talk", "kind": "play", "length": "5m", "least": "5m"}]},
        {"name": "Look back", "kind": "debrief", "length": "1m", "scope": "class"},
        {"name": "Journal", "kind": "journal", "length": "1m"},
    ],
}
"""A bigger table takes longer here, and the others wait for it."""


@pytest.mark.parametrize(
    ("data", "people"), [(FIXED, 5), (TRIAD, 3), (TRIAD, 7), (SELECTION, 5), (FISHBOWL, 4), (FISHBOWL, 5)]
)
def test_steps_begin_when_they_begin_in_a_session_that_keeps_to_its_times(data: dict[str, Any], people: int) -> None:
    """Played to the second by the session's own rules, every step starts where the list says."""
    play = Play.started(data, people)
    while any(track.status != "finished" for track in play.state.tracks.values()):
        ends = {t.id: t.clock.deadline for t in play.state.tracks.values() if t.clock is not None}
        play.now = min(ends.values())
        play.do(c.Tick())
        for track, end in ends.items():
            clock = play.track(track).clock
            if clock is not None and end == clock.deadline == play.now and play.state.phase(track) == "running":
                play.do(c.Next(track))
    played = tuple(tuple(int(run.started) for run in track.runs) for track in play.state.tracks.values())
    assert step_starts(play.state.setting.plan) == played


def test_the_bells_of_a_triad() -> None:
    """Beginnings, the warning before the end, what happens on the way, and the end, in the order of the clock."""
    scenario = scenario_of(TRIAD)
    bells = bell_list(scenario, build_plan(scenario, PEOPLE[:3]))
    assert [(bell.at_seconds, bell.kind, bell.sentence) for bell in bells[:7]] == [
        (0, "begin", "Welcome: 2 minutes."),
        (120, "begin", "Round 1 of 3. Read your card: 1 minute."),
        (180, "begin", "Round 1 of 3. Conversation: 5 minutes."),
        (300, "inject", "Parent: unfold the lower part of your card."),
        (360, "inject", "Everyone: say/bell/everyone"),
        (420, "warning", "Conversation: 1 minute left."),
        (480, "begin", "Round 1 of 3. Feedback: 4 minutes."),
    ]
    assert bells[-1].sentence == "This is the end. Thank you, everyone."
    assert [bell.at_seconds for bell in bells] == sorted(bell.at_seconds for bell in bells)
    assert {bell.tables for bell in bells} == {()}


def test_what_one_role_alone_may_know_is_not_read_aloud() -> None:
    """No bell has the words of an event that is for one role."""
    scenario = scenario_of(TRIAD)
    said = " ".join(bell.sentence for bell in bell_list(scenario, build_plan(scenario, PEOPLE[:3])))
    assert "say/farm/parent" not in said
    assert "say/note/leader" not in said


def test_a_table_with_times_of_its_own_is_named() -> None:
    """Where a bigger table plays shorter rounds, each of its bells says so; bells for all tables name none."""
    scenario = scenario_of(TRIAD)
    bells = bell_list(scenario, build_plan(scenario, PEOPLE[:7]))
    assert {bell.tables for bell in bells} == {(), ("Table 1",), ("Table 2",)}
    assert [bell.tables for bell in bells if "Welcome" in bell.sentence] == [()]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(90, "1 minute 30 seconds"), (60, "1 minute"), (300, "5 minutes"), (3600, "1 hour"), (1, "1 second")],
)
def test_lengths_are_said_for_the_ear(seconds: int, words: str) -> None:
    """In words, without what is zero."""
    assert say_aloud(seconds) == words
