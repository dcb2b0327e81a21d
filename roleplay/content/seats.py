"""The seats at a table: which roles so many people take, and how often each step of the script is then played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roleplay.content.scenario import Role, Scenario


def seats(roles: Mapping[str, Role], people: int, held: Sequence[str] = ()) -> list[str]:
    """One role for each of so many people, in the order of the file: every role's least, then where there is room.

    With fewer people than the roles need, extra roles stay empty first, then the last ones. The roles that are `held`
    count as taken: others sit at the table who have chosen them.
    """
    total = people + len(held)
    by_need = [role for role in roles if not roles[role].extra] + [role for role in roles if roles[role].extra]
    taken = {role: held.count(role) for role in roles}
    for wanted in ("least", "most"):
        for role in by_need:
            while taken[role] < getattr(roles[role].count, wanted) and sum(taken.values()) < total:
                taken[role] += 1
    spare = next((role for role in reversed(by_need) if roles[role].extra), by_need[-1])
    taken[spare] += total - sum(taken.values())
    return [role for role in roles for _ in range(taken[role] - held.count(role))]


def times_played(scenario: Scenario, source: str, people: int, held: Sequence[str] = ()) -> int:
    """How often a step, by its place in the script, is played at a table of so many people, some roles `held`."""
    if scenario.block_of(source) is None:
        return 1
    if turns := scenario.turns_of(source):
        taken = [*held, *seats(scenario.seated, max(0, people - len(held)), held)]
        return max(1, taken.count(turns.in_turn))
    return people
