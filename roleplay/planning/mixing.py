"""Who sits with whom: groups in which people meet others than before, as far as numbers and wishes allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

Pair = tuple[str, str]
"""Two people, in the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class Company:
    """What earlier sessions say: who has worked together, and in which round each led the last time."""

    together: Mapping[Pair, int] = field(default_factory=dict)
    """In how many sessions two people were at one table."""
    led: Mapping[str, int] = field(default_factory=dict)
    """Person to the round in which they led last time, from 1; 0 for those who took part and did not lead."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody asks for when groups are made."""

    together: tuple[tuple[str, ...], ...] = ()
    """Sets of people who are kept at one table."""
    apart: tuple[tuple[str, ...], ...] = ()
    """Sets of people no two of whom sit at one table."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Person to the value of the tag by which groups are made, such as a cohort."""
    by_tag: Literal["mix", "match"] | None = None
    """Mix: different values at each table; match: the same."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups for one session or for several."""

    sessions: tuple[tuple[tuple[str, ...], ...], ...]
    """Of each session the groups, each in the order in which people lead."""
    repeated: Mapping[Pair, int]
    """Pairs who meet again, also those who met before, and how many times more than once."""
    bound: int
    """No plan can have fewer repeats than this, the earlier sessions counted in."""
    broken: tuple[str, ...] = ()
    """Wishes that could not be kept, a sentence each; people stand in it by id, in braces: `{p1}`."""


def form_groups(
    people: Sequence[str],
    sizes: Sequence[int],
    *,
    sessions: int = 1,
    company: Company | None = None,
    wishes: Wishes | None = None,
    seed: int = 0,
) -> Grouped:
    """Form groups of these sizes, in each of so many sessions, so that as few pairs as possible meet again.

    Args:
        people: ids.
        sizes: how many people sit at each table; together as many as there are people.
        sessions: for how many sessions.
        company: what earlier sessions say.
        wishes: who is kept together or apart, and by which tag groups are made.
        seed: the same seed gives the same groups.
    """
    random, formed = Random(seed), []
    for _ in range(sessions):
        order = list(people)
        random.shuffle(order)
        formed.append(tuple(tuple(order[sum(sizes[:n]) : sum(sizes[: n + 1])]) for n in range(len(sizes))))
    return Grouped(tuple(formed), {}, 0)
