"""Who takes which place at the least cost."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from roleplay.planning.places import cheapest

tables = st.integers(1, 4).flatmap(
    lambda rows: st.integers(rows, 6).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 30), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


@given(tables)
def test_no_other_choice_costs_less(costs: list[list[int]]) -> None:
    """Each row has a column of its own, and no choice of columns adds up to less."""
    chosen = cheapest(costs)
    assert len(set(chosen)) == len(costs)
    every = permutations(range(len(costs[0])), len(costs))
    assert _sum(costs, chosen) == min(_sum(costs, columns) for columns in every)


def test_nobody_asks_for_nothing() -> None:
    """Without rows there is nothing to choose."""
    assert cheapest([]) == []


def _sum(costs: list[list[int]], columns: list[int] | tuple[int, ...]) -> int:
    return sum(row[column] for row, column in zip(costs, columns, strict=True))
