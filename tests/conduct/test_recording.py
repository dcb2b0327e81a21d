"""The recorder: what the session says is recorded, and nothing else; what goes wrong never stops a session."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hearing import Heard, heard, microphone, settle

from roleplay.audio.devices import AudioMissing, Microphone
from roleplay.conduct.microphones import ChosenMicrophones
from roleplay.session import commands as c
from roleplay.session.hearing_commands import AnswerConsent
from roleplay.session.hearing_events import RecordingStarted, RecordingTimed

ANA, BEN = "ana", "ben"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Heard]:
    """Three people, all of whom agree, at a table where nothing has started yet."""
    this = heard(tmp_path)
    this.recorder.begin()
    await this.everybody_agrees()
    yield this
    await this.recorder.close()


async def test_a_conversation_is_recorded_from_its_beginning_to_its_end(here: Heard) -> None:
    """It begins with the step and ends with it; the next conversation, right after it, is another recording."""
    assert here.recorder.standing("t1").why_not == "not-asked-for"
    await here.do(c.Start())
    assert [one.runs for one in here.recordings] == [True]
    assert here.recorder.standing("t1").recording == here.recordings[0].id
    await here.do(c.Next())
    assert [(one.step, one.ended) for one in here.recordings] == [
        (here.track.steps[0].id, "step-over"),
        (here.track.steps[1].id, None),
    ]
    assert [capture.open for capture in here.microphones.captures] == [False, True]


async def test_the_microphone_is_opened_only_after_the_beginning_is_safe(here: Heard) -> None:
    """When the microphone is opened, the journal holds the recording and who was in the room."""
    kept: list[object] = []
    open_it = here.microphones.open

    def look_first(*given: object) -> object:
        kept.extend(event for event in here.journal.events if isinstance(event, RecordingStarted))
        return open_it(*given)  # type: ignore[arg-type]

    here.microphones.open = look_first  # type: ignore[assignment,method-assign]
    await here.do(c.Start())
    assert [event.present for event in kept if isinstance(event, RecordingStarted)] == [("ana", "ben", "chen")]


async def test_the_first_sample_stands_on_the_clock_of_the_session(here: Heard) -> None:
    """A first sample that came in half a second ago was heard half a second ago in the step."""
    here.microphones.at_once = False
    await here.do(c.Start())
    here.clock.at = 2.0
    here.capture.begin(ago=0.5)
    await settle()
    timed = [event for event in here.journal.events if isinstance(event, RecordingTimed)]
    assert [event.into for event in timed] == [pytest.approx(1.5, abs=0.1)]
    assert here.recorder.standing("t1").since == pytest.approx(1.5, abs=0.1)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (c.Pause("t1"), "paused"),
        (c.Pause("t1", why="safety"), "safety"),
        (c.Next("t1"), "step-over"),
        (c.End(), "step-over"),
        (c.Retake("t1"), "step-over"),
        (AnswerConsent(BEN, False), "consent"),
    ],
)
async def test_what_ends_a_recording_ends_it_at_once(here: Heard, command: c.Command, why: str) -> None:
    """The microphone is closed, and the journal says why and how long it was."""
    await here.do(c.Start())
    first = here.capture
    await here.do(command)
    assert not first.open
    assert (here.recordings[0].ended, here.recordings[0].seconds) == (why, 3.0)


async def test_after_a_pause_a_new_recording_begins(here: Heard) -> None:
    """Each is one unbroken stretch of sound, and the gap is the space between two of them."""
    await here.do(c.Start(), c.Pause(), c.Resume())
    assert [one.ended for one in here.recordings] == ["paused", None]


async def test_a_step_that_is_taken_up_again_is_recorded_again(here: Heard) -> None:
    """Back in the first conversation, the sound of it goes on in a recording of its own."""
    await here.do(c.Start(), c.Next(), c.Undo())
    steps = [step.id for step in here.track.steps]
    assert [(one.step, one.runs) for one in here.recordings] == [
        (steps[0], False),
        (steps[1], False),
        (steps[0], True),
    ]


async def test_anybody_can_stop_it_and_have_it_again(here: Heard) -> None:
    """Stopped, nothing is recorded, in the next conversation neither; again, it is."""
    await here.do(c.Start())
    await here.recorder.stop()
    await settle()
    assert here.recorder.standing("t1").why_not == "stopped"
    await here.do(c.Next())
    assert [one.ended for one in here.recordings] == ["stopped"]
    await here.recorder.again()
    await settle()
    assert [one.ended for one in here.recordings] == ["stopped", None]


async def test_a_yes_taken_back_while_it_records_leaves_no_sound(here: Heard) -> None:
    """The microphone is closed, and the file that was half written is gone; later conversations are not recorded."""
    await here.do(c.Start())
    path = here.capture.path
    assert path.exists()
    await here.do(AnswerConsent(ANA, False), c.Next())
    assert not path.exists()
    assert [(one.erased, one.ended) for one in here.recordings] == [(True, "consent")]
    assert here.recorder.standing("t1").why_not == "not-everyone"


async def test_a_yes_taken_back_before_the_first_sound_stops_the_microphone_too(here: Heard) -> None:
    """Nobody waits for a microphone to have opened before it is told to close."""
    here.microphones.at_once = False
    await here.do(c.Start(), AnswerConsent(ANA, False))
    assert not here.capture.open
    assert [one.ended for one in here.recordings] == ["consent"]


async def test_a_lost_microphone_stops_no_session(here: Heard) -> None:
    """It is said once; as soon as another one is there, a new recording begins, and that is said, too."""
    await here.do(c.Start())
    here.microphones.there = []
    here.capture.end("microphone", 7.5)
    await settle()
    standing = here.recorder.standing("t1")
    assert standing.why_not == "no-microphone"
    assert "Desk" in standing.sentence
    assert here.runner.state.phase("t1") == "running"
    here.microphones.there = [microphone("Headset")]
    for _ in range(20):
        await settle()
    assert [(one.ended, one.seconds) for one in here.recordings] == [("microphone", 7.5), (None, None)]
    assert [kind for _, _, kind in here.news] == ["began", "trouble", "began"]
    assert "Headset" in here.news[-1][1]


async def test_a_microphone_that_was_never_there_is_looked_for_again(here: Heard) -> None:
    """It is said once that there is none; plugged in, it is used."""
    here.microphones.there = []
    await here.do(c.Start())
    assert here.recorder.standing("t1").why_not == "no-microphone"
    here.microphones.there = [microphone()]
    for _ in range(20):
        await settle()
    assert [one.runs for one in here.recordings] == [True]
    assert [kind for _, _, kind in here.news] == ["trouble", "began"]


async def test_a_full_disk_ends_the_recording_and_nothing_else(here: Heard) -> None:
    """What was recorded is kept, the sentence is shown, and nothing is tried again until somebody asks."""
    await here.do(c.Start())
    here.capture.end("disk", 12.0, "The disk is full.")
    await settle()
    assert [(one.ended, one.seconds) for one in here.recordings] == [("disk", 12.0)]
    assert here.capture.path.exists()
    await here.do(c.Next())
    assert here.recorder.standing("t1").sentence == "The disk is full."
    assert len(here.recordings) == 1
    await here.recorder.again()
    await settle()
    assert [one.ended for one in here.recordings] == ["disk", None]


async def test_a_recording_leaves_room_for_what_people_write(here: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the disk is full to the last byte, it ends by itself, with a sentence."""
    await here.do(c.Start())
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10_000_000))
    here.capture.hear(10.0)
    await settle()
    assert [one.ended for one in here.recordings] == ["disk"]
    assert "nearly full" in here.recorder.standing("t1").sentence
    assert here.runner.state.phase("t1") == "running"
    await here.do(c.Next())
    assert len(here.recordings) == 1


