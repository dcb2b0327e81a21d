"""What is taken back leaves no byte, however often the program dies on the way; everything else stays."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from kept_sound import (
    ANA,
    OTHERS_SAID,
    WORDS,
    begun,
    lie_around,
    pieces,
    record,
    sound,
    traces,
    write_down,
    written_down_with_trouble,
)

from roleplay.audio.shelf import Shelf
from roleplay.conduct.erasing import Eraser, finish_all, finish_erasing
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.runner import Runner, new_text
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session.events import Participant
from roleplay.session.hearing_commands import AnswerConsent, EndRecording, EraseRecording, StartRecording
from roleplay.session.texts import GONE, read
from roleplay.store.protocol import StoreProblem
from roleplay.store.sqlite import SqliteStore
from roleplay.store.writer import Writer


@pytest.fixture
def runner(store: SqliteStore, shelf: Shelf) -> Iterator[Runner]:
    """A conversation that was recorded and written down, of which all that can lie around does."""
    opened = begun(store, DirectJournal(store))
    lie_around(record(opened, shelf))
    written_down_with_trouble(opened)
    yield opened
    opened.close()


def everything(shelf: Shelf, session: str) -> list[bytes]:
    return [*WORDS, *pieces(shelf.folder(session) / "r1.wav")]


def test_no_byte_is_left(home: Path, store: SqliteStore, shelf: Shelf, runner: Runner) -> None:
    """After somebody took their yes back, no file holds a piece of the sound, of anything made from it, or a word of
    what was written down, corrected, or said about a failure; the journal still holds."""
    wanted = everything(shelf, runner.session)
    assert all(traces(home, [piece]) for piece in wanted)
    runner.do_at_once(AnswerConsent(ANA, yes=False))
    finish_erasing(store, shelf, runner.session)
    assert traces(home, wanted) == []
    store.verify(runner.session)
    finish_erasing(store, shelf, runner.session)
    store.verify(runner.session)


def test_only_what_they_were_in_the_room_for(home: Path, store: SqliteStore, shelf: Shelf) -> None:
    """What was recorded before somebody came stays, with its words."""
    runner = begun(store, DirectJournal(store))
    kept = record(runner, shelf, "kept")
    write_down(runner, "kept", [OTHERS_SAID])
    late = new_text("Dee")
    runner.do_at_once(c.Arrive((Participant(id="dee", name=late.ref),), "t1"), [late])
    runner.do_at_once(AnswerConsent("dee", yes=True))
    record(runner, shelf, "gone")
    write_down(runner, "gone")
    runner.do_at_once(AnswerConsent("dee", yes=False))
    finish_erasing(store, shelf, runner.session)
    assert shelf.recordings(runner.session) == ["kept"]
    assert kept.read_bytes() == sound("kept")
    assert OTHERS_SAID in store.texts(runner.session).values()
    assert traces(home, WORDS) == []
    runner.close()


def test_sound_alone(store: SqliteStore, shelf: Shelf, runner: Runner, home: Path) -> None:
    """Where only the sound is erased, the words stay."""
    runner.do_at_once(EraseRecording("t1", "r1", "asked", words=False))
    finish_erasing(store, shelf, runner.session)
    assert shelf.recordings(runner.session) == []
    assert all(traces(home, [words]) for words in WORDS)


def test_words_in_memory(runner: Runner) -> None:
    """The session that runs forgets the words at once, too."""
    [line, _] = runner.state.tracks["t1"].recordings["r1"].transcripts[-1].lines
    assert "vineyard" in read(runner.words, line.text)
    runner.do_at_once(AnswerConsent(ANA, yes=False))
    assert all(read(runner.words, ref) == GONE for ref in line.versions)
    assert "Ana" in runner.words.values()


def test_sound_that_no_journal_knows(store: SqliteStore, shelf: Shelf, runner: Runner) -> None:
    """Sound in a session's folder of which its journal says nothing is deleted: nobody said yes to it. A folder of a
    session that is not kept here is left alone."""
    shelf.new(runner.session, "stray").write_bytes(b"sound")
    shelf.new("another", "r1").write_bytes(b"sound")
    assert finish_all(store, shelf) == ()
    assert shelf.recordings(runner.session) == ["r1"]
    assert shelf.recordings("another") == ["r1"]


def test_a_full_disk_keeps_no_sound(
    store: SqliteStore, shelf: Shelf, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no room to take the words out of their file, the sound is gone all the same, which makes room."""
    runner.do_at_once(AnswerConsent(ANA, yes=False))

    def full(*_: object) -> None:
        raise StoreProblem("The disk is full.")

    monkeypatch.setattr(store, "forget", full)
    with pytest.raises(StoreProblem):
        finish_erasing(store, shelf, runner.session)
    assert shelf.recordings(runner.session) == []


