"""The queue: recordings are made small and written down, one at a time, whatever happens to the program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kept_sound import begun, record

from roleplay.audio.shelf import Shelf
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.opening import read_session
from roleplay.conduct.runner import Runner
from roleplay.conduct.transcribing import TranscriptQueue
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session import hearing_commands as hc
from roleplay.session.heard import Recording
from roleplay.session.texts import read
from roleplay.settings import Settings
from roleplay.store.sqlite import SqliteStore
from roleplay.transcription.client import OnProgress
from roleplay.transcription.protocol import Heard, HeardLine, Job, Progress


class Typist:
    """Writes down what the test says, when it says so."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.says: asyncio.Queue[str | CommandProblem] = asyncio.Queue()
        self.cancelled = 0
        self.missing: CommandProblem | None = None
        self.smaller: list[Path] = []

    async def write_down(self, job: Job, on_progress: OnProgress) -> Heard:
        """One job."""
        self.jobs.append(job)
        on_progress(Progress(stage="writing", fraction=0.5, seconds_left=3.0))
        try:
            said = await self.says.get()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if isinstance(said, CommandProblem):
            raise said
        line = HeardLine(start=0.0, end=1.0, text=said, confidence=0.9)
        return Heard(
            seconds=40, channels=1, speech=(), speech_how="test", lines=(line,), engine="whisper", model="base",
            language="en",
        )  # fmt: skip

    async def make_small(self, path: Path) -> Path | None:
        """As compressing does."""
        self.smaller.append(path)
        return renamed(path)

    def check(self, engine: str, model: str) -> object:
        """Whether engine and model are there."""
        if self.missing:
            raise self.missing
        return None


def renamed(path: Path) -> Path:
    return path.replace(path.with_suffix(".flac"))


@pytest.fixture
def runner(store: SqliteStore, shelf: Shelf) -> Iterator[Runner]:
    """A session in its first conversation, with two recordings."""
    this = begun(store, DirectJournal(store))
    record(this, shelf, "r1")
    record(this, shelf, "r2")
    yield this
    this.close()


@pytest.fixture
async def typist() -> Typist:
    return Typist()


def queue_of(
    typist: Typist,
    shelf: Shelf,
    database: Path,
    settings: Settings = Settings(),  # noqa: B008 - a frozen value
) -> TranscriptQueue:
    return TranscriptQueue(
        lambda: SqliteStore(database), shelf, settings, typist.write_down, typist.make_small, typist.check
    )


async def until(what: Callable[[], object]) -> None:
    """Let things happen, in the other thread too, until this is so."""
    for _ in range(20_000):
        if what():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came to that")


def recordings(store: SqliteStore, session: str) -> dict[str, tuple[Recording, list[str]]]:
    """The recordings of a session as its journal tells them, with the words written down from them."""
    state, words = read_session(store, session)
    return {
        id: (one, [read(words, line.text) for line in one.transcript.lines] if one.transcript else [])
        for track in state.tracks.values()
        for id, one in track.recordings.items()
    }


async def test_once_a_session_is_left_its_recordings_are_made_small_and_written_down(
    runner: Runner, store: SqliteStore, shelf: Shelf, typist: Typist, database: Path
) -> None:
    """While it goes on, nothing is written down; afterwards one after the other, each from its small file."""
    queue = queue_of(typist, shelf, database)
    runner.do_at_once(c.Pause())
    queue.enter(runner)
    queue.begin()
    await until(lambda: len(typist.smaller) == 2)
    assert typist.jobs == []
    runner.close()
    queue.leave()
    await until(lambda: queue.standing.progress)
    assert [job.recording for job in queue.standing.waiting] == ["r2"]
    typist.says.put_nowait("First.")
    typist.says.put_nowait("Second.")
    await until(lambda: len(typist.jobs) == 2 and queue.standing.job is None)
    await queue.close()
    assert [words for _, words in recordings(store, runner.session).values()] == [["First."], ["Second."]]
    assert [job.sound.suffix for job in typist.jobs] == [".flac", ".flac"]


async def test_on_request_it_is_written_down_while_the_session_goes_on(
    runner: Runner, store: SqliteStore, shelf: Shelf, typist: Typist, database: Path
) -> None:
    """The words go through the session's own runner; no file is made smaller while a conversation runs."""
    queue = queue_of(typist, shelf, database, Settings(transcribe="during"))
    queue.enter(runner)
    queue.begin()
    await until(lambda: typist.jobs)
    assert typist.jobs[0].beside_session
    assert typist.smaller == []
    typist.says.put_nowait("First.")
    await until(lambda: runner.state.tracks["t1"].recordings["r1"].transcript)
    await queue.close()
    assert recordings(store, runner.session)["r1"][1] == ["First."]


async def test_what_was_not_finished_is_done_the_next_time(
    runner: Runner, store: SqliteStore, shelf: Shelf, typist: Typist, database: Path
) -> None:
    """The program is left in the middle of a job: its process ends, and the next program does the job anew."""
    runner.close()
    first = queue_of(typist, shelf, database)
    first.begin()
    await until(lambda: typist.jobs)
    await first.close()
    assert typist.cancelled == 1
    again = queue_of(typist, shelf, database)
    again.begin()
    typist.says.put_nowait("First.")
    await until(lambda: len(typist.jobs) == 3)
    await again.close()
    assert recordings(store, runner.session)["r1"][1] == ["First."]


