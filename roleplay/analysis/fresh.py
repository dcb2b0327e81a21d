"""What is fresh for the people who are here: the case nobody has met, the occasion not all of them have led on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from roleplay.analysis.past import Past
from roleplay.content.bundle import Bundle
from roleplay.planning.build import build_plan
from roleplay.planning.plan import Plan
from roleplay.problems import CommandProblem

Here = Mapping[str, str | None]
"""Everybody who is here, by id in the order of the seats, with who that is in all sessions; nothing for bots, and for
somebody new."""


def fresh_case(
    pasts: Sequence[Past],
    bundle: Bundle,
    here: Here,
    occasion: str | None = None,
    held: Mapping[str, str] | None = None,
) -> int:
    """The case with which to begin so that nobody meets one twice, as long as there are fresh ones.

    It is the first that none of them has met; where each was met by somebody, the one met by the fewest, and of those
    the one that lies back longest. What counts is who meets which case in the whole session.

    Args:
        pasts: the earlier sessions of those who are here, oldest first.
        bundle: what is played.
        here: who is here.
        occasion: the set of cases; where the scenario has several, the first without it.
        held: person to role, for those who hold a role for the whole session by choice.

    Returns:
        The number of the case, from 0, among those of the occasion: see `build_plan`.
    """
    occasion = occasion or bundle.scenario.first_occasion
    met = _met(pasts, bundle, here)
    if not met:
        return 0
    worst: dict[int, tuple[int, int]] = {}
    for first in range(len(bundle.scenario.cases_for(occasion))):
        plan = _plan(bundle, here, first, occasion, held)
        if plan is None:
            return 0
        again = [met[pair] for pair in _meetings(plan) if pair in met]
        worst[first] = (len(again), max(again, default=0))
    return min(worst, key=lambda first: worst[first], default=0)


def next_occasion(
    pasts: Sequence[Past],
    bundle: Bundle,
    here: Here,
    held: Mapping[str, str] | None = None,
    bots: Collection[str] = (),
) -> str | None:
    """The first occasion of a scenario that not all of those who will lead have done.

    Where all are done, the one that lies back longest; none where the scenario has no occasions. The arguments are
    those of `fresh_case`; what a bot has done, of those who are here, does not count.
    """
    occasions = list(bundle.scenario.occasions)
    plan = _plan(bundle, here, 0, None, held) if occasions else None
    if plan is None:
        return bundle.scenario.first_occasion
    leading = bundle.scenario.leading_role
    leaders = {person for track in plan.tracks for step in track.steps for person in step.cast.get(leading, ())}
    known = [here[person] for person in here if person in leaders and person not in bots]
    of_it = [past for past in pasts if past.scenario == bundle.id]
    return min(occasions, key=lambda occasion: _last_done(of_it, occasion, known))


def _plan(bundle: Bundle, here: Here, first: int, occasion: str | None, held: Mapping[str, str] | None) -> Plan | None:
    try:
        return build_plan(bundle.scenario, list(here), None, first, occasion, held)
    except CommandProblem:
        return None


def _last_done(pasts: Iterable[Past], occasion: str, leaders: Sequence[str | None]) -> int:
    """When the last of these led on an occasion for the last time; 0 where one of them never has."""
    last = dict.fromkeys(leaders, 0)
    for past in pasts:
        if past.state.occasion == occasion:
            last |= {who: past.opened for who in last if who and past.over_for(who) and past.led(who)}
    return min(last.values(), default=0)


def _met(pasts: Iterable[Past], bundle: Bundle, here: Here) -> dict[tuple[str, str], int]:
    """(Person, case) to when that person last met that case of this scenario."""
    met = {}
    for past in pasts:
        for person, known in here.items():
            tracks = past.tracks(known) if known and past.scenario == bundle.id else ()
            for track in tracks:
                for step in track.steps:
                    if step.case and track.has_begun(step.id) and past.person(known or "") in track.people_in(step):
                        met[person, step.case] = past.opened
    return met


def _meetings(plan: Plan) -> set[tuple[str, str]]:
    return {
        (person, step.case)
        for track in plan.tracks
        for step in track.steps
        if step.case
        for person in track.people_in(step)
    }