def test_one_file_that_stays(
    home: Path, store: SqliteStore, shelf: Shelf, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be deleted keeps neither the other files nor the words from being erased."""
    shelf.new(runner.session, "a-stray").write_bytes(b"sound")
    runner.do_at_once(AnswerConsent(ANA, yes=False))
    delete = Shelf.delete

    def refused(of: Shelf, session: str, recording: str) -> None:
        if recording == "a-stray":
            raise PermissionError(13, "Permission denied")
        delete(of, session, recording)

    monkeypatch.setattr(Shelf, "delete", refused)
    with pytest.raises(CommandProblem, match="could not be deleted"):
        finish_erasing(store, shelf, runner.session)
    assert shelf.recordings(runner.session) == ["a-stray"]
    assert traces(home, WORDS) == []


def test_nothing_to_look_at(store: SqliteStore, shelf: Shelf, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start of the program reads no journal in which nothing happened since the last one."""
    finish_all(store, shelf)
    read_again: list[str] = []
    monkeypatch.setattr(store, "events", read_again.append)
    finish_all(store, shelf)
    assert read_again == []


def test_erased_once_only(store: SqliteStore, shelf: Shelf, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was erased long ago is not erased anew each time something happens in its session."""
    runner.do_at_once(AnswerConsent(ANA, yes=False))
    finish_all(store, shelf)
    runner.do_at_once(c.Pause())
    forgotten: list[str] = []
    monkeypatch.setattr(store, "forget", lambda session, words: forgotten.append(session))
    finish_all(store, shelf)
    assert forgotten == []


def test_the_folder_of_a_closed_session(store: SqliteStore, shelf: Shelf, runner: Runner) -> None:
    """Once a session is closed and nothing of its sound is left, its folder goes."""
    runner.do_at_once(AnswerConsent(ANA, yes=False))
    finish_all(store, shelf)
    assert shelf.sessions() == [runner.session]
    runner.do_at_once(c.End())
    finish_all(store, shelf)
    assert shelf.sessions() == []


def test_trouble_is_said_and_tried_again(
    home: Path, store: SqliteStore, shelf: Shelf, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where erasing does not succeed, a sentence says so, and the next start does it."""
    runner.do_at_once(AnswerConsent(ANA, yes=False))
    wanted = everything(shelf, runner.session)

    def refuse(*_: object) -> None:
        raise StoreProblem("Traces are left.")

    with monkeypatch.context() as patch:
        patch.setattr(store, "forget", refuse)
        assert finish_all(store, shelf) == ("Traces are left.",)
    assert finish_all(store, shelf) == ()
    assert traces(home, wanted) == []


DYING = """
import os, signal, sys
from pathlib import Path
from roleplay.audio.shelf import Shelf
from roleplay.conduct import erasing
from roleplay.conduct.holding import held_session
from roleplay.session.events import Participant
from roleplay.session.hearing_commands import AnswerConsent
from roleplay.settings import database_path, home_folder
from roleplay.store.sqlite import SqliteStore

session, where, step, when, times = sys.argv[1:]
class_ = {"store": SqliteStore, "shelf": Shelf, "path": Path}[where]
real, left = getattr(class_, step), int(times)
def dying(*arguments, **more):
    global left
    left -= 1
    if left:
        return real(*arguments, **more)
    if when == "behind":
        real(*arguments, **more)
    os.kill(os.getpid(), signal.SIGKILL)
store, shelf = SqliteStore(database_path()), Shelf(home_folder())
with held_session(store, session) as runner:
    runner.do_at_once(AnswerConsent("p1", yes=False))
    setattr(class_, step, dying)
    erasing.finish_erasing(store, shelf, session)
"""


@pytest.mark.parametrize(
    ("where", "step", "when", "times"),
    [
        ("store", "forget", "before", 1),
        ("store", "_scrub", "before", 1),
        ("shelf", "delete", "behind", 1),
        ("shelf", "delete", "before", 1),
        ("path", "unlink", "behind", 1),
        ("path", "unlink", "behind", 4),
    ],
)
def test_killed_while_erasing(
    home: Path, store: SqliteStore, shelf: Shelf, runner: Runner, where: str, step: str, when: str, times: int
) -> None:
    """Killed at any point between the journal's word and the last deleted file, the next start of the program leaves
    no byte either."""
    wanted = everything(shelf, runner.session)
    finish_all(store, shelf)
    runner.close()
    died = subprocess.run([sys.executable, "-c", DYING, runner.session, where, step, when, str(times)], timeout=60)
    assert died.returncode == -signal.SIGKILL
    assert traces(home, wanted)
    # The store was open all along, as in another window, so nobody else has swept the log.
    assert finish_all(store, shelf) == ()
    assert traces(home, wanted) == []
    store.verify(runner.session)


async def test_in_a_session_that_runs(home: Path, store: SqliteStore, shelf: Shelf, writer: Writer) -> None:
    """While a session runs, what somebody takes back is gone as soon as it is erased; no screen has to ask for it."""
    runner = begun(store, writer)
    record(runner, shelf)
    written_down_with_trouble(runner)
    troubles: list[str] = []
    eraser = Eraser(runner, shelf, writer, troubles.append)
    await runner.do(AnswerConsent(ANA, yes=False))
    await eraser.close()
    assert traces(home, everything(shelf, runner.session)) == []
    assert troubles == []
    runner.close()


async def test_a_recorder_that_is_late(store: SqliteStore, shelf: Shelf, writer: Writer) -> None:
    """Sound that a recorder still laid down after it was erased goes when the recording ends."""
    runner = begun(store, writer)
    eraser = Eraser(runner, shelf, writer, pytest.fail)
    await runner.do(StartRecording("t1", "r1"))
    await runner.do(AnswerConsent(ANA, yes=False))
    await asyncio.gather(*eraser._work)
    shelf.new(runner.session, "r1").write_bytes(b"late")
    await runner.do(EndRecording("t1", "r1", "consent", 0.5))
    await eraser.close()
    assert shelf.recordings(runner.session) == []
    runner.close()


async def test_trouble_while_it_runs(store: SqliteStore, shelf: Shelf, writer: Writer) -> None:
    """Where a trace cannot be erased because another window reads, the screen hears of it, and that it will be."""
    runner = begun(store, writer)
    record(runner, shelf)
    write_down(runner)
    troubles: list[str] = []
    eraser = Eraser(runner, shelf, writer, troubles.append)

    class Refusing:
        def erase(self, erase: Callable[[SqliteStore], None]) -> object:
            def refused(asked: SqliteStore) -> None:
                raise StoreProblem("Traces are left.")

            return writer.erase(refused)  # type: ignore[arg-type]

    eraser._thread = Refusing()  # type: ignore[assignment]
    await runner.do(AnswerConsent(ANA, yes=False))
    await eraser.close()
    assert troubles == ["Traces are left. What is left is erased when the program starts again."]
    runner.close()


def test_real_sound(home: Path, store: SqliteStore, shelf: Shelf, require: Callable[[str, object, str], None]) -> None:
    """The same with sound as it is really kept: a WAV, its FLAC, and a half-made one."""
    require("soundfile", find_spec("soundfile"), "Set up the parts for it: ROLEPLAY_EXTRAS=audio ./dev test")
    import numpy as np
    import soundfile

    from roleplay.audio.compress import compress

    runner = begun(store, DirectJournal(store))
    path = record(runner, shelf)
    hiss = np.random.default_rng(3).standard_normal(80_000) * 80
    soundfile.write(path, hiss.astype(np.int16), 16_000, subtype="PCM_16")
    wav = path.read_bytes()
    flac = compress(path)
    assert flac is not None
    small = flac.read_bytes()
    path.write_bytes(wav)
    flac.with_name("r1.part.flac").write_bytes(small[: len(small) // 2])
    wanted = [wav[60_000:60_032], small[20_000:20_032]]
    assert len(traces(home, wanted)) == 3
    runner.do_at_once(AnswerConsent(ANA, yes=False))
    finish_erasing(store, shelf, runner.session)
    assert traces(home, wanted) == []
    runner.close()
