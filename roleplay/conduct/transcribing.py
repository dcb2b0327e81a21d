"""What is done with recordings once they have ended: they are made small, then written down, one thing at a time.

All of it runs in processes of low priority. Nothing is stored about what is still to be done: it follows from the
journals and from what lies on the shelf, so it goes on after whatever happens to the program.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from roleplay.audio.compress import compress_apart
from roleplay.audio.shelf import WAV, Shelf
from roleplay.conduct.clock import wall_now
from roleplay.conduct.cut_off import end_cut_off
from roleplay.conduct.erasing import finish_erasing
from roleplay.conduct.holding import held_session
from roleplay.conduct.opening import read_session
from roleplay.conduct.retention import due
from roleplay.conduct.runner import Runner
from roleplay.conduct.to_transcribe import (
    ToTranscribe,
    Words,
    failure_words,
    keep,
    keep_at_once,
    to_transcribe,
    transcript_words,
)
from roleplay.problems import CommandProblem
from roleplay.session.events import Event
from roleplay.session.hearing_events import RecordingErased
from roleplay.session.state import State
from roleplay.settings import Settings
from roleplay.store.protocol import Conflict, Store, StoreProblem
from roleplay.transcription.client import OnProgress, run_job
from roleplay.transcription.protocol import Heard, Job, Progress
from roleplay.transcription.registry import choose

WriteDown = Callable[[Job, OnProgress], Awaitable[Heard]]
MakeSmall = Callable[[Path], Awaitable[Path | None]]
Check = Callable[[str, str], object]

_TRY_AGAIN = 2.0
"""Seconds until what came of a job is tried again to be kept."""


@dataclass(frozen=True, slots=True)
class QueueStanding:
    """What goes on behind the screens, for those who want to know."""

    job: ToTranscribe | None = None
    """What is being written down."""
    progress: Progress | None = None
    """How far it is."""
    waiting: tuple[ToTranscribe, ...] = ()
    """What comes next, as far as it was looked for."""
    problem: str = ""
    """Why nothing is written down, where an engine or a model is missing."""


class TranscriptQueue:
    """Makes recordings small and writes them down, those of the session that is open here, or else of all others."""

    def __init__(
        self,
        open_store: Callable[[], Store],
        shelf: Shelf,
        settings: Settings,
        write_down: WriteDown = run_job,
        make_small: MakeSmall = compress_apart,
        check: Check = choose,
    ) -> None:
        """
        Args:
            open_store: opens the sessions, in another thread.
            shelf: where the sound lies.
            settings: when it is written down, and with what.
            write_down: does one job.
            make_small: compresses one file.
            check: raises CommandProblem where engine or model are missing.
        """
        self._open_store, self._shelf, self._settings = open_store, shelf, settings
        self._write_down, self._make_small, self._check = write_down, make_small, check
        self._runner: Runner | None = None
        self._stop_listening: Callable[[], None] | None = None
        self._told: list[Callable[[], None]] = []
        self._changed = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._running: asyncio.Future[Heard] | None = None
        self._dropped = False
        """What is being written down was erased."""
        self._asked: set[tuple[str, str]] = set()
        """(Session, recording) that somebody wants written down, though it failed, or though all is done by hand."""
        self._left: set[Path] = set()
        """What cannot be made smaller; it is tried again when the program starts again."""
        self._tried: set[tuple[str, str]] = set()
        """(Session, recording) that came to an end here, whatever came of it."""
        self._settled: set[str] = set()
        """Sessions in which there was nothing left to do."""
        self.standing = QueueStanding()

    def begin(self) -> None:
        """Work from now on; for where an event loop runs."""
        self._loop = asyncio.get_running_loop().create_task(self._work())

    async def close(self) -> None:
        """Leave what is not done for the next time."""
        self.leave()
        if self._loop is not None:
            self._loop.cancel()
            with suppress(asyncio.CancelledError):
                await self._loop

    def enter(self, runner: Runner) -> None:
        """A session is open here from now on: it alone is worked on, and through its runner."""
        self._runner = runner
        self._stop_listening = runner.listen(self._heard)
        self._changed.set()

    def leave(self) -> None:
        """No session is open here any more."""
        if self._runner is None or self._stop_listening is None:
            return
        self._stop_listening()
        self._settled.discard(self._runner.session)
        self._runner = self._stop_listening = None
        self._changed.set()

    def on_change(self, told: Callable[[], None]) -> Callable[[], None]:
        """Have a function called whenever `standing` has changed, until what this returns is called."""
        self._told.append(told)
        return lambda: self._told.remove(told)

    def ask(self, session: str, recordings: Sequence[str]) -> None:
        """Somebody wants these written down, whatever the settings say, and even if they failed before."""
        self._asked |= {(session, recording) for recording in recordings}
        self._tried -= self._asked
        self._settled.discard(session)
        self._changed.set()

    def drop(self, session: str, recording: str) -> None:
        """It was erased: nobody writes it down any more."""
        job = self.standing.job
        if job is not None and (job.session, job.recording) == (session, recording) and self._running is not None:
            self._dropped = True
            self._running.cancel()

    def _heard(self, state: State, events: Sequence[Event]) -> None:  # noqa: ARG002 - as a listener
        assert self._runner is not None
        for event in events:
            if isinstance(event, RecordingErased):
                self.drop(self._runner.session, event.recording)
        self._changed.set()

    def _show(self, standing: QueueStanding) -> None:
        if standing != self.standing:
            self.standing = standing
            for told in tuple(self._told):
                told()

    async def _work(self) -> None:
        while True:
            self._changed.clear()
            large, jobs = await self._look()
            if large is not None:
                await self._compress(large)
            elif not jobs:
                self._show(QueueStanding())
                await self._changed.wait()
            elif problem := self._missing():
                self._show(QueueStanding(waiting=jobs, problem=problem))
                await self._changed.wait()
            else:
                await self._transcribe(jobs[0], jobs[1:])

    def _missing(self) -> str:
        try:
            self._check(self._settings.engine, self._settings.model)
        except CommandProblem as problem:
            return str(problem)
        return ""

    # What there is to do

    async def _look(self) -> tuple[Path | None, tuple[ToTranscribe, ...]]:
        """A file to make smaller, or else what is to be written down next."""
        runner = self._runner
        if runner is None:
            return await asyncio.to_thread(self._look_at_all) if self._shelf.sessions() else (None, ())
        talks = any(track.talk is not None and not track.paused for track in runner.state.tracks.values())
        large = None if talks else self._large(runner.session, runner.state)
        return large, self._jobs(runner.session, runner.state, during=True)

    def _look_at_all(self) -> tuple[Path | None, tuple[ToTranscribe, ...]]:
        with closing(self._open_store()) as store:
            rows = {row.id for row in store.sessions()}
            for session in reversed(self._shelf.sessions()):
                if self._runner is not None:
                    break
                if session in self._settled or session not in rows:
                    continue
                with suppress(CommandProblem):
                    state, _ = read_session(store, session)
                    large = self._large(session, state)
                    jobs = self._jobs(session, state, during=False)
                    if large is not None or jobs:
                        return large, jobs
                self._settled.add(session)
        return None, ()

    def _large(self, session: str, state: State) -> Path | None:
        """A recording that has ended and is not small yet."""
        for track in state.tracks.values():
            for one in track.recordings.values():
                if one.runs or one.erased:
                    continue
                path = self._shelf.find(session, one.id)
                if path is not None and path.suffix == WAV and path not in self._left:
                    return path
        return None

    def _jobs(self, session: str, state: State, *, during: bool) -> tuple[ToTranscribe, ...]:
        asked = frozenset(recording for of, recording in self._asked if of == session)
        jobs = to_transcribe(session, state, self._shelf, asked=asked)
        when = self._settings.transcribe
        by_itself = when == "during" or (when == "after" and not during)
        return tuple(
            job for job in jobs if job.recording in asked or (by_itself and (session, job.recording) not in self._tried)
        )

    # Doing it

    async def _compress(self, path: Path) -> None:
        # Whatever comes of it, it is not tried again before the next start.
        self._left.add(path)
        with suppress(CommandProblem, OSError):
            await self._make_small(path)

    async def _transcribe(self, job: ToTranscribe, waiting: tuple[ToTranscribe, ...]) -> None:
        self._asked.discard((job.session, job.recording))
        self._tried.add((job.session, job.recording))
        self._show(QueueStanding(job, waiting=waiting))

        def progress(progress: Progress) -> None:
            self._show(QueueStanding(job, progress, waiting))

        settings = self._settings
        order = Job(
            sound=job.sound,
            engine=settings.engine,
            model=settings.model,
            language=settings.language,
            beside_session=self._runner is not None,
        )
        self._dropped, self._running = False, asyncio.ensure_future(self._write_down(order, progress))
        try:
            words = transcript_words(job, await self._running)
        except CommandProblem as problem:
            words = failure_words(job, str(problem))
        except asyncio.CancelledError:
            if self._dropped:
                return
            raise
        finally:
            self._running = None
        await self._keep(job, words)

    async def _keep(self, job: ToTranscribe, words: Words) -> None:
        """Keep what came of it, in the session that is open here, or in one that is open nowhere."""
        while True:
            try:
                if self._runner is not None and self._runner.session == job.session:
                    await keep(self._runner, job, words)
                else:
                    await asyncio.to_thread(self._keep_apart, job, words)
            except (StoreProblem, Conflict):
                # The disk is full, or the session is open in another window.
                await asyncio.sleep(_TRY_AGAIN)
            except CommandProblem:
                # The session was deleted meanwhile.
                return
            else:
                return

    def _keep_apart(self, job: ToTranscribe, words: Words) -> None:
        with closing(self._open_store()) as store:
            with held_session(store, job.session) as runner:
                end_cut_off(runner, self._shelf)
                keep_at_once(runner, job, words)
                for command in due(store.events(job.session), self._settings.keep_sound, wall_now()):
                    runner.do_at_once(command)
            finish_erasing(store, self._shelf, job.session)
