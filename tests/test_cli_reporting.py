"""Reports with sound and with masked names, and the search in what was said, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from spoken import keep, spoken

from roleplay.audio.shelf import Shelf
from roleplay.cli import main
from roleplay.settings import database_path
from roleplay.store.sqlite import SqliteStore


@pytest.fixture(autouse=True)
def kept(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A session that was recorded, with the sound of its first recording; commands run in an empty folder."""
    home.mkdir(mode=0o700)
    store = SqliteStore(database_path())
    play = spoken()
    for person in play.state.people.values():
        play.words[person.name.id] = play.words[person.name.id].capitalize()
    keep(play, store)
    store.close()
    Shelf(home).new("spoken", "r1").write_bytes(b"sound")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def roleplay(*arguments: str) -> Result:
    """Run a command; an exception that is no exit comes through as itself."""
    return CliRunner().invoke(main, arguments, prog_name="roleplay", catch_exceptions=False)


def test_sound_leaves_only_where_it_is_asked_for(kept: Path) -> None:
    """Without the option a report is one file; with it, a folder with the page and the sound."""
    assert roleplay("report", "-o", "plain.html").exit_code == 0
    assert [path.name for path in kept.iterdir()] == ["plain.html"]
    done = roleplay("report", "--with-sound")
    assert "in the folder sound: 1 recording." in done.stderr
    assert (kept / "spoken-report" / "sound" / "r1.wav").read_bytes() == b"sound"
    assert 'src="sound/r1.wav"' in (kept / "spoken-report" / "report.html").read_text(encoding="utf-8")


def test_the_newest_session_can_be_called_last() -> None:
    """Nobody has to look up its name in order to read what it showed."""
    named = roleplay("report", "spoken", "--format", "md").stdout
    assert roleplay("report", "last", "--format", "md").stdout == named != ""


def test_each_reader_gets_a_folder_with_the_sound_to_be_heard(kept: Path) -> None:
    """So that a folder can be handed on as it is; what is for the class has no sound."""
    done = roleplay("report", "--with-sound", "--each", "-o", "all")
    assert "Beside each page lies the sound" in done.stderr
    assert sorted(str(path.relative_to(kept / "all")) for path in (kept / "all").rglob("*.*")) == [
        "ana/report.html", "ana/sound/r1.wav", "ben/report.html", "ben/sound/r1.wav", "chen/report.html",
        "chen/sound/r1.wav", "class/report.html", "instructor/report.html", "instructor/sound/r1.wav",
    ]  # fmt: skip


def test_sound_needs_a_page() -> None:
    """What cannot be is said, with the way to mend it."""
    assert "Add: --format html" in roleplay("report", "--with-sound", "-o", "report.md").stderr
    assert "Add: --format html" in roleplay("report", "--with-sound", "--each", "--format", "md").stderr
    done = roleplay("report", "--with-sound", "--for", "class", "-o", "class.html")
    assert "There is no sound of this session that this reader may hear." in done.stderr


def test_names_are_masked_in_every_file(kept: Path) -> None:
    """In the words and in the names of the files; that a voice can be known is said."""
    page = roleplay("report", "--mask-names", "--mask", "the bus", "--for", "Ana").stdout
    assert "Ana" not in page
    assert "For Leader of round 1." in page
    assert "what happened on (left out)?" in page
    assert roleplay("report", "--each", "--mask-names", "-o", "all").exit_code == 0
    assert sorted(path.name for path in (kept / "all").iterdir()) == [
        "class.html", "instructor.html", "leader-of-round-1.html", "leader-of-round-2.html", "leader-of-round-3.html",
    ]  # fmt: skip
    assert "Ana" not in (kept / "all" / "instructor.html").read_text(encoding="utf-8")
    assert "voices in the sound can still be known" in roleplay("report", "--with-sound", "--mask-names").stderr


def test_what_was_said_is_found() -> None:
    """Session, conversation, time and speaker, with the words marked; accents and capitals make no difference."""
    done = roleplay("search", "elodie", "HOME")
    assert done.stdout == (
        "spoken · A worried parent · 1 January 1970, 00:00\n"
        "  Round 1: farm · 02:47  Ben: He walked *home* alone. *Élodie* saw him.\n"
    )
    [line] = json.loads(roleplay("search", "twice", "--json").stdout)
    assert (line["session"], line["at"], line["speaker"]) == ("spoken", 102, "Ben")
    [place] = line["places"]
    assert line["text"][slice(*place)] == "twice"


def test_what_nobody_said_is_a_sentence() -> None:
    """Nothing on standard output; a session that is not there is said by name."""
    done = roleplay("search", "nowhere")
    assert (done.stdout, done.exit_code) == ("", 0)
    assert done.stderr == "Nobody said “nowhere” in what was written down.\n"
    assert "all of these words: elodie, bus." in roleplay("search", "elodie", "bus").stderr
    assert json.loads(roleplay("search", "nowhere", "--json").stdout) == []
    assert roleplay("search", "bus", "--session", "never").exit_code == 2


def test_where_nothing_was_written_down_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is another thing than words that nobody said."""
    monkeypatch.setenv("ROLEPLAY_HOME", str(tmp_path / "another"))
    assert roleplay("search", "bus").stderr.startswith("Nothing that was said has been written down yet")
