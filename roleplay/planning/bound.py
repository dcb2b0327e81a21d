"""How few repeats any plan must have: what numbers alone say, before anything is searched for.

Three arguments, of which the strongest counts. Each is sound, none is complete: where a plan has more repeats than the
bound, a better one may exist or not.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

Met = Sequence[Set[int]]
"""Of each person, who are numbers from 0, those whom they met before."""


def repeats_at_least(sizes: Sequence[int], sessions: int, met: Met) -> int:
    """No plan has fewer repeats: meetings of two who met before, in an earlier session or in one of these."""
    return max(
        _by_strangers(sizes, sessions, met),
        (sessions - 1) * sum(still_together(size, len(sizes)) for size in sizes),
        sessions * sum(still_together(len(clique), len(sizes)) for clique in _cliques(met, len(sizes))),
    )


def _by_strangers(sizes: Sequence[int], sessions: int, met: Met) -> int:
    """Nobody can meet more strangers than there are."""
    fewest, most = sessions * (min(sizes) - 1), sessions * (max(sizes) - 1)
    strangers = [len(met) - 1 - len(known) for known in met]
    again = sum(max(0, fewest - there) for there in strangers)
    room = sum(max(fewest, min(there, most)) for there in strangers)
    again += max(0, sessions * sum(size * (size - 1) for size in sizes) - room)
    return -(-again // 2)


def still_together(people: int, tables: int) -> int:
    """Pairs of a set of people who share a table, however evenly they are spread over tables.

    Two sessions on end therefore share so many pairs for each table of the first; and a pair that is in so many of
    these couples of sessions has met once more often than that.
    """
    each, larger = divmod(people, tables)
    return (tables - larger) * each * (each - 1) // 2 + larger * (each + 1) * each // 2


def _cliques(met: Met, tables: int) -> list[set[int]]:
    """Sets of more people than there are tables who have all met; no pair is in two of them."""
    left = [set(known) for known in met]
    found = []
    for start in range(len(met)):
        clique = {start}
        for person in sorted(left[start]):
            if clique <= left[person]:
                clique.add(person)
        if len(clique) > tables:
            found.append(clique)
            for person in clique:
                left[person] -= clique
    return found
