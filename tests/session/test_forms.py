"""What is asked of whom, read from the scenario."""

from __future__ import annotations

from typing import Any

import pytest
from samples import FISHBOWL, REMIX, SELECTION, TRIAD, TRIO, Play, setting_of

from roleplay.session.forms import facts_due, find_form, forms_due, injects_of, marker_pairs, step_of_form
from roleplay.session.state import FACILITATOR, Setting


def pairs(setting: Setting, step: str) -> tuple[tuple[str, str], ...]:
    """Who marks whom in a step of the first table."""
    track = setting.plan.tracks[0]
    return marker_pairs(setting, next(s for s in track.steps if s.id == step), track.people)


def asked(play: Play, step: str) -> list[str]:
    """The ids of the forms of a step at the first table."""
    track = play.track()
    return [due.id for due in forms_due(play.state.setting, track.planned(step), track.people)]


def test_forms_follow_the_roles_of_the_round() -> None:
    """In each round whoever observes and whoever is the parent writes about whoever leads."""
    play = Play.opened(TRIAD)
    assert asked(play, "1.0r2") == ["1.0r2/forecast/listening/ben/ben"]
    assert asked(play, "1.2r2") == ["1.2r2/form/listening/ana/ben", "1.2r2/form/felt-heard/chen/ben"]
    assert asked(play, "0") == []


def test_each_of_several_is_asked_about_each_of_several() -> None:
    """Two raters and two candidates make four sealed forms; “self” makes one about oneself."""
    play = Play.opened(SELECTION, 4)
    assert [id.rsplit("/", 2)[1:] for id in asked(play, "3")] == [
        [rater, candidate] for rater in ("chen", "dee") for candidate in ("ana", "ben")
    ]
    assert all(find_form(play.state.setting, play.track(), id).sealed for id in asked(play, "3"))
    assert asked(Play.opened(FISHBOWL, 2), "0") == ["0/form/felt-heard/ana/ana"]


def test_everyone_is_asked_about_the_others() -> None:
    """“everyone” about “everyone” is each about each other, and nobody about themselves."""
    form = {"rubric": "felt-heard", "by": "everyone", "about": "everyone"}
    script = [{"name": "Rate", "kind": "feedback", "length": "1m", "forms": [form]}]
    play = Play.opened(FISHBOWL, 2, script=script)
    assert asked(play, "0") == ["0/form/felt-heard/ana/ben", "0/form/felt-heard/ben/ana"]


def test_a_form_is_found_by_its_id() -> None:
    """Its id says its step; an id that nobody is asked for is not found."""
    play = Play.opened(TRIAD)
    due = find_form(play.state.setting, play.track(), "1.2r1/form/listening/chen/ana")
    assert (due.step, due.by, due.about, due.about_self) == (step_of_form(due.id), "chen", "ana", False)
    with pytest.raises(KeyError):
        find_form(play.state.setting, play.track(), "1.2r1/form/listening/ana/chen")


def test_hidden_facts_are_asked_about_where_the_case_has_some() -> None:
    """The partner who knows them and the leader who may have found them out, of that round's case."""
    play = Play.opened(TRIAD)
    [due] = facts_due(play.state.setting, play.track().planned("1.2r2"))
    assert (due.leader, due.partner, [fact.fact for fact in due.facts]) == (
        "ben",
        "chen",
        ["fact/map/ride", "fact/map/sister"],
    )
    assert facts_due(play.state.setting, play.track().planned("1.1r2")) == ()


def test_a_feedback_can_leave_out_what_came_out() -> None:
    """`learned: false` asks nobody about hidden facts."""
    script = [{"name": "Talk", "kind": "feedback", "length": "1m", "learned": False}]
    play = Play.opened(TRIAD, script=script)
    assert facts_due(play.state.setting, play.track().planned("0")) == ()


def test_a_conversation_has_the_injects_of_its_step_and_of_its_case() -> None:
    """Ids tell them apart, and the case's change with the round."""
    play = Play.opened(TRIAD)
    for step, case in (("1.1r1", "farm"), ("1.1r2", "map")):
        items = injects_of(play.state.setting, play.track().planned(step))
        assert {item.id: item.inject.say for item in items} == {
            "step-1": "say/bell/everyone",
            "step-2": "say/note/leader",
            "case-1": f"say/{case}/parent",
        }


def test_who_watches_marks_who_leads_unless_the_file_says_otherwise() -> None:
    """Observers mark the leader; where nobody watches, the facilitator does; a file may name both sides."""
    triad, pair, trio = setting_of(TRIAD), setting_of(TRIAD, 2), setting_of(TRIO)
    assert pairs(triad, "1.1r1") == (("chen", "ana"),)
    assert pairs(pair, "1.1r1") == ((FACILITATOR, "ana"),)
    assert pairs(trio, "0.0r2") == (("ana", "ben"), ("chen", "ben"))
    assert pairs(trio, "0.1r2") == ()


def test_everyone_is_everybody_but_the_silent_and_oneself() -> None:
    """Markers about everyone leave out those who only watch; markers by everyone leave out oneself."""
    markers = {"rubric": "listening", "about": "everyone"}
    team: list[dict[str, Any]] = [{"name": "Meeting", "kind": "play", "length": "5m", "markers": markers}]
    assert pairs(setting_of(TRIAD, script=team), "0") == (("chen", "ana"), ("chen", "ben"))
    four = pairs(setting_of(TRIAD, 4, script=team), "0")
    assert four == (("chen", "ana"), ("chen", "ben"), ("dee", "ana"), ("dee", "ben"))
    assert pairs(setting_of(TRIAD, 2, script=team), "0") == ((FACILITATOR, "ana"), (FACILITATOR, "ben"))
    team[0]["markers"] = {"rubric": "listening", "by": "everyone", "about": "each parent"}
    assert pairs(setting_of(TRIAD, script=team), "0") == (("ana", "ben"), ("chen", "ben"))


def test_an_inject_of_the_case_happens_in_the_first_conversation_and_its_takes() -> None:
    """Not in what is played afterwards; where people rotate, in each round's first."""
    remix = setting_of(REMIX)
    steps = remix.plan.tracks[0].steps
    assert [[item.id for item in injects_of(remix, step)] for step in steps if step.kind == "play"] == [
        ["step-1", "case-1"],
        ["case-1"],
    ]
    other = {**REMIX["script"][2], "again": False}
    apart = setting_of(REMIX, script=[*REMIX["script"][:2], other])
    assert injects_of(apart, apart.plan.tracks[0].steps[2]) == ()
    triad = setting_of(TRIAD)
    plays = [step for step in triad.plan.tracks[0].steps if step.kind == "play"]
    assert all("case-1" in {item.id for item in injects_of(triad, step)} for step in plays)


def test_a_form_knows_as_what_it_is_kept() -> None:
    """What a script carries over to the next session stands on each of its forms."""
    keep = {"rubric": "felt-heard", "by": "leader", "about": "self", "carry": "plan"}
    script = [{"name": "Plan", "kind": "prepare", "length": "5m", "forms": [keep]}]
    setting = setting_of(TRIAD, script=script)
    [due] = forms_due(setting, setting.plan.tracks[0].steps[0], ("ana", "ben", "chen"))
    assert (due.carry, due.about_self) == ("plan", True)
