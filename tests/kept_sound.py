"""A session whose conversation was recorded and written down, on the disk, and a look through every file for it.

The sound is bytes that stand nowhere else: no file that holds a piece of them can hide.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from samples import TRIAD, bundle_of

from roleplay.audio.shelf import Shelf
from roleplay.conduct.clock import HandClock
from roleplay.conduct.opening import open_session, seats_for
from roleplay.conduct.runner import Journal, Runner, new_text
from roleplay.planning.build import build_plan
from roleplay.session import commands as c
from roleplay.session import hearing_commands as hc
from roleplay.session.hearing_events import Line
from roleplay.store.protocol import Store

ANA, BEN, CHEN = "p1", "p2", "p3"
CONVERSATION = "1.1r1"
SAID = ("My zebra waltzes past the orchard.", "Käthe süßt den Quark mit Honig.")
CORRECTED = "My zebra waltzes past the vineyard."
FAILED = "The engine tripped over a marmoset."
OTHERS_SAID = "A walrus hums quietly."


def sound(seed: str, size: int = 20_000) -> bytes:
    """Bytes that stand nowhere else."""
    return random.Random(seed).randbytes(size)


def begun(store: Store, journal: Journal, people: Sequence[str] = ("Ana", "Ben", "Chen")) -> Runner:
    """A session in its first conversation, in which everybody has said yes."""
    seats, bundle = seats_for(people), bundle_of(TRIAD)
    runner = open_session(
        store, journal, bundle, build_plan(bundle.scenario, [s.id for s in seats]), seats, clock=HandClock()
    )
    for seat in seats:
        runner.do_at_once(hc.AnswerConsent(seat.id, yes=True))
    runner.do_at_once(c.Start())
    while (step := runner.state.tracks["t1"].step) is not None and step.id != CONVERSATION:
        runner.do_at_once(c.Next())
    return runner


def record(runner: Runner, shelf: Shelf, recording: str = "r1", seconds: float = 40.0) -> Path:
    """Record the conversation that runs, and leave the sound as a recorder does."""
    runner.do_at_once(hc.StartRecording("t1", recording, two_channels=True))
    path = shelf.new(runner.session, recording)
    path.write_bytes(sound(recording))
    assert isinstance(runner.clock, HandClock)
    runner.clock.at += seconds
    runner.do_at_once(hc.EndRecording("t1", recording, "paused", seconds))
    return path


def write_down(runner: Runner, recording: str = "r1", said: Sequence[str] = SAID) -> None:
    """Keep what was said in it."""
    texts = [new_text(words) for words in said]
    lines = tuple(Line(channel=0, start=n, end=n + 1, text=text.ref) for n, text in enumerate(texts))
    runner.do_at_once(hc.AddTranscript("t1", recording, "whisper", "base", "en", lines), texts)


def written_down_with_trouble(runner: Runner, recording: str = "r1") -> None:
    """The same with everything that can have become of it: a failure, two transcripts, a correction."""
    failed, corrected = new_text(FAILED), new_text(CORRECTED)
    runner.do_at_once(hc.NoteFailure("t1", recording, failed.ref), [failed])
    write_down(runner, recording, SAID[1:])
    write_down(runner, recording)
    leader = runner.state.tracks["t1"].recordings[recording].voices[0]
    runner.do_at_once(hc.CorrectLine("t1", recording, 0, leader, corrected.ref), [corrected])


def lie_around(path: Path) -> None:
    """Leave beside a recording all that can lie there after crashes: copies, whole and half-made."""
    for ending in (".flac", ".opus", ".part.flac", ".part.opus", ".part.wav"):
        path.with_name(path.stem + ending).write_bytes(sound(path.stem + ending))


def pieces(path: Path) -> list[bytes]:
    """A piece from the middle of each thing that may lie beside a recording."""
    return [sound(path.stem + ending)[5_000:5_032] for ending in ("", ".flac", ".opus", ".part.flac", ".part.opus")]


WORDS = [words.encode() for words in (*SAID, CORRECTED, FAILED)]


def traces(home: Path, wanted: Sequence[bytes]) -> list[str]:
    """The files below a folder that hold any of these bytes, whatever they are called."""
    return [path.name for path in _files(home) if any(piece in path.read_bytes() for piece in wanted)]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
