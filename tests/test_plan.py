"""`roleplay plan`, as somebody types it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from meetings import Meetings, part_bundle
from samples import TRIAD, bundle_of

from roleplay.cli import main
from roleplay.conduct.class_plan import Request, plan_class
from roleplay.conduct.opening import Seat
from roleplay.conduct.roster import of_names
from roleplay.settings import database_path
from roleplay.tui.grouping import Grouping, Room
from roleplay.tui.seating import Seating

NAMES = ("Ana", "Ben", "Chloe", "Dee", "Eva", "Fay", "Gus", "Hal", "Ida")


def plan(*arguments: str, scenario: str = "parent-conversation") -> Result:
    """Run the command; an exception that is no exit comes through as itself."""
    return CliRunner().invoke(main, ["plan", scenario, *arguments], prog_name="roleplay", catch_exceptions=False)


def planned(people: int | Sequence[str], *arguments: str, **options: str) -> Any:
    """What it prints for programs."""
    names = NAMES[:people] if isinstance(people, int) else people
    done = plan("--people", ", ".join(names), "--json", *arguments, **options)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def class_list(folder: Path, rows: str) -> str:
    path = folder / "class.csv"
    path.write_text(rows, encoding="utf-8")
    return str(path)


def test_the_object_for_programs() -> None:
    """Members by name; in each round the names by role, each leading and listening once; nothing beside."""
    told = planned(7, "--minutes", "42")
    assert list(told) == ["sessions", "repeated_pairs", "repeats", "lower_bound", "notes"]
    [session] = told["sessions"]
    assert sorted(name for group in session["groups"] for name in group["members"]) == sorted(NAMES[:7])
    for group in session["groups"]:
        assert list(group) == ["members", "rounds"]
        assert [turn["leader"] for turn in group["rounds"]] == [[name] for name in group["members"]]
        assert sorted(turn["parent"][0] for turn in group["rounds"]) == sorted(group["members"])
        for turn in group["rounds"]:
            assert sorted(name for names in turn.values() for name in names) == sorted(group["members"])
    assert (told["repeated_pairs"], told["repeats"], told["lower_bound"]) == ([], 0, 0)
    assert told["notes"][0].startswith("7 people: one triad and one group of four, who play four rounds of ")


def test_the_same_seed_prints_the_same() -> None:
    """Word for word; another seed seats people otherwise."""
    first, again, other = (planned(9, "--sessions", "2", "--seed", seed) for seed in ("1", "1", "2"))
    assert first == again != other


def test_pairs_who_meet_again_are_named() -> None:
    """With how often they meet in all: six people in two triads cannot but meet again."""
    told = planned(6, "--sessions", "2")
    assert (told["repeats"], told["lower_bound"]) == (2, 2)
    for pair in told["repeated_pairs"]:
        assert pair["times"] == 2
        tables = [group["members"] for session in told["sessions"] for group in session["groups"]]
        assert sum(set(pair["people"]) <= set(members) for members in tables) == 2


def test_an_instructor_reads_tables_and_repeats() -> None:
    """One session with its rounds, several with those at each table; the repeats and their bound stand below."""
    text = plan("--people", ", ".join(NAMES[:7])).stdout
    assert text.startswith(
        "A tough conversation with a parent: 7 people, 40m\n7 people: one triad and one group of four,"
    )
    assert "\nTable 2  " in text
    assert "\n  Round 4: School leader " in text
    assert text.endswith("\nRepeats: 0 (lower bound 0). Nobody sits with somebody they have worked with before.\n")
    text = plan("--people", ", ".join(NAMES[:6]), "--sessions", "2").stdout
    assert "\nSession 2\nTable 1  " in text
    assert "Round 1" not in text
    assert "\nRepeats: 2 (lower bound 2: no plan has fewer).\n  " in text
    assert text.endswith(" will have worked together twice.\n")


def test_long_lists_of_repeats_are_cut() -> None:
    """The whole list is for programs: seven at one table all meet again."""
    people = ("--people", ", ".join(NAMES[:7]), "--sessions", "2")
    text = plan(*people, scenario="debrief-1-questions").stdout
    assert text.count("twice") == 12
    assert text.endswith("  So will 9 more pairs; --json lists them all.\n")


def test_who_is_kept_together_or_apart(tmp_path: Path) -> None:
    """By options that can be repeated, and by what the class list says; a name is found however it is spelled."""
    roster = class_list(tmp_path, "name,apart\n" + "".join(f"{name},{'x' * (n < 2)}\n" for n, name in enumerate(NAMES)))
    wishes = ("--together", "ana, ida", "--together", "Gus,Hal", "--apart", "Gus, Ida", "--sessions", "2", "--json")
    told = json.loads(plan("--roster", roster, *wishes).stdout)
    for session in told["sessions"]:
        table = {name: n for n, group in enumerate(session["groups"]) for name in group["members"]}
        assert table["Ana"] == table["Ida"]
        assert table["Gus"] == table["Hal"]
        assert table["Ana"] != table["Ben"]
        assert table["Gus"] != table["Ida"]


@pytest.mark.parametrize(("option", "kinds"), [("--mix", 2), ("--match", 1)])
def test_a_column_of_the_class_list_mixes_or_matches(tmp_path: Path, option: str, kinds: int) -> None:
    """Six of each kind in four triads."""
    cohort = {f"Person {n}": "ab"[n % 2] for n in range(12)}
    roster = class_list(tmp_path, "name,Cohort\n" + "".join(f"{name},{tag}\n" for name, tag in cohort.items()))
    told = json.loads(plan("--roster", roster, option, "cohort", "--json").stdout)
    tables = [group["members"] for group in told["sessions"][0]["groups"]]
    assert {len({cohort[name] for name in members}) for members in tables} == {kinds}


def test_the_fourth_leads_next_time() -> None:
    """Three rounds, and in the next session whoever waited leads first."""
    told = planned(8, "--sessions", "2", "--fourth", "next-time")
    waited = {group["members"][3] for group in told["sessions"][0]["groups"]}
    assert all(len(group["rounds"]) == 3 for group in told["sessions"][0]["groups"])
    firsts = {group["members"][0] for group in told["sessions"][1]["groups"]}
    assert waited <= firsts or len(waited) > len(firsts & waited) > 0


def test_roles_that_do_not_change_are_played_once() -> None:
    """Mediation has no rounds: who plays what for the whole session; seven are two tables."""
    groups = planned(7, scenario="mediation")["sessions"][0]["groups"]
    assert [len(group["members"]) for group in groups] == [4, 3]
    assert [len(group["rounds"]) for group in groups] == [1, 1]
    assert groups[0]["rounds"][0]["mediator"] == groups[0]["members"][:1]


def test_what_was_played_counts(meetings: Meetings, tmp_path: Path) -> None:
    """People known from earlier sessions sit with others, and who led first leads later; a sentence says who is meant.

    Two who bear one name are told apart by an id only.
    """
    names = [f"Person {n}" for n in range(9)]
    seats = tuple(Seat(f"p{n}", name, known=f"k-{chr(97 + n) * 10}") for n, name in enumerate(names))
    rounds = [{"rotate": "every-role", "steps": [{"name": "Talk", "kind": "play", "length": "1m"}]}]
    meetings.play(part_bundle(1, script=rounds, groups={"size": 3}), seats)
    meetings.play(part_bundle(1), (Seat("p1", "Twin", known="k-xxxxxxxxxx"), Seat("p2", "Twin", known="k-yyyyyyyyyy")))
    before = {pair for n in (0, 3, 6) for pair in combinations(names[n : n + 3], 2)}
    told = planned([*names, "Twin", "New", "Newer"])
    for group in told["sessions"][0]["groups"]:
        assert not before & set(combinations(sorted(group["members"]), 2))
        assert group["members"][0] not in (names[0], names[3], names[6])
    assert told["notes"][1:] == [
        f"{', '.join(names[:8])} and Person 8 are taken for the known people of those names.",
        "Several people are known as Twin: their history is left out. An id tells them apart.",
    ]
    assert database_path().exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "There is nobody to make groups of.\nGive at least two names.\n"),
        (
            ("--people", "23"),
            """“23” is a number, and people are asked for by their names.
