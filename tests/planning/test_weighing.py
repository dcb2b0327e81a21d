"""What groups cost, and how that is said."""

from __future__ import annotations

from roleplay.planning.mixing import Company, Wishes
from roleplay.planning.weighing import Weighed, say_weighed, weigh

MET = Company(together={("ana", "ben"): 1, ("cleo", "dan"): 2})
NAMES = {"ana": "Ana", "ben": "Ben", "cleo": "Cleo", "dan": "Dan"}


def test_groups_are_weighed_by_history_wishes_and_tags() -> None:
    """Pairs who meet again, wishes that are not kept, tags against the wish."""
    wishes = Wishes(
        together=(("ana", "cleo"),),
        apart=(("cleo", "dan", "gone"),),
        tags={"ana": "north", "ben": "north", "cleo": "south", "dan": "north"},
        by_tag="mix",
    )
    assert weigh([["ana", "ben"], ["cleo", "dan"]], MET, wishes) == Weighed(
        again=frozenset({("ana", "ben"), ("cleo", "dan")}),
        parted=frozenset({("ana", "cleo")}),
        joined=frozenset({("cleo", "dan")}),
        unlike=1,
    )


def test_matching_counts_the_pairs_that_differ() -> None:
    """Whoever has no tag is against no wish."""
    wishes = Wishes(tags={"ana": "north", "ben": "south", "cleo": "north"}, by_tag="match")
    assert weigh([["ana", "ben", "cleo", "dan"]], Company(), wishes).unlike == 2


def test_what_groups_cost_is_said() -> None:
    """A sentence for each kind of it; without history and wishes there is nothing to say."""
    cost = Weighed(again=frozenset({("ana", "ben")}), parted=frozenset({("ana", "cleo")}), unlike=1)
    assert list(say_weighed(cost, MET, Wishes(by_tag="mix"), NAMES.__getitem__, "cohort")) == [
        "One pair has worked together before: Ana and Ben.",
        "Ana and Cleo are not together, as was wished.",
        "By cohort: one pair of the same at one table.",
    ]
    assert list(say_weighed(Weighed(), MET, Wishes(), str)) == ["Nobody sits with anybody from an earlier session."]
    assert list(say_weighed(Weighed(), Company(), Wishes(), str)) == []


def test_many_pairs_are_named_as_far_as_one_reads_them() -> None:
    """Three of them, and a number."""
    pairs = frozenset((f"a{n}", f"b{n}") for n in range(5))
    (said,) = say_weighed(Weighed(again=pairs), MET, Wishes(), str)
    assert said == "Five pairs have worked together before: a0 and b0, a1 and b1, a2 and b2 and 2 more."
