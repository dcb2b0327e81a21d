"""Recording from a microphone through PortAudio, in the process that does it for a session."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import wave
from array import array
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from speech.judging import word_error_rate
from virtual_microphone import RATE, VirtualMicrophones, read_wav, speak, write_wav

from roleplay.audio.capture import Began, Capture, Ended, Level
from roleplay.audio.devices import NoMicrophone
from roleplay.audio.devices import microphones as listed
from roleplay.audio.wav import repair
from roleplay.problems import CommandProblem

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.needs_microphone

WORDS = "How did the week go, and what happened on the bus?"

STARTER = """
import asyncio, sys
from pathlib import Path
from roleplay.audio.capture import Capture

async def main():
    capture = Capture(Path(sys.argv[1]), "desk")
    began = await capture.start()
    print(began.monotonic, capture.process_id, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def find(played: array[int], recorded: array[int]) -> int:
    """The sample at which what was played begins in what was recorded, every sample the same; -1 where it is not."""
    sound = played.tobytes().strip(b"\0")
    byte = recorded.tobytes().find(sound)
    lead = (len(played.tobytes()) - len(played.tobytes().lstrip(b"\0"))) // 2
    return byte // 2 - lead if byte >= 0 else -1


def nothing_in(folder: Path) -> bool:
    return not list(folder.iterdir())


def speak_otherwise(path: Path, words: str) -> Path:
    subprocess.run(["flite", "-voice", "rms", "-t", words, "-o", str(path)], check=True)
    return path


async def record(path: Path | None, channels: int = 1, name: str = "desk") -> tuple[Capture, Began]:
    capture = Capture(path, name, channels)
    return capture, await capture.start()


@pytest.mark.needs_speech
async def test_what_is_said_is_recorded_from_its_first_sample_at_its_time(
    microphones: VirtualMicrophones, tmp_path: Path
) -> None:
    """Every sample of a spoken sentence is there, within 50 ms of where the clock says it was spoken; nobody else can
    read the file, and the sound before the stop is in it."""
    spoken = speak(tmp_path / "spoken.wav", WORDS)
    microphones.keep_ready(spoken)
    path = tmp_path / "recorded.wav"
    capture, began = await record(path)
    before = monotonic()
    await asyncio.to_thread(microphones.play_now, "desk")
    begun = monotonic()
    levels = []
    async for report in capture.reports():
        assert isinstance(report, Level)
        levels.append(report)
        if report.seconds > before - began.monotonic + len(read_wav(spoken)) / RATE + 0.3:
            break
    stopped = monotonic()
    ended = await capture.stop()

    at = find(read_wav(spoken), read_wav(path))
    assert at >= 0, "a sample is missing"
    heard = began.monotonic + at / RATE
    assert before - 0.05 < heard < begun + 0.05
    assert ended == Ended(len(read_wav(path)) / RATE, "stopped")
    assert ended.seconds > stopped - began.monotonic - 0.05
    assert max(level.peak for level in levels) == pytest.approx(max(map(abs, read_wav(spoken))) / 2**15, abs=0.001)
    assert path.stat().st_mode & 0o077 == 0


async def test_two_channels_stay_apart(microphones: VirtualMicrophones, tmp_path: Path) -> None:
    """What the leader's side hears is in the first channel, the partner's in the second."""
    microphones.unplug("desk")
    microphones.plug_in("pair", channels=2)
    sound = write_wav(tmp_path / "sides.wav", array("h", [8000, 100] * RATE), channels=2)
    capture, began = await record(tmp_path / "both.wav", channels=2, name="pair")
    await asyncio.to_thread(microphones.play, "pair", sound)
    await capture.stop()
    both = read_wav(tmp_path / "both.wav")
    assert began.channels == 2
    assert (max(both[0::2]), max(both[1::2])) == (8000, 100)


async def test_listening_keeps_nothing(microphones: VirtualMicrophones, tmp_path: Path) -> None:
    """Without a file there are levels and an end, and no file."""
    capture, _ = await record(None)
    levels = [report async for report in _two(capture)]
    assert [level.peak for level in levels] == [0.0, 0.0]
    assert (await capture.stop()).why == "stopped"
    assert nothing_in(tmp_path)


async def _two(capture: Capture) -> Any:
    seen = 0
    async for report in capture.reports():
        yield report
        seen += 1
        if seen == 2:
            return


async def test_a_microphone_that_is_pulled_out_ends_the_recording_and_is_found_again(
    microphones: VirtualMicrophones, tmp_path: Path
) -> None:
    """What was recorded is kept and whole; nobody has to start anything anew for it to be found when it is back."""
    path = tmp_path / "first.wav"
    capture, _ = await record(path)
    await asyncio.to_thread(microphones.unplug, "desk")
    *_, ended = [report async for report in capture.reports()]
    assert isinstance(ended, Ended)
    assert ended.why == "microphone"
    assert "“desk” was lost" in ended.sentence
    assert len(read_wav(path)) == round(ended.seconds * RATE) > 0

    with pytest.raises(NoMicrophone):
        await record(tmp_path / "second.wav")
    assert not (tmp_path / "second.wav").exists()
    await asyncio.to_thread(microphones.plug_in, "desk")
    capture, _ = await record(tmp_path / "second.wav")
    assert (await capture.stop()).seconds > 0


async def test_a_system_of_sound_that_breaks_down(microphones: VirtualMicrophones, tmp_path: Path) -> None:
    """It is a lost microphone as well."""
    capture, _ = await record(tmp_path / "recorded.wav")
    microphones.kill()
    *_, ended = [report async for report in capture.reports()]
    assert isinstance(ended, Ended)
    assert ended.why == "microphone"


async def test_a_full_disk_ends_the_recording_and_keeps_what_was_recorded(
    microphones: VirtualMicrophones, tmp_path: Path
) -> None:
    """The file is whole, and a sentence says why it ended."""
    path = tmp_path / "recorded.wav"
    capture, _ = await record(path)
    room = 44 + RATE + 3
    assert capture.process_id is not None
    resource.prlimit(capture.process_id, resource.RLIMIT_FSIZE, (room, room))
    *_, ended = [report async for report in capture.reports()]
    assert isinstance(ended, Ended)
    assert ended.why == "disk"
    assert "The disk takes no more sound" in ended.sentence
    assert ended.seconds * RATE == len(read_wav(path))
    assert room - RATE // 10 < path.stat().st_size <= room
    assert not repair(path)


@pytest.mark.parametrize("killed", ["recorder", "whoever started it"])
async def test_a_kill_takes_no_more_than_the_last_moment(
    microphones: VirtualMicrophones, tmp_path: Path, killed: str
) -> None:
    """The file opens with what was recorded, also when nobody could end it; a recorder whose starter is gone ends."""
    path = tmp_path / "recorded.wav"
    if killed == "recorder":
        capture, began = await record(path)
        assert capture._process is not None
        now = monotonic()
        capture._process.kill()
        *_, ended = [report async for report in capture.reports()]
        assert isinstance(ended, Ended)
        assert ended.why == "fault"
    else:
        starter = await asyncio.create_subprocess_exec(sys.executable, "-c", STARTER, str(path), stdout=-1)
        assert starter.stdout is not None
        zero, recorder = (await starter.stdout.readline()).split()
        began = Began(float(zero), 1, RATE, "desk")
        descriptor = os.pidfd_open(int(recorder))
        now = monotonic()
        starter.kill()
        await starter.communicate()
        ended_by_itself = asyncio.Event()
        asyncio.get_running_loop().add_reader(descriptor, ended_by_itself.set)
        await asyncio.wait_for(ended_by_itself.wait(), 20)
        asyncio.get_running_loop().remove_reader(descriptor)
        os.close(descriptor)
    repair(path)
    with wave.open(str(path)) as file:
        assert file.getnframes() / RATE > now - began.monotonic - 1


async def test_ctrl_c_in_the_terminal_is_not_meant_for_the_recorder(
    microphones: VirtualMicrophones, tmp_path: Path
) -> None:
    """It goes on until whoever started it ends it; told to end by the system, it ends well."""
    capture, _ = await record(tmp_path / "recorded.wav")
    assert capture._process is not None
    capture._process.send_signal(signal.SIGINT)
    assert [report.seconds async for report in _two(capture)]
    assert capture.ended is None
    capture._process.send_signal(signal.SIGTERM)
    *_, ended = [report async for report in capture.reports()]
    assert isinstance(ended, Ended)
    assert ended.why == "stopped"
    assert len(read_wav(tmp_path / "recorded.wav")) == round(ended.seconds * RATE)


async def test_a_start_that_is_given_up_leaves_nothing(microphones: VirtualMicrophones, tmp_path: Path) -> None:
    """Neither a file nor a process, as when somebody says no meanwhile."""
    capture = Capture(tmp_path / "recorded.wav", "desk")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(capture.start(), 0.2)
    assert capture._process is not None
    assert capture._process.returncode is not None
    assert nothing_in(tmp_path)


async def test_a_file_that_is_there_already_is_left_alone(microphones: VirtualMicrophones, tmp_path: Path) -> None:
    """A recording never writes over another."""
    path = tmp_path / "recorded.wav"
    path.write_text("sound of somebody else")
    with pytest.raises(CommandProblem, match="cannot be written"):
        await record(path)
    assert path.read_text() == "sound of somebody else"


@pytest.mark.needs_speech
async def test_words_that_nobody_prepared_are_understood_from_the_recording(
    microphones: VirtualMicrophones, tmp_path: Path, require: Callable[[str, object, str], None]
) -> None:
    """An engine with an open vocabulary reads most of what another synthesiser said off the recording."""
    require("pocketsphinx", find_spec("pocketsphinx"), "Set it up: ROLEPLAY_EXTRAS=audio,judge ./dev test")
    words = "the teacher called the mother and asked how the boy was doing at home"
    spoken = speak_otherwise(tmp_path / "spoken.wav", words)
    capture, _ = await record(tmp_path / "recorded.wav")
    await asyncio.to_thread(microphones.play, "desk", spoken)
    await capture.stop()

    from pocketsphinx import Decoder

    decoder = Decoder(samprate=RATE, loglevel="FATAL")
    decoder.start_utt()
    decoder.process_raw(read_wav(tmp_path / "recorded.wav").tobytes(), no_search=False, full_utt=True)
    decoder.end_utt()
    understood = decoder.hyp().hypstr
    rate = word_error_rate(words, understood)
    print(f"Word error rate {rate:.2f}: {understood}")  # noqa: T201 - the figure is asked for
    assert rate < 0.3


async def test_the_list_is_of_what_is_plugged_in_now(microphones: VirtualMicrophones) -> None:
    """A microphone that comes later is seen by a program that has been running all along."""
    assert "desk" in {each.name for each in listed()}
    microphones.plug_in("window")
    assert {"desk", "window"} <= {each.name for each in listed()}
    microphones.unplug("desk")
    assert "desk" not in {each.name for each in listed()}
