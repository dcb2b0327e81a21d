"""Who holds which card: one hand for each person who is named, or for each role of each case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from roleplay.content.bundle import Bundle
from roleplay.content.scenario import Case, Scenario
from roleplay.content.steps import Inject, PlayStep
from roleplay.planning.plan import Plan, PlannedStep, Track
from roleplay.report.deck import Card, Cue, Hand, HandRound, Sheet
from roleplay.report.sheets import EVERYONE, sheets_of
from roleplay.store.files import free_name


def named_hands(bundle: Bundle, plan: Plan, names: Mapping[str, str]) -> Iterator[Hand]:
    """One hand for each person of a plan, round by round."""
    files: set[str] = set()
    for track in plan.tracks:
        for person in track.people:
            name = names.get(person, person)
            file = free_name(name, files)
            files.add(file)
            yield Hand(
                file=file,
                title=name,
                table=track.title,
                copies=1,
                rounds=tuple(rounds_of_hand(bundle, track, person)),
                afterwards=tuple(_for_all(bundle)),
            )


def role_hands(bundle: Bundle, cases: Sequence[Case], plan: Plan | None) -> Iterator[Hand]:
    """One hand for each role of each of these cases, with the number of people who hold it; and one for everybody."""
    scenario = bundle.scenario
    held = _holders(scenario, plan) if plan else Counter[tuple[str, str]]()
    for case in cases or (None,):
        for role in scenario.roles:
            key = (case.id if case else "", role)
            card = _card(scenario, case, role)
            if plan is not None and not held[key]:
                continue
            sheets = tuple(sheet for sheet in dict.fromkeys(_sheets(bundle)) if sheet.by_id == role)
            yield Hand(
                file="-".join(part for part in key if part),
                title=f"{card.role}: {card.case}" if card.case else card.role,
                table="",
                copies=held[key] if plan else None,
                rounds=(HandRound(title="", card=card, sheets=sheets),),
                afterwards=(),
            )
    for_all = tuple(_for_all(bundle))
    if for_all:
        copies = len(plan.people) if plan else None
        yield Hand(file=EVERYONE, title="Everybody", table="", copies=copies, rounds=(), afterwards=for_all)


def _holders(scenario: Scenario, plan: Plan) -> Counter[tuple[str, str]]:
    """Case and role to how many people will play it; somebody who keeps a role through several rounds counts once."""
    held = {
        (planned.case or "", role, track.id, person)
        for track in plan.tracks
        for planned in track.steps
        for role, people in planned.cast.items()
        for person in people
    }
    return Counter((case, role) for case, role, _, _ in held)


def rounds_of_hand(bundle: Bundle, track: Track, person: str) -> Iterator[HandRound]:
    """What somebody holds at a table, round by round; a card is handed out once."""
    scenario = bundle.scenario
    given: set[tuple[str | None, str]] = set()
    for number in dict.fromkeys(step.round for step in track.steps):
        steps = [step for step in track.steps if step.round == number and step.plays(person)]
        if not steps:
            continue
        card = _card_of(scenario, steps[0], person, given)
        sheets = dict.fromkeys(
            sheet
            for step in steps
            for sheet in sheets_of(bundle, scenario.steps[step.source])
            if sheet.by_id == step.plays(person)
        )
        if card or sheets:
            yield HandRound(number=number, title=f"Round {number}" if number else "", card=card, sheets=tuple(sheets))


def _card_of(scenario: Scenario, planned: PlannedStep, person: str, given: set[tuple[str | None, str]]) -> Card | None:
    role = planned.plays(person)
    if role is None or (planned.case, role) in given:
        return None
    given.add((planned.case, role))
    return _card(scenario, scenario.case(planned.case) if planned.case else None, role)


def _card(scenario: Scenario, case: Case | None, role: str) -> Card:
    of_steps = [inject for step in scenario.steps.values() if isinstance(step, PlayStep) for inject in step.injects]
    injects = [*of_steps, *(case.injects if case else ())]
    occasions = (occasion.title for occasion in scenario.occasions.values() if case and case.id in occasion.cases)
    return Card(
        case=case.title if case else "",
        occasion=next(occasions, ""),
        role=scenario.roles[role].title,
        plays=scenario.roles[role].plays or "",
        also=scenario.roles[role].also or "",
        everyone=case.cards.get("everyone", "") if case else "",
        about=scenario.roles[role].about or "",
        text=case.cards.get(role, "") if case else "",
        facts=tuple(f.fact for f in case.hidden if scenario.knows_hidden(case, f) == role) if case else (),
        cues=tuple(_cue(scenario, i) for i in injects if i.to == role and i.from_ not in scenario.roles),
        says=tuple(_cue(scenario, i) for i in injects if i.from_ == role),
    )


def _cue(scenario: Scenario, inject: Inject) -> Cue:
    return Cue(
        at=None if inject.at == "facilitator" else inject.at,
        source=scenario.origin_of(inject) or "",
        to="everyone" if inject.to == EVERYONE else scenario.roles[inject.to].title,
        say=inject.say,
    )


def _sheets(bundle: Bundle) -> Iterator[Sheet]:
    for step in bundle.scenario.steps.values():
        yield from sheets_of(bundle, step)


def _for_all(bundle: Bundle) -> Iterator[Sheet]:
    yield from dict.fromkeys(sheet for sheet in _sheets(bundle) if sheet.by_id == EVERYONE)
