"""Whether a file makes sense: what its shape allows, but what nobody could play, fill in or see in time.

Each check yields where and what: a path in the file as its author sees it, and one sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from roleplay.content.durations import say_duration
from roleplay.content.rubric import Rubric
from roleplay.content.scales import LevelsScale
from roleplay.content.scenario import (
    Case,
    DebriefStep,
    FeedbackStep,
    FormRequest,
    Inject,
    InTurn,
    JournalStep,
    PlayStep,
    PrepareStep,
    Rotate,
    Scenario,
    Step,
    role_named,
)
from roleplay.content.series import Series
from roleplay.content.yaml_tree import Path
from roleplay.problems import nearest

Finding = tuple[Path, str]
Use = Literal["form", "forecast", "markers"]
RESERVED = ("everyone", "self", "each", "facilitator", "room")
PHASES = ("reactions", "description", "analysis", "application")


def check_rubric(rubric: Rubric) -> Iterator[Finding]:
    """What makes no sense in a rubric."""
    yield from _twice(("criteria",), [c.id for c in rubric.criteria], "id")
    yield from _twice(("markers",), [m.id for m in rubric.markers], "id")
    yield from _twice(("markers",), [m.key for m in rubric.markers], "key")
    yield from _twice(("prompts",), [p.id for p in rubric.prompts], "id")
    if not (rubric.criteria or rubric.markers or rubric.prompts):
        yield (), 'is empty: give it "criteria", "markers" or "prompts"'
    criteria = [c.id for c in rubric.criteria]
    for i, marker in enumerate(rubric.markers):
        if marker.criterion and marker.criterion not in criteria:
            yield ("markers", i, "criterion"), _unknown("criterion", marker.criterion, criteria)
    for i, criterion in enumerate(rubric.criteria):
        scale, path = rubric.scale_of(criterion), ("criteria", i)
        if not isinstance(scale, LevelsScale):
            if criterion.levels:
                yield (*path, "levels"), f"is not used: this is answered with {_answers(scale.kind)}, not with levels"
            if criterion.evidence == "at-ends":
                yield (*path, "evidence"), 'must be "never" or "always": only levels have ends'
            continue
        missing = [str(level) for level in scale.ends if level not in criterion.levels]
        if missing:
            yield (*path, "levels"), f"needs to say what these levels look like: {', '.join(missing)}"
        for level in criterion.levels:
            if level not in scale.levels:
                levels = ", ".join(map(str, scale.levels))
                yield (*path, "levels", level), f"there is no level {level}; the levels are {levels}"


def check_series(series: Series, scenarios: Collection[str]) -> Iterator[Finding]:
    """What makes no sense in a series; `scenarios` are the names that can be found."""
    yield from _twice(("series",), list(series.series), None)
    for i, id in enumerate(series.series):
        if id not in scenarios:
            yield ("series", i), _unknown("scenario", id, scenarios)


def check_scenario(scenario: Scenario) -> Iterator[Finding]:
    """What makes no sense in a scenario, its rubrics left aside."""
    yield from _check_roles(scenario)
    yield from _twice(("cases",), [case.id for case in scenario.cases], "id")
    for i, case in enumerate(scenario.cases):
        for path, sentence in _check_case(scenario, case):
            yield ("cases", i, *path), sentence
    for number, item in enumerate(scenario.script):
        here: Path = ("script", number)
        if not isinstance(item, Rotate):
            yield from _under(here, _StepCheck(scenario, item, None).findings())
            continue
        yield from _check_rotate(scenario, item, here)
        for i, step in enumerate(item.steps):
            yield from _under((*here, "steps", i), _StepCheck(scenario, step, item).findings())


def rubric_uses(scenario: Scenario) -> Iterator[tuple[Path, str, Use]]:
    """Every place where a scenario names a rubric: the path, the rubric, and what it is for."""
    for source, step in scenario.steps.items():
        number, _, inner = source.partition(".")
        path: Path = ("script", int(number), "steps", int(inner)) if inner else ("script", int(number))
        if isinstance(step, PrepareStep) and step.forecast:
            yield (*path, "forecast"), step.forecast, "forecast"
        if isinstance(step, PlayStep) and step.markers:
            yield (*path, "markers"), step.markers, "markers"
        if isinstance(step, PrepareStep | FeedbackStep):
            for i, form in enumerate(step.forms):
                yield (*path, "forms", i, "rubric"), form.rubric, "form"


def check_use(rubric: Rubric, use: Use) -> str:
    """Say why a rubric cannot be used for this, or nothing."""
    if use == "markers" and not rubric.markers:
        return "this rubric has no markers to tap"
    if use == "forecast" and not any(isinstance(rubric.scale_of(c), LevelsScale) for c in rubric.criteria):
        return "this rubric has no criterion with levels to forecast"
    if use == "form" and not (rubric.criteria or rubric.prompts):
        return "this rubric has nothing to fill in: no criteria and no prompts"
    return ""


def _check_roles(scenario: Scenario) -> Iterator[Finding]:
    roles = scenario.roles
    for id in roles:
        if id in RESERVED:
            yield ("roles", id), f'cannot be the name of a role: "{id}" has a meaning of its own'
    leading = [id for id, role in roles.items() if role.leads]
    for id in leading[1:]:
        yield ("roles", id, "leads"), f'only one role leads, and "{leading[0]}" already does'
    if scenario.groups:
        size = scenario.groups.size
        needed = sum(role.count.least for role in roles.values() if not role.extra)
        room = sum(role.count.most for role in roles.values())
        if needed > size:
            yield ("groups", "size"), f"is too small: a table has {size}, and its roles need {needed}"
        elif room < size and not any(role.extra for role in roles.values()):
            yield ("groups", "size"), f'is too large: a table has {size}, and its roles take {room}; add "extra: true"'


def _check_case(scenario: Scenario, case: Case) -> Iterator[Finding]:
    roles = scenario.roles
    for id in case.cards:
        if id not in roles and id != "everyone":
            yield ("cards", id), _unknown("role", id, (*roles, "everyone"))
    yield from _twice(("hidden",), [fact.id for fact in case.hidden], "id")
    for i, fact in enumerate(case.hidden):
        knows = scenario.knows_hidden(case, fact)
        if knows is None:
            yield ("hidden", i), 'nobody knows this: give a role beside the leading one a card, or add "known_to"'
        elif knows not in roles:
            yield ("hidden", i, "known_to"), _unknown("role", knows, roles)
        elif knows == scenario.leading_role:
            yield ("hidden", i, "known_to"), f'"{knows}" leads the conversation and is the one who finds this out'
    lengths = [step.length for step in scenario.steps.values() if isinstance(step, PlayStep)]
    if case.injects and not lengths:
        yield ("injects",), 'never happen: the script has no step of kind "play"'
    longest = max(lengths, default=0)
    for i, inject in enumerate(case.injects):
        yield from _under(("injects", i), _check_inject(inject, longest, (*roles, "everyone"), "the conversation"))


def _check_inject(inject: Inject, length: int, known: Collection[str], what: str) -> Iterator[Finding]:
    if inject.to not in known:
        yield ("to",), _unknown("role", inject.to, known)
    if isinstance(inject.at, int) and inject.at >= length > 0:
        yield ("at",), f"comes too late: {what} lasts {say_duration(length)}"


def _check_rotate(scenario: Scenario, block: Rotate, here: Path) -> Iterator[Finding]:
    if isinstance(block.rotate, InTurn):
        role = block.rotate.in_turn
        if role not in scenario.roles:
            yield (*here, "rotate", "in-turn"), _unknown("role", role, scenario.roles)
    elif len(scenario.roles) == 1:
        yield (*here, "rotate"), "has nothing to rotate: there is only one role"


class _StepCheck:
    """One step, where it stands in the script."""

    def __init__(self, scenario: Scenario, step: Step, block: Rotate | None) -> None:
        self._roles = scenario.roles
        self._scenario = scenario
        self._step = step
        rotates = any(isinstance(item, Rotate) and item.rotate == "every-role" for item in scenario.script)
        self._nobody_plays = rotates and block is None

    def findings(self) -> Iterator[Finding]:
        """What makes no sense in this step."""
        yield from self._times()
        yield from self._people()
        step = self._step
        if isinstance(step, PlayStep):
            for i, inject in enumerate(step.injects):
                known = (*self._roles, "everyone")
                yield from _under(("injects", i), _check_inject(inject, step.length, known, "this step"))
                if inject.to in self._roles:
                    yield from _under(("injects", i, "to"), self._absent(inject.to))
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
        if step.for_ is not None:
            if step.for_ not in self._roles:
                yield ("for",), _unknown("role", step.for_, self._roles)
            elif self._nobody_plays:
                yield from _under(("for",), self._absent(step.for_))
        if isinstance(step, PrepareStep) and step.forecast and self._nobody_plays:
            yield from _under(("forecast",), self._absent(self._scenario.leading_role))

    def _absent(self, role: str) -> Iterator[Finding]:
        """That nobody has this role here, or that those who have it are waiting."""
        waits_for = self._step.for_
        if self._nobody_plays:
            yield (), f'nobody plays "{role}" in this step: roles change only inside "rotate"; move the step there'
        elif waits_for in self._roles and role != waits_for:
            yield (), f'"{role}" has no part in this step, which is for "{waits_for}"'

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
                    yield ("forms", i, key), _unknown("role", said, (*self._roles, *words, *each), self._roles)
                elif key == "by" or self._nobody_plays:
                    yield from _under(("forms", i, key), self._absent(role))
            if by == about and by in self._roles and self._roles[by].count.most == 1 and not self._roles[by].extra:
                yield ("forms", i, "about"), f'"{by}" would fill in a form about "{by}"; write "self" if that is meant'

    def _guide(self, step: DebriefStep) -> Iterator[Finding]:
        if not step.guide:
            yield (), 'a debrief needs a "guide": questions, each with "phase" and "ask"'
        latest = 0
        for i, item in enumerate(step.guide):
            place = PHASES.index(item.phase)
            if place < latest:
                yield ("guide", i, "phase"), f'"{item.phase}" comes after "{PHASES[latest]}"; the order is {_order()}'
            latest = max(latest, place)


def _order() -> str:
    return ", ".join(PHASES)


def _under(path: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    return (((*path, *inner), sentence) for inner, sentence in findings)


def _twice(path: Path, words: list[str], key: str | None) -> Iterator[Finding]:
    """Words of a list that stand there before."""
    seen: Counter[str] = Counter()
    for i, word in enumerate(words):
        if seen[word]:
            yield (*path, i, *((key,) if key else ())), f'"{word}" is already used by number {words.index(word) + 1}'
        seen[word] += 1


def _unknown(what: str, word: str, known: Iterable[str], listed: Iterable[str] | None = None) -> str:
    """That a word names nothing here, with the nearest word that does, or else a short list."""
    near = nearest(word, known)
    listed = dict.fromkeys(listed if listed is not None else known)
    more = near or (f"The {what}s are {', '.join(listed)}." if 0 < len(listed) <= 8 else "")
    return f'there is no {what} "{word}". {more}'.strip()


def _answers(kind: str) -> str:
    return {"checklist": "seen or not seen", "count": "a count", "text": "words"}[kind]
