"""The commands, as somebody types them: data on standard output, talk on standard error, a status for the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from meetings import Meetings, part_bundle, write_series

from roleplay.cli import main
from roleplay.conduct.opening import Seat
from roleplay.settings import Settings, database_path, load_settings, settings_path


def roleplay(*arguments: str) -> Result:
    """Run a command; an exception that is no exit comes through as itself."""
    return CliRunner().invoke(main, arguments, prog_name="roleplay", catch_exceptions=False)


def test_help_names_every_command_and_shows_examples() -> None:
    """Every command stands in the help with a line that is not cut off."""
    shown = roleplay("--help").output
    for name in main.commands:
        assert f"\n  {name} " in shown
    assert "..." not in shown.partition("Commands:")[2]
    assert "Examples:" in shown


@pytest.mark.parametrize("name", main.commands)
def test_each_command_explains_itself(name: str) -> None:
    """`--help` works behind every command."""
    assert roleplay(name, "--help").exit_code == 0


def test_rehearse_prints_one_object() -> None:
    """The JSON of a rehearsal holds a string and whole numbers, and nothing else comes on standard output."""
    done = roleplay("rehearse", "parent-conversation", "--people", "7", "--seed", "2", "--json")
    told = json.loads(done.stdout)
    session = told.pop("session")
    assert isinstance(session, str)
    assert all(type(value) is int for value in told.values())
    assert told["people"] == 7
    assert told["groups"] == 2
    assert told["rounds"] == 4
    assert told["planned_seconds"] == 2400
    assert session in roleplay("sessions").stdout


def test_rehearse_says_how_to_read_its_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The timeline, the bells, and the very command that writes the report."""
    done = roleplay("rehearse", "first-try")
    assert "What happened" in done.stdout
    assert "Bells" in done.stdout
    [command] = [line.strip() for line in done.stdout.splitlines() if line.strip().startswith("roleplay report")]
    monkeypatch.chdir(tmp_path)
    assert roleplay(*command.split()[1:]).exit_code == 0
    page = tmp_path / "report.html"
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert page.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("arguments", [(), ("run", "first-try"), ("run", "first-try", "--people", "Ana, Ben, Chloe")])
def test_without_a_terminal_bots_rehearse(arguments: tuple[str, ...]) -> None:
    """It says so in a sentence, and plays the scenario with bots."""
    done = roleplay(*arguments)
    assert "no terminal" in done.stderr
    assert "rehearsed by bots" in done.stdout
    assert done.exit_code == 0


def test_class_list_says_how_many_play_and_what_was_noticed_in_it(tmp_path: Path) -> None:
    """The sentences stand beside what is printed."""
    path = tmp_path / "class.csv"
    path.write_text('Student,ID\n"Fox, Ana",1\n,\n"Dee, Ben",2\nCleo,3\n', encoding="utf-8")
    done = roleplay("run", "first-try", "--roster", str(path), "--people", "Dan")
    assert "4 people" in done.stdout
    assert "Line 3 is blank" in done.stderr
    assert "Names such as “Fox, Ana” were turned round." in done.stderr


def test_class_of_bots_is_no_class() -> None:
    """A rehearsal has nobody who could come again."""
    roleplay("rehearse", "first-try")
    session = json.loads(roleplay("sessions", "--json").stdout)[0]["session"]
    done = roleplay("run", "first-try", "--class", session)
    assert done.exit_code == 2
    assert "but bots" in done.stderr


def test_without_a_terminal_the_time_there_is_counts_too() -> None:
    """The rehearsal that stands in for a session is fitted to the minutes that were asked for."""
    assert "32m as planned" in roleplay("run", "parent-conversation", "--minutes", "32").stdout


def test_without_a_terminal_the_first_part_of_a_series_is_rehearsed(home: Path) -> None:
    """It says that it is only the first."""
    write_series(home / "scenarios", home / "rubrics")
    done = roleplay("run", "debriefs", "--people", "Ana, Ben, Chloe")
    assert "the first of 4 parts" in done.stderr
    assert done.stdout.startswith("Debrief 1: rehearsed by bots")
    assert len(json.loads(roleplay("sessions", "--json").stdout)) == 1


def test_a_series_is_rehearsed_part_by_part(home: Path) -> None:
    """A line for each part, in order, with the session in which it can be looked at; for programs an object each."""
    write_series(home / "scenarios", home / "rubrics")
    told = roleplay("rehearse", "debriefs", "--people", "3").stdout.splitlines()
    kept = [row["session"] for row in json.loads(roleplay("sessions", "--json").stdout)]
    assert [line.split(" · ")[0] for line in told] == [f"{n} of 4: Debrief {n}" for n in range(1, 5)]
    assert {line.split(" · ")[1] for line in told} == set(kept)
    objects = [json.loads(line) for line in roleplay("rehearse", "debriefs", "--json").stdout.splitlines()]
    assert len({told["session"] for told in objects}) == 4


