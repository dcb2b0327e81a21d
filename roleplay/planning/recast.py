"""Who plays what once people have come or gone: what they have not had yet, and otherwise as it was planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from roleplay.content.scenario import Scenario
from roleplay.content.seats import seats
from roleplay.planning.casting import Cast, cast_once
from roleplay.planning.places import cheapest

Had = Mapping[tuple[str, str], int]
"""(Role, person) to how often that person has had that role."""

_AGAIN, _NEVER = 100, 1_000_000
"""What it costs to have a role once more, beside a change of the plan, which costs 1; and what cannot be."""


def leading_chair(scenario: Scenario) -> str:
    """The role whose turn goes round: the leading one, or the first one where nobody has a seat in that."""
    return scenario.leading_role if scenario.leading_role in scenario.seated else next(iter(scenario.seated))


def cast_rounds(scenario: Scenario, people: Sequence[str], rounds: Sequence[tuple[str, Cast]], had: Had) -> list[Cast]:
    """Cast each round for all these people.

    Args:
        scenario: what is played.
        people: who sits at the table.
        rounds: of each round who leads, and who was to have which role; nobody, where it was not planned.
        had: who has had which role how often.
    """
    lead = leading_chair(scenario)
    chairs = seats(scenario.seated, len(people))
    chairs.remove(lead)
    seated: list[dict[str, list[str]]] = [{lead: [leader]} for leader, _ in rounds]
    planned = [cast for _, cast in rounds]
    # Needed roles first, each chair in all rounds at once.
    for role in sorted(chairs, key=lambda role: scenario.roles[role].extra):
        if scenario.roles[role].extra:
            chosen = [_spare(people, role, cast, was) for cast, was in zip(seated, planned, strict=True)]
        else:
            chosen = _fair(people, role, seated, planned, had)
        for cast, person in zip(seated, chosen, strict=True):
            cast.setdefault(role, []).append(person)
    return [{role: tuple(cast.get(role, ())) for role in scenario.seated} for cast in seated]


def _fair(
    people: Sequence[str],
    role: str,
    seated: Sequence[Mapping[str, Sequence[str]]],
    planned: Sequence[Cast],
    had: Had,
) -> list[str]:
    """One person for a role in each round: who has had it least often, and where that is even, as planned."""
    if not seated:
        return []
    before = Counter(p for cast in seated for p in cast.get(role, ()))
    places = [(p, had.get((role, p), 0) + before[p] + again) for p in people for again in range(len(seated))]
    costs = []
    for cast, was in zip(seated, planned, strict=True):
        busy = {p for people in cast.values() for p in people}
        costs.append([_NEVER if p in busy else times * _AGAIN + (p not in was.get(role, ())) for p, times in places])
    return [places[column][0] for column in cheapest(costs)]


def _spare(people: Sequence[str], role: str, cast: Mapping[str, Sequence[str]], was: Cast) -> str:
    free = [p for p in people if not any(p in taken for taken in cast.values())]
    return next((p for p in free if p in was.get(role, ())), free[0])


def step_in(scenario: Scenario, cast: Cast, had: Had | None = None) -> Cast | None:
    """A cast in which people of extra roles have taken the needed roles that are empty; none where nobody can.

    Who has had the role least often steps in.
    """
    roles, filled = scenario.roles, dict(cast)
    for role in [role for role in cast if not roles[role].extra]:
        while len(filled[role]) < roles[role].count.least:
            spare = [p for r in filled if roles[r].extra for p in filled[r]]
            if not spare:
                return None
            person = min(reversed(spare), key=lambda p: (had or {}).get((role, p), 0))
            filled = {r: tuple(p for p in people if p != person) for r, people in filled.items()}
            filled[role] = (*filled[role], person)
    return filled


def cast_whole(scenario: Scenario, people: Sequence[str], stay: Collection[str], roles_of: Mapping[str, str]) -> Cast:
    """Who holds which role from now on, where roles are held for the whole session: everybody as before.

    A needed role that has become empty goes to whoever came, or else to somebody of an extra role.

    Args:
        scenario: what is played.
        people: who sits at the table from now on.
        stay: those who sat there before; others have the role that they had elsewhere only where there is room.
        roles_of: person to the role that he or she had.
    """
    roles, held = scenario.seated, dict[str, str]()
    for person in sorted(people, key=lambda person: person not in stay):
        role = roles_of.get(person)
        taken = sum(other == role for other in held.values())
        if role is not None and (person in stay or roles[role].extra or taken < roles[role].count.most):
            held[person] = role
    needed = {id: role.count.least for id, role in roles.items() if not role.extra}
    short = sum(max(0, least - list(held.values()).count(id)) for id, least in needed.items())
    spare = [person for person in held if roles[held[person]].extra]
    for person in spare[::-1][: max(0, short - (len(people) - len(held)))]:
        del held[person]
    return cast_once(roles, people, held)
