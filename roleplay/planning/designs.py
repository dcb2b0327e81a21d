"""Triads in which everybody meets (almost) everybody once: Kirkman's schoolgirls for other numbers of people.

Such plans exist for every class that can be divided by three, save those of six and twelve, and the last sessions of
one are hard to find by trying. So it is built: people stand on two or three wheels, one session is chosen so that
turning the wheels step by step gives all the others, and that one session is found in a moment.
"""

from __future__ import annotations

from random import Random

from roleplay.planning.search import Tables

_EIGHTEEN = (
    "afknqreimdjlgopbch",
    "lmpcirfghbnoadejkq",
    "hkncjpdmraoqeglbfi",
    "ehjbmqagrflocdnikp",
    "dkoginepqabjcfmhlr",
    "bprefndhqaclgkmijo",
    "ahicgqjmnbkleordfp",
    "anpfjrilqcekbdghmo",
)
"""Eighteen people, for whom wheels give nothing; the search found it within a minute."""
_LARGEST = 30
_TRIES, _TURNS = 20, 20_000


def triads(people: int, random: Random) -> list[Tables] | None:
    """As many sessions of triads as there can be without anybody meeting twice, or none where none is built."""
    if people == len(_EIGHTEEN[0]):
        return [[[ord(c) - ord("a") for c in day[n : n + 3]] for n in range(0, people, 3)] for day in _EIGHTEEN]
    if people % 3 or not 18 < people <= _LARGEST:
        return None
    for _ in range(_TRIES):
        wheels = _Wheels(people // 2 - 1, 2, 2) if people % 2 == 0 else _Wheels(people // 3, 3, 0)
        if (sessions := wheels.turned(random)) is not None:
            return sessions
    return None


class _Wheels:
    """Wheels of one size, with people who stand in the middle; each is a number: wheel after wheel, then the middle.

    What counts for a pair is the distance on its wheel, or from wheel to wheel: where no distance comes twice in one
    session, no pair comes twice while the wheels turn.
    """

    def __init__(self, size: int, wheels: int, middle: int) -> None:
        self._size, self._wheels, self._middle = size, wheels, middle
        # Turned half around, a pair that stands opposite would meet again.
        opposite = {(wheel, wheel, size // 2) for wheel in range(wheels)} if size % 2 == 0 else set()
        self._used: set[tuple[int, int, int]] = opposite
        people = range(size * wheels)
        self._distances = [[self._distance(one, other) for other in people] for one in people]
        self._turns = _TURNS
        self._triads: list[list[int]] = []

    def turned(self, random: Random) -> list[Tables] | None:
        """All sessions, or none if the search has been unlucky."""
        across = self._across(random) if self._wheels == 3 else []
        people = list(range(self._size * self._wheels))
        random.shuffle(people)
        if not self._fill(people, self._middle):
            return None
        turns = range(self._size)
        return [
            *([[self._turn(person, by) for person in triad] for triad in self._triads] for by in turns),
            *([[self._turn(person, by) for person in triad] for by in turns] for triad in across),
        ]

    def _turn(self, person: int, by: int) -> int:
        wheel, place = divmod(person, self._size)
        return person if wheel == self._wheels else wheel * self._size + (place + by) % self._size

    def _across(self, random: Random) -> list[list[int]]:
        """Triads of one from each wheel which, turned, make a session of their own."""
        found: list[list[int]] = []
        while len(found) < (self._size - 1) // 2:
            triad = [0, self._size + random.randrange(self._size), 2 * self._size + random.randrange(self._size)]
            distances = {self._distances[one][other] for one in triad for other in triad if one < other}
            if not distances & self._used:
                self._used |= distances
                found.append(triad)
        return found

    def _distance(self, one: int, other: int) -> tuple[int, int, int]:
        (wheel, place), (second, place_there) = sorted((divmod(one, self._size), divmod(other, self._size)))
        far = (place_there - place) % self._size
        return (wheel, second, min(far, self._size - far) if wheel == second else far)

    def _fill(self, people: list[int], middle: int) -> bool:
        """Put people into triads so that no distance comes twice."""
        self._turns -= 1
        if not people:
            return True
        one, rest = people[0], people[1:]
        for n, other in enumerate(rest):
            near = self._distances[one][other]
            if near in self._used or self._turns < 0:
                continue
            self._used.add(near)
            left = rest[:n] + rest[n + 1 :]
            if middle and near[0] != near[1]:
                self._triads.append([one, other, self._size * self._wheels + middle - 1])
                if self._fill(left, middle - 1):
                    return True
                self._triads.pop()
            for m in range(n, len(left)):
                third = left[m]
                far = {self._distances[one][third], self._distances[other][third]}
                if len(far) < 2 or far & self._used:
                    continue
                self._used |= far
                self._triads.append([one, other, third])
                if self._fill(left[:m] + left[m + 1 :], middle):
                    return True
                self._triads.pop()
                self._used -= far
            self._used.discard(near)
        return False
