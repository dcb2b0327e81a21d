"""Whether a step makes sense where it stands: its times, its people, and what is asked and happens in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import takewhile
from typing import get_args

from roleplay.content.durations import say_duration
from roleplay.content.findings import Finding, say_unknown, under
from roleplay.content.scenario import Scenario
from roleplay.content.steps import (
    DebriefPhase,
    DebriefStep,
    FeedbackStep,
    FormRequest,
    Inject,
    InTurn,
    JournalStep,
    PlayStep,
    PrepareStep,
    Rotate,
    Step,
    role_named,
)

PHASES: tuple[DebriefPhase, ...] = get_args(DebriefPhase)
"""Of a debrief, in their order."""
_ORDER = ", ".join(PHASES)


class StepCheck:
    """One step, where it stands in the script."""

    def __init__(self, scenario: Scenario, step: Step, block: Rotate | None) -> None:
        self._roles = scenario.roles
        self._scenario = scenario
        self._step = step
        self._beside = block.steps if block else [item for item in scenario.script if not isinstance(item, Rotate)]
        self._nobody_plays = scenario.rotates and block is None
        self._others = block.rotate.others if block and isinstance(block.rotate, InTurn) else None

    def findings(self) -> Iterator[Finding]:
        """What makes no sense in this step."""
        yield from self._times()
        yield from self._people()
        step = self._step
        if isinstance(step, PlayStep):
            for i, inject in enumerate(step.injects):
                known = (*self._roles, "everyone")
                yield from under(("injects", i), check_inject(inject, step.length, known, "this step"))
                if inject.to in self._roles:
                    yield from under(("injects", i, "to"), self._absent(inject.to))
            yield from self._markers(step)
            if step.again and not self._follows_a_play():
                yield ("again",), "has no conversation before it that could be played again"
        if isinstance(step, PrepareStep | FeedbackStep):
            yield from self._forms(step.forms)
        if isinstance(step, FeedbackStep) and step.learned and not any(case.hidden for case in self._scenario.cases):
            yield ("learned",), "has nothing to ask about: no case has hidden facts"
        if isinstance(step, JournalStep) and not step.prompts:
            yield (), 'a journal needs "prompts": the questions to answer'
        if isinstance(step, DebriefStep):
            yield from self._guide(step)

    def _times(self) -> Iterator[Finding]:
        step = self._step
        if step.length == 0:
            yield ("length",), "is no time at all"
        if step.least is not None and step.least > step.length:
            yield ("least",), f"is longer than the step, which lasts {say_duration(step.length)}"
        for i, warn in enumerate(step.warn):
            if warn >= step.length > 0:
                yield ("warn", i), f"comes before the step begins: it lasts {say_duration(step.length)}"
            if warn in step.warn[:i]:
                yield ("warn", i), "is written twice"

    def _people(self) -> Iterator[Finding]:
        step = self._step
        for role in step.for_:
            if role not in self._roles:
                yield ("for",), say_unknown("role", role, self._roles)
            else:
                yield from under(("for",), self._unplayed(role))
        if isinstance(step, PrepareStep) and step.forecast and self._nobody_plays:
            yield from under(("forecast",), self._absent(self._scenario.leading_role))

    def _absent(self, role: str) -> Iterator[Finding]:
        """That nobody has this role here, or that those who have it are waiting."""
        meant = [id for id in self._step.for_ if id in self._roles]
        unplayed = list(self._unplayed(role))
        yield from unplayed
        if not unplayed and meant and role not in meant:
            said = " and ".join(f'"{id}"' for id in meant)
            yield (), f'"{role}" has no part in this step, which is for {said}'

    def _unplayed(self, role: str) -> Iterator[Finding]:
        """That nobody has this role here."""
        if role not in self._scenario.seated and role != self._others:
            yield (), f'nobody plays "{role}" in this step: it is only for those who are not in turn'
        elif self._nobody_plays:
            yield (), f'nobody plays "{role}" in this step: roles change only inside "rotate"; move the step there'

    def _follows_a_play(self) -> bool:
        before = takewhile(lambda step: step is not self._step, self._beside)
        return any(isinstance(step, PlayStep) for step in before)

    def _markers(self, step: PlayStep) -> Iterator[Finding]:
        asked = step.markers
        if asked is None:
            return
        for key, said in (("by", asked.by), ("about", asked.about)):
            if said is None or said == "everyone":
                continue
            if role_named(said) not in self._roles:
                each = tuple(f"each {id}" for id in self._roles)
                yield ("markers", key), say_unknown("role", said, (*self._roles, "everyone", *each), self._roles)
            else:
                yield from under(("markers", key), self._absent(role_named(said)))

    def _forms(self, forms: tuple[FormRequest, ...]) -> Iterator[Finding]:
        for i, form in enumerate(forms):
            if (form.rubric, form.by, form.about) in [(f.rubric, f.by, f.about) for f in forms[:i]]:
                yield ("forms", i), "asks for the same form a second time"
            by, about = role_named(form.by), role_named(form.about)
            for key, role, said in (("by", by, form.by), ("about", about, form.about)):
                words = ("everyone", "self") if key == "about" else ("everyone",)
                if said in words:
                    continue
                if role not in self._roles:
                    each = tuple(f"each {id}" for id in self._roles)
                    yield ("forms", i, key), say_unknown("role", said, (*self._roles, *words, *each), self._roles)
                else:
                    # Whoever waits does not write, and can be written about.
                    absent = self._absent(role) if key == "by" else self._unplayed(role)
                    yield from under(("forms", i, key), absent)
            if by == about and by in self._roles and self._roles[by].count.most == 1 and not self._roles[by].extra:
                yield ("forms", i, "about"), f'"{by}" would fill in a form about "{by}"; write "self" if that is meant'

    def _guide(self, step: DebriefStep) -> Iterator[Finding]:
        if not step.guide:
            yield (), 'a debrief needs a "guide": questions, each with "phase" and "ask"'
        latest = 0
        for i, item in enumerate(step.guide):
            place = PHASES.index(item.phase)
            if place < latest:
                yield ("guide", i, "phase"), f'"{item.phase}" comes after "{PHASES[latest]}"; the order is {_ORDER}'
            latest = max(latest, place)


def check_inject(inject: Inject, length: int, known: Collection[str], what: str) -> Iterator[Finding]:
    """What makes no sense in an inject: `known` are those it can be for, `what` lasts `length` seconds."""
    if inject.to not in known:
        yield ("to",), say_unknown("role", inject.to, known)
    if isinstance(inject.at, int) and inject.at >= length > 0:
        yield ("at",), f"comes too late: {what} lasts {say_duration(length)}"
