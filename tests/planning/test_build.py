"""Plans: who plays what, with whom, when, and what is said about it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import FISHBOWL, PEOPLE, SELECTION, TRIAD, Play, bundle_of, scenario_of

from roleplay.content.library import planned_seconds
from roleplay.planning.build import build_plan
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.state import Setting


def ids(people: int) -> list[str]:
    """So many people."""
    return [f"p{n}" for n in range(people)]


@pytest.mark.parametrize(
    ("data", "changes"), [(TRIAD, {}), (SELECTION, {}), (SELECTION, {"groups": {"size": 6}}), (FISHBOWL, {})]
)
def test_the_library_tells_the_time_that_a_plan_takes(data: dict[str, Any], changes: dict[str, Any]) -> None:
    """Whoever chooses by the time in the list is not surprised by the plan for one usual table."""
    scenario = scenario_of(data, **changes)
    plan = build_plan(scenario, ids(scenario.smallest_table))
    assert planned_seconds(scenario) == plan.planned_seconds


@given(st.integers(2, 60))
def test_everybody_leads_once_and_is_the_parent_once(people: int) -> None:
    """For every head count, each person plays each role that is no extra exactly once."""
    plan = build_plan(scenario_of(TRIAD), ids(people))
    plays = [(step, track) for track in plan.tracks for step in track.steps if step.kind == "play"]
    for role in ("leader", "parent"):
        assert Counter(p for step, _ in plays for p in step.cast[role]) == dict.fromkeys(ids(people), 1)
    for step, track in plays:
        assert sorted(p for cast in step.cast.values() for p in cast) == sorted(track.people)


@pytest.mark.parametrize("left_over", ["join", "pair"])
@given(people=st.integers(2, 60), everyone_leads=st.booleans())
def test_roles_are_played_as_the_notes_promise(left_over: str, people: int, everyone_leads: bool) -> None:
    """Nobody plays a role twice that is no extra; who does not lead sits last at a table that is too large, and only
    where they lead next time; each exception is in the notes."""
    scenario = scenario_of(TRIAD, groups={"size": 3, "left_over": left_over})
    plan = build_plan(scenario, ids(people), everyone_leads=everyone_leads)
    assert sorted(plan.people) == sorted(ids(people))
    assert min(len(track.people) for track in plan.tracks) >= 2
    for track in plan.tracks:
        plays = [step for step in track.steps if step.kind == "play"]
        led, heard = ([p for step in plays for p in step.cast[role]] for role in ("leader", "parent"))
        rounds = len(track.people) if everyone_leads else min(len(track.people), 3)
        assert led == list(track.people[:rounds])
        assert len(set(heard)) == len(heard) == rounds
        assert all(sorted(p for cast in step.cast.values() for p in cast) == sorted(track.people) for step in plays)
    said = " ".join(plan.notes)
    sizes = {len(track.people) for track in plan.tracks}
    assert bool(plan.notes) == (people != 3)
    for size, name in ((2, "one pair"), (3, "triad"), (4, "of four"), (5, "of five")):
        assert (size in sizes) == (name in said) or people == 3
    assert ("observes" in said) == (max(sizes) > 3 and everyone_leads)
    assert ("next time" in said) == (max(sizes) > 3 and not everyone_leads)
    assert ("no Observer" in said) == (2 in sizes)


def test_the_fourth_leads_next_time() -> None:
    """A group of four plays three rounds of the usual length, so that the class keeps step inside them."""
    script = [dict(item) for item in TRIAD["script"]]
    script[1] = {**script[1], "steps": [{**step, "scope": "class"} for step in script[1]["steps"]]}
    plan = build_plan(scenario_of(TRIAD, script=script), PEOPLE[:7], everyone_leads=False)
    assert [track.rounds for track in plan.tracks] == [3, 3]
    assert {(step.scope, step.length) for track in plan.tracks for step in track.steps if step.kind == "play"} == {
        ("class", 300)
    }
    assert plan.notes == (
        (
            "7 people: one triad and one group of four, who play three rounds; "
            "the last leads next time, and one does not play Parent."
        ),
    )


@pytest.mark.parametrize("people", [2, 3, 4])
def test_people_lead_in_their_order_wherever_the_leading_role_stands(people: int) -> None:
    """Also where the file names it after another role."""
    roles = {"parent": TRIAD["roles"]["parent"], "leader": TRIAD["roles"]["leader"]}
    scenario = scenario_of(TRIAD, roles={**roles, "observer": TRIAD["roles"]["observer"]})
    [track] = build_plan(scenario, PEOPLE[:people]).tracks
    assert [step.cast["leader"] for step in track.steps if step.kind == "play"] == [(p,) for p in PEOPLE[:people]]


def test_a_pair_is_done_earlier() -> None:
    """Where the scenario makes pairs of two who are left over, the note says who observes, and the time to spare."""
    plan = build_plan(scenario_of(TRIAD, groups={"size": 3, "left_over": "pair"}), PEOPLE[:5])
    assert plan.notes == (
        (
            "5 people: one triad and one pair, who play two rounds with no Observer and are done 10 minutes earlier; "
            "the facilitator can observe."
        ),
    )


@pytest.mark.parametrize(
    ("people", "minutes", "notes"),
    [
        (5, None, ("5 people: one triad and one pair, who are done 5 minutes earlier.",)),
        (4, None, ()),
        (3, None, ("3 people: one triad.",)),
        (5, 20, ("5 people: one triad and one pair, who are done 6m15s earlier.",)),
    ],
)
def test_where_each_has_a_turn_a_smaller_table_is_done_earlier(
    people: int, minutes: int | None, notes: tuple[str, ...]
) -> None:
    """The others wait for one turn more, and are told how long; alone, a table has nothing to be compared with."""
    groups = [PEOPLE[:3], PEOPLE[3:5]] if people == 5 else None
    assert build_plan(scenario_of(SELECTION, **PEERS), PEOPLE[:people], minutes, groups=groups).notes == notes


def test_a_table_with_more_turns_than_usual_takes_longer() -> None:
    """Where the usual size is less than what a table takes."""
    scenario = scenario_of(SELECTION, **PEERS, groups={"size": 3})
    assert build_plan(scenario, PEOPLE[:7]).notes == (
        "7 people: one triad and one group of four, who take 5 minutes longer than the others.",
    )
    assert build_plan(scenario, PEOPLE[:4]).notes == (
        "4 people: one group of four, who take 5 minutes longer in all than planned.",
    )


def test_roles_that_more_people_have_than_the_file_says_are_told() -> None:
    """Three for two roles; an extra role that several have."""
    assert build_plan(scenario_of(FISHBOWL), PEOPLE[:5]).notes == (
        "5 people: one pair and one triad, who have two as Coach.",
    )
    watched = {**FISHBOWL["roles"], "observer": {"title": "Observer", "extra": True}}
    assert build_plan(scenario_of(FISHBOWL, roles=watched, groups={"size": 3}), PEOPLE[:5]).notes == (
        "5 people: one group of five, who have three as Observer.",
    )


def test_groups_that_are_formed_already_are_kept() -> None:
    """Each sits as given and leads in that order; several unusual sizes are told in a sentence each."""
    groups = [["eva", "ana"], ["ben", "chen", "dee", "fay"], ["gus", "hal", "ida"]]
    plan = build_plan(scenario_of(TRIAD), PEOPLE, groups=groups)
    assert [list(track.people) for track in plan.tracks] == groups
    assert plan.notes == (
        "9 people: one triad, one group of four and one pair.",
        "The pair plays two rounds with no Observer and is done 10 minutes earlier; the facilitator can observe.",
        "The group of four plays four rounds of 7m30s in the same time; each of them observes twice.",
    )
    with pytest.raises(CommandProblem, match="needs at least 2 people; there is 1"):
        build_plan(scenario_of(TRIAD), PEOPLE[:4], groups=[PEOPLE[:1], PEOPLE[1:4]])


@given(st.integers(2, 60), st.integers(12, 180))
def test_a_plan_keeps_within_the_time_there_is(people: int, minutes: int) -> None:
    """A plan takes no longer than the minutes given, for every head count; no step is shorter than its least."""
    steps: list[dict[str, Any]] = [dict(step) for step in TRIAD["script"][1]["steps"]]
    steps[1]["least"] = "4m"
    scenario = scenario_of(TRIAD, script=[TRIAD["script"][0], {"rotate": "every-role", "steps": steps}])
    try:
        plan = build_plan(scenario, ids(people), minutes)
    except CommandProblem as problem:
        need = int(problem.sentence.rstrip(".").rsplit(" ", 1)[1])
        assert need > minutes
        assert build_plan(scenario, ids(people), need).planned_seconds <= need * 60
        return
    assert plan.planned_seconds <= minutes * 60
    assert all(step.length >= 240 for track in plan.tracks for step in track.steps if step.kind == "play")


def test_a_conversation_shorter_than_its_warning_goes_without() -> None:
    """Fitted to half a minute, the conversation gives no warning of a minute."""
    script = [{"name": "Talk", "kind": "play", "length": "2m", "least": "30s", "warn": ["1m"], "ends": "by-hand"}]
    bundle = bundle_of(FISHBOWL, script=script)
    for minutes, warnings in ((1, 0), (2, 1)):
        play = Play(Setting(bundle, build_plan(bundle.scenario, PEOPLE[:2], minutes)))
        play.open()
        play.do(c.Start())
        play.tick(500)
        assert sum(isinstance(event, e.WarningGiven) for event in play.events) == warnings


@given(st.integers(2, 13), st.none() | st.integers(24, 90))
@settings(max_examples=20)
def test_every_warning_comes_while_its_step_runs(people: int, minutes: int | None) -> None:
    """However short a plan makes its steps, no warning comes before its step has begun, or just as it begins."""
    bundle = bundle_of(TRIAD)
    play = Play(Setting(bundle, build_plan(bundle.scenario, ids(people), minutes)))
    play.open()
    play.do(c.Start())
    while {t.status for t in play.state.tracks.values()} != {"finished"}:
        play.do(c.Next(), after=1200)
    began: dict[str, float] = {}
    for event in play.events:
        if isinstance(event, e.StepStarted):
            began[event.track] = event.at
        elif isinstance(event, e.WarningGiven):
            assert event.at > began[event.track]


def test_too_little_time_is_told_with_the_least_that_it_takes() -> None:
    """The sentence names the scenario, the minutes given and the minutes needed."""
    with pytest.raises(CommandProblem, match="in 5 minutes: with 3 at a table it needs 14") as refused:
        build_plan(scenario_of(TRIAD), PEOPLE[:3], 5)
    assert "14 minutes" in refused.value.mend


def test_a_larger_table_plays_shorter_rounds_in_the_same_time() -> None:
    """Four at one table and three at the other: both end together, and the plan says how."""
    plan = build_plan(scenario_of(TRIAD), PEOPLE[:7])
    rounds = [sum(step.length for step in track.steps if step.round) for track in plan.tracks]
    assert rounds == [1800, 1800]
    assert plan.notes == (
        (
            "7 people: one triad and one group of four, who play four rounds of 7m30s in the same time; "
            "each of them observes twice."
        ),
    )


def test_two_people_are_told_that_nobody_observes() -> None:
    """The compromise is said in words."""
    plan = build_plan(scenario_of(TRIAD), PEOPLE[:2])
    assert plan.notes == ("2 people: one pair, who play two rounds with no Observer; the facilitator can observe.",)


def test_cases_change_with_the_round() -> None:
    """Each round has the next case, from the one asked for, and after the last the first again."""
    for first, cases in ((0, ["farm", "map", "farm"]), (1, ["map", "farm", "map"])):
        plan = build_plan(scenario_of(TRIAD), PEOPLE[:3], first_case=first)
        assert [step.case for step in plan.tracks[0].steps if step.kind == "play"] == cases


def test_in_turn_each_of_a_role_comes_once_and_the_others_wait() -> None:
    """Each candidate has an interview with all raters; the other candidates are not in its cast."""
    plan = build_plan(scenario_of(SELECTION), PEOPLE[:5])
    interviews = [step for step in plan.tracks[0].steps if step.source == "2.0"]
    assert [step.cast["candidate"] for step in interviews] == [("ana",), ("ben",), ("chen",)]
    assert {step.cast["rater"] for step in interviews} == {("dee", "eva")}


def test_rounds_go_on_counting_from_block_to_block() -> None:
    """Two blocks of rounds have no round in common, and no step's id stands twice."""
    script = [TRIAD["script"][1], TRIAD["script"][2], TRIAD["script"][1]]
    [track] = build_plan(scenario_of(TRIAD, script=script), PEOPLE[:3]).tracks
    assert [step.round for step in track.steps if step.kind == "play"] == [1, 2, 3, 4, 5, 6]
    assert len({step.id for step in track.steps}) == len(track.steps)


