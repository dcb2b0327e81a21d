"""The commands, as somebody types them: data on standard output, talk on standard error, a status for the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roleplay.cli import main
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


def test_without_a_terminal_the_time_there_is_counts_too() -> None:
    """The rehearsal that stands in for a session is fitted to the minutes that were asked for."""
    assert "32m as planned" in roleplay("run", "parent-conversation", "--minutes", "32").stdout


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
    from roleplay.content.load import Folders, bundled_folder, load_bundle

    root = bundled_folder()
    bundle = load_bundle("parent-conversation", Folders((root / "scenarios",), (root / "rubrics",)))
    shown = " ".join(roleplay("show", "parent-conversation").stdout.split())
    for case in bundle.scenario.cases:
        assert case.title in shown
        for words in (*case.cards.values(), *(hidden.fact for hidden in case.hidden)):
            assert words.split(".")[0] not in shown


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
    assert [page.stem for page in pages] == ["alex-bot", "facilitator", "robin-bot", "sam-bot"]
    assert all(page.stat().st_mode & 0o077 == 0 for page in pages)


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
