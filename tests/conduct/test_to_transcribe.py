"""Which recordings are still to be written down: it follows from the journal and from what lies on the shelf."""

from __future__ import annotations

from pathlib import Path

import pytest
from hearing import RECORDED, MemoryJournal
from samples import Play

from roleplay.audio.shelf import Shelf
from roleplay.conduct.clock import HandClock
from roleplay.conduct.runner import Runner
from roleplay.conduct.to_transcribe import Again, failure_words, keep_at_once, to_transcribe
from roleplay.session import commands as c
from roleplay.session import hearing_commands as hc
from roleplay.session.hearing_events import Line


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def play(shelf: Shelf) -> Play:
    """A conversation with three recordings, all with sound."""
    this = Play.opened(RECORDED)
    for person in this.state.humans:
        this.do(hc.AnswerConsent(person, True))
    this.do(c.Start())
    for one in ("r1", "r2", "r3"):
        this.do(hc.StartRecording("t1", one))
        this.do(hc.EndRecording("t1", one, "stopped", 20.0), after=20.0)
        shelf.new("s", one).write_bytes(b"sound")
    return this


def pending(play: Play, shelf: Shelf, again: Again | None = None, asked: frozenset[str] = frozenset()) -> list[str]:
    return [job.recording for job in to_transcribe("s", play.state, shelf, again, asked)]


def written(play: Play, recording: str, model: str = "base") -> None:
    line = Line(start=0.0, end=1.0, text=play.text("Hello."))
    play.do(hc.AddTranscript("t1", recording, "whisper", model, "en", (line,)))


def test_all_that_ended_and_can_be_heard_is_written_down_once(play: Play, shelf: Shelf) -> None:
    """In the order in which it was recorded; what has a transcript, no sound, or still goes on is not."""
    assert pending(play, shelf) == ["r1", "r2", "r3"]
    written(play, "r2")
    shelf.delete("s", "r3")
    play.do(hc.StartRecording("t1", "r4"))
    shelf.new("s", "r4").write_bytes(b"sound")
    assert pending(play, shelf) == ["r1"]


def test_what_failed_waits_until_somebody_asks(play: Play, shelf: Shelf) -> None:
    """It is not tried again by itself, but when it is asked for, and with --again."""
    play.do(hc.NoteFailure("t1", "r1", play.text("It tripped.")))
    assert pending(play, shelf) == ["r2", "r3"]
    assert pending(play, shelf, asked=frozenset({"r1"})) == ["r1", "r2", "r3"]
    assert pending(play, shelf, Again()) == ["r1", "r2", "r3"]


def test_another_model_writes_again_what_nobody_corrected(play: Play, shelf: Shelf) -> None:
    """Words that people corrected are never written over."""
    for recording in ("r1", "r2", "r3"):
        written(play, recording)
    play.do(hc.CorrectLine("t1", "r3", 0, "ana", play.text("Hullo.")))
    assert pending(play, shelf, Again(model="small")) == ["r1", "r2"]
    assert pending(play, shelf, Again(model="base")) == []


def test_what_was_erased_is_written_down_by_nobody(play: Play, shelf: Shelf) -> None:
    """Even while its sound still lies there."""
    play.do(hc.AnswerConsent("ben", False))
    assert pending(play, shelf, Again(model="small"), frozenset({"r1"})) == []


def test_what_comes_too_late_is_not_kept(play: Play, shelf: Shelf) -> None:
    """The sound alone was erased while it was being written down: no word of it is kept any more."""
    job = to_transcribe("s", play.state, shelf)[0]
    runner = Runner("s", play.state, {}, MemoryJournal(), HandClock(play.now))
    runner.do_at_once(hc.EraseRecording("t1", job.recording, "asked", words=False))
    assert not keep_at_once(runner, job, failure_words(job, "It tripped."))
    assert runner.words == {}
