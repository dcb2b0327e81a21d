"""A scenario: who takes part, which cases are played, and the script, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, PlainSerializer, Tag, WithJsonSchema

from roleplay.content.durations import Seconds
from roleplay.content.rubric import Id, Line, Words
from roleplay.values import Value


class HeadCount(Value):
    """How many people play a role, from the fewest to the most."""

    least: int
    most: int


def _parse_count(value: object) -> object:
    if isinstance(value, HeadCount):
        return value
    said = str(value) if isinstance(value, str | int) else ""
    match = re.fullmatch(r"\s*(\d{1,2})\s*(?:[-–]\s*(\d{1,2}))?\s*", said)
    if match is None or isinstance(value, bool):
        raise ValueError("write how many people play this role, as 3 or as 4-6")
    least, most = int(match[1]), int(match[2] or match[1])
    if least < 1 or most < least:
        raise ValueError("write the smaller number first, and at least 1")
    return {"least": least, "most": most}


Count = Annotated[
    HeadCount,
    BeforeValidator(_parse_count),
    PlainSerializer(lambda count: f"{count.least}-{count.most}", return_type=str),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^\d+(-\d+)?$"}]}),
]


class Role(Value):
    """Somebody that a participant plays."""

    title: Line
    about: Words | None = None
    """What this role does, for the person who plays it; printed on every card of the role."""
    count: Count = HeadCount(least=1, most=1)
    """How many people play it at one table: `1`, or `4-6`."""
    extra: bool = False
    """People left over join in this role."""
    leads: bool = False
    """This role leads the conversation and gets the feedback; without it, the first role does."""


class HiddenFact(Value):
    """Something that only the partner knows, and that the leader can earn by listening."""

    id: Id
    fact: Line
    known_to: Id | None = None
    """The role that knows it; without it, the first role with a private card that is not the leading one."""


class Inject(Value):
    """Something that happens at a set moment of a conversation, or when the facilitator lets it happen."""

    at: Literal["facilitator"] | Seconds
    """How far into the step (`3m`), or `facilitator`."""
    to: Id
    """The role that gets it, or `everyone`."""
    say: Words
    """What they read."""
    from_: Annotated[Line | None, Field(alias="from")] = None
    """Who it comes from."""


class Case(Value):
    """A variation of the cards: the third leader meets a fresh one."""

    id: Id
    title: Line
    cards: dict[Id, Words]
    """What `everyone` may know, and what each role alone may know."""
    hidden: tuple[HiddenFact, ...] = ()
    injects: tuple[Inject, ...] = ()
    """What happens during the conversation of this case."""


class FormRequest(Value):
    """A form to fill in: which rubric, by whom, about whom."""

    rubric: Id
    by: Line
    """A role, `each ROLE`, or `everyone`."""
    about: Line
    """A role, `each ROLE`, `everyone`, or `self`."""
    sealed: bool = False
    """Nobody but its writer sees a form until all of the step's forms about that person are in."""


def role_named(who: str) -> str:
    """The role that `ROLE` or `each ROLE` names in a form; `everyone` and `self` stay as they are."""
    return who.removeprefix("each ").strip()


Takes = Literal["any"] | Annotated[int, Field(ge=1, le=20)]


class StepBase(Value):
    """What every step has."""

    name: Line
    length: Seconds
    """How long it takes."""
    least: Seconds | None = None
    """It is never made shorter than this when the scenario is fitted to the time there is."""
    warn: tuple[Seconds, ...] = ()
    """How long before its end a warning is given."""
    scope: Literal["table", "class"] = "table"
    """`class`: all tables wait for each other and do it together."""
    ends: Literal["on-time", "by-hand"] | None = None
    """Whether the next step follows by itself or waits for the facilitator."""
    for_: Annotated[Line | None, Field(alias="for")] = None
    """The role that this step is for, where the others wait."""
    prompts: tuple[Line, ...] = ()
    """What people read while it runs; in a journal, the questions to answer."""

    @property
    def ends_on_time(self) -> bool:
        """Whether the next step follows by itself: so do reading and playing, unless the file says otherwise."""
        kind: str = getattr(self, "kind", "")
        return self.ends == "on-time" or (self.ends is None and kind in ("prepare", "play"))


class BriefStep(StepBase):
    """The facilitator explains what will happen."""

    kind: Literal["brief"]


class PrepareStep(StepBase):
    """People read their cards and get ready."""

    kind: Literal["prepare"]
    forecast: Id | None = None
    """The rubric on which the leader forecasts his or her own levels."""
    forms: tuple[FormRequest, ...] = ()