@pytest.mark.parametrize(("people", "scopes"), [(6, {"class"}), (7, {"table"}), (8, {"class"})])
def test_inside_rounds_the_class_keeps_step_where_tables_are_of_one_size(people: int, scopes: set[str]) -> None:
    """Tables of different sizes play different numbers of rounds and cannot wait for each other inside them."""
    script = [dict(item) for item in TRIAD["script"]]
    script[1] = {**script[1], "steps": [{**step, "scope": "class"} for step in script[1]["steps"]]}
    plan = build_plan(scenario_of(TRIAD, script=script), PEOPLE[:people])
    assert {step.scope for track in plan.tracks for step in track.steps if step.round} == scopes
    assert plan.planned_seconds > 0


TWO_OCCASIONS: dict[str, Any] = {
    "cases": [{"id": id, "title": id, "cards": {}} for id in ("a", "b", "c")],
    "occasions": {"entry": {"title": "At the start", "cases": ["b", "c"]}, "exit": {"title": "Late", "cases": ["a"]}},
}


@pytest.mark.parametrize(
    ("occasion", "first", "cases"),
    [(None, 0, "bcb"), ("entry", 1, "cbc"), ("exit", 0, "aaa")],
)
def test_an_occasion_is_played_with_its_own_cases(occasion: str | None, first: int, cases: str) -> None:
    """Where none is named, the first; rounds and the first case count among its cases alone."""
    plan = build_plan(scenario_of(TRIAD, **TWO_OCCASIONS), PEOPLE[:3], first_case=first, occasion=occasion)
    assert [step.case for step in plan.tracks[0].steps if step.kind == "play"] == list(cases)