Write them with commas between, as in --people "Ana, Ben, Chloe", or give a class list with --roster.
""",
        ),
        (("--people", "Ana"), "There is one person to make groups of.\nGive at least two names.\n"),
        (("--people", "Ana, Ben", "--apart", "Ana, Bne"), 'The list has no person “Bne”.\nDid you mean "Ben"?\n'),
        (
            ("--people", "Ana, Ben", "--mix", "cohort"),
            "The list has no column “cohort”: nobody on it has a tag.\nAdd a column, such as cohort.\n",
        ),
        (
            ("--people", "Ana, Ben", "--mix", "a", "--match", "b"),
            "--mix and --match ask for opposite things.\nLeave one of them out.\n",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_mend(arguments: tuple[str, ...], sentence: str) -> None:
    """On standard error, and nothing else is printed."""
    done = plan(*arguments)
    assert (done.exit_code, done.stderr, done.stdout) == (2, sentence, "")


def test_a_class_list_is_told_by_line(tmp_path: Path) -> None:
    """The file, the line and what to mend."""
    done = plan("--roster", class_list(tmp_path, "name,id\nAna,1\nBen,1\n"))
    assert done.exit_code == 1
    assert "class.csv:3:1: id: " in done.stderr


def test_the_screen_forms_the_same_groups() -> None:
    """With one seed the command prints what the setup screen seats, for the same list."""
    scenario = bundle_of(TRIAD).scenario
    roster = of_names([f"Person {n}" for n in range(13)])
    seating = Seating.of(*roster.names)
    names = [seat.name for seat in Room(scenario, seating, Grouping(seed=3), ()).form().seats()]
    planned = plan_class(scenario, roster, Request(seed=3))
    assert names == [planned.names[person] for person in planned.plans[0].people]
