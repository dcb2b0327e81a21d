"""Writing down what was recorded in a session: all that is still to be done, one recording after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from roleplay.cli.shared import LAST, find_session, opened_store

if TYPE_CHECKING:
    from roleplay.audio.shelf import Shelf
    from roleplay.conduct.runner import Runner
    from roleplay.conduct.to_transcribe import Again, ToTranscribe
    from roleplay.store.protocol import Store
    from roleplay.transcription.protocol import Heard, Job

    Run = Callable[[Job, str], Heard]


def transcribe_session(
    wanted: str, engine: str | None, model: str | None, language: str | None, run: Run, *, again: bool
) -> None:
    """Write down what was recorded in a session; raises CommandProblem where it cannot begin."""
    from roleplay.audio.shelf import Shelf
    from roleplay.conduct.holding import held_session
    from roleplay.conduct.to_transcribe import Again
    from roleplay.problems import CommandProblem
    from roleplay.settings import home_folder, load_settings
    from roleplay.store.protocol import Conflict

    settings, shelf = load_settings(), Shelf(home_folder())
    engine = settings.engine if engine is None else engine
    language = settings.language if language is None else language
    once_more = Again(engine, model or "") if again else None
    with opened_store() as store:
        session = _last_recorded(store, shelf) if wanted == LAST else find_session(store, wanted)
        try:
            with held_session(store, session) as runner:
                _write_down_all(runner, shelf, once_more, engine, model or settings.model, language, run)
                _let_go(store, runner, settings.keep_sound)
        except Conflict as error:
            mend = "Leave it there (esc), then run this again. Or let it be written down there once it is left."
            raise CommandProblem("This session is open in the program right now.", mend) from error
        from roleplay.conduct.erasing import finish_erasing

        finish_erasing(store, shelf, session)


def _last_recorded(store: Store, shelf: Shelf) -> str:
    """The newest session of which there is any sound."""
    from roleplay.problems import CommandProblem

    recorded = {session for session in shelf.sessions() if shelf.recordings(session)}
    for row in store.sessions():
        if row.id in recorded:
            return row.id
    raise CommandProblem("There is no session of which any sound is kept.", "`roleplay sessions` lists all sessions.")


def _write_down_all(
    runner: Runner,
    shelf: Shelf,
    once_more: Again | None,
    engine: str,
    model: str,
    language: str,
    run: Run,
) -> None:
    from roleplay.conduct.cut_off import end_cut_off
    from roleplay.conduct.to_transcribe import failure_words, keep_at_once, to_transcribe, transcript_words
    from roleplay.problems import CommandProblem
    from roleplay.transcription.protocol import Job
    from roleplay.transcription.registry import choose

    end_cut_off(runner, shelf)
    jobs = to_transcribe(runner.session, runner.state, shelf, once_more)
    if not jobs:
        click.echo(_nothing(runner, shelf, again=once_more is not None), err=True)
        return
    # A missing engine or model is nothing that went wrong with a recording.
    choose(engine, model)
    written = lines = 0
    for number, job in enumerate(jobs, start=1):
        where = f"{number} of {len(jobs)}: {_say(runner, job)}"
        order = Job(sound=job.sound, engine=engine, model=model, language=language)
        try:
            heard = run(order, where)
        except CommandProblem as problem:
            keep_at_once(runner, job, failure_words(job, str(problem)))
            click.echo(f"{where}: {problem}", err=True)
            continue
        if keep_at_once(runner, job, transcript_words(job, heard)):
            written, lines = written + 1, lines + len(heard.lines)
            click.echo(f"{where}: {_say_lines(len(heard.lines))}", err=True)
    _say_result(runner.session, len(jobs), written, lines)


def _say_result(session: str, asked: int, written: int, lines: int) -> None:
    if written:
        what = "One recording is" if written == 1 else f"{written} recordings are"
        click.echo(f"{what} written down, in {_say_lines(lines)}.", err=True)
        click.echo(f"Read them: roleplay report {session} -o report.html", err=True)
    if written < asked:
        click.echo(f"Try again what could not be written down: roleplay transcribe {session} --again", err=True)


def _say_lines(number: int) -> str:
    return "one line" if number == 1 else f"{number or 'no'} lines"


def _nothing(runner: Runner, shelf: Shelf, *, again: bool) -> str:
    """Why there is nothing to be done."""
    from roleplay.conduct.to_transcribe import Again, to_transcribe

    recordings = [one for track in runner.state.tracks.values() for one in track.recordings.values()]
    if not recordings:
        return "Nothing was recorded in this session."
    if not again and to_transcribe(runner.session, runner.state, shelf, Again()):
        return "Some of it could not be written down the last time. Try that again with: --again"
    if any(one.transcript for one in recordings):
        return f"All that is kept is written down. Read it: roleplay report {runner.session} -o report.html"
    return "No sound of this session is kept any more."


def _say(runner: Runner, job: ToTranscribe) -> str:
    """Which recording it is, as people would call it."""
    from roleplay.content.durations import say_clock

    track = runner.state.tracks[job.track]
    planned = track.find(track.recordings[job.recording].step)
    parts = [track.title] if len(runner.state.tracks) > 1 else []
    if planned is not None:
        parts += [planned.name]
        parts += [f"round {planned.round}"] if planned.round is not None and track.rounds > 1 else []
    return f"{', '.join(parts)} ({say_clock(job.seconds)})"


def _let_go(store: Store, runner: Runner, keep_sound: str) -> None:
    """Let go of the sound, where its owner wants that once it is written down."""
    from roleplay.conduct.clock import wall_now
    from roleplay.conduct.retention import due

    for command in due(store.events(runner.session), keep_sound, wall_now()):
        runner.do_at_once(command)