def test_an_occasion_that_is_not_there_is_told() -> None:
    """With those that are."""
    with pytest.raises(CommandProblem, match='no occasion "entre"') as refused:
        build_plan(scenario_of(TRIAD, **TWO_OCCASIONS), PEOPLE[:3], occasion="entre")
    assert refused.value.mend == 'Did you mean "entry"? The occasions are: entry, exit.'
    with pytest.raises(CommandProblem, match="no occasion"):
        build_plan(scenario_of(TRIAD), PEOPLE[:3], occasion="entry")


PEERS: dict[str, Any] = {
    "roles": {"presenter": {"title": "Presenter", "count": "2-4"}, "peer": {"title": "Peer"}},
    "cases": [],
    "script": [
        {"name": "Read", "kind": "prepare", "length": "1m"},
        {
            "rotate": {"in-turn": "presenter", "others": "peer"},
            "steps": [{"name": "Show", "kind": "play", "length": "5m"}],
        },
    ],
}


def test_in_turn_the_others_have_a_role_of_their_own() -> None:
    """Each presenter once, with all other presenters as peers; before that nobody is a peer, and no more is needed."""
    [track] = build_plan(scenario_of(SELECTION, **PEERS), PEOPLE[:3]).tracks
    casts = [step.cast for step in track.steps]
    assert casts[0] == {"presenter": ("ana", "ben", "chen")}
    assert [(cast["presenter"], cast["peer"]) for cast in casts[1:]] == [
        (("ana",), ("ben", "chen")),
        (("ben",), ("ana", "chen")),
        (("chen",), ("ana", "ben")),
    ]


