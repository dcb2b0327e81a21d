"""Whether a scenario or a series makes sense: what its shape allows, but what nobody could play."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roleplay.content.blanks import blanks_in, is_filled
from roleplay.content.check_rubric import Use
from roleplay.content.check_step import StepCheck, check_inject
from roleplay.content.findings import Finding, say_unknown, step_path, twice, under
from roleplay.content.scenario import Case, Role, Scenario
from roleplay.content.series import Series
from roleplay.content.steps import FeedbackStep, InTurn, MarkerRequest, PlayStep, PrepareStep, Rotate, role_named
from roleplay.content.yaml_tree import Path

RESERVED = ("everyone", "self", "each", "facilitator", "room")


def check_series(series: Series, scenarios: Collection[str]) -> Iterator[Finding]:
    """What makes no sense in a series; `scenarios` are the names that can be found."""
    yield from twice(("series",), list(series.series), None)
    for i, id in enumerate(series.series):
        if id not in scenarios:
            yield ("series", i), say_unknown("scenario", id, scenarios)


def check_scenario(scenario: Scenario) -> Iterator[Finding]:
    """What makes no sense in a scenario, its rubrics left aside."""
    yield from _check_roles(scenario)
    yield from _check_blanks(scenario)
    yield from _check_occasions(scenario)
    yield from twice(("cases",), [case.id for case in scenario.cases], "id")
    for i, case in enumerate(scenario.cases):
        for path, sentence in _check_case(scenario, case):
            yield ("cases", i, *path), sentence
    for number, item in enumerate(scenario.script):
        here: Path = ("script", number)
        if not isinstance(item, Rotate):
            yield from under(here, StepCheck(scenario, item, None).findings())
            continue
        yield from _check_rotate(scenario, item, here)
        for i, step in enumerate(item.steps):
            yield from under((*here, "steps", i), StepCheck(scenario, step, item).findings())


def rubric_uses(scenario: Scenario) -> Iterator[tuple[Path, str, Use]]:
    """Every place where a scenario names a rubric: the path, the rubric, and what it is for."""
    for source, step in scenario.steps.items():
        path = step_path(source)
        if isinstance(step, PrepareStep) and step.forecast:
            yield (*path, "forecast"), step.forecast, "forecast"
        if isinstance(step, PlayStep) and step.markers:
            several = _marks_several(scenario, source, step.markers)
            yield (*path, "markers"), step.markers.rubric, "markers of several" if several else "markers"
        if isinstance(step, PrepareStep | FeedbackStep):
            for i, form in enumerate(step.forms):
                yield (*path, "forms", i, "rubric"), form.rubric, "form"


def _marks_several(scenario: Scenario, source: str, markers: MarkerRequest) -> bool:
    """Whether more than one person can be meant by the markers of a step."""
    role, roles = role_named(markers.about or scenario.leading_role), scenario.roles
    turn = scenario.turns_of(source)
    if turn and role == turn.in_turn:
        return False
    if turn and role == turn.others:
        return _has_room_for(roles.get(turn.in_turn), 3)
    return role == "everyone" or _has_room_for(roles.get(role), 2)


def _has_room_for(role: Role | None, people: int) -> bool:
    return role is not None and (role.extra or role.count.most >= people)


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
        needed = sum(role.count.least for role in scenario.seated.values() if not role.extra)
        room = sum(role.count.most for role in scenario.seated.values())
        if needed > size:
            yield ("groups", "size"), f"is too small: a table has {size}, and its roles need {needed}"
        elif room < size and not any(role.extra for role in roles.values()):
            yield ("groups", "size"), f'is too large: a table has {size}, and its roles take {room}; add "extra: true"'
        if scenario.groups.left_over == "pair" and not needed <= 2 < size:
            why = f"its roles need {needed}" if needed > 2 else "a usual table has no more than two anyway"
            yield ("groups", "left_over"), f'cannot be "pair": {why}; leave it out'


def _check_blanks(scenario: Scenario) -> Iterator[Finding]:
    if not scenario.blanks:
        return
    used = set()
    for path, id in blanks_in(scenario):
        if not is_filled(path):
            if id in scenario.blanks:
                yield path, f"is read before anything is filled in: {{{id}}} would stay as it is"
            continue
        used.add(id)
        if id not in scenario.blanks:
            yield path, say_unknown("blank", id, scenario.blanks)
    for id in scenario.blanks:
        if id not in used:
            yield ("blanks", id), f"is asked and never used: write {{{id}}} where the answer belongs"


def _check_occasions(scenario: Scenario) -> Iterator[Finding]:
    cases = [case.id for case in scenario.cases]
    taken: dict[str, str] = {}
    for id, occasion in scenario.occasions.items():
        for i, case in enumerate(occasion.cases):
            path: Path = ("occasions", id, "cases", i)
            if case not in cases:
                yield path, say_unknown("case", case, cases)
            elif case in taken:
                yield path, f'is already played on "{taken[case]}": nobody meets a case twice'
            taken.setdefault(case, id)
    if scenario.occasions:
        for i, case in enumerate(cases):
            if case not in taken:
                yield ("cases", i), "is played on no occasion: name it under one of them"


def _check_case(scenario: Scenario, case: Case) -> Iterator[Finding]:
    roles = scenario.roles
    for id in case.cards:
        if id not in roles and id != "everyone":
            yield ("cards", id), say_unknown("role", id, (*roles, "everyone"))
    yield from twice(("hidden",), [fact.id for fact in case.hidden], "id")
    for i, fact in enumerate(case.hidden):
        knows = scenario.knows_hidden(case, fact)
        if knows is None:
            yield ("hidden", i), 'nobody knows this: give a role beside the leading one a card, or add "known_to"'
        elif knows not in roles:
            yield ("hidden", i, "known_to"), say_unknown("role", knows, roles)
        elif knows == scenario.leading_role:
            yield ("hidden", i, "known_to"), f'"{knows}" leads the conversation and is the one who finds this out'
    plays = {source: step for source, step in scenario.steps.items() if isinstance(step, PlayStep)}
    if case.injects and not plays:
        yield ("injects",), 'never happen: the script has no step of kind "play"'
    here = [step.length for at, step in plays.items() if len(scenario.injects_in(at, case)) > len(step.injects)]
    longest = max(here, default=0)
    for i, inject in enumerate(case.injects):
        yield from under(("injects", i), check_inject(inject, longest, (*roles, "everyone"), "the conversation"))


def _check_rotate(scenario: Scenario, block: Rotate, here: Path) -> Iterator[Finding]:
    if isinstance(block.rotate, InTurn):
        role, others = block.rotate.in_turn, block.rotate.others
        if role not in scenario.roles:
            yield (*here, "rotate", "in-turn"), say_unknown("role", role, scenario.roles)
        elif scenario.rotates:
            yield (*here, "rotate", "in-turn"), f'nobody has the role "{role}" for the whole session: roles change'
        elif role not in scenario.seated and role != others:
            yield (*here, "rotate", "in-turn"), f'"{role}" has no seat: it is what others are while one is in turn'
        if others is not None and others not in scenario.roles:
            yield (*here, "rotate", "others"), say_unknown("role", others, scenario.roles)
        elif others == role:
            yield (*here, "rotate", "others"), "is the role that is in turn; the others need another one"
    elif len(scenario.roles) == 1:
        yield (*here, "rotate"), "has nothing to rotate: there is only one role"
