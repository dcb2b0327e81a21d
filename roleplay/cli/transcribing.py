"""The command that writes down what was said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.group import main
from roleplay.cli.shared import hand_out

if TYPE_CHECKING:
    from roleplay.transcription.formats import Format
    from roleplay.transcription.protocol import Heard, Job, Progress

DOING = {"listening": "Looking for speech", "loading": "Getting the engine ready", "writing": "Writing it down"}


@main.command()
@click.argument("what", metavar="FILE or SESSION")
@click.option("--engine", help="What writes it down: whisper or faster-whisper.")
@click.option("--model", help="A name that `roleplay models` lists, or the path of one.")
@click.option("--language", metavar="xx", help="What is spoken, such as en or de; by default it is found out.")
@click.option(
    "--format", "format_", type=click.Choice(["txt", "srt", "vtt", "json"]), help="By default, what -o ends with."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it; otherwise it is printed.")
@click.option("--again", is_flag=True, help="Of a session: also what failed, or what another engine or model wrote.")
def transcribe(
    what: str,
    engine: str | None,
    model: str | None,
    language: str | None,
    format_: Format | None,
    output: Path | None,
    again: bool,
) -> None:
    """Write down what is said in a FILE or a SESSION.

    Of a session, which is named as `roleplay sessions` lists it, or `last`, all is written down that was not yet; the
    report shows it, to those who may read it.

    Everything happens on this machine; nothing is sent anywhere. Speech is found first and only speech is written
    down. A file with one voice on each of two channels is written down voice by voice."""
    from roleplay.settings import load_settings
    from roleplay.transcription.protocol import Job

    sound = Path(what).expanduser()
    if not _is_file(sound):
        from roleplay.cli.transcribing_session import transcribe_session

        _stop_where_a_file_is_meant(format_, output)
        transcribe_session(what, engine, model, language, _run, again=again)
        return
    _check(sound, output)
    settings = load_settings()
    job = Job(
        sound=sound.absolute(),
        engine=settings.engine if engine is None else engine,
        model=model or settings.model,
        language=settings.language if language is None else language,
    )
    heard = _run(job)
    _tell(heard)
    from roleplay.transcription.formats import write

    text = write(heard, format_ or _format_of(output))
    hand_out(text if output else text.rstrip("\n"), output)


def _is_file(sound: Path) -> bool:
    """Whether a file is meant; a session has neither folders nor an ending."""
    # Unlike those of Path, these say no where a name is too long for the disk.
    return os.path.exists(sound) or len(sound.parts) > 1 or bool(sound.suffix)  # noqa: PTH110 - as said


def _stop_where_a_file_is_meant(format_: str | None, output: Path | None) -> None:
    from roleplay.problems import CommandProblem

    if format_ is not None or output is not None:
        mend = "Read it with: roleplay report SESSION -o report.html"
        raise CommandProblem("What was said in a session is kept in the session, not in a file.", mend)


def _check(sound: Path, output: Path | None) -> None:
    """What would otherwise come to light when all the work is done."""
    from roleplay.problems import CommandProblem

    if not os.path.isfile(sound):  # noqa: PTH113 - as above
        raise CommandProblem(f"There is no file {sound}.", "Give a sound file, such as conversation.wav.")
    if output is None:
        return
    if output.exists() and output.samefile(sound):
        raise CommandProblem("The transcript would take the place of the sound.", "Give -o another name.")
    if not output.absolute().parent.is_dir() or not os.access(output.absolute().parent, os.W_OK):
        raise CommandProblem(f"Nothing can be written into {output.absolute().parent}.", "Give -o another place.")


def _run(job: Job, what: str = "") -> Heard:
    from roleplay.cli.progress import ProgressLine
    from roleplay.transcription.client import run_job_now

    with ProgressLine() as line:

        def show(progress: Progress) -> None:
            doing = f"{what}  {DOING[progress.stage]}" if what else DOING[progress.stage]
            line.show(doing, progress.fraction, progress.seconds_left)

        return run_job_now(job, show)


def _tell(heard: Heard) -> None:
    """What there is to know beside the words."""
    if heard.note:
        click.echo(heard.note, err=True)
    if not heard.speech:
        click.echo("Nobody speaks in this file.", err=True)
    if heard.dropped:
        places = "one place" if len(heard.dropped) == 1 else f"{len(heard.dropped)} places"
        click.echo(f"What nobody said was left out in {places}; --format json lists them.", err=True)


def _format_of(output: Path | None) -> Format:
    from roleplay.transcription.formats import FORMATS

    return next((each for each in FORMATS if output is not None and output.suffix == f".{each}"), "txt")
