"""A session that is recorded with a microphone, through PortAudio and in real time."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hearing import MemoryJournal, opened
from virtual_microphone import RATE, VirtualMicrophones, read_wav, write_wav

from benchmarks.session_record_kills import kill_once
from roleplay.audio.shelf import Shelf
from roleplay.conduct.clock import MonotonicClock
from roleplay.conduct.microphones import ChosenMicrophones
from roleplay.conduct.recording import Recorder
from roleplay.conduct.runner import Runner
from roleplay.session import commands as c
from roleplay.session.heard import Recording
from roleplay.session.hearing_commands import AnswerConsent

pytestmark = pytest.mark.needs_microphone


class Room:
    """Three people whose conversation is recorded."""

    def __init__(self, home: Path) -> None:
        self.shelf = Shelf(home)
        self.runner: Runner = opened(MemoryJournal(), MonotonicClock(), markers="listening")
        self.recorder = Recorder(self.runner, self.shelf, ChosenMicrophones(home), look_again=0.2)
        self._news: asyncio.Queue[str] = asyncio.Queue()
        self.recorder.on_news(lambda track, sentence, kind: self._news.put_nowait(kind))

    @property
    def recordings(self) -> list[Recording]:
        return list(self.runner.state.tracks["t1"].recordings.values())

    def path(self, one: Recording) -> Path:
        """Where its sound is."""
        found = self.shelf.find(self.runner.session, one.id)
        assert found is not None
        return found

    async def until(self, kind: str) -> None:
        """Wait until the recorder says so."""
        async with asyncio.timeout(30):
            while await self._news.get() != kind:
                pass


@pytest.fixture
async def room(microphones: VirtualMicrophones, home: Path) -> AsyncIterator[Room]:
    """Everybody has agreed, the conversation runs, and it is being recorded."""
    this = Room(home)
    this.recorder.begin()
    for person in this.runner.state.humans:
        await this.runner.do(AnswerConsent(person, True))
    await this.runner.do(c.Start())
    await this.until("began")
    yield this
    await this.recorder.close()


async def test_a_marker_points_at_its_moment_of_the_sound(
    room: Room, microphones: VirtualMicrophones, tmp_path: Path
) -> None:
    """A knock is heard and somebody taps: the tap lies within 50 ms of the knock in the file."""
    knock = array("h", [20_000, -20_000] * 400)
    microphones.keep_ready(write_wav(tmp_path / "knock.wav", knock))
    before = room.runner.now
    await asyncio.to_thread(microphones.play_now, "desk")
    await room.runner.do(c.TapMarker("t1", "tap", "names-feeling", "chen", "ana"))
    tapping = room.runner.now - before
    # Sound that is on its way is recorded before the end.
    await room.recorder.close()
    (mark,), (one,) = room.runner.state.tracks["t1"].marks, room.recordings
    samples = read_wav(room.path(one))
    heard = next(n for n, sample in enumerate(samples) if abs(sample) > 5_000) / RATE
    assert mark.into is not None
    assert -0.05 <= mark.into - one.into - heard <= tapping + 0.05
    assert one.seconds == pytest.approx(len(samples) / RATE, abs=0.001)


async def test_a_microphone_that_is_pulled_out_leaves_a_gap_and_no_damage(
    room: Room, microphones: VirtualMicrophones
) -> None:
    """The session goes on; on another microphone recording goes on, and both files can be read."""
    await asyncio.to_thread(microphones.unplug, "desk")
    await room.until("trouble")
    assert room.runner.state.phase("t1") == "running"
    await asyncio.to_thread(microphones.plug_in, "headset")
    await room.until("began")
    assert room.recorder.standing("t1").recording
    await room.recorder.close()
    first, second = room.recordings
    assert (first.ended, second.ended) == ("microphone", "shut")
    assert first.seconds is not None
    assert second.into >= first.into + first.seconds - 0.05
    assert all(read_wav(room.path(one)) for one in (first, second))


@pytest.mark.parametrize("after", [0.0, 0.7])
def test_a_kill_takes_no_more_than_the_last_second(microphones: VirtualMicrophones, home: Path, after: float) -> None:
    """Program and recorder are killed at once: the file opens, the journal is told how long it is, the session stands
    paused, and a new recording begins when it goes on."""
    remains = kill_once(home, after)
    assert remains.recorded - remains.kept <= 1.0
    assert (remains.paused, remains.shut, remains.again) == (True, True, True)
