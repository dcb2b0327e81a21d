"""The plan of a table from the next round on, once people have come or gone."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from samples import PEOPLE, SELECTION, TRIAD, TRIO, scenario_of

from roleplay.planning.build import build_plan
from roleplay.planning.plan import PlannedStep, Track
from roleplay.planning.replan import Around, Seated, has_room, replan


class Table:
    """A table of a sample scenario that has come to a step."""

    def __init__(self, data: dict[str, Any] = TRIAD, people: int = 3, at: int = -1) -> None:
        self.scenario = scenario_of(data)
        self.planned: Track = build_plan(self.scenario, PEOPLE[:people], groups=[PEOPLE[:people]]).tracks[0]
        begun = frozenset(step.id for step in self.planned.steps[: at + 1])
        self.seated = Seated(self.planned.people, self.planned.steps, at, begun)

    def with_people(self, *people: str, gone: tuple[str, ...] = ()) -> tuple[PlannedStep, ...]:
        """Its steps once these people sit there."""
        usual = {step.source: step for step in self.planned.steps}
        around = Around(usual=usual, cases=self.scenario.cases)
        return replan(self.scenario, self.seated, people, gone, around)


def talks(steps: tuple[PlannedStep, ...]) -> list[dict[str, tuple[str, ...]]]:
    """The cast of each conversation."""
    return [step.cast for step in steps if step.kind == "play"]


def test_where_nothing_changes_the_plan_stays() -> None:
    """Made anew for the same people it is the same, save that a step that has begun says who was there."""
    for at in (-1, 0, 3, 5):
        table = Table(at=at)
        anew = table.with_people("ana", "ben", "chen")
        assert [step.model_copy(update={"people": ()}) for step in anew] == list(table.planned.steps)
        assert [step.people for step in anew[: at + 1]] == [("ana", "ben", "chen")] * (at + 1)


def test_whoever_comes_gets_a_round_in_the_time_there_is() -> None:
    """Leaders and cases of the others stay; the newcomer leads last, and has played what the others have."""
    table = Table(at=0)
    anew = table.with_people("ana", "ben", "chen", "dee")
    assert [cast["leader"] for cast in talks(anew)] == [("ana",), ("ben",), ("chen",), ("dee",)]
    assert sorted(cast["parent"][0] for cast in talks(anew)) == ["ana", "ben", "chen", "dee"]
    assert [step.case for step in anew if step.kind == "play"] == ["farm", "map", "farm", "map"]
    assert sum(step.length for step in anew) == sum(step.length for step in table.planned.steps)


def test_whoever_goes_leads_no_more() -> None:
    """The round of somebody who left falls away; rounds keep their length and case, and a pair has no observer."""
    table = Table(at=3)
    anew = table.with_people("ana", "chen", gone=("ben",))
    assert [cast["leader"] for cast in talks(anew)] == [("ana",), ("chen",)]
    assert talks(anew)[1] == {"leader": ("chen",), "parent": ("ana",), "observer": ()}
    assert [step.id for step in anew] == ["0", "1.0r1", "1.1r1", "1.2r1", "1.0r2", "1.1r2", "1.2r2", "2", "3"]
    assert {step.case for step in anew if step.round == 2} == {"farm"}


def test_a_freed_round_goes_to_whoever_came() -> None:
    """Somebody comes as somebody goes: the same rounds, with another leader in one."""
    anew = Table(at=1).with_people("ana", "chen", "dee", gone=("ben",))
    assert [cast["leader"] for cast in talks(anew)] == [("ana",), ("dee",), ("chen",)]


def test_a_needed_role_is_filled_before_the_conversation() -> None:
    """While cards are read somebody of an extra role steps in for the rest of that round; what has begun stays."""
    anew = Table(at=1).with_people("ana", "chen", gone=("ben",))
    first = {step.kind: step for step in anew if step.round == 1}
    assert first["prepare"].cast["parent"] == ("ben",)
    assert first["play"].cast == first["feedback"].cast == {"leader": ("ana",), "parent": ("chen",), "observer": ()}
    assert first["play"].people == ("ana", "chen")


def test_whoever_stepped_in_as_leader_has_led() -> None:
    """Nobody leads twice because somebody else went."""
    anew = Table(at=1).with_people("ben", "chen", gone=("ana",))
    assert [cast["leader"] for cast in talks(anew)] == [("chen",), ("ben",)]


def test_an_unfinished_conversation_is_not_cast_anew() -> None:
    """Once it has begun, whoever leaves is only missing from what follows in the round."""
    anew = Table(at=2).with_people("ana", "chen", gone=("ben",))
    feedback = next(step for step in anew if step.id == "1.2r1")
    assert (feedback.cast["parent"], feedback.people) == ((), ("ana", "chen"))


def test_after_the_last_conversation_nothing_is_added() -> None:
    """Whoever comes during the last feedback takes part in what is left."""
    table = Table(at=9)
    anew = table.with_people("ana", "ben", "chen", "dee")
    assert [step.id for step in anew] == [step.id for step in table.planned.steps]
    assert anew[-1].people == ()


def test_one_person_alone_plays_nothing() -> None:
    """What everybody does alike stays; once somebody comes, both lead."""
    alone = Table(at=0)
    steps = alone.with_people("ana", gone=("ben", "chen"))
    assert [step.id for step in steps] == ["0", "2", "3"]
    alone.seated = Seated(("ana",), steps, 0, frozenset({"0"}))
    assert [cast["leader"] for cast in talks(alone.with_people("ana", "dee"))] == [("ana",), ("dee",)]


def test_those_who_wait_for_their_turn_have_it_later() -> None:
    """A table of four that plays three rounds still plays three: the fourth takes the round that becomes free."""
    table = Table(people=4)
    scenario = table.scenario
    planned = build_plan(scenario, PEOPLE[:4], groups=[PEOPLE[:4]], everyone_leads=False).tracks[0]
    table.seated = Seated(planned.people, planned.steps, 0, frozenset({"0"}))
    assert len(talks(table.with_people("ana", "ben", "chen", "dee"))) == len(planned.steps[1:-2]) // 3
    leaders = [cast["leader"][0] for cast in talks(table.with_people("ana", "chen", "dee", gone=("ben",)))]
    assert leaders == [leader if leader != "ben" else "dee" for leader in ("ana", "ben", "chen")][: len(leaders)]


def test_turns_go_on_for_those_who_are_there() -> None:
    """A presenter who leaves has no turn; the others keep theirs, and are no longer asked by somebody who is gone."""
    anew = Table(TRIO, at=0).with_people("ana", "chen", gone=("ben",))
    assert [cast["presenter"] for cast in talks(anew)] == [("ana",), ("chen",)]
    assert all(cast["peer"] in (("ana",), ("chen",)) for cast in talks(anew)[1:])


def test_roles_that_are_held_stay() -> None:
    """Who is rater stays rater; one who comes takes the seat that became free."""
    table = Table(SELECTION, 5, at=0)
    before = talks(table.planned.steps)[0]
    gone = before["rater"][0]
    anew = table.with_people(*(p for p in table.planned.people if p != gone), "eve", gone=(gone,))
    assert set(talks(anew)[0]["rater"]) == {*before["rater"][1:], "eve"}
    assert talks(anew)[0]["candidate"] == before["candidate"]


def test_who_has_room() -> None:
    """A table whose roles are all taken takes nobody more, unless its size is only the usual one."""
    assert has_room(scenario_of(TRIAD), 9)
    assert has_room(scenario_of(SELECTION), 6)
    assert not has_room(scenario_of(SELECTION), 7)


people = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=7, unique=True)


@given(st.integers(2, 6), st.integers(-1, 14), people)
def test_whoever_sits_there_leads_once_and_no_role_is_empty(before: int, at: int, after: list[str]) -> None:
    """Whatever has been played: before the last conversation is over everybody gets a round of their own, all rounds
    are cast, no step has the id of another, and what has begun stays."""
    table = Table(people=before, at=min(at, 3 * before - 1))
    gone = tuple(person for person in table.planned.people if person not in after)
    steps = table.with_people(*after, gone=gone)
    assert len({step.id for step in steps}) == len(steps)
    for kept, was in zip(steps, table.planned.steps[: table.seated.at + 1], strict=False):
        assert (kept.id, kept.cast, kept.length) == (was.id, was.cast, was.length)
    ahead = [step for step in steps[table.seated.at + 1 :] if step.kind == "play"]
    assert all(step.cast["leader"] and step.cast["parent"] for step in ahead)
    assert all(set(after) >= {p for people in step.cast.values() for p in people} for step in ahead)
    leaders = Counter(step.cast["leader"][0] for step in steps if step.kind == "play" and step.cast["leader"])
    # Whoever steps in for a leader who leaves may have led before.
    begun = table.seated.begun()
    left = {person for turn in begun.values() for person in turn[0].cast["leader"]} & set(gone)
    assert all(1 <= leaders[person] <= 1 + bool(left) for person in after)
