"""What it costs if two people change tables, in sentences, before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from roleplay.planning.mixing import Company, Wishes
from roleplay.planning.words import say_list, say_times

Groups = Sequence[Sequence[str]]


def swapped(groups: Groups, one: str, other: str) -> tuple[tuple[str, ...], ...]:
    """The same groups with two people in each other's places."""
    places = {one: other, other: one}
    return tuple(tuple(places.get(person, person) for person in group) for group in groups)


def say_swap(
    groups: Groups,
    one: str,
    other: str,
    name: Callable[[str], str],
    company: Company | None = None,
    wishes: Wishes | None = None,
) -> tuple[str, ...]:
    """What a swap costs and what it gains, a sentence each.

    Args:
        groups: who sits with whom now, in the order in which they lead.
        one: somebody.
        other: somebody else.
        name: what a person is called.
        company: who has worked together in earlier sessions.
        wishes: what was asked for when the groups were made.
    """
    company, wishes = company or Company(), wishes or Wishes()
    after = swapped(groups, one, other)
    said = []
    for person in (one, other):
        before, now = (_beside(person, tables) for tables in (groups, after))
        for new in (True, False):
            there = [p for p in now if p not in before] if new else [p for p in before if p not in now]
            said += _say_met(person, there, new, name, company)
    if not said and _beside(one, groups) != _beside(one, after):
        said = ["Nobody meets somebody again."]
    if not _beside(one, groups) or other in _beside(one, groups):
        said = [f"{name(one)} and {name(other)} sit at one table already: only who leads when changes."]
    return (*said, *_say_wishes(groups, after, name, wishes))


def _say_met(person: str, others: Sequence[str], new: bool, name: Callable[[str], str], company: Company) -> list[str]:
    """Those of others with whom somebody has worked, by how often."""
    by_times: dict[int, list[str]] = {}
    for other in others:
        if times := company.times(person, other):
            by_times.setdefault(times, []).append(name(other))
    return [
        f"{name(person)} has worked with {say_list(names)} {say_times(times)} before."
        if new
        else f"{name(person)} no longer meets {say_list(names)} again."
        for times, names in sorted(by_times.items(), reverse=True)
    ]


def _say_wishes(before: Groups, after: Groups, name: Callable[[str], str], wishes: Wishes) -> list[str]:
    said = []
    for what, sets, close in (
        ("were to sit together, and no longer do", wishes.together, True),
        ("were to be kept apart, and now sit together", wishes.apart, False),
    ):
        said += [
            f"{name(two[0])} and {name(two[1])} {what}."
            for names in sets
            for two in combinations(names, 2)
            if _close(two, before) == close != _close(two, after)
        ]
    if wishes.by_tag:
        mix = wishes.by_tag == "mix"
        same, now = _alike(before, wishes), _alike(after, wishes)
        if same != now and (now > same) == mix:
            said.append(
                f"People at a table are {'less different from each other' if mix else 'less alike'} than before."
            )
    return said


def _beside(person: str, groups: Groups) -> list[str]:
    return [other for group in groups if person in group for other in group if other != person]


def _close(two: tuple[str, str], groups: Groups) -> bool:
    return any(set(two) <= set(group) for group in groups)


def _alike(groups: Groups, wishes: Wishes) -> int:
    """How many pairs at one table have the same tag."""
    pairs = (two for group in groups for two in combinations(group, 2))
    return sum(one in wishes.tags and wishes.tags.get(one) == wishes.tags.get(other) for one, other in pairs)
