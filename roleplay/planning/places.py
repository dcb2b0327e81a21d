"""Who takes which place at the least cost: the assignment problem, for the few people of one table."""

from __future__ import annotations

from collections.abc import Sequence


def cheapest(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each row its column, no column twice, so that the costs add up to the least.

    There must be at least as many columns as rows. This is the Hungarian method with potentials (Kuhn 1955).
    """
    rows, columns = len(costs), len(costs[0]) if costs else 0
    of_row, of_column = [0] * (rows + 1), [0] * (columns + 1)
    taken_by = [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken_by[0], column = row, 0
        least = [float("inf")] * (columns + 1)
        came_from, seen = [0] * (columns + 1), [False] * (columns + 1)
        while taken_by[column]:
            seen[column] = True
            here, step, onward = taken_by[column], float("inf"), 0
            for other in range(1, columns + 1):
                if seen[other]:
                    continue
                cost = costs[here - 1][other - 1] - of_row[here] - of_column[other]
                if cost < least[other]:
                    least[other], came_from[other] = cost, column
                if least[other] < step:
                    step, onward = least[other], other
            for other in range(columns + 1):
                if seen[other]:
                    of_row[taken_by[other]] += int(step)
                    of_column[other] -= int(step)
                else:
                    least[other] -= step
            column = onward
        while column:
            taken_by[column] = taken_by[came_from[column]]
            column = came_from[column]
    found = [0] * rows
    for column in range(1, columns + 1):
        if taken_by[column]:
            found[taken_by[column] - 1] = column - 1
    return found