async def test_a_job_that_failed_says_why_and_can_be_tried_again(
    runner: Runner, store: SqliteStore, shelf: Shelf, typist: Typist, database: Path
) -> None:
    """Its sentence stands in the session, the others go on; asked for, it is done once more."""
    runner.close()
    queue = queue_of(typist, shelf, database)
    queue.begin()
    typist.says.put_nowait(CommandProblem("It tripped.", "Try again."))
    typist.says.put_nowait("Second.")
    await until(lambda: len(typist.jobs) == 2 and queue.standing.job is None)
    failed = recordings(store, runner.session)["r1"][0].failed
    assert failed is not None
    assert store.texts(runner.session)[failed.id] == "It tripped. Try again."
    queue.ask(runner.session, ["r1"])
    typist.says.put_nowait("First.")
    await until(lambda: len(typist.jobs) == 3 and queue.standing.job is None)
    await queue.close()
    assert recordings(store, runner.session)["r1"][1] == ["First."]
    assert recordings(store, runner.session)["r1"][0].failed is None


async def test_a_yes_taken_back_ends_the_job_of_that_recording(
    runner: Runner, store: SqliteStore, shelf: Shelf, typist: Typist, database: Path
) -> None:
    """The process ends at once, and no word of it is kept."""
    queue = queue_of(typist, shelf, database, Settings(transcribe="during"))
    queue.enter(runner)
    queue.begin()
    await until(lambda: typist.jobs)
    await runner.do(hc.AnswerConsent("p2", yes=False))
    await until(lambda: typist.cancelled)
    await until(lambda: queue.standing.job is None)
    await queue.close()
    assert [words for _, words in recordings(store, runner.session).values()] == [[], []]
    assert len(typist.jobs) == 1


async def test_what_was_erased_meanwhile_elsewhere_leaves_no_trace(
    runner: Runner, store: SqliteStore, shelf: Shelf, typist: Typist, database: Path
) -> None:
    """A result that comes too late is dropped, with its words."""
    queue = queue_of(typist, shelf, database)
    runner.close()
    queue.begin()
    await until(lambda: typist.jobs)
    runner.do_at_once(hc.AnswerConsent("p2", yes=False))
    typist.says.put_nowait("A zebra.")
    await until(lambda: queue.standing.job is None)
    await queue.close()
    assert "A zebra." not in store.texts(runner.session).values()


async def test_without_a_model_nothing_fails_and_the_mend_is_named(
    runner: Runner, store: SqliteStore, shelf: Shelf, typist: Typist, database: Path
) -> None:
    """The sentence stands with the queue; no recording counts as failed because of it."""
    runner.close()
    typist.missing = CommandProblem("The model is not here.", "Fetch it.")
    queue = queue_of(typist, shelf, database)
    queue.begin()
    await until(lambda: queue.standing.problem)
    assert queue.standing.problem == "The model is not here. Fetch it."
    await queue.close()
    assert [one.failed for one, _ in recordings(store, runner.session).values()] == [None, None]


async def test_by_hand_nothing_is_written_down_by_itself(
    runner: Runner, shelf: Shelf, typist: Typist, database: Path
) -> None:
    """Only what somebody asks for."""
    runner.close()
    queue = queue_of(typist, shelf, database, Settings(transcribe="by-hand"))
    queue.begin()
    await until(lambda: len(typist.smaller) == 2)
    queue.ask(runner.session, ["r2"])
    typist.says.put_nowait("Second.")
    await until(lambda: typist.jobs and queue.standing.job is None)
    await queue.close()
    assert [job.sound.stem for job in typist.jobs] == ["r2"]


async def test_sound_goes_once_its_transcript_is_safe_where_its_owner_wants_that(
    runner: Runner, store: SqliteStore, shelf: Shelf, typist: Typist, database: Path
) -> None:
    """Only after its words are in the journal is the file deleted; the words stay."""
    runner.close()
    queue = queue_of(typist, shelf, database, Settings(keep_sound="until-transcribed"))
    queue.begin()
    await until(lambda: typist.jobs)
    assert shelf.find(runner.session, "r1")
    typist.says.put_nowait("First.")
    await until(lambda: len(typist.jobs) == 2)
    assert shelf.find(runner.session, "r1") is None
    assert shelf.find(runner.session, "r2")
    await queue.close()
    assert recordings(store, runner.session)["r1"][1] == ["First."]


async def test_a_recording_that_was_cut_off_gets_its_end_before_its_words(
    store: SqliteStore, shelf: Shelf, database: Path
) -> None:
    """A session that crashed and was never opened again does not keep a recording that goes on for ever."""
    from roleplay.conduct.cut_off import end_cut_off
    from roleplay.conduct.holding import held_session

    runner = begun(store, DirectJournal(store))
    runner.do_at_once(hc.StartRecording("t1", "r1"))
    runner.close()
    with closing(SqliteStore(database)) as other, held_session(other, runner.session) as held:
        end_cut_off(held, shelf)
        assert held.state.tracks["t1"].recordings["r1"].ended == "shut"
