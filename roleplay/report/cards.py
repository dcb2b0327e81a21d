"""Everything on paper, or by message: cards, pages to write on, and the bells.

A deck is made from the same files as a session, so that a class can be led with it and a watch alone. What one
person is sent holds nothing that is for somebody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set

from roleplay.analysis.bells import bell_list
from roleplay.content.blanks import blanks_in, fill_bundle
from roleplay.content.bundle import Bundle
from roleplay.content.scenario import Case, Scenario
from roleplay.content.steps import DebriefStep, PlayStep
from roleplay.planning.build import build_plan
from roleplay.planning.plan import Plan, PlannedStep
from roleplay.report.deck import AloudLine, BellLine, Deck, SeatLine, Sheet, SheetCopies
from roleplay.report.hands import named_hands, role_hands
from roleplay.report.parts import CastLine, GuideLine
from roleplay.report.sheets import EVERYONE, sheets_of
from roleplay.report.templating import environment

_LINE = "_" * 16


def card_deck(
    bundle: Bundle,
    plan: Plan | None = None,
    names: Mapping[str, str] | None = None,
    occasion: str | None = None,
) -> Deck:
    """Lay out everything that a session needs on paper.

    Args:
        bundle: what is played.
        plan: with it, the cases that are played and the number of copies; without it, every case once, and the
            bells of one table of the usual size.
        names: person id to name; with a plan, each person gets a hand of their own.
        occasion: without a plan, print the cases of this occasion alone.
    """
    asked = tuple(question for id, question in bundle.scenario.blanks.items() if id in _open_blanks(bundle.scenario))
    bundle = fill_bundle(bundle, dict.fromkeys(bundle.scenario.blanks, _LINE))
    scenario = bundle.scenario
    shown = plan or build_plan(scenario, [f"seat-{n}" for n in range(scenario.group_size)], occasion=occasion)
    cases = _cases(scenario, plan, occasion)
    named = plan is not None and names is not None
    return Deck(
        title=scenario.title,
        about=scenario.about,
        occasion=scenario.occasions[occasion].title if occasion else "",
        blanks=asked,
        seconds=shown.planned_seconds,
        planned=plan is not None,
        bells=tuple(
            BellLine(at=bell.at_seconds, kind=bell.kind, sentence=bell.sentence, tables=bell.tables)
            for bell in bell_list(scenario, shown)
        ),
        aloud=tuple(_aloud(scenario, {case.id for case in cases})),
        guide=tuple(
            GuideLine(phase=item.phase, ask=item.ask)
            for step in scenario.steps.values()
            if isinstance(step, DebriefStep)
            for item in step.guide
        ),
        seats=tuple(_seats(scenario, shown, names or {})) if named else (),
        hands=tuple(named_hands(bundle, shown, names or {}) if named else role_hands(bundle, cases, plan)),
        sheets=tuple(_sheets(bundle, plan)),
    )


def render_cards(deck: Deck) -> str:
    """The whole deck as one page to print: the facilitator’s pages, each card on its own sheet of paper, then forms."""
    return environment().get_template("cards.html.j2").render(deck=deck)


def render_each(deck: Deck) -> dict[str, str]:
    """File name to page, one for each hand, with nothing in it that is for somebody else."""
    template = environment().get_template("hand.html.j2")
    return {f"{hand.file}.html": template.render(title=deck.title, hand=hand) for hand in deck.hands}


def _open_blanks(scenario: Scenario) -> set[str]:
    return {id for _, id in blanks_in(scenario)}


def _cases(scenario: Scenario, plan: Plan | None, occasion: str | None) -> tuple[Case, ...]:
    """The cases that are played; where nobody knows, all of the occasion."""
    if plan is None:
        return scenario.cases_for(occasion)
    played = {step.case for track in plan.tracks for step in track.steps}
    return tuple(case for case in scenario.cases if case.id in played)


def _aloud(scenario: Scenario, played: Set[str]) -> Iterator[AloudLine]:
    """What the facilitator reads to everybody, of the steps and of the cases that are played."""
    found = [
        ("", inject) for step in scenario.steps.values() if isinstance(step, PlayStep) for inject in step.injects
    ] + [(case.title, inject) for case in scenario.cases if case.id in played for inject in case.injects]
    for case, inject in found:
        if inject.to == EVERYONE and inject.from_ not in scenario.roles:
            yield AloudLine(case=case, at=None if inject.at == "facilitator" else inject.at, say=inject.say)


def _seats(scenario: Scenario, plan: Plan, names: Mapping[str, str]) -> Iterator[SeatLine]:
    """Who plays what, once for each round of each table."""
    for track in plan.tracks:
        seen: set[int | None] = set()
        for planned in track.steps:
            if planned.kind == "play" and planned.round not in seen:
                seen.add(planned.round)
                yield SeatLine(
                    table=track.title,
                    round=f"Round {planned.round}" if planned.round else planned.name,
                    case=scenario.case(planned.case).title if planned.case else "",
                    cast=tuple(
                        CastLine(
                            role=scenario.roles[role].title,
                            people=tuple(names.get(p, p) for p in people),
                            plays=scenario.roles[role].plays or "",
                            also=scenario.roles[role].also or "",
                        )
                        for role, people in planned.cast.items()
                        if people
                    ),
                )


def _sheets(bundle: Bundle, plan: Plan | None) -> Iterator[SheetCopies]:
    steps = bundle.scenario.steps
    if plan is None:
        found = dict.fromkeys(sheet for step in steps.values() for sheet in sheets_of(bundle, step))
        yield from (SheetCopies(sheet=sheet, copies=None) for sheet in found)
        return
    copies: Counter[Sheet] = Counter()
    for track in plan.tracks:
        for planned in track.steps:
            for sheet in sheets_of(bundle, steps[planned.source]):
                copies[sheet] += _copies(sheet, planned, track.people_in(planned))
    yield from (SheetCopies(sheet=sheet, copies=number) for sheet, number in copies.items() if number)


def _copies(sheet: Sheet, planned: PlannedStep, people: tuple[str, ...]) -> int:
    """One for each writer, or for each pair where everybody of a role is written about."""
    writers = people if sheet.by_id == EVERYONE else planned.cast.get(sheet.by_id, ())
    abouts = people if sheet.about_id == EVERYONE else planned.cast.get(sheet.about_id, ())
    return sum(writer != about for writer in writers for about in abouts or ("",))