def test_tables_that_take_nobody_more_are_split() -> None:
    """Six for a table of two to four are two tables; with a role that takes who is left over they are one."""
    assert [len(t.people) for t in build_plan(scenario_of(SELECTION, **PEERS), PEOPLE[:6]).tracks] == [3, 3]
    extra = {**PEERS["roles"], "watcher": {"title": "Watcher", "extra": True}}
    scenario = scenario_of(SELECTION, **{**PEERS, "roles": extra})
    assert [len(t.people) for t in build_plan(scenario, PEOPLE[:6]).tracks] == [6]


def test_a_conversation_again_is_its_next_take() -> None:
    """In every round anew, with the feedback on it; another conversation begins with its first take."""
    steps: list[dict[str, Any]] = [
        {"name": name, "kind": kind, "length": "1m", **more}
        for name, kind, more in (
            ("First", "play", {}),
            ("Look", "feedback", {}),
            ("Again", "play", {"again": True}),
            ("Look again", "feedback", {}),
            ("Write", "journal", {"prompts": ["What?"]}),
            ("Other", "play", {}),
        )
    ]
    plan = build_plan(scenario_of(TRIAD, script=[{"rotate": "every-role", "steps": steps}]), PEOPLE[:3])
    takes = [(step.round, step.take) for step in plan.tracks[0].steps]
    assert takes == [(round, take) for round in (1, 2, 3) for take in (1, 1, 2, 2, 1, 1)]
    assert [step.name for step in plan.tracks[0].steps if step.again] == ["Again"] * 3


