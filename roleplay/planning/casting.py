"""Who plays what: rotation as a pure function of people and roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roleplay.content.scenario import Role
from roleplay.content.seats import seats

Cast = dict[str, tuple[str, ...]]
"""Role to the ids of those who play it."""


def cast_once(roles: Mapping[str, Role], people: Sequence[str], held: Mapping[str, str] | None = None) -> Cast:
    """Cast for a whole session: whoever has chosen a role holds it, the others take the seats left, in order.

    Args:
        roles: the roles that have seats.
        people: ids.
        held: person to role, for those who have chosen.
    """
    chosen = {person: role for person, role in (held or {}).items() if person in people and role in roles}
    free = iter(seats(roles, len(people) - len(chosen), list(chosen.values())))
    return _seat(roles, [chosen.get(person) or next(free) for person in people], people)


def say_misfit(roles: Mapping[str, Role], cast: Cast) -> str:
    """Which role too few or too many people have, as a sentence, or nothing; in an extra role there is always room."""
    for id, role in roles.items():
        number, count = len(cast.get(id, ())), role.count
        if number < count.least and not role.extra:
            return f"{role.title} needs {count.least}, and {number or 'nobody'} {'have' if number > 1 else 'has'} it."
        if number > count.most and not role.extra:
            return f"{role.title} is for {count.most} at most, and {number} have it."
    return ""


def rotation(roles: Mapping[str, Role], people: Sequence[str]) -> list[Cast]:
    """Cast every round so that each person takes each seat once: as many rounds as people.

    Whoever led hands on to the person after; in round one the first person has the first seat.
    """
    chairs = seats(roles, len(people))
    return [_seat(roles, chairs, [*people[turn:], *people[:turn]]) for turn in range(len(people))]


def _seat(roles: Mapping[str, Role], chairs: Sequence[str], people: Sequence[str]) -> Cast:
    pairs = list(zip(chairs, people, strict=True))
    return {role: tuple(person for chair, person in pairs if chair == role) for role in roles}
