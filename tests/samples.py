"""Small scenarios to test with, and `Play`, which plays a session by hand the way the program does.

Every word of a scenario that is meant for some people only is a token that stands nowhere else, so that a test can say
exactly who has seen what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Rubric
from roleplay.content.scales import ChecklistScale, CountScale, TextScale
from roleplay.content.scenario import Scenario
from roleplay.planning.build import build_plan
from roleplay.session import commands as c
from roleplay.session.decide import decide
from roleplay.session.events import Answer, Event, Participant
from roleplay.session.evolve import evolve
from roleplay.session.forms import FormDue, find_form
from roleplay.session.state import Setting, State, TrackState
from roleplay.session.texts import Text, TextRef
from roleplay.session.visible import View, Viewer, viewer_of, visible

PEOPLE = ("ana", "ben", "chen", "dee", "eva", "fay", "gus", "hal", "ida")

LISTENING: dict[str, Any] = {
    "format": 1,
    "title": "Listening",
    "scale": {"kind": "levels", "levels": {1: "Not yet", 2: "Emerging", 3: "Solid", 4: "Strong"}},
    "criteria": [
        {"id": "reflecting", "title": "Says back", "levels": {1: "Nothing", 4: "Often"}, "evidence": "at-ends"},
        {"id": "silence", "title": "Leaves silence", "scale": {"kind": "checklist"}},
        {"id": "questions", "title": "Open questions", "scale": {"kind": "count"}},
        {"id": "moment", "title": "A moment to keep", "scale": {"kind": "text"}},
    ],
    "markers": [
        {"id": "names-feeling", "key": "f", "title": "Names the feeling", "criterion": "reflecting", "tone": "helps"},
        {"id": "solves", "key": "s", "title": "Jumps to a fix", "tone": "hinders"},
    ],
    "prompts": [
        {"id": "noticed", "ask": "What did you notice?", "optional": False},
        {"id": "next", "ask": "What next?"},
    ],
}

FELT_HEARD: dict[str, Any] = {
    "format": 1,
    "title": "Felt heard",
    "scale": {"kind": "levels", "levels": {1: "No", 2: "A little", 3: "Yes"}},
    "criteria": [{"id": "heard", "title": "I felt heard", "levels": {1: "Not at all", 3: "All along"}}],
}

TRIAD: dict[str, Any] = {
    "format": 1,
    "title": "A worried parent",
    "about": "To practise listening.",
    "roles": {
        "leader": {"title": "Leader", "leads": True},
        "parent": {"title": "Parent"},
        "observer": {"title": "Observer", "extra": True},
    },
    "groups": {"size": 3},
    "cases": [
        {
            "id": case,
            "title": case,
            "cards": {role: f"card/{case}/{role}" for role in ("everyone", "leader", "parent")},
            "hidden": [{"id": "ride", "fact": f"fact/{case}/ride"}, {"id": "sister", "fact": f"fact/{case}/sister"}],
            "injects": [{"at": "2m", "to": "parent", "say": f"say/{case}/parent"}],
        }
        for case in ("farm", "map")
    ],
    "script": [
        {"name": "Welcome", "kind": "brief", "length": "2m", "scope": "class"},
        {
            "rotate": "every-role",
            "steps": [
                {"name": "Read your card", "kind": "prepare", "length": "1m", "forecast": "listening"},
                {
                    "name": "Conversation",
                    "kind": "play",
                    "length": "5m",
                    "warn": ["1m"],
                    "record": True,
                    "markers": "listening",
                    "injects": [
                        {"at": "3m", "to": "everyone", "say": "say/bell/everyone"},
                        {"at": "facilitator", "to": "leader", "say": "say/note/leader"},
                    ],
                },
                {
                    "name": "Feedback",
                    "kind": "feedback",
                    "length": "4m",
                    "forms": [
                        {"rubric": "listening", "by": "observer", "about": "leader"},
                        {"rubric": "felt-heard", "by": "parent", "about": "leader"},
                    ],
                },
            ],
        },
        {"name": "Journal", "kind": "journal", "length": "3m", "prompts": ["What will you keep?", "What next?"]},
        {
            "name": "Look back",
            "kind": "debrief",
            "length": "5m",
            "scope": "class",
            "guide": [{"phase": "reactions", "ask": "How was it?"}],
        },
    ],
}

SELECTION: dict[str, Any] = {
    "format": 1,
    "title": "A team at work",
    "about": "To see how people work together.",
    "roles": {"candidate": {"title": "Candidate", "count": "2-3"}, "rater": {"title": "Rater", "count": "2-3"}},
    "cases": [{"id": "data", "title": "Data", "cards": {"everyone": "card/data/everyone", "rater": "card/data/rater"}}],
    "script": [
        {"name": "Data pack", "kind": "prepare", "length": "2m", "ends": "by-hand"},
        {"name": "Team at work", "kind": "play", "length": "6m", "markers": "listening", "warn": ["2m", "30s"]},
        {
            "rotate": {"in-turn": "candidate"},
            "steps": [{"name": "Interview", "kind": "play", "length": "2m", "takes": 2, "markers": "listening"}],
        },
        {
            "name": "Rate",
            "kind": "feedback",
            "length": "4m",
            "forms": [{"rubric": "listening", "by": "each rater", "about": "each candidate", "sealed": True}],
        },
        {"name": "Wash-up", "kind": "debrief", "length": "3m", "for": "rater"},
    ],
}

FISHBOWL: dict[str, Any] = {
    "format": 1,
    "title": "All at once",
    "about": "Conversations that all tables hold at the same time.",
    "roles": {"fellow": {"title": "Fellow"}, "coach": {"title": "Coach"}},
    "groups": {"size": 2},
    "script": [
        {
            "name": "Plan",
            "kind": "prepare",
            "length": "1m",
            "ends": "by-hand",
            "forms": [{"rubric": "felt-heard", "by": "fellow", "about": "self"}],
        },
        {"name": "Say hello", "kind": "brief", "length": "1m", "scope": "class", "ends": "on-time"},
        {"name": "Try it", "kind": "play", "length": "3m", "scope": "class", "takes": 3, "markers": "listening"},
        {"name": "Write", "kind": "journal", "length": "2m", "prompts": ["What will you keep?", "What next?"]},
        {"name": "Look back", "kind": "debrief", "length": "2m", "scope": "class"},
    ],
}

REMIX: dict[str, Any] = {
    "format": 1,
    "title": "Once more, otherwise",
    "about": "To try the same moment twice.",
    "roles": {
        "leader": {"title": "Leader", "leads": True},
        "parent": {"title": "Parent", "also": "The other parent"},
        "observer": {"title": "Observer", "extra": True},
    },
    "cases": [
        {
            "id": "farm",
            "title": "Farm",
            "cards": {"parent": "card/farm/parent"},
            "injects": [{"at": "1m", "to": "parent", "say": "say/farm/parent"}],
        }
    ],
    "script": [
        {
            "name": "Talk",
            "kind": "play",
            "length": "3m",
            "markers": "listening",
            "injects": [{"at": "2m", "to": "leader", "from": "parent", "say": "say/phone/leader"}],
        },
        {
            "name": "Freeze",
            "kind": "feedback",
            "length": "2m",
            "forms": [
                {"rubric": "felt-heard", "by": "leader", "about": "self"},
                {"rubric": "felt-heard", "by": "parent", "about": "leader"},
            ],
        },
        {"name": "Talk otherwise", "kind": "play", "length": "3m", "again": True, "markers": "listening"},
        {
            "name": "Compare",
            "kind": "feedback",
            "length": "2m",
            "forms": [{"rubric": "felt-heard", "by": "parent", "about": "leader"}],
        },
    ],
}

TRIO: dict[str, Any] = {
    "format": 1,
    "title": "Each in turn",
    "about": "To bring something and be asked about it.",
    "roles": {"presenter": {"title": "Presenter", "count": "2-3"}, "peer": {"title": "Peer"}},
    "script": [
        {
            "rotate": {"in-turn": "presenter", "others": "peer"},
            "steps": [
                {
                    "name": "Questions",
                    "kind": "play",
                    "length": "3m",
                    "markers": {"rubric": "listening", "by": "peer", "about": "presenter"},
                },
                {
                    "name": "Say it back",
                    "kind": "feedback",
                    "length": "2m",
                    "forms": [{"rubric": "felt-heard", "by": "each peer", "about": "presenter"}],
                },
            ],
        },
    ],
}


def scenario_of(data: Mapping[str, Any], **changes: Any) -> Scenario:
    """A scenario from what would stand in its file."""
    return Scenario.model_validate({**data, **changes})


def bundle_of(data: Mapping[str, Any], **changes: Any) -> Bundle:
    """A scenario with the sample rubrics."""
    rubrics = {"listening": Rubric.model_validate(LISTENING), "felt-heard": Rubric.model_validate(FELT_HEARD)}
    return Bundle(id="sample", scenario=scenario_of(data, **changes), rubrics=rubrics)


def setting_of(data: Mapping[str, Any], people: int | Sequence[str] = 3, **changes: Any) -> Setting:
    """A scenario planned for so many people, or for those named."""
    names = PEOPLE[:people] if isinstance(people, int) else people
    bundle = bundle_of(data, **changes)
    return Setting(bundle, build_plan(bundle.scenario, names))


class Play:
    """A session played by hand: a state, the events that led to it, and the words they point at."""

    def __init__(self, setting: Setting) -> None:
        self.state = State(setting)
        self.events: list[Event] = []
        self.words: dict[str, str] = {}
        self.now = 0.0

    @classmethod
    def started(cls, data: Mapping[str, Any] = TRIAD, people: int | Sequence[str] = 3, **changes: Any) -> Play:
        """A session of a sample scenario, opened and started at every table."""
        play = cls.opened(data, people, **changes)
        play.do(c.Start())
        return play

    @classmethod
    def opened(cls, data: Mapping[str, Any] = TRIAD, people: int | Sequence[str] = 3, **changes: Any) -> Play:
        """A session of a sample scenario, opened and not started."""
        play = cls(setting_of(data, people, **changes))
        play.open()
        return play

    def open(self) -> None:
        """Open the session for everybody whom the plan names."""
        names = self.state.setting.plan.people
        self.do(c.Open(0, "scenario-hash", "plan-hash", tuple(Participant(id=p, name=self.text(p)) for p in names)))

    def do(self, command: c.Command, after: float = 0.0) -> tuple[Event, ...]:
        """Give a command so many seconds later; an illegal one raises and changes nothing but the time."""
        self.now += after
        events = decide(self.state, command, self.now)
        for event in events:
            self.state = evolve(self.state, event)
        self.events += events
        return events

    def tick(self, after: float) -> tuple[Event, ...]:
        """Let time pass."""
        return self.do(c.Tick(), after)

    def go_to(self, step: str, track: str = "t1") -> None:
        """Go on, step by step and without waiting, until a table is in that step; where all tables meet, bring all."""
        while (now := self.track(track).step) is None or now.id != step or self.state.phase(track) == "waiting":
            self.do(c.Next() if self.state.phase(track) == "waiting" else c.Next(track))

    def track(self, id: str = "t1") -> TrackState:
        """A table."""
        return self.state.tracks[id]

    @property
    def step(self) -> str | None:
        """The id of the step in which the first table is."""
        return step.id if (step := self.track().step) else None

    def remaining(self, track: str = "t1") -> float:
        """Seconds left in the running step of a table."""
        clock = self.track(track).clock
        assert clock is not None
        return clock.remaining(self.now)

    def text(self, words: str) -> TextRef:
        """Keep words and get what an event may hold of them."""
        text = Text(id=f"text-{len(self.words)}", salt="salt", text=words)
        self.words[text.id] = words
        return text.ref

    def view(self, who: str | Viewer) -> View:
        """What somebody may see now."""
        return visible(self.state, viewer_of(who) if isinstance(who, str) else who)

    def seen(self, who: str | Viewer) -> set[str]:
        """The written words that somebody may read now, names left out."""
        view = self.view(who)
        return {self.words[id] for id in view.texts() - view.names}

    def due(self, form: str, track: str = "t1") -> FormDue:
        """The form of that id."""
        return find_form(self.state.setting, self.track(track), form)

    def send(
        self, form: str, level: int | None = 3, said: str = "said", share: bool = False, track: str = "t1"
    ) -> None:
        """Send a form with one level for all and the same words wherever words are asked; no level is not observed."""
        answers, prompts = self.answers(self.due(form, track), level, said)
        self.do(c.SendForm(track, form, answers, prompts, share))

    def answers(self, due: FormDue, level: int | None, said: str) -> tuple[dict[str, Answer], dict[str, TextRef]]:
        """Answers that a form takes."""
        rubric = self.state.setting.bundle.rubrics[due.rubric]
        answers = {}
        for criterion in rubric.criteria:
            scale = rubric.scale_of(criterion)
            quote = self.text(said) if level is not None and rubric.needs_evidence(criterion, level) else None
            if level is None:
                answers[criterion.id] = Answer(observed=False)
            elif isinstance(scale, TextScale):
                answers[criterion.id] = Answer(text=self.text(said))
            elif isinstance(scale, ChecklistScale):
                answers[criterion.id] = Answer(value=level > 1)
            elif isinstance(scale, CountScale):
                answers[criterion.id] = Answer(value=level)
            else:
                answers[criterion.id] = Answer(value=level, quote=quote)
        asked = rubric.prompts if due.purpose == "form" else ()
        return answers, {prompt.id: self.text(said) for prompt in asked}
