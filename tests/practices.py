"""Small practices of other shapes: a meeting that is mapped, a map drawn row by row, two who look at one talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samples import FELT_HEARD, LISTENING, PEOPLE, Play, scenario_of

from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Rubric
from roleplay.planning.build import build_plan
from roleplay.session import commands as c
from roleplay.session.events import Answer
from roleplay.session.state import Setting

COLUMNS: dict[str, Any] = {
    "format": 1,
    "title": "A map",
    "scale": {"kind": "text"},
    "rows": 3,
    "criteria": [{"id": "want", "title": "What I want"}, {"id": "instead", "title": "What I do instead"}],
    "prompts": [{"id": "strength", "ask": "What does it protect?"}],
}

STATEMENTS: dict[str, Any] = {
    "format": 1,
    "title": "Having a say",
    "scale": {"kind": "agreement", "levels": {0: "Not at all", 1: "Partly", 2: "Mostly", 3: "Completely"}},
    "criteria": [{"id": "asked", "title": "I was asked"}, {"id": "counted", "title": "My words counted"}],
}

MEETING: dict[str, Any] = {
    "format": 1,
    "title": "A meeting",
    "about": "To see who is heard.",
    "roles": {
        "principal": {"title": "Principal", "leads": True},
        "member": {"title": "Member", "count": "2-4"},
        "observer": {"title": "Observer", "extra": True},
    },
    "script": [
        {
            "name": "The meeting",
            "kind": "play",
            "length": "5m",
            "markers": {"rubric": "listening", "by": "observer", "about": "everyone"},
        },
        {
            "name": "Afterwards",
            "kind": "feedback",
            "length": "2m",
            "forms": [{"rubric": "statements", "by": "each member", "about": "principal"}],
        },
    ],
}

MAP: dict[str, Any] = {
    "format": 1,
    "title": "A map of my own",
    "about": "To see what holds what in place.",
    "roles": {"owner": {"title": "Owner", "leads": True}, "partner": {"title": "Partner"}},
    "script": [
        {
            "name": "Draw",
            "kind": "feedback",
            "length": "5m",
            "forms": [{"rubric": "columns", "by": "owner", "about": "self", "carry": "map"}],
        },
        {"name": "Read it back", "kind": "play", "length": "3m"},
        {"name": "Look back", "kind": "debrief", "length": "2m"},
    ],
}

BOTH_LOOK: dict[str, Any] = {
    "format": 1,
    "title": "Two views",
    "about": "To see what somebody else saw.",
    "roles": {"fellow": {"title": "Fellow", "leads": True}, "advisor": {"title": "Advisor"}},
    "script": [
        {"name": "The talk", "kind": "play", "length": "3m"},
        {
            "name": "Both look",
            "kind": "feedback",
            "length": "3m",
            "forms": [
                {"rubric": "listening", "by": "fellow", "about": "self"},
                {"rubric": "listening", "by": "advisor", "about": "fellow"},
            ],
        },
        {
            "name": "Wash-up",
            "kind": "debrief",
            "length": "2m",
            "for": "advisor",
            "guide": [
                {"phase": "analysis", "ask": "What do we make of it?"},
            ],
        },
    ],
}

RUBRICS = {"listening": LISTENING, "felt-heard": FELT_HEARD, "columns": COLUMNS, "statements": STATEMENTS}


def practice(data: Mapping[str, Any], people: int | Sequence[str] = 3, **changes: Any) -> Play:
    """A session of one of these practices, opened and started."""
    rubrics = {id: Rubric.model_validate(rubric) for id, rubric in RUBRICS.items()}
    bundle = Bundle(id="practice", scenario=scenario_of(data, **changes), rubrics=rubrics)
    names = PEOPLE[:people] if isinstance(people, int) else people
    play = Play(Setting(bundle, build_plan(bundle.scenario, names)))
    play.open()
    play.do(c.Start())
    return play


def mapped_meeting(people: int = 6) -> Play:
    """A meeting that is over: everybody was marked by the last one, ana once, ben twice, and so on."""
    play = practice(MEETING, people)
    observer = play.track().steps[0].cast["observer"][0]
    talking = [person for person in play.track().people if person != observer]
    for times, person in enumerate(talking, start=1):
        for n in range(times):
            play.do(c.TapMarker("t1", f"{person}-{n}", "names-feeling", observer, person), 5)
    play.do(c.Next())
    return play


def drawn_map() -> Play:
    """A map of which the first and the third row are filled in, with words that stand nowhere else."""
    play = practice(MAP, 2)
    answers = {
        "want": Answer(text=play.text("[want 1]")),
        "instead": Answer(text=play.text("[instead 1]")),
        "want.2": Answer(observed=False),
        "instead.2": Answer(observed=False),
        "want.3": Answer(text=play.text("[want 3]")),
        "instead.3": Answer(observed=False),
    }
    play.do(c.SendForm("t1", "0/form/columns/ana/ana", answers, {"strength": play.text("[protects]")}, share=True))
    return play
