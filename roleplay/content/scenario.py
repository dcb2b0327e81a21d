"""A scenario: who takes part, which cases are played, and the script, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, PlainSerializer, Tag, WithJsonSchema

from roleplay.content.durations import Seconds
from roleplay.content.rubric import ID_PATTERN, Id, Line, Words
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
    if most < least:
        raise ValueError("write the smaller number first")
    if most < 1:
        raise ValueError("nobody could play it; a role that may stay empty is 0-1")
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
    plays: Line | None = None
    """Whom they play, where the title does not say it."""
    also: Line | None = None
    """As whom they also speak: what comes from this role comes in that name."""
    count: Count = HeadCount(least=1, most=1)
    """How many people play it at one table: `1`, `4-6`, or `0-1` for a role that may stay empty."""
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
    """Who it comes from; a role says it itself, and knows what to say."""


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
    private: bool = False
    """Nobody but its writer ever sees it, not even the facilitator."""
    carry: Literal["next-step", "plan", "map", "notes"] | None = None
    """Kept for the next session of the same people: a next step is shown first there and asked anew,
    the others are shown and continued."""

    @property
    def continues(self) -> bool:
        """Whether the form opens with what was last written in it."""
        return self.carry in ("plan", "map", "notes")


class MarkerRequest(Value):
    """Markers to tap: of which rubric, by whom, about whom."""

    rubric: Id
    by: Line | None = None
    """A role, or `everyone`; without it, those who watch: every role with `extra`."""
    about: Line | None = None
    """A role, `each ROLE`, or `everyone`; without it, the leading role."""


def _parse_markers(value: object) -> object:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return {"rubric": value}
    if isinstance(value, dict | MarkerRequest):
        return value
    raise ValueError('write the name of a rubric, or "{rubric: NAME, by: ROLE, about: ROLE}"')


_ID_SCHEMA = {"type": "string", "pattern": ID_PATTERN}
Markers = Annotated[
    MarkerRequest,
    BeforeValidator(_parse_markers),
    WithJsonSchema(
        {
            "anyOf": [
                _ID_SCHEMA,
                {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"rubric": _ID_SCHEMA, "by": {"type": "string"}, "about": {"type": "string"}},
                    "required": ["rubric"],
                },
            ]
        }
    ),
]


def role_named(who: str) -> str:
    """The role that `ROLE` or `each ROLE` names in a form; `everyone` and `self` stay as they are."""
    return who.removeprefix("each ").strip()


Takes = Literal["any"] | Annotated[int, Field(ge=1, le=20)]


def _parse_roles(value: object) -> object:
    # Sessions that were kept by the first release say nothing in the place of no role.
    return (value,) if isinstance(value, str) else () if value is None else value


Roles = Annotated[
    tuple[Id, ...],
    BeforeValidator(_parse_roles),
    WithJsonSchema({"anyOf": [_ID_SCHEMA, {"type": "array", "items": _ID_SCHEMA}]}),
]


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
    for_: Annotated[Roles, Field(alias="for")] = ()
    """The role that this step is for, or a list of roles, where the others wait; without it, it is for everybody."""
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
    markers: Markers | None = None
    """The rubric whose markers the observers tap; or which, by whom, and about whom."""
    injects: tuple[Inject, ...] = ()
    record: bool = False
    """Record the sound, where everybody agrees."""
    takes: Takes = "any"
    """How often it may be played."""
    again: bool = False
    """It is the conversation before it once more, another way: its next take."""


class FeedbackStep(StepBase):
    """Those who watched and those who took part say what they saw."""

    kind: Literal["feedback"]
    forms: tuple[FormRequest, ...] = ()
    learned: bool | None = None
    """The leader writes what he or she found out, and the partner ticks which hidden facts came out;
    without it, once: in the first feedback after the conversation and its other takes."""


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
    """Each person of one role once, in turn, while the others of that role wait, or have another role."""

    in_turn: Annotated[Id, Field(alias="in-turn")]
    others: Id | None = None
    """The role of the others meanwhile; it has no seat of its own."""


class Rotate(Value):
    """Steps that repeat while people change roles."""

    rotate: Literal["every-role"] | InTurn
    """`every-role`: each person plays each role once. `{in-turn: ROLE}`: each person of one role, one after another;
    `{in-turn: ROLE, others: ROLE}` gives the others something to do."""
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


class Occasion(Value):
    """A set of cases of its own, so that who comes again meets fresh ones."""

    title: Line
    cases: Annotated[tuple[Id, ...], Field(min_length=1)]


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
    blanks: dict[Id, Line] = {}
    """What the people who play it fill in first: a question each. `{id}` stands for the answer in what they read."""
    roles: dict[Id, Role] = Field(min_length=1)
    groups: Groups | None = None
    alone: bool = False
    """It is made for one person: bots take the other seats."""
    occasions: dict[Id, Occasion] = {}
    """Sets of cases, such as `entry` and `exit`; each session is played with one of them."""
    cases: tuple[Case, ...] = ()
    script: tuple[ScriptItem, ...] = Field(min_length=1)

    @cached_property
    def leading_role(self) -> str:
        """The role that leads the conversation and gets the feedback."""
        return next((id for id, role in self.roles.items() if role.leads), next(iter(self.roles)))

    @cached_property
    def seated(self) -> dict[str, Role]:
        """The roles that have seats: all but those that others have only while one of them is in turn."""
        blocks = [item.rotate for item in self.script if isinstance(item, Rotate)]
        others = {rotate.others for rotate in blocks if isinstance(rotate, InTurn)}
        return {id: role for id, role in self.roles.items() if id not in others}

    @property
    def rotates(self) -> bool:
        """Whether people change roles, so that outside the rounds nobody has one."""
        return any(isinstance(item, Rotate) and item.rotate == "every-role" for item in self.script)

    @property
    def grows(self) -> bool:
        """Whether a table takes people who are left over: in an extra role, or because its size is the usual one."""
        return self.groups is not None or any(role.extra for role in self.seated.values())

    @property
    def people_needed(self) -> int:
        """The fewest people who can play it: every role that is not an extra has its least."""
        return max(1, sum(role.count.least for role in self.seated.values() if not role.extra))

    @property
    def smallest_table(self) -> int:
        """The fewest people who make a usual table."""
        return self.groups.size if self.groups else self.people_needed

    @property
    def group_size(self) -> int:
        """The most people a table is made for."""
        return self.groups.size if self.groups else sum(role.count.most for role in self.seated.values())

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

    def injects_in(self, source: str, case: Case | None) -> tuple[tuple[str, Inject], ...]:
        """What happens in a conversation, each with an id of its own: the step's injects, then the case's.

        The case's happen in the first conversation that is played with it, and in its other takes.
        """
        step = self.steps[source]
        of_step = step.injects if isinstance(step, PlayStep) else ()
        of_case = case.injects if case and source in self._first_conversation(source) else ()
        return (
            *((f"step-{n}", inject) for n, inject in enumerate(of_step, start=1)),
            *((f"case-{n}", inject) for n, inject in enumerate(of_case, start=1)),
        )

    def asks_learned(self, source: str) -> bool:
        """Whether a step asks what came out, where the case has hidden facts."""
        step = self.steps[source]
        if not isinstance(step, FeedbackStep) or step.learned is not None:
            return isinstance(step, FeedbackStep) and step.learned is True
        conversation = self._first_conversation(source)
        stretch = self._stretch(source)
        if not conversation or any(isinstance(s, FeedbackStep) and s.learned for s in stretch.values()):
            return False
        after = list(stretch)[list(stretch).index(conversation[-1]) + 1 :]
        return source == next((at for at in after if isinstance(stretch[at], FeedbackStep)), None)

    def _stretch(self, source: str) -> dict[str, Step]:
        """The steps that are played with the same cast as this one: of one round, or of the whole script."""
        block = source.partition(".")[0]
        return {at: step for at, step in self.steps.items() if not self.rotates or at.partition(".")[0] == block}

    def _first_conversation(self, source: str) -> list[str]:
        """The conversation in which the cases happen first, with its takes: each round's own where people rotate."""
        plays = {at: step for at, step in self._stretch(source).items() if isinstance(step, PlayStep)}
        first = list(plays)[:1]
        for at in list(plays)[1:]:
            if not plays[at].again:
                break
            first.append(at)
        return first

    def origin_of(self, inject: Inject) -> str | None:
        """Who an inject comes from, in words."""
        role = self.roles.get(inject.from_ or "")
        return (role.also or role.title) if role else inject.from_

    def cases_for(self, occasion: str | None) -> tuple[Case, ...]:
        """The cases that are played on an occasion, in its order; all of them where there is none."""
        return tuple(map(self.case, self.occasions[occasion].cases)) if occasion else self.cases

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

    @cached_property
    def sealed_rubrics(self) -> frozenset[str]:
        """The ids of the rubrics on which somebody rates alone."""
        requests = (form for step in self.steps.values() for form in getattr(step, "forms", ()))
        return frozenset(form.rubric for form in requests if form.sealed)

    def rubric_ids(self) -> dict[str, None]:
        """The ids of all rubrics this scenario refers to, in order of appearance."""
        found: dict[str, None] = {}
        for step in self.steps.values():
            markers: MarkerRequest | None = getattr(step, "markers", None)
            for name in (getattr(step, "forecast", None), markers and markers.rubric):
                if name:
                    found[name] = None
            for form in getattr(step, "forms", ()):
                found[form.rubric] = None
        return found
