"""What earlier sessions mean for the one that is being set up: what goes on, what is fresh, which part is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roleplay.analysis.carried import Carried, carry_over
from roleplay.analysis.fresh import fresh_case, next_occasion
from roleplay.analysis.past import Past
from roleplay.analysis.places import places_in
from roleplay.conduct.series import SeriesRun
from roleplay.content.bundle import Bundle
from roleplay.content.scenario import Scenario
from roleplay.tui.seating import Seating, roles_of


@dataclass(frozen=True, slots=True)
class LookBack:
    """What earlier sessions say; nothing where nobody was here before."""

    occasion: str | None = None
    """The one that comes next."""
    first_case: int = 0
    """The first fresh one on the occasion that is played."""
    carried: tuple[Carried, ...] = ()


def look_back(pasts: Sequence[Past], bundle: Bundle, seating: Seating, chosen: str | None = None) -> LookBack:
    """Look at the earlier sessions of those who are here; `chosen` is an occasion that was chosen by hand."""
    if not seating.known:
        return LookBack(chosen or bundle.scenario.first_occasion)
    seats, held = seating.seats(), seating.held
    here = {seat.id: seat.known for seat in seats}
    bots = [seat.id for seat in seats if seat.bot]
    occasion = chosen or next_occasion(pasts, bundle, here, held, bots)
    carried = carry_over(pasts, {seat.id: seat.known for seat in seats if not seat.bot})
    return LookBack(occasion, fresh_case(pasts, bundle, here, occasion, held), carried)


@dataclass(frozen=True, slots=True)
class Offer:
    """The part of a series that comes next for those who are here; parts count from 1."""

    part: int = 1
    why: str = ""
    open: tuple[int, ...] = ()
    """The parts that are open to everybody who leads."""


def offer_part(pasts: Sequence[Past], run: SeriesRun, scenario: Scenario, seating: Seating) -> Offer:
    """The part that comes next: whoever leads and has come least far says which."""
    leaders = _leaders(scenario, seating)
    known = dict(leaders)
    if not leaders:
        return Offer()
    stand = places_in(pasts, run.id, run.series, filter(None, known.values()))
    last = len(run.titles)
    name = min(known, key=lambda name: stand.next_part(known[name]) or last + 1)
    open = set.intersection(*(set(stand.open_parts(who)) for who in known.values()))
    return Offer(stand.next_part(known[name]) or last, stand.say(name, known[name], run.titles), tuple(sorted(open)))


def _leaders(scenario: Scenario, seating: Seating) -> list[tuple[str, str | None]]:
    """Who leads a conversation, by name, with who that is in all sessions: all, where roles change."""
    roles = roles_of(scenario, seating)
    people = [(place, role) for place, role in zip(seating.places, roles, strict=True) if place.name]
    leading = [pair for pair in people if pair[1] == scenario.leading_role]
    return [(place.name, place.known) for place, _ in leading or people if place.name]
