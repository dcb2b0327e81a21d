"""`roleplay transcribe SESSION`, as somebody types it after the class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from kept_sound import begun, record

from roleplay.audio.shelf import Shelf
from roleplay.cli import main
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.opening import read_session
from roleplay.conduct.runner import Runner
from roleplay.problems import CommandProblem
from roleplay.session.heard import Recording
from roleplay.session.hearing_commands import CorrectLine
from roleplay.settings import settings_path
from roleplay.store.sqlite import SqliteStore
from roleplay.transcription import client, registry
from roleplay.transcription.client import OnProgress
from roleplay.transcription.protocol import Heard, HeardLine, Job


def transcribe(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["transcribe", *arguments], prog_name="roleplay", catch_exceptions=False)


@pytest.fixture
def store(home: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(home / "roleplay.db")
    yield opened
    opened.close()


@pytest.fixture
def left(store: SqliteStore, shelf: Shelf) -> Runner:
    """A session with two recordings that somebody has left."""
    runner = begun(store, DirectJournal(store))
    record(runner, shelf, "r1")
    record(runner, shelf, "r2")
    runner.close()
    return runner


@pytest.fixture
def recordings(store: SqliteStore, left: Runner) -> Callable[[], dict[str, Recording]]:
    """The recordings as the journal tells them."""
    return lambda: dict(read_session(store, left.session)[0].tracks["t1"].recordings)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """The jobs that were done; a recording called r2 fails with the model “shy”."""
    done: list[Job] = []

    def run(job: Job, on_progress: OnProgress) -> Heard:
        done.append(job)
        if job.model == "shy" and job.sound.stem == "r2":
            raise CommandProblem("It tripped.")
        line = HeardLine(start=0.0, end=1.0, text=f"{job.model} heard {job.sound.stem}.")
        return Heard(
            seconds=40.0, channels=1, speech=(), speech_how="test", lines=(line,), engine="whisper", model=job.model,
            language="en",
        )  # fmt: skip

    monkeypatch.setattr(client, "run_job_now", run)
    monkeypatch.setattr(registry, "choose", lambda engine, model: None)
    return done


def test_all_that_was_recorded_is_written_down(
    left: Runner, jobs: list[Job], recordings: Callable[[], dict[str, Recording]]
) -> None:
    """It says which recording it is at, what came of it, and how to read it; done again, there is nothing to do."""
    done = transcribe("last")
    assert done.exit_code == 0
    assert "1 of 2: Conversation, round 1 (00:40): one line" in done.stderr
    assert "2 recordings are written down, in 2 lines." in done.stderr
    assert f"roleplay report {left.session}" in done.stderr
    assert all(one.transcript for one in recordings().values())
    assert "All that is kept is written down" in transcribe(left.session).stderr
    assert len(jobs) == 2


def test_what_failed_is_tried_again_on_request(
    left: Runner, jobs: list[Job], recordings: Callable[[], dict[str, Recording]]
) -> None:
    """A failure is said and kept, the others go on; --again takes it up."""
    settings_path().write_text('model = "shy"\n')
    assert "It tripped." in transcribe(left.session).stderr
    assert [bool(one.failed) for one in recordings().values()] == [False, True]
    assert "--again" in transcribe(left.session).stderr
    settings_path().unlink()
    transcribe(left.session, "--again")
    assert [job.sound.stem for job in jobs] == ["r1", "r2", "r2"]
    assert not any(one.failed for one in recordings().values())


def test_another_model_writes_once_more_what_nobody_corrected(
    left: Runner, store: SqliteStore, jobs: list[Job], recordings: Callable[[], dict[str, Recording]]
) -> None:
    """With --again and --model; words that people corrected stay."""
    from roleplay.conduct.holding import held_session
    from roleplay.conduct.runner import new_text

    transcribe(left.session)
    with held_session(store, left.session) as runner:
        text = new_text("Mended.")
        runner.do_at_once(CorrectLine("t1", "r1", 0, "p1", text.ref), [text])
    transcribe(left.session, "--again", "--model", "small")
    assert [(job.sound.stem, job.model) for job in jobs[2:]] == [("r2", "small")]
    assert [one.transcript.model for one in recordings().values() if one.transcript] == ["base", "small"]


def test_a_session_that_is_open_is_left_alone(store: SqliteStore, shelf: Shelf, jobs: list[Job]) -> None:
    """It says where it is open and what to do; no work is begun."""
    runner = begun(store, DirectJournal(store))
    record(runner, shelf, "r1")
    done = transcribe(runner.session)
    runner.close()
    assert done.exit_code == 2
    assert "open in the program right now" in done.stderr
    assert jobs == []


def test_sound_goes_once_its_words_are_safe(left: Runner, shelf: Shelf, jobs: list[Job]) -> None:
    """Where its owner has set that."""
    settings_path().write_text('keep_sound = "until-transcribed"\n')
    transcribe("last")
    assert len(jobs) == 2
    assert shelf.recordings(left.session) == []


def test_what_cannot_be_is_said_in_a_sentence(left: Runner, jobs: list[Job]) -> None:
    """No such session; no sound at all; a file asked for where a session is meant."""
    assert "kept in the session" in transcribe(left.session, "-o", "a.txt").stderr
    assert transcribe("2020-01-01-nothing").exit_code == 2
    assert jobs == []


def test_without_any_sound_there_is_nothing_last(store: SqliteStore) -> None:
    """`last` is the newest session of which there is sound."""
    assert "no session of which any sound is kept" in transcribe("last").stderr