def test_an_occasion_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cases are then played; one that is not there is said, with those that are."""
    monkeypatch.chdir(tmp_path)
    cases = [{"id": case, "title": case, "cards": {"everyone": f"About {case}."}} for case in ("farm", "relay")]
    scenario = {
        "format": 1,
        "title": "Twice",
        "about": "To practise.",
        "roles": {"one": {"title": "One"}, "two": {"title": "Two"}},
        "occasions": {
            "entry": {"title": "At the start", "cases": ["farm"]},
            "exit": {"title": "At the end", "cases": ["relay"]},
        },
        "cases": cases,
        "script": [{"name": "Talk", "kind": "play", "length": "1m"}],
    }
    (tmp_path / "twice.yaml").write_text(json.dumps(scenario), encoding="utf-8")
    for command, asked, case in (
        ("rehearse", (), "farm"),
        ("rehearse", ("exit",), "relay"),
        ("run", ("exit",), "relay"),
    ):
        options = ("--occasion", *asked) if asked else ()
        assert roleplay(command, "twice.yaml", *options).exit_code == 0
        assert case in roleplay("report").stdout
    for command in ("run", "rehearse"):
        wrong = roleplay(command, "twice.yaml", "--occasion", "exot")
        assert wrong.exit_code == 2
        assert 'Did you mean "exit"? The occasions are: entry, exit.' in wrong.stderr
        none = roleplay(command, "first-try", "--occasion", "exit")
        assert "no occasions" in none.stderr


@pytest.mark.parametrize(
    ("name", "heading"), [("debriefs", "Part 1 of 4: Debrief 1"), ("part-2", "Debrief 2")], ids=["series", "scenario"]
)
def test_run_opens_the_setup(home: Path, monkeypatch: pytest.MonkeyPatch, name: str, heading: str) -> None:
    """Of a scenario, or of a series, with its parts; at a terminal."""
    write_series(home / "scenarios", home / "rubrics")
    headings: list[str] = []
    monkeypatch.setattr("roleplay.cli.playing.has_terminal", lambda: True)
    monkeypatch.setattr("roleplay.cli.playing.open_desk", lambda: None)
    monkeypatch.setattr("roleplay.cli.playing.show_screens", lambda desk, first: headings.append(first().heading))
    assert roleplay("run", name, "--people", "Ana, Ben").exit_code == 0
    assert headings == [heading]


KNOWN = (Seat("p1", "Ana", known="k-ana"), Seat("p2", "Ben", known="k-ben"), Seat("p3", "Chloe"))


def test_growth_is_written_for_a_known_person(meetings: Meetings, tmp_path: Path) -> None:
    """By the name, however it is typed, or by the id; as the file's ending says, and readable by its owner only."""
    for number in (1, 2):
        meetings.play(part_bundle(number), KNOWN)
    printed = roleplay("growth", " ana ").stdout
    assert "For Ana. 2 sessions" in printed
    assert roleplay("growth", "k-ana").stdout == printed
    page = tmp_path / "ana.html"
    assert roleplay("growth", "Ana", "-o", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert page.stat().st_mode & 0o077 == 0
    assert json.loads(roleplay("growth", "Ana", "--format", "json").stdout)["sessions"] == 2


def test_growth_asks_who_is_meant(meetings: Meetings) -> None:
    """Nobody is guessed: of two people called Ana each is told with the day, and the id is taken; others are named."""
    assert "Nobody is known" in roleplay("growth", "Ana").stderr
    meetings.play(part_bundle(1), KNOWN)
    assert 'Did you mean "Ben"?' in roleplay("growth", "Bem").stderr
    meetings.play(part_bundle(2), (Seat("p1", "Ana", known="k-another"), *KNOWN[1:]))
    asked = roleplay("growth", "Ana")
    assert asked.exit_code == 2
    assert "2 people are called Ana." in asked.stderr
    assert "k-ana  Ana (last on 10 Oct 2025, Debrief 1)" in asked.stderr
    assert "k-another  Ana (last on 11 Oct 2025, Debrief 2)" in asked.stderr
    assert "For Ana. 1 session," in roleplay("growth", "k-another").stdout


def test_the_caseload_is_listed(meetings: Meetings) -> None:
    """For people and for programs; who is not known is not in it."""
    assert "Nobody is known" in roleplay("caseload").stdout
    assert json.loads(roleplay("caseload", "--json").stdout) == []
    meetings.play(part_bundle(1), KNOWN)
    assert "Next step: said: step" in roleplay("caseload").stdout
    assert {row["name"] for row in json.loads(roleplay("caseload", "--json").stdout)} == {"Ana", "Ben"}


def test_what_is_wrong_is_said_in_a_sentence(tmp_path: Path) -> None:
    """A scenario that is not there, with the nearest name; a session that is not there; too little time; a
    folder that cannot be made."""
    (tmp_path / "file").touch()
    blocked = tmp_path / "file" / "folder"
    for arguments, says in (
        (("show", "parent-conversatoin"), "parent-conversation"),
        (("report", "never"), "never"),
        (("resume",), "terminal"),
        (("rehearse", "parent-conversation", "--minutes", "2"), "needs"),
        (("cards", "first-try", "--each"), "-o"),
        (("cards", "first-try", "--each", "-o", str(blocked)), "cannot be used"),
    ):
        done = roleplay(*arguments)
        assert done.exit_code == 2
        assert says in done.stderr
        assert "Traceback" not in done.output


def test_check_tells_the_shell(tmp_path: Path) -> None:
    """All is well: 0 and nothing on standard output. Something to mend: 1, one line for each problem."""
    good = roleplay("check", "parent-conversation", "first-try", "listening")
    assert (good.exit_code, good.stdout) == (0, ""), good.output
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\ntitle: x\nrols: {}\nscript: []\n", encoding="utf-8")
    bad = roleplay("check", str(broken))
    assert bad.exit_code == 1
    assert all(line.startswith(f"{broken}:") for line in bad.stdout.splitlines())
    assert 'Did you mean "roles"?' in bad.stdout


def test_a_copy_of_a_bundled_file_is_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It passes the check under its own title; a file of the other kind, or none, is refused in a sentence."""
    monkeypatch.chdir(tmp_path)
    assert roleplay("new", "scenario", "A talk of mine", "--from", "parent-conversation").exit_code == 0
    assert 'title: "A talk of mine"' in Path("a-talk-of-mine.yaml").read_text(encoding="utf-8")
    assert roleplay("check", "a-talk-of-mine.yaml").exit_code == 0
    refused = roleplay("new", "rubric", "mine", "--from", "parent-conversation")
    assert (refused.exit_code, "is a scenario, not a rubric" in refused.output) == (2, True)
    assert roleplay("new", "scenario", "mine", "--from", "parent-conversatoin").exit_code == 2
    assert not Path("mine.yaml").exists()


@pytest.mark.parametrize("kind", ["scenario", "rubric"])
def test_a_starter_passes_check(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `new` writes is in order as it stands, and is never written over."""
    monkeypatch.chdir(tmp_path)
    assert roleplay("new", kind, "my-first").exit_code == 0
    assert roleplay("check", "my-first.yaml").exit_code == 0
    assert roleplay("new", kind, "my-first").exit_code == 2


@pytest.mark.parametrize("kind", ["scenario", "rubric", "series"])
def test_schemas_are_json(kind: str) -> None:
    """Editors can read them."""
    assert json.loads(roleplay("schema", kind).stdout)["type"] == "object"


def test_list_and_sessions_for_programs() -> None:
    """`--json` prints lists of objects with the names that other commands take."""
    listed = {entry["id"] for entry in json.loads(roleplay("list", "--json").stdout)}
    assert {"first-try", "parent-conversation"} <= listed
    assert json.loads(roleplay("sessions", "--json").stdout) == []
    roleplay("rehearse", "first-try")
    [kept] = json.loads(roleplay("sessions", "--json").stdout)
    assert kept["rehearsal"] is True
    assert roleplay("report", kept["session"]).exit_code == 0


def test_show_gives_no_card_away() -> None:
    """What a scenario is about can be shown to everybody: no card, no hidden fact."""
    from roleplay.content.folders import Folders, bundled_folder
    from roleplay.content.load import load_bundle

    root = bundled_folder()
    bundle = load_bundle("parent-conversation", Folders((root / "scenarios",), (root / "rubrics",)))
    shown = " ".join(roleplay("show", "parent-conversation").stdout.split())
    for case in bundle.scenario.cases:
        assert case.title in shown
        for words in (*case.cards.values(), *(hidden.fact for hidden in case.hidden)):
            assert words.split(".")[0] not in shown
    assert "5m Conversation – recorded, if everyone agrees" in shown


def test_cards_for_each(tmp_path: Path) -> None:
    """One file for each person, readable by the owner only."""
    people = ("--people", "Ana, Ben, Chloe")
    done = roleplay("cards", "parent-conversation", *people, "--each", "-o", str(tmp_path / "out"))
    assert done.exit_code == 0
    pages = list((tmp_path / "out").iterdir())
    assert len(pages) >= 3
    assert all(page.stat().st_mode & 0o077 == 0 for page in pages)


def test_a_report_for_each_reader(tmp_path: Path) -> None:
    """One file for the facilitator and one for each person, readable by the owner only."""
    roleplay("rehearse", "first-try")
    assert roleplay("report", "--each", "-o", str(tmp_path / "out")).exit_code == 0
    pages = sorted((tmp_path / "out").iterdir())
    assert [page.stem for page in pages] == ["alex-bot", "class", "instructor", "robin-bot", "sam-bot"]
    assert all(page.stat().st_mode & 0o077 == 0 for page in pages)


def test_a_report_for_one_reader_is_not_written_for_each(tmp_path: Path) -> None:
    """Asked for both, nothing is written."""
    roleplay("rehearse", "first-try")
    done = roleplay("report", "--each", "--for", "facilitator", "-o", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert "--for" in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_report_for_the_class_names_people_only_where_somebody_asks() -> None:
    """`class` is the room, and `instructor` the facilitator; a list of names is for the class alone."""
    assert roleplay("rehearse", "first-try", "--people", "6").exit_code == 0
    page = roleplay("report", "--for", "class").stdout
    assert "The whole group" in page
    assert "Robin" not in page
    assert "Who was here" in (named := roleplay("report", "--for", "class", "--names").stdout)
    assert "Robin" in named
    assert "The class at a glance" in roleplay("report", "--for", "instructor").stdout
    done = roleplay("report", "--names")
    assert done.exit_code != 0
    assert "--names is for the report of the class." in done.stderr


def test_settings_are_written_once(home: Path) -> None:
    """The first time a file is written that changes nothing, for its owner alone; the second time it is left alone."""
    path = Path(roleplay("settings").stdout.strip())
    assert path == home / "settings.toml"
    assert path.stat().st_mode & 0o077 == 0
    assert load_settings() == Settings()
    path.write_text("bell = false\n", encoding="utf-8")
    assert roleplay("settings").exit_code == 0
    assert load_settings() == Settings(bell=False)


def test_keys_are_listed_as_settings_take_them() -> None:
    """Every listed action can be given another key in the settings."""
    actions = [line.split()[0] for line in roleplay("keys").stdout.splitlines() if line.strip()]
    assert "stage.pause" in actions
    text = "[keys]\n" + "".join(f'{action} = "f12"\n' for action in actions)
    database_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(text, encoding="utf-8")
    assert set(load_settings(actions=actions).keys) == set(actions)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed(shell: str) -> None:
    """With how to install it."""
    shown = roleplay("completion", shell).stdout
    assert shown.startswith("# Save this as ")
    assert "_ROLEPLAY_COMPLETE" in shown


def test_nothing_is_kept_by_looking() -> None:
    """Listing and checking make no database."""
    for arguments in (("list",), ("show", "first-try"), ("check", "first-try")):
        roleplay(*arguments)
    assert not database_path().exists()


SERIES_OF_HARD_WORDS = """\
format: 1
title: x
about: {about}
series: [first-try]
"""


def test_a_warning_is_printed_and_changes_nothing(tmp_path: Path) -> None:
    """What could be better is said in the same form as what is to mend, and the status stays 0."""
    path = tmp_path / "x.yaml"
    path.write_text(SERIES_OF_HARD_WORDS.format(about="leaders " * 45), encoding="utf-8")
    checked = roleplay("check", str(path))
    assert checked.exit_code == 0
    assert checked.stdout.startswith(f"{path}:3:8: about: warning: reads hard")
    assert checked.stderr == "1 warning.\n"
    [told] = json.loads(roleplay("check", str(path), "--json").stdout)
    assert (told["file"], told["line"], told["key"], told["warning"]) == (str(path), 3, "about", True)
    path.write_text("format: 1\ntitle: x\nseries: [first-tri]\n", encoding="utf-8")
    broken = roleplay("check", str(path), "--json")
    assert (broken.exit_code, [told["warning"] for told in json.loads(broken.stdout)]) == (1, [False])


def test_a_series_is_listed_and_shown() -> None:
    """Under a heading of the library, before its parts; shown, its scenarios stand in order."""
    listed = roleplay("list").stdout.partition("\nIn class\n")[2].partition("\nWith a coach\n")[0]
    assert listed.index("\nreflective-debriefs\n") < listed.index("\n  debrief-1") < listed.index("\n  debrief-4")
    shown = roleplay("show", "reflective-debriefs").stdout
    assert shown.index("1. debrief-1") < shown.index("2. debrief-2") < shown.index("4. debrief-4")


def test_cards_leave_blanks_open() -> None:
    """Printed before anybody was asked, cards have a line to write each answer on, and the questions beside them."""
    page = roleplay("cards", "rehearsal-with-coach").stdout
    assert "You play ____" in page
    assert "Who will you talk to?" in page
    assert "{who}" not in page
