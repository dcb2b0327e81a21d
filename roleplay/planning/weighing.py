"""What groups cost as they are: who meets again, and which wishes they do not keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from roleplay.planning.mixing import Company, Pair, Wishes, pair_of
from roleplay.planning.words import say_number

_NAMED = 3
"""So many pairs are named; the others are a number."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What groups cost; people are ids."""

    again: frozenset[Pair] = frozenset()
    """Pairs at one table who have worked together before."""
    parted: frozenset[Pair] = frozenset()
    """Pairs at two tables who were to be kept together."""
    joined: frozenset[Pair] = frozenset()
    """Pairs at one table who were to be kept apart."""
    unlike: int = 0
    """Pairs at one table against the wish for a tag: of the same where it is mixed, of another where it is matched."""

    @property
    def broken(self) -> int:
        """How many wishes are not kept, counted by pairs."""
        return len(self.parted) + len(self.joined)


def weigh(groups: Sequence[Sequence[str]], company: Company, wishes: Wishes) -> Weighed:
    """Say what these groups cost."""
    at_one = {pair_of(*two) for group in groups for two in combinations(group, 2)}
    here = {person for group in groups for person in group}
    together, apart = (
        {pair_of(*two) for people in sets for two in combinations(people, 2) if here.issuperset(two)}
        for sets in (wishes.together, wishes.apart)
    )
    return Weighed(
        again=frozenset(pair for pair in at_one if company.times(*pair)),
        parted=frozenset(together - at_one),
        joined=frozenset(apart & at_one),
        unlike=sum(wishes.jar(*pair) for pair in at_one),
    )


def say_weighed(
    weighed: Weighed, company: Company, wishes: Wishes, name: Callable[[str], str], tag: str = ""
) -> Iterator[str]:
    """What these groups cost, a sentence for each kind of it; nothing where there is no history and no wish."""
    again = [f"{name(one)} and {name(other)}" for one, other in sorted(weighed.again)]
    if again:
        pairs = "One pair has" if len(again) == 1 else f"{say_number(len(again)).capitalize()} pairs have"
        more = f" and {len(again) - _NAMED} more" if len(again) > _NAMED else ""
        yield f"{pairs} worked together before: {', '.join(again[:_NAMED])}{more}."
    elif company.together:
        yield "Nobody sits with anybody from an earlier session."
    for one, other in sorted(weighed.parted):
        yield f"{name(one)} and {name(other)} are not together, as was wished."
    for one, other in sorted(weighed.joined):
        yield f"{name(one)} and {name(other)} are not apart, as was wished."
    if wishes.by_tag:
        pairs = f"{say_number(weighed.unlike)} pair{'' if weighed.unlike == 1 else 's'}"
        yield f"By {tag}: {pairs} {'of the same' if wishes.by_tag == 'mix' else 'that differ'} at one table."
