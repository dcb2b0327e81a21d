"""The commands about recordings that are kept, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from kept_sound import SAID, WORDS, begun, lie_around, pieces, record, traces, written_down_with_trouble

from roleplay.audio.shelf import Shelf
from roleplay.cli import main
from roleplay.cli.shared import opened_store
from roleplay.conduct.holding import DirectJournal, held_session
from roleplay.conduct.opening import read_session
from roleplay.session import commands as c
from roleplay.settings import private_folder
from roleplay.store.protocol import StoreProblem
from roleplay.store.sqlite import SqliteStore


def roleplay(*arguments: str, stdin: str = "y\n") -> Result:
    """Run a command; an exception that is no exit comes through as itself."""
    return CliRunner().invoke(main, arguments, input=stdin, prog_name="roleplay", catch_exceptions=False)


@pytest.fixture
def session(shelf: Shelf) -> str:
    """A session that was left, with a recording that was written down and all that can lie around."""
    with opened_store() as store:
        runner = begun(store, DirectJournal(store))
        lie_around(record(runner, shelf))
        written_down_with_trouble(runner)
        runner.close()
    return runner.session


@pytest.fixture
def wanted(shelf: Shelf, session: str) -> list[bytes]:
    return [*WORDS, *pieces(shelf.folder(session) / "r1.wav")]


@pytest.mark.parametrize("closed", [False, True], ids=["left", "closed"])
def test_withdrawing_leaves_no_byte(home: Path, session: str, wanted: list[bytes], closed: bool) -> None:
    """It is asked once, with what will be erased; then it is gone, whether the session was closed or only left."""
    if closed:
        with opened_store() as store, held_session(store, session) as runner:
            runner.do_at_once(c.End())
    done = roleplay("withdraw", session, " ben ")
    assert done.exit_code == 0
    assert "the sound of 1 recording (40 s) and 2 lines that were written down, for good" in done.stderr
    assert "Ben counts as having said no" in done.stderr
    assert done.stderr.count("Erase?") == 1
    assert "lies where it was put" in done.stderr
    assert traces(home, wanted) == []
    assert "Nothing is kept that was recorded with Ben" in roleplay("withdraw", session, "Ben").stderr


def test_withdrawing_on_a_full_disk(
    home: Path, session: str, wanted: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sound that goes makes the room for the word that it is gone; a mark for which there is no room is let be."""
    append, shelf = SqliteStore.append, Shelf(home)

    def full(store: SqliteStore, *given: Any) -> int:
        if shelf.recordings(session):
            raise StoreProblem("The disk is full.")
        return append(store, *given)

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SqliteStore, "append", full)
    monkeypatch.setattr(Shelf, "follow", no_room)
    done = roleplay("withdraw", session, "Ana", "--yes")
    assert done.exit_code == 0
    assert "No space" not in done.stderr
    assert "Nothing that was recorded is kept" in roleplay("recordings").stderr
    assert traces(home, wanted) == []


def test_thinking_better_of_it(home: Path, session: str, wanted: list[bytes]) -> None:
    """Whoever does not say yes has erased nothing."""
    assert roleplay("withdraw", session, "Ben", stdin="n\n").exit_code == 0
    assert roleplay("recordings", "--erase", session, stdin="\n").exit_code == 0
    assert all(traces(home, [piece]) for piece in wanted)


def test_whom_nobody_knows(session: str) -> None:
    """A name that nobody has is said, with the nearest that somebody has."""
    done = roleplay("withdraw", session, "Bne")
    assert done.exit_code == 2
    assert "Nobody in this session is called “Bne”." in done.stderr


@pytest.mark.parametrize("command", [("withdraw", "{}", "Ben"), ("recordings", "--erase", "{}")])
def test_a_session_that_is_open(home: Path, session: str, wanted: list[bytes], command: tuple[str, ...]) -> None:
    """What is open in a window is erased there, and nothing of it from here; that is said in a sentence."""
    with opened_store() as store, held_session(store, session):
        done = roleplay(*(part.format(session) for part in command), "--yes")
    assert done.exit_code == 2
    assert "open in the program right now, so nothing was erased" in done.stderr
    assert all(traces(home, [piece]) for piece in wanted)


def test_what_is_kept(session: str) -> None:
    """Each session with recordings has a line: how many, how long, how large, and whether they were written down."""
    [line] = roleplay("recordings").stdout.splitlines()
    assert line == f"{session}  1 recording · 40 s · 120 kB · written down"
    told = json.loads(roleplay("recordings", "--json").stdout)
    [one] = told[session]
    assert (one["recording"], one["table"], one["step"], one["seconds"], one["lines"]) == (
        *("r1", "Table 1", "Conversation", 40.0, 2),
    )


def test_nothing_is_kept() -> None:
    """Where nothing was recorded, that is said."""
    assert "Nothing that was recorded is kept." in roleplay("recordings").stderr
    assert json.loads(roleplay("recordings", "--json").stdout) == {}


def test_erasing_a_session(home: Path, session: str, wanted: list[bytes]) -> None:
    """All of a session's recordings go with their words, or only the sound."""
    only_sound = roleplay("recordings", "--erase", session, "--keep-words")
    assert "This erases the sound of 1 recording (40 s), for good." in only_sound.stderr
    assert traces(home, wanted[len(WORDS) :]) == []
    assert all(traces(home, [piece]) for piece in WORDS)
    assert "no sound any more · written down" in roleplay("recordings").stdout
    assert "Nothing is kept" in roleplay("recordings", "--erase", session, "--keep-words").stderr
    rest = roleplay("recordings", "--erase", session, "--yes")
    assert "2 lines that were written down" in rest.stderr
    assert traces(home, wanted) == []


def test_the_list_keeps_to_the_settings(home: Path, session: str) -> None:
    """What the settings say is over is let go before the list is made, and said below it."""
    private_folder(home)
    (home / "settings.toml").write_text('keep_sound = "until-transcribed"\n')
    done = roleplay("recordings")
    assert "no sound any more · written down" in done.stdout
    assert 'keep_sound = "until-transcribed"' in done.stderr
    with opened_store() as store:
        assert set(SAID) <= set(read_session(store, session)[1].values())


def test_any_command_finishes(home: Path, session: str, wanted: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """What was being erased when the program ended is erased by whatever is done next with the sessions."""
    with monkeypatch.context() as patch:
        patch.setattr("roleplay.conduct.kept.finish_erasing", lambda *_: None)
        roleplay("withdraw", session, "Ben", "--yes")
    assert traces(home, wanted)
    roleplay("sessions")
    assert traces(home, wanted) == []
