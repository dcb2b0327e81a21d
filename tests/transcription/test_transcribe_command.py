"""`roleplay transcribe FILE`, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roleplay.cli import main
from roleplay.content.durations import say_left
from roleplay.session.hearing_events import Dropped, Span
from roleplay.settings import settings_path
from roleplay.transcription import client
from roleplay.transcription.client import OnProgress
from roleplay.transcription.protocol import Heard, HeardLine, Job, Progress


def roleplay(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], prog_name="roleplay", catch_exceptions=False)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """The jobs that were done; in each, somebody says good morning."""
    done: list[Job] = []

    def run(job: Job, on_progress: OnProgress) -> Heard:
        done.append(job)
        on_progress(Progress(stage="writing", fraction=0.5, seconds_left=100.0))
        silent = job.sound.stem == "silence"
        return Heard(
            seconds=2.0,
            channels=1,
            speech=() if silent else (Span(channel=0, start=0.0, end=1.0),),
            speech_how="silero-vad",
            lines=() if silent else (HeardLine(start=0.0, end=1.0, text="Good morning."),),
            dropped=() if silent else (Dropped(start=1.0, end=2.0, why="silence"),),
            engine=job.engine or "whisper",
            model=job.model,
            language=job.language,
        )

    monkeypatch.setattr(client, "run_job_now", run)
    return done


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "conversation.wav"
    path.write_bytes(b"RIFF")
    return path


def test_the_words_are_printed_and_nothing_else(jobs: list[Job], sound: Path) -> None:
    """Standard output is the transcript; what there is to know beside it stands elsewhere, and no bar is drawn where
    nobody looks."""
    done = roleplay("transcribe", sound)
    assert done.stdout == "Good morning.\n"
    assert done.stderr == "What nobody said was left out in one place; --format json lists them.\n"
    assert jobs == [Job(sound=sound)]


def test_options_come_before_settings(jobs: list[Job], sound: Path) -> None:
    """The owner's settings hold where the command says nothing."""
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('engine = "whisper"\nmodel = "small"\nlanguage = "de"\n')
    roleplay("transcribe", sound)
    roleplay("transcribe", sound, "--engine", "faster-whisper", "--model", "tiny", "--language", "en")
    assert jobs == [
        Job(sound=sound, engine="whisper", model="small", language="de"),
        Job(sound=sound, engine="faster-whisper", model="tiny", language="en"),
    ]


def test_the_name_of_the_file_says_the_format(jobs: list[Job], sound: Path, tmp_path: Path) -> None:
    """-o with an ending that is a format writes that format; --format has the last word."""
    roleplay("transcribe", sound, "-o", tmp_path / "a.vtt")
    roleplay("transcribe", sound, "-o", tmp_path / "b.doc")
    roleplay("transcribe", sound, "-o", tmp_path / "c.txt", "--format", "json")
    assert (tmp_path / "a.vtt").read_text().startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n")
    assert (tmp_path / "b.doc").read_text() == "Good morning.\n"
    assert json.loads((tmp_path / "c.txt").read_text())["lines"][0]["text"] == "Good morning."


def test_silence_is_said(jobs: list[Job], sound: Path) -> None:
    """A file in which nobody speaks gives an empty transcript, and says why."""
    done = roleplay("transcribe", sound.rename(sound.with_stem("silence")))
    assert (done.exit_code, done.stdout.strip()) == (0, "")
    assert "Nobody speaks" in done.stderr


def test_what_would_go_wrong_at_the_end_is_said_at_the_beginning(jobs: list[Job], sound: Path, tmp_path: Path) -> None:
    """No file, no folder for the transcript, or the sound itself in its place: no work is begun."""
    for arguments, sentence in (
        ([tmp_path / "nothing.wav"], "There is no file"),
        ([tmp_path / ("long" * 100)], "There is no file"),
        ([sound, "-o", tmp_path / "nowhere" / "a.txt"], "Nothing can be written into"),
        ([sound, "-o", sound], "would take the place of the sound"),
    ):
        done = roleplay("transcribe", *arguments)
        assert done.exit_code == 2
        assert sentence in done.stderr
    assert jobs == []
    assert sound.read_bytes() == b"RIFF"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "a few seconds left"),
        (44, "about 40 seconds left"),
        (100, "about 2 minutes left"),
        (3000, "about 50 minutes left"),
        (9000, "about 2.5 hours left"),
    ],
)
def test_time_left_is_as_exact_as_anybody_can_know(seconds: float, words: str) -> None:
    """Nobody is told that it takes another 103.2 seconds."""
    assert say_left(seconds) == words
