"""Tabu search for groups: people change tables, two at a time, until as few as possible meet again.

The cost of a plan is the sum over all meetings of what the two have cost each other up to then: nothing when they
meet for the first time, one `UNIT` the second time, two the third; so repeats are few, and spread. Wishes are costs of
a pair beside. For each person and table the search keeps what the person would cost there, so that one look at a
swap takes a handful of additions, whatever the number of people. (Dotú and Van Hentenryck, "Scheduling social golfers
locally", 2005, gave the idea: only people who meet again are moved, and a swap is not undone for a while.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

UNIT = 1024
"""The cost of one repeat; what costs less decides only between plans that are equal otherwise."""

Tables = list[list[int]]


class Search:
    """Sessions of people, who are numbers from 0, at tables; and what each pair costs."""

    def __init__(self, sessions: Sequence[Tables], costs: Sequence[Sequence[int]], fixed: Sequence[bool]) -> None:
        """Begin with people at tables.

        Args:
            sessions: the tables of each session, every person at one of them.
            costs: what it costs if two meet once, before this plan: `UNIT` for each earlier meeting, and wishes.
            fixed: people who are not moved.
        """
        self._people = range(len(costs))
        self._fixed = fixed
        self._sessions = [[list(table) for table in tables] for tables in sessions]
        self._costs = [list(row) for row in costs]
        """What it costs if two meet once more."""
        self.cost = 0
        for tables in self._sessions:
            for table in tables:
                for n, one in enumerate(table):
                    for other in table[:n]:
                        self.cost += self._costs[one][other]
                        self._costs[one][other] += UNIT
                        self._costs[other][one] += UNIT
        self._at = [self._table_of(tables) for tables in self._sessions]
        """Session and person to the number of a table."""
        self._loads = [
            [[sum(self._costs[person][other] for other in table) for table in tables] for person in self._people]
            for tables in self._sessions
        ]
        """Session, person and table to the sum of that person's costs with those who sit there."""

    def run(
        self,
        random: Random,
        effort: int,
        enough: Callable[[int, Sequence[Tables]], bool],
        go_on: Callable[[], bool] | None = None,
    ) -> list[Tables]:
        """Look for cheaper tables and return the cheapest found.

        Args:
            random: chance.
            effort: how many swaps are looked at, about.
            enough: whether a plan of that cost needs no improvement.
            go_on: asked now and then whether there is time left.
        """
        best, found = self.cost, self._copied()
        tabu: dict[tuple[int, int, int], int] = {}
        turn = changed = 0
        patience = 4 * len(self._people) * len(self._sessions)
        while effort > 0 and not (best == self.cost and enough(best, found)):
            turn += 1
            if go_on is not None and turn % 64 == 0 and not go_on():
                break
            delta, moves, looks = self._best_moves(tabu, turn, best)
            effort -= looks + 200
            if moves:
                move = moves[int(random.random() * len(moves))]
                self._swap(*move)
                self.cost += delta
                tabu[move] = turn + 10 + int(random.random() * 10) + self.cost // UNIT // 8
                if self.cost < best:
                    best, found, changed = self.cost, self._copied(), turn
                    continue
            if not moves or turn - changed > patience:
                self._shake(random)
                changed = turn
        return found

    def _best_moves(
        self, tabu: dict[tuple[int, int, int], int], turn: int, best: int
    ) -> tuple[int, list[tuple[int, int, int]], int]:
        """The swaps of somebody who meets others again that cost least, and how many were looked at."""
        costs, fixed, now = self._costs, self._fixed, self.cost
        least, looks = 0, 0
        moves: list[tuple[int, int, int]] = []
        movable = [person for person in self._people if not fixed[person]]
        for session, (tables, at, loads) in enumerate(zip(self._sessions, self._at, self._loads, strict=True)):
            spare = [UNIT * (len(table) - 1) for table in tables]
            for one in movable:
                here, load, cost = at[one], loads[one], costs[one]
                saved = load[here] - spare[here]
                if saved <= 0:
                    continue
                looks += len(movable)
                for other in movable:
                    there = at[other]
                    if there == here:
                        continue
                    their = loads[other]
                    delta = load[there] - saved + their[here] - their[there] + spare[there] - 2 * cost[other]
                    if moves and delta > least:
                        continue
                    move = (session, one, other) if one < other else (session, other, one)
                    if tabu.get(move, 0) > turn and now + delta >= best:
                        continue
                    if not moves or delta < least:
                        least, moves = delta, [move]
                    else:
                        moves.append(move)
        return least, moves, looks

    def _swap(self, session: int, one: int, other: int) -> None:
        tables, at, loads = self._sessions[session], self._at[session], self._loads[session]
        here, there = at[one], at[other]
        for person in tables[here]:
            if person != one:
                self._meet(one, person, -UNIT)
                self._meet(other, person, UNIT)
        for person in tables[there]:
            if person != other:
                self._meet(other, person, -UNIT)
                self._meet(one, person, UNIT)
        tables[here][tables[here].index(one)] = other
        tables[there][tables[there].index(other)] = one
        at[one], at[other] = there, here
        for load, mine, theirs in zip(loads, self._costs[one], self._costs[other], strict=True):
            load[here] += theirs - mine
            load[there] += mine - theirs

    def _meet(self, one: int, other: int, more: int) -> None:
        self._costs[one][other] += more
        self._costs[other][one] += more
        for at, loads in zip(self._at, self._loads, strict=True):
            loads[one][at[other]] += more
            loads[other][at[one]] += more

    def _shake(self, random: Random) -> None:
        """A few swaps by chance, to leave a place from which nothing gets better."""
        movable = [person for person in self._people if not self._fixed[person]]
        for session in range(len(self._sessions)) if len(movable) > 1 else ():
            one, other = random.sample(movable, 2)
            if self._at[session][one] != self._at[session][other]:
                self.cost += self._delta(session, one, other)
                self._swap(session, one, other)

    def _delta(self, session: int, one: int, other: int) -> int:
        """What a swap costs."""
        tables, at, loads = self._sessions[session], self._at[session], self._loads[session]
        here, there = at[one], at[other]
        spare = UNIT * (len(tables[here]) + len(tables[there]) - 2)
        gained = loads[one][here] + loads[other][there] - spare
        return loads[one][there] + loads[other][here] - 2 * self._costs[one][other] - gained

    def _copied(self) -> list[Tables]:
        return [[list(table) for table in tables] for tables in self._sessions]

    def _table_of(self, tables: Tables) -> list[int]:
        at = {person: number for number, table in enumerate(tables) for person in table}
        return [at[person] for person in self._people]