async def test_a_folder_that_is_gone(here: Heard) -> None:
    """Where somebody takes the folder of the recordings away, the recording ends, and another begins in a new one."""
    await here.do(c.Start())
    shutil.rmtree(here.capture.path.parent)
    here.capture.hear(5.0)
    await settle()
    assert [one.ended for one in here.recordings] == ["fault", None]
    assert [capture.open for capture in here.microphones.captures] == [False, True]
    assert here.capture.path.parent.is_dir()


async def test_a_mistake_leaves_no_microphone_open(here: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails on this side of it, the sign of a recording never goes while a microphone stays open."""
    await here.do(c.Start())

    def broken(_: object) -> SimpleNamespace:
        raise ZeroDivisionError

    monkeypatch.setattr(shutil, "disk_usage", broken)
    here.capture.hear(5.0)
    await settle()
    assert here.recorder.standing("t1").why_not == "fault"
    assert not here.capture.open


async def test_on_a_full_disk_no_recording_is_begun(here: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing stands in the journal; the sentence says what to do, and asked again it is tried again."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10_000_000))
    await here.do(c.Start())
    assert here.recordings == []
    assert "Make room" in here.recorder.standing("t1").sentence
    monkeypatch.undo()
    here.recorder.retry()
    await settle()
    assert [one.runs for one in here.recordings] == [True]


async def test_the_end_of_a_recording_is_kept_once_the_disk_has_room_again(here: Heard) -> None:
    """A journal that cannot be written when the disk is full gets the end of the recording afterwards."""
    await here.do(c.Start())
    here.journal.full = True
    here.capture.end("disk", 12.0, "The disk is full.")
    await settle()
    assert here.recordings[0].runs
    here.journal.full = False
    for _ in range(20):
        await settle()
    assert here.recordings[0].ended == "disk"


async def test_what_fails_again_and_again_is_not_tried_for_ever(here: Heard) -> None:
    """After the third time in a row it is left, with a sentence; the session goes on."""
    await here.do(c.Start())
    for _ in range(5):
        if here.capture.open:
            here.capture.end("fault", 0.5, "The recorder stopped.")
        for _ in range(20):
            await settle()
    assert [one.ended for one in here.recordings] == ["fault"] * 3
    assert here.recorder.standing("t1").why_not == "fault"
    assert here.runner.state.phase("t1") == "running"


async def test_without_its_parts_a_session_is_played_and_the_mend_is_named(here: Heard) -> None:
    """The command that adds them stands where the recording sign would, and is told once."""
    here.microphones.problem = AudioMissing("Recording needs some parts.", "Add them: ...")
    await here.do(c.Start(), c.Next())
    assert here.recorder.standing("t1").why_not == "no-parts"
    assert here.news == [("t1", "Recording needs some parts. Add them: ...", "trouble")]
    assert here.recordings == []


async def test_level_clipping_and_silence_are_shown(here: Heard) -> None:
    """Loudness as it comes; too loud for a moment; silence with one warning."""
    await here.do(c.Start())
    here.capture.hear(1.0, 1.0, clipped=True)
    await settle()
    assert (here.recorder.standing("t1").peak, here.recorder.standing("t1").clipping) == (1.0, True)
    here.capture.hear(20.0, 0.0, silent=True)
    here.capture.hear(20.2, 0.0, silent=True)
    await settle()
    standing = here.recorder.standing("t1")
    assert (standing.clipping, standing.silent) == (False, True)
    assert [kind for _, _, kind in here.news] == ["began", "warning"]


async def test_two_channels_only_where_microphone_and_conversation_have_two(tmp_path: Path) -> None:
    """With the setting, a microphone of two channels and one leader and one partner, each has a channel."""
    for channels, mine, expected in ((2, 2, ("ana", "ben")), (2, 1, ()), (1, 2, ())):
        this = heard(tmp_path, channels=channels)
        this.microphones.there = [microphone(channels=mine)]
        this.recorder.begin()
        await this.everybody_agrees()
        await this.do(c.Start())
        assert this.recordings[0].voices == expected
        assert this.capture.channels == (2 if expected else 1)
        await this.recorder.close()


async def test_leaving_ends_the_recording_well(here: Heard) -> None:
    """When the recorder is closed, the microphone is closed and the journal knows how long it was."""
    await here.do(c.Start())
    await here.recorder.close()
    assert not here.capture.open
    assert [(one.ended, one.seconds) for one in here.recordings] == [("shut", 3.0)]


async def test_somebody_who_comes_into_the_room_is_asked_before_they_are_recorded(tmp_path: Path) -> None:
    """The recording ends when they come in; with their yes a new one begins that names them."""
    from roleplay.conduct.runner import new_text
    from roleplay.session.events import Participant

    this = heard(tmp_path, people=4)
    this.recorder.begin()
    await this.everybody_agrees()
    await this.do(c.Start())
    fay = Participant(id="fay", name=new_text("Fay").ref)
    await this.do(c.Arrive((fay,)))
    assert [one.ended for one in this.recordings] == ["consent"]
    await this.do(AnswerConsent("fay", True))
    assert this.recordings[-1].runs
    assert "fay" in this.recordings[-1].present
    await this.recorder.close()


async def test_whoever_comes_back_with_a_yes_is_named_by_a_recording_of_its_own(tmp_path: Path) -> None:
    """A recording names all who were there while it ran, so that each of them can take it back."""
    this = heard(tmp_path, people=4)
    this.recorder.begin()
    await this.everybody_agrees()
    await this.do(c.Leave(("dee",)), c.Start())
    assert "dee" not in this.recordings[-1].present
    await this.do(c.ComeBack(("dee",)))
    assert [one.ended for one in this.recordings] == ["consent", None]
    assert "dee" in this.recordings[-1].present
    await this.recorder.close()


async def test_each_table_is_recorded_with_a_microphone_of_its_own(tmp_path: Path) -> None:
    """Two tables use two microphones, and the end of one recording leaves the other alone."""
    this = heard(tmp_path, people=6)
    this.microphones.there = [microphone("One"), microphone("Two")]
    this.recorder.begin()
    await this.everybody_agrees()
    await this.do(c.Start())
    assert [one.used.name for one in this.microphones.captures] == ["One", "Two"]
    await this.do(c.Pause("t1"))
    assert [one.open for one in this.microphones.captures] == [False, True]
    await this.recorder.close()


async def test_nobody_looks_for_microphones_twice_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversation that begins while it is looked which microphones there are takes what is found, and begins sooner
    than with a look of its own; only where something was wrong it is looked again."""
    looks: list[asyncio.Future[tuple[Microphone, ...]]] = []

    async def look() -> tuple[Microphone, ...]:
        looks.append(asyncio.get_running_loop().create_future())
        return await looks[-1]

    monkeypatch.setattr("roleplay.conduct.microphones.look_for_microphones", look)
    microphones = ChosenMicrophones(tmp_path)
    ready = asyncio.create_task(microphones.get_ready())
    tables = [asyncio.create_task(microphones.find("A", (), alone=True, instead=True, anew=False)) for _ in range(2)]
    await settle()
    assert len(looks) == 1
    looks[0].set_result((microphone("Desk"),))
    assert [(await table).name for table in tables] == ["Desk", "Desk"]
    await ready
    again = asyncio.create_task(microphones.find("A", (), alone=True, instead=True, anew=True))
    await settle()
    assert len(looks) == 2
    looks[1].set_result((microphone("Headset"),))
    assert (await again).name == "Headset"
