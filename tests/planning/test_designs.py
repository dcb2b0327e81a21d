"""Plans of triads that are built, not searched for."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from roleplay.planning.designs import triads


@pytest.mark.parametrize(
    ("people", "sessions", "seed"),
    [(18, 8, 0), (21, 10, 1), (24, 11, 0), (24, 11, 1), *((30, 14, seed) for seed in range(5))],
)
def test_as_many_sessions_as_there_can_be(people: int, sessions: int, seed: int) -> None:
    """Everybody sits once in each, no two meet twice, and one session more is impossible."""
    built = triads(people, Random(seed))
    assert built is not None
    assert len(built) == sessions == (people - 1) // 2
    for tables in built:
        assert sorted(person for table in tables for person in table) == list(range(people))
    pairs = [frozenset(two) for tables in built for table in tables for two in combinations(table, 2)]
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize("people", [6, 12, 20, 600])
def test_what_cannot_be_built_is_left_to_the_search(people: int) -> None:
    """Six and twelve, where there is none; numbers that three does not divide; and classes that are too large."""
    assert triads(people, Random(1)) is None
