"""Who sits with whom before a session is opened: groups, wishes, attendance, and classes that come together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from roleplay.conduct.class_plan import Request, plan_class
from roleplay.conduct.roster import Guest, Roster, known_id, of_names
from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.load import load_bundle
from roleplay.store.protocol import KnownPerson
from roleplay.tui.grouping import Grouping, tags_of
from roleplay.tui.preparing import Preparing, expecting, guests_of, places_of
from roleplay.tui.seating import Place, Seating

CLASS = [f"Person {n:02}" for n in range(23)]


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """A conversation in threes with rounds."""
    here = bundled_folder()
    return load_bundle("parent-conversation", Folders((here / "scenarios",), (here / "rubrics",)))


def seated(bundle: Bundle, people: Sequence[str | Place] = CLASS, grouping: Grouping | None = None) -> Preparing:
    """A setup for these people, in groups."""
    now = expecting(Preparing(bundle, grouping=grouping or Grouping()), people)
    return replace(now, seating=now.room.form())


def pairs(now: Preparing) -> set[frozenset[str]]:
    """Who sits with whom."""
    return {frozenset(two) for group in now.room.groups for two in combinations(group, 2)}


def test_same_seed_forms_the_same_groups(bundle: Bundle) -> None:
    """Also after they were others in between; another seed forms others."""
    first = seated(bundle)
    other = replace(first, grouping=replace(first.grouping, seed=1))
    other = replace(other, seating=other.room.form())
    again = replace(other, grouping=first.grouping)
    again = replace(again, seating=again.room.form())
    assert first.room.groups == again.room.groups
    assert pairs(first) != pairs(other)
    assert sorted(first.seating.sizes) == [3, 3, 3, 3, 3, 4, 4]


def test_one_table_has_no_groups(bundle: Bundle) -> None:
    """Three people sit in the order of the list."""
    now = seated(bundle, ["Ana", "Ben", "Cleo"])
    assert now.seating == Seating.of("Ana", "Ben", "Cleo")
    assert now.room.formed
    assert now.room.notes() == ()


def test_whoever_is_not_here_leaves_a_table_and_nobody_else_moves(bundle: Bundle) -> None:
    """All others who sat together still do where numbers allow it; those who come in get a seat."""
    now = seated(bundle, CLASS[:21])
    gone = now.room.groups[0][1]
    expected = [replace(place, here="late") if place.name == gone else place for place in now.expected]
    without = now.with_attendance(expected)
    assert not without.room.formed
    without = replace(without, seating=without.room.form(keep=True))
    kept = {pair for pair in pairs(now) if gone not in pair}
    assert len(kept - pairs(without)) <= 3
    assert [guest.name for guest in guests_of(without.absent)] == [gone]
    back = without.arrived(gone.upper())
    back = replace(back, seating=back.room.form(keep=True))
    assert sorted(back.room.names) == sorted(CLASS[:21])
    assert back.absent == ()


def test_wishes_are_kept_and_taken_back(bundle: Bundle) -> None:
    """Kept together, then apart instead, then neither."""
    grouping = Grouping().wishing("together", "Person 01", "Person 02")
    now = seated(bundle, grouping=grouping)
    assert frozenset({"Person 01", "Person 02"}) in pairs(now)
    grouping = grouping.wishing("apart", "Person 02", "Person 01")
    assert grouping.together == ()
    now = seated(bundle, grouping=grouping)
    assert frozenset({"Person 01", "Person 02"}) not in pairs(now)
    assert list(grouping.wishes_for("Person 01")) == [("apart", "Person 02")]
    assert grouping.wishing("apart", "Person 01", "Person 02") == Grouping()


def test_wish_about_somebody_who_is_not_here_waits(bundle: Bundle) -> None:
    """It says nothing about those who are."""
    grouping = Grouping(apart=(("Person 01", "Person 02", "Nobody"), ("Person 03", "Nobody")))
    assert seated(bundle, grouping=grouping).room.wishes.apart == (("Person 01", "Person 02"),)


def test_groups_are_matched_by_a_tag(bundle: Bundle) -> None:
    """Nine from the north and nine from the south sit among themselves, and what is left to wish is said."""
    people = [Place(f"P{n:02}", tags={"cohort": "north" if n % 2 else "south", "year": "1"}) for n in range(18)]
    now = seated(bundle, people, Grouping(tag="cohort", how="match"))
    assert now.room.notes() == ("By cohort: no pairs that differ at one table.",)
    assert list(tags_of(now.seating)) == ["cohort"]


def test_id_of_a_list_is_known_without_a_question(bundle: Bundle) -> None:
    """Under another name, too; somebody new is asked about, and keeps the id for the next time."""
    people = [KnownPerson(known_id("17"), "Anna", 2, 0, "Talk"), KnownPerson("k-ben", "Ben", 1, 0, "Talk")]
    guests = (Guest("Ana", "17", known=known_id("17")), Guest("Ben", "18", known=known_id("18")))
    now = expecting(Preparing(bundle), places_of(guests)).knowing(people)
    ana, ben = now.expected
    assert (ana.known, ana.asked, ben.known, ben.asked) == (known_id("17"), True, None, False)
    assert now.recognise({"Ben": None}).expected[1].known == known_id("18")
    assert now.recognise({"Ben": "k-ben"}).expected[1].known == "k-ben"


def test_class_joins_those_who_are_named_already(bundle: Bundle) -> None:
    """Who is known to be here is there once; who was only named is described; wishes come along."""
    now = expecting(Preparing(bundle), [Place("Ana", "k-ana", asked=True), "Ben"])
    roster = Roster(
        (Guest("Anna", known="k-ana"), Guest("Ben", known="k-ben", tags={"cohort": "north"}), Guest("Cleo")),
        apart=(("Ben", "Cleo"),),
    )
    joined, said = now.joined_by(roster)
    assert joined.room.names == ["Ana", "Ben", "Cleo"]
    assert joined.expected[1] == Place("Ben", listed="k-ben", tags={"cohort": "north"})
    assert joined.grouping.apart == (("Ben", "Cleo"),)
    assert said == "One person more. On the list already: Ben."


def test_another_of_the_same_name_is_told_apart(bundle: Bundle) -> None:
    """Where it is known that they are two people."""
    now = expecting(Preparing(bundle), [Place("Ana", "k-ana", asked=True)])
    joined, said = now.joined_by(Roster((Guest("Ana", known="k-other"),)))
    assert joined.room.names == ["Ana", "Ana (2)"]
    assert said == "One person more."
    again, said = joined.joined_by(of_names(["Ben"]))
    assert again.room.names == ["Ana", "Ana (2)", "Ben"]


def test_those_who_are_late_come_first_among_the_absent() -> None:
    """They are the ones who will be looked for."""
    places = [Place("Ana", here="away"), Place("Ben", "k-ben", here="late"), Place("Cleo", listed="r-c", here="away")]
    assert guests_of(places) == (Guest("Ben", known="k-ben"), Guest("Ana"), Guest("Cleo", known="r-c"))


def test_groups_are_those_that_were_planned(bundle: Bundle) -> None:
    """With the same list and the same seed, `roleplay plan` and the setup give the same groups."""
    planned = plan_class(bundle.scenario, of_names(CLASS), Request(seed=3))
    names = [[planned.names[id] for id in group] for group in planned.grouped.sessions[0]]
    assert seated(bundle, grouping=Grouping(seed=3)).room.groups == names
