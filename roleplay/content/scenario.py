"""A scenario: who takes part, the cases that are played, the script, and what can be asked about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from roleplay.content.rubric import Id, Line, Words
from roleplay.content.steps import FeedbackStep, Inject, InTurn, MarkerRequest, PlayStep, Rotate, ScriptItem, Step
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


class Case(Value):
    """A variation of the cards: the third leader meets a fresh one."""

    id: Id
    title: Line
    cards: dict[Id, Words]
    """What `everyone` may know, and what each role alone may know."""
    hidden: tuple[HiddenFact, ...] = ()
    injects: tuple[Inject, ...] = ()
    """What happens during the conversation of this case."""


class Groups(Value):
    """How people are put together at tables."""

    size: int = Field(default=3, ge=1, le=40)
    """How many people a usual table has."""
    left_over: Literal["join", "pair"] = "join"
    """Where two people are left over: `join`, they join other tables, so that five are one table; `pair`, they are a
    table of their own, so that five are a triad and a pair, and the facilitator can observe the pair."""


Shelf = Literal["class", "coaching", "selection"]
"""Headings of the library: in class, with a coach, or to select people."""


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
    shelf: Shelf | None = None
    """Where it stands in the library: among what is for a class, for coaching, or for selecting people."""
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

    @property
    def first_occasion(self) -> str | None:
        """The occasion that is meant where none is named; none where the scenario has none."""
        return next(iter(self.occasions), None)

    def block_of(self, source: str) -> Rotate | None:
        """The block that repeats, of the step at a place in the script; none outside such blocks."""
        item = self.script[int(source.partition(".")[0])]
        return item if isinstance(item, Rotate) else None

    def turns_of(self, source: str) -> InTurn | None:
        """How people have their turns in the step at a place in the script, where they have them one after another."""
        block = self.block_of(source)
        return block.rotate if block and isinstance(block.rotate, InTurn) else None

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
