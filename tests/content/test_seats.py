"""The seats at a table, and how often steps are played there."""

from __future__ import annotations

from samples import SELECTION, TRIAD, scenario_of

from roleplay.content.seats import seats, times_played


def test_whoever_is_left_over_observes_and_with_too_few_nobody_does() -> None:
    """An extra role takes those left over, and is the first to stay empty."""
    roles = scenario_of(TRIAD).roles
    assert seats(roles, 5) == ["leader", "parent", "observer", "observer", "observer"]
    assert seats(roles, 2) == ["leader", "parent"]


def test_a_step_is_played_once_for_each_whose_turn_it_is() -> None:
    """Outside rotation once; when roles change, once for each person; in turn, once for each who has the role there."""
    triad, selection = scenario_of(TRIAD), scenario_of(SELECTION)
    assert [times_played(triad, source, 4) for source in ("0", "1.1", "2")] == [1, 4, 1]
    assert [times_played(selection, "2.0", people) for people in (4, 5, 6)] == [2, 3, 3]
