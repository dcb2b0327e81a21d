"""Who plays what: rotation as a pure function of people and roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roleplay.content.scenario import Role
from roleplay.content.seats import seats

Cast = dict[str, tuple[str, ...]]
"""Role to the ids of those who play it."""


def cast_once(roles: Mapping[str, Role], people: Sequence[str]) -> Cast:
    """Cast for a whole session: the first person takes the first seat, and so on."""
    return _seat(roles, seats(roles, len(people)), people)


def rotation(roles: Mapping[str, Role], people: Sequence[str]) -> list[Cast]:
    """Cast every round so that each person takes each seat once: as many rounds as people.

    Whoever led hands on to the person after; in round one the first person has the first seat.
    """
    chairs = seats(roles, len(people))
    return [_seat(roles, chairs, [*people[turn:], *people[:turn]]) for turn in range(len(people))]


def _seat(roles: Mapping[str, Role], chairs: Sequence[str], people: Sequence[str]) -> Cast:
    pairs = list(zip(chairs, people, strict=True))
    return {role: tuple(person for chair, person in pairs if chair == role) for role in roles}