class PlayStep(StepBase):
    """The conversation is played."""

    kind: Literal["play"]
    markers: Id | None = None
    """The rubric whose markers the observers tap."""
    injects: tuple[Inject, ...] = ()
    record: bool = False
    """Record the sound, where everybody agrees."""
    takes: Takes = "any"
    """How often it may be played."""


class FeedbackStep(StepBase):
    """Those who watched and those who took part say what they saw."""

    kind: Literal["feedback"]
    forms: tuple[FormRequest, ...] = ()
    learned: bool | None = None
    """The leader writes what he or she found out, and the partner ticks which hidden facts came out;
    without it, wherever the case has hidden facts."""


class JournalStep(StepBase):
    """Everybody writes for themselves."""

    kind: Literal["journal"]


class GuideItem(Value):
    """One question of a debrief."""

    phase: Literal["reactions", "description", "analysis", "application"]
    ask: Line


class DebriefStep(StepBase):
    """Everybody talks about what was played, led by a guide."""

    kind: Literal["debrief"]
    guide: tuple[GuideItem, ...] = ()


Step = Annotated[
    BriefStep | PrepareStep | PlayStep | FeedbackStep | JournalStep | DebriefStep, Field(discriminator="kind")
]
STEP_KINDS: tuple[type[StepBase], ...] = (BriefStep, PrepareStep, PlayStep, FeedbackStep, JournalStep, DebriefStep)


class InTurn(Value):
    """Each person of one role once, in turn, while the others wait."""

    in_turn: Annotated[Id, Field(alias="in-turn")]


class Rotate(Value):
    """Steps that repeat while people change roles."""

    rotate: Literal["every-role"] | InTurn
    """`every-role`: each person plays each role once. `{in-turn: ROLE}`: each person of one role, one after another."""
    steps: tuple[Step, ...] = Field(min_length=1)


def _item_kind(value: Any) -> str:
    rotates = "rotate" in value if isinstance(value, dict) else isinstance(value, Rotate)
    return "a rotate block" if rotates else "a step"


ScriptItem = Annotated[
    Annotated[Step, Tag("a step")] | Annotated[Rotate, Tag("a rotate block")], Discriminator(_item_kind)
]


class Groups(Value):
    """How people are put together at tables."""

    size: int = Field(default=3, ge=1, le=40)


class Scenario(Value):
    """A scenario file."""

    format: Literal[1]
    title: Line
    about: Words
    """Why this is played, in two sentences."""
    audience: Line | None = None
    """For whom it is."""
    practice: tuple[Line, ...] = ()
    """What is practised."""
    source: Words | None = None
    """Which practice this follows, and where it is published."""
    roles: dict[Id, Role] = Field(min_length=1)
    groups: Groups | None = None
    alone: bool = False
    """It is made for one person: bots take the other seats."""
    cases: tuple[Case, ...] = ()
    script: tuple[ScriptItem, ...] = Field(min_length=1)

    @cached_property
    def leading_role(self) -> str:
        """The role that leads the conversation and gets the feedback."""
        return next((id for id, role in self.roles.items() if role.leads), next(iter(self.roles)))

    @property
    def people_needed(self) -> int:
        """The fewest people who can play it: every role that is not an extra has its least."""
        return max(1, sum(role.count.least for role in self.roles.values() if not role.extra))

    @property
    def smallest_table(self) -> int:
        """The fewest people who make a usual table."""
        return self.groups.size if self.groups else self.people_needed

    @property
    def group_size(self) -> int:
        """The most people a table is made for."""
        return self.groups.size if self.groups else sum(role.count.most for role in self.roles.values())

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Every step by its source, its place in the script: `2`, or `1.0` for the first step of a rotate block."""
        return dict(self._walk())

    def _walk(self) -> Iterator[tuple[str, Any]]:
        for i, item in enumerate(self.script):
            if isinstance(item, Rotate):
                yield from ((f"{i}.{j}", step) for j, step in enumerate(item.steps))
            else:
                yield str(i), item

    def case(self, id: str) -> Case:
        """The case of that id; raises KeyError where there is none."""
        for case in self.cases:
            if case.id == id:
                return case
        raise KeyError(id)

    def knows_hidden(self, case: Case, fact: HiddenFact) -> str | None:
        """The role that knows a hidden fact."""
        if fact.known_to:
            return fact.known_to
        return next((r for r in self.roles if r in case.cards and r != self.leading_role), None)

    def rubric_ids(self) -> dict[str, None]:
        """The ids of all rubrics this scenario refers to, in order of appearance."""
        found: dict[str, None] = {}
        for step in self.steps.values():
            for name in (getattr(step, "forecast", None), getattr(step, "markers", None)):
                if name:
                    found[name] = None
            for form in getattr(step, "forms", ()):
                found[form.rubric] = None
        return found
