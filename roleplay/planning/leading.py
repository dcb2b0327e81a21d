"""In which order the people of a group lead: who did not lead last time first, who led first last time later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

_NEW, _LED = 1, 2


def lead_orders(
    sessions: Sequence[Sequence[Sequence[str]]], led: Mapping[str, int], leading: int | None, random: Random
) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The groups of each session, each in the order in which its people lead.

    Args:
        sessions: who sits together.
        led: person to the round in which they led the last time; 0 for those who did not lead.
        leading: how many lead in each group; without it, all.
        random: decides where nothing else does.
    """
    last = dict(led)
    ordered = []
    for groups, following in zip(sessions, [*sessions[1:], ()], strict=True):
        next_group = {person: number for number, group in enumerate(following) for person in group}
        # Where all who sit together next time have led first, one of them would lead first again.
        firsts: Counter[int] = Counter()
        now = []
        for group in groups:
            chance = {person: random.random() for person in group}
            order = sorted(group, key=lambda p: (_turn(last.get(p)), firsts[next_group.get(p, -1)], chance[p]))
            firsts[next_group.get(order[0], -1)] += 1
            now.append(tuple(order))
        for group in now:
            last |= {
                person: turn if leading is None or turn <= leading else 0 for turn, person in enumerate(group, start=1)
            }
        ordered.append(tuple(now))
    return tuple(ordered)


def _turn(led: int | None) -> int:
    """The smaller, the earlier somebody leads, by the round in which they led last time."""
    if not led:
        return _NEW if led is None else 0
    return _LED + 1000 - led
