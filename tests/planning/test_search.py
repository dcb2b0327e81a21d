"""The search itself: what it keeps in mind while people change tables is what is the case."""

from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.planning.search import UNIT, Search, Tables


def cost_of(sessions: list[Tables], costs: list[list[int]]) -> int:
    """The cost of a plan, counted from nothing."""
    now = [list(row) for row in costs]
    total = 0
    for table in (table for tables in sessions for table in tables):
        for one, other in combinations(table, 2):
            total += now[one][other]
            now[one][other] += UNIT
            now[other][one] += UNIT
    return total


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 12), st.integers(1, 4), st.integers(0, 999), st.integers(0, 3))
def test_the_cost_is_that_of_the_tables(people: int, sessions: int, seed: int, fixed: int) -> None:
    """After any number of moves; people who are not to be moved are where they were; it never gets worse."""
    random = Random(seed)
    costs = [[0] * people for _ in range(people)]
    for one, other in combinations(range(people), 2):
        costs[one][other] = costs[other][one] = random.choice((0, 0, 1, UNIT, 40 * UNIT))
    cut = random.randint(1, people - 1)
    start = []
    for _ in range(sessions):
        order = random.sample(range(people), people)
        start.append([order[:cut], order[cut:]])
    search = Search(start, costs, [person < fixed for person in range(people)])
    assert search.cost == cost_of(start, costs)
    found = search.run(random, 20_000, lambda cost, tables: cost != cost_of(list(tables), costs))
    assert cost_of(found, costs) <= cost_of(start, costs)
    assert search.cost == cost_of(search._sessions, costs)
    for before, after in zip(start, found, strict=True):
        assert [sorted(p for p in t if p < fixed) for t in before] == [sorted(p for p in t if p < fixed) for t in after]
        assert [len(table) for table in before] == [len(table) for table in after]
