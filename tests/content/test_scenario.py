"""What a scenario says about itself."""

from __future__ import annotations

from typing import Any

import pytest
from samples import SELECTION, TRIAD, bundle_of, scenario_of

from roleplay.content.bundle import Bundle
from roleplay.content.scenario import Scenario
from roleplay.content.steps import MarkerRequest, PlayStep

PEERS: dict[str, Any] = {
    **TRIAD,
    "groups": None,
    "roles": {"presenter": {"title": "Presenter", "count": "2-4"}, "peer": {"title": "Peer"}},
    "cases": [],
    "script": [
        {
            "rotate": {"in-turn": "presenter", "others": "peer"},
            "steps": [{"name": "Show", "kind": "play", "length": "5m"}],
        }
    ],
}


def occasions(**cases: list[str]) -> dict[str, Any]:
    """Occasions with the cases of each, and those cases by the alphabet."""
    return {
        "occasions": {id: {"title": id, "cases": of_it} for id, of_it in cases.items()},
        "cases": [{"id": id, "title": id, "cards": {}} for id in sorted({id for ids in cases.values() for id in ids})],
    }


def play(markers: object, **changes: Any) -> dict[str, Any]:
    return {"name": "Talk", "kind": "play", "length": "5m", "markers": markers, **changes}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("listening", MarkerRequest(rubric="listening")),
        (2024, MarkerRequest(rubric="2024")),
        ({"rubric": "listening"}, MarkerRequest(rubric="listening")),
        (
            {"rubric": "listening", "by": "parent", "about": "each leader"},
            MarkerRequest(rubric="listening", by="parent", about="each leader"),
        ),
    ],
)
def test_markers_are_a_name_or_say_by_whom_and_about_whom(written: object, meant: MarkerRequest) -> None:
    """The short form and the long one mean the same, and come through a saved session unchanged."""
    bundle = bundle_of(TRIAD, script=[play(written)])
    again = Bundle.model_validate_json(bundle.model_dump_json(by_alias=True))
    for scenario in (bundle.scenario, again.scenario):
        step = scenario.steps["0"]
        assert isinstance(step, PlayStep)
        assert step.markers == meant
        assert list(scenario.rubric_ids()) == [meant.rubric]
    assert again == bundle


def test_everything_new_comes_through_a_saved_session() -> None:
    """Blanks, occasions, optional and speaking roles, others in turn, takes and carried forms stay as they were."""
    form = {"rubric": "listening", "by": "presenter", "about": "self", "carry": "next-step"}
    script = [
        *PEERS["script"],
        play("listening", takes=2),
        play({"rubric": "listening", "by": "everyone", "about": "everyone"}, again=True),
        {"name": "Write", "kind": "feedback", "length": "2m", "forms": [form]},
    ]
    roles = {**PEERS["roles"], "guest": {"title": "Guest", "count": "0-1", "also": "The board", "plays": "{who}"}}
    changes: dict[str, Any] = {"roles": roles, "script": script, **occasions(entry=["a"], exit=["b"])}
    bundle = bundle_of(PEERS, **changes, blanks={"who": "Who?"}, source="A book")
    assert Bundle.model_validate_json(bundle.model_dump_json(by_alias=True)) == bundle


def test_an_optional_role_may_stay_empty() -> None:
    """A role of 0-1 is not needed, and has room for one."""
    scenario = scenario_of(PEERS, roles={**PEERS["roles"], "guest": {"title": "Guest", "count": "0-1"}})
    assert (scenario.roles["guest"].count.least, scenario.roles["guest"].count.most) == (0, 1)
    assert (scenario.people_needed, scenario.group_size) == (2, 5)


def test_what_others_are_meanwhile_has_no_seat() -> None:
    """Peers are those of the presenters who are not in turn: they need nobody more."""
    scenario = scenario_of(PEERS)
    assert list(scenario.seated) == ["presenter"]
    assert (scenario.people_needed, scenario.group_size) == (2, 4)


def test_an_occasion_has_its_cases_in_its_order() -> None:
    """Without one, all cases of the file are played."""
    scenario = scenario_of(TRIAD, **occasions(entry=["c", "a"], exit=["b"]))
    assert [case.id for case in scenario.cases_for("entry")] == ["c", "a"]
    assert [case.id for case in scenario.cases_for(None)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("scenario", "grows"),
    [
        (scenario_of(TRIAD, groups=None), True),
        (scenario_of(SELECTION, groups={"size": 4}), True),
        (scenario_of(SELECTION), False),
    ],
)
def test_a_table_takes_who_is_left_over(scenario: Scenario, grows: bool) -> None:
    """In an extra role, or where the file names a usual size; otherwise its roles say how many there can be."""
    assert scenario.grows is grows
