"""How few people meet again, and how long it takes to find out: what the planner of groups promises.

What was tried, on two shared cores, before the search was chosen (seconds, and repeats that were left):

    triads          tabu search    CP-SAT of OR-tools, two workers, 30 s each
    9 x 4           0.00, 0        0.0, 0
    15 x 7          0.02, 0        30, 6
    24 x 9          0.01, 0        30, 14
    24 x 10         0.05, 0        30, 29
    18 x 8          11, 0          30, 5
    21 x 10         30, 4          30, 22

The solver was given the first session, and a table for each of the first three people in the others; it minimizes
repeats as the search does, and takes 246 MB to install. The search takes nothing and is faster everywhere. Close to the
most sessions that there can be the search is slow, too: there plans are built, see `roleplay.planning.designs`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from time import perf_counter

from benchmarks.table import Row, say_time
from roleplay.planning.groups import table_sizes
from roleplay.planning.mixing import Company, Grouped, form_groups, pair_of

ALONE = ((9, 4, 2.0), (15, 7, 2.0), (24, 9, 2.0), (24, 10, 10.0), (18, 8, 30.0), (21, 10, 30.0))
"""People, sessions, and the seconds in which nobody may meet twice."""
LARGE = ((120, 10), (119, 10), (118, 10))
ODD = ((23, 6), (23, 10), (20, 8))
"""Where fours sit beside triads."""
AT_ONCE, SEEDS = 60.0, 20


def groups(quick: bool) -> list[Row]:
    """Plans of several sessions at once, then of one at a time."""
    rows = [_row(people, sessions, limit) for people, sessions, limit in ALONE]
    rows += [_row(people, sessions, AT_ONCE) for people, sessions in LARGE[: 1 if quick else None]]
    if not quick:
        rows += [_row(people, sessions, None) for people, sessions in ODD]
        rows += [_search_only(people, sessions) for people, sessions in ((18, 8), (21, 10))]
    return rows + _one_at_a_time(24, 6, 3 if quick else SEEDS)


def _row(people: int, sessions: int, limit: float | None) -> Row:
    seconds, grouped = _timed(people, sessions)
    figure = f"{grouped.repeats} repeats in {say_time(seconds)}"
    kept = None if limit is None else seconds <= limit and (grouped.repeats == 0 or people > 100)
    said = "" if limit is None else f"{'' if people > 100 else '0 in '}{limit:g} s"
    return Row(f"{people} people, {sessions} sessions", figure, f"bound {grouped.bound}", limit=said, kept=kept)


def _timed(people: int, sessions: int) -> tuple[float, Grouped]:
    began = perf_counter()
    grouped = form_groups(_ids(people), table_sizes(people, 2, 3), sessions=sessions, seed=1)
    return perf_counter() - began, grouped


def _search_only(people: int, sessions: int) -> Row:
    """The same without what can be built: one meeting long ago keeps the planner from it."""
    long_ago = Company({("p00", "p01"): 1})
    began = perf_counter()
    grouped = form_groups(
        _ids(people),
        table_sizes(people, 2, 3),
        sessions=sessions,
        company=long_ago,
        effort=10**12,
        go_on=lambda: perf_counter() - began < AT_ONCE / 2,
    )
    figure = f"{grouped.repeats} repeats in {say_time(perf_counter() - began)}"
    return Row(f"{people} people, {sessions} sessions, two of whom have met", figure, f"bound {grouped.bound}")


def _one_at_a_time(people: int, sessions: int, seeds: int) -> list[Row]:
    """As in life: each session from the history of those before it."""
    planned = [_history(people, sessions, seed) for seed in range(seeds)]
    repeats = [sum(grouped.repeats for grouped in each) for each in planned]
    again = sum(_leads_first_again(each) for each in planned)
    what = f"{people} people, {sessions} sessions, one at a time, {seeds} seeds"
    return [
        Row(f"{what}: repeats, at most", str(max(repeats)), limit="0", kept=max(repeats) == 0),
        Row(f"{what}: who leads first twice in a row", str(again), limit="0", kept=again == 0),
    ]


def _history(people: int, sessions: int, seed: int) -> list[Grouped]:
    together: Counter[tuple[str, str]] = Counter()
    led: dict[str, int] = {}
    done = []
    for _ in range(sessions):
        grouped = form_groups(_ids(people), table_sizes(people, 2, 3), company=Company(together, led), seed=seed)
        for group in grouped.sessions[0]:
            together.update(pair_of(*two) for two in combinations(group, 2))
            led |= {person: turn for turn, person in enumerate(group, start=1)}
        done.append(grouped)
    return done


def _leads_first_again(done: Sequence[Grouped]) -> int:
    firsts = [{group[0] for group in grouped.sessions[0]} for grouped in done]
    return sum(len(before & after) for before, after in pairwise(firsts))


def _ids(people: int) -> list[str]:
    return [f"p{n:02}" for n in range(people)]