def test_a_chosen_role_is_held_all_along() -> None:
    """Also by whoever sits last; where people change roles in rounds, a choice means nothing."""
    plan = build_plan(scenario_of(FISHBOWL), PEOPLE[:4], held={"ben": "fellow", "dee": "coach"})
    casts = [{"fellow": ("ben",), "coach": ("ana",)}, {"fellow": ("chen",), "coach": ("dee",)}]
    for track, cast in zip(plan.tracks, casts, strict=True):
        assert all(step.cast == cast for step in track.steps)
    triad = scenario_of(TRIAD)
    assert build_plan(triad, PEOPLE[:3], held={"ana": "parent"}) == build_plan(triad, PEOPLE[:3])


def test_choices_that_leave_a_role_empty_are_refused() -> None:
    """With the role in a sentence; at a table that is too full anyway, a choice that changes nothing is let be."""
    with pytest.raises(CommandProblem, match=r"Coach needs 1, and nobody has it\.|Fellow is for 1 at most"):
        build_plan(scenario_of(FISHBOWL), PEOPLE[:2], held={"ana": "fellow", "ben": "fellow"})
    [track] = build_plan(scenario_of(FISHBOWL), PEOPLE[:3], held={"ana": "fellow"}).tracks
    assert track.steps[0].cast == {"fellow": ("ana",), "coach": ("ben", "chen")}


def test_turns_of_a_chosen_role_fit_the_minutes() -> None:
    """Two candidates, chosen where three would sit there by default, have two turns, and the whole uses its time."""
    roles = {"candidate": {"title": "Candidate", "count": "1-3"}, "rater": {"title": "Rater", "count": "2-3"}}
    scenario, people = scenario_of(SELECTION, roles=roles), PEOPLE[:5]
    held = dict.fromkeys(people[:2], "candidate") | dict.fromkeys(people[2:], "rater")
    chosen, default = (build_plan(scenario, people, 15, held=choice) for choice in (held, None))
    assert [plan.tracks[0].rounds for plan in (chosen, default)] == [2, 3]
    assert all(14 * 60 <= plan.planned_seconds <= 15 * 60 for plan in (chosen, default))
