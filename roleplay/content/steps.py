"""The script of a scenario: its steps, what happens and what is written in them, and the blocks that repeat."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from roleplay.content.durations import Seconds
from roleplay.content.rubric import ID_PATTERN, Id, Line, Words
from roleplay.values import Value


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


DebriefPhase = Literal["reactions", "description", "analysis", "application"]


class GuideItem(Value):
    """One question of a debrief."""

    phase: DebriefPhase
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
