"""Groups that are kept as they are when somebody comes or goes before the session: as few people move as can be."""

from __future__ import annotations

from collections.abc import Sequence

from roleplay.planning.mixing import Company, Wishes
from roleplay.planning.weighing import weigh


def keep_groups(
    groups: Sequence[Sequence[str]], people: Sequence[str], sizes: Sequence[int], company: Company, wishes: Wishes
) -> tuple[tuple[str, ...], ...]:
    """The same groups for the people who are here now, of the sizes that follow from their number.

    The largest groups take the largest sizes; of a table too many the smallest is given up. Whoever has no table, or
    one that is too large, joins a table that has room, where this costs least.

    Args:
        groups: how people sat.
        people: everybody who is here now.
        sizes: how many sit at each table; together as many as there are people.
        company: what earlier sessions say.
        wishes: who is kept together or apart.
    """
    here = set(people)
    kept = [rest for group in groups if (rest := [person for person in group if person in here])]
    while len(kept) > len(sizes):
        kept.remove(min(reversed(kept), key=len))
    kept += [[] for _ in range(len(sizes) - len(kept))]
    wanted: dict[int, int] = dict(
        zip(sorted(range(len(kept)), key=lambda n: -len(kept[n])), sorted(sizes, reverse=True), strict=True)
    )
    for number, group in enumerate(kept):
        del group[wanted[number] :]
    seated = {person for group in kept for person in group}
    for person in people:
        if person in seated:
            continue
        with_room = [number for number, group in enumerate(kept) if len(group) < wanted[number]]
        best = min(with_room, key=lambda n: _cost([*kept[n], person], company, wishes))
        kept[best].append(person)
    return tuple(map(tuple, kept))


def _cost(group: Sequence[str], company: Company, wishes: Wishes) -> tuple[int, int, int]:
    """What a table costs: broken wishes first, then pairs who meet again, then tags against the wish."""
    weighed = weigh([group], company, wishes)
    wished = sum(len(set(group) & set(people)) - 1 for people in wishes.together if set(group) & set(people))
    return len(weighed.joined) - wished, len(weighed.again), weighed.unlike
