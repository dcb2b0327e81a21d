"""Who of those that were here before is meant by a name."""

from __future__ import annotations

from roleplay.store.protocol import KnownPerson
from roleplay.tui.known import ask_about, bearers, say_last, say_shortly

DAY = 86_400_000
ANA = KnownPerson("k-1", "Ana", 3, 10 * DAY, "A hard talk")
OTHER = KnownPerson("k-2", "ANA (2)", 1, 5 * DAY, "A first try")
BEN = KnownPerson("k-3", "Ben", 1, 9 * DAY, "A hard talk")
PEOPLE = (ANA, BEN, OTHER)


def test_all_who_bore_a_name_are_meant() -> None:
    """Neither the case of letters nor the number that told two apart matters; a longer name is another one."""
    assert bearers("ana", PEOPLE) == (ANA, OTHER)
    assert bearers("Ana (3)", PEOPLE) == (ANA, OTHER)
    assert bearers("Anabel", PEOPLE) == ()


def test_only_names_borne_before_are_asked_about() -> None:
    """A single bearer is a first guess; of two, nobody is guessed."""
    ben, ana = ask_about(["Ben", "Ana", "Zoe"], PEOPLE)
    assert (ben.name, ben.person) == ("Ben", BEN)
    assert (ana.person, ana.decided) == (None, False)


def test_nobody_is_two_people() -> None:
    """Whoever sits here already is not offered; of two who bear the name of one, only the first is guessed."""
    assert ask_about(["Ana"], PEOPLE, taken=["k-1"])[0].people == (OTHER,)
    assert ask_about(["Ben"], PEOPLE, taken=["k-3"]) == ()
    first, second = ask_about(["Ben", "Ben (2)"], PEOPLE)
    assert first.person == BEN
    assert not second.decided


def test_another_id_of_a_list_is_another_person() -> None:
    """Whoever has an id in the class list is asked about only with those who are known by none."""
    listed = KnownPerson("r-abcdefghij", "Ana", 1, DAY, "A hard talk")
    (ana,) = ask_about(["Ana"], (ANA, listed), listed={"Ana"})
    assert ana.people == (ANA,)
    assert ask_about(["Ana"], (listed,), listed={"Ana"}) == ()
    assert ask_about(["Ana"], (listed,))[0].people == (listed,)


def test_other_goes_round_all_who_may_be_meant_and_somebody_new() -> None:
    """Those who are somebody else here are passed over; somebody new is always possible."""
    (ana,) = ask_about(["Ana"], PEOPLE)
    chosen = [ana := ana.other() for _ in range(4)]
    assert [each.person for each in chosen] == [ANA, OTHER, None, ANA]
    assert all(each.decided for each in chosen)
    assert ana.other(taken=["k-2"]).person is None


def test_what_was_said_is_where_it_begins_again() -> None:
    """Asked once more, the answer stands as it was given, somebody new included."""
    assert ask_about(["Ana"], PEOPLE, said={"Ana": "k-2"})[0].person == OTHER
    (new,) = ask_about(["Ben"], PEOPLE, said={"Ben": None})
    assert new.decided
    assert new.person is None


def test_last_time_is_told_with_day_and_title() -> None:
    """Two of one name can be told apart by it."""
    now = 11 * DAY
    assert say_last(ANA, now) == "yesterday · A hard talk · 3 times in all"
    assert say_last(OTHER, now) == "6 January 1970 · A first try"
    assert say_shortly(ANA, now) == "here yesterday"
    assert say_shortly(OTHER, now) == "here on 6 January 1970"
    assert say_shortly(None, now) == "somebody new"
