"""Writing down what was said, beside the plain `whisper` command with the same checkpoint.

Of the ten minutes half are pauses, as in a conversation. The command takes in every half minute of it; we find speech
first and pack it into full windows. What a model of a usual size costs is measured with weights by chance, which say
nothing, and so for a fixed number of words.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.measure import console_script, environment
from benchmarks.random_model import make_random_base
from benchmarks.spoken import CHECKPOINT, conversation, converted, know_tests, not_here
from benchmarks.table import Row, say_time

FASTER = 1.7
"""How many times as fast we are to be, with the same engine."""

TOKENS = 60
"""Of a window, with weights by chance: about what is said in half a minute."""


class Line(NamedTuple):
    """Seconds and words."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """What one process did."""

    seconds: float
    work: float
    """Seconds of processors."""
    memory: int
    """Bytes at its most, with its children's."""
    out: str
    """What it printed."""
    figures: dict[str, float]
    lines: tuple[Line, ...] = ()
    """What it wrote down."""

    @property
    def text(self) -> str:
        """All of that."""
        return " ".join(line.text for line in self.lines)


def ten_minutes(quick: bool) -> list[Row]:
    """Both on the same sound: windows, encoding, decoding, the whole, memory; then the quick engine."""
    if missing := not_here():
        return missing
    know_tests()
    from speech.judging import word_error_rate

    with TemporaryDirectory() as place:
        folder = Path(place)
        said = conversation(600 / (5 if quick else 1), 300 / (5 if quick else 1), seed=1)
        sound = said.write(folder / "said.wav")
        fast = converted(CHECKPOINT, folder)
        inside = write_down(sound, "whisper", CHECKPOINT, folder)
        ours = transcribe(sound, "whisper", CHECKPOINT, folder)
        command = plain(sound, folder)
        quicker = transcribe(sound, "faster-whisper", fast, folder)
        greedy = plain(sound, folder, GREEDY)
        rows = [
            Row("windows taken in", f"{inside.figures['windows']:.0f}", f"{command.figures['windows']:.0f} whisper"),
            *(_times(what, inside.figures[what], command.figures[what]) for what in ("encoding", "decoding")),
            _times("the whole", ours.seconds, command.seconds, FASTER),
            _times("processor time of the whole", ours.work, command.work),
            _times("processor time beside whisper with one try for a word", ours.work, greedy.work),
            _times("the whole with faster-whisper", quicker.seconds, command.seconds),
            _times("processor time with faster-whisper", quicker.work, command.work),
            Row("most memory", _mega(ours.memory), f"{_mega(command.memory)} whisper"),
            Row("most memory with faster-whisper", _mega(quicker.memory)),
            *(
                Row(f"words that are wrong, {name}", f"{word_error_rate(said.text, run.text):.0%}")
                for name, run in (("ours", ours), ("faster-whisper", quicker), ("whisper", command))
            ),
        ]
        return rows + _at_base(folder, 4 if quick else 10)


GREEDY = ("--beam_size", "None", "--best_of", "None", "--temperature_increment_on_fallback", "None")


def transcribe(sound: Path, engine: str, model: Path, folder: Path) -> Run:
    """`roleplay transcribe`, as somebody types it."""
    options = ["--engine", engine, "--model", str(model), "--language", "en", "--format", "json"]
    run = _run(console_script("roleplay.cli", "transcribe", str(sound), *options), folder)
    return replace(run, lines=_lines(json.loads(run.out)["lines"]))


def write_down(sound: Path, engine: str, model: Path, folder: Path) -> Run:
    """Our worker, watched where it uses openai-whisper."""
    from roleplay.transcription.protocol import Job

    job = Job(sound=sound, engine=engine, model=str(model), language="en").model_dump_json()
    figures = str(folder / "figures") if engine == "whisper" else "-"
    run = _run(
        [sys.executable, "-m", "benchmarks.peers.watched", figures, "roleplay.transcription.worker"], folder, job + "\n"
    )
    return replace(run, lines=_lines(json.loads(run.out.splitlines()[-1])["heard"]["lines"]))


def plain(sound: Path, folder: Path, more: Sequence[str] = ()) -> Run:
    """The command of openai-whisper, watched."""
    asked = [str(sound), "--model", str(CHECKPOINT), "--language", "en", "--fp16", "False", "--output_format", "json"]
    watched = ["benchmarks.peers.watched", str(folder / "figures"), "whisper"]
    run = _run([sys.executable, "-m", *watched, *asked, "--output_dir", str(folder), *more], folder)
    written = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))
    return replace(run, lines=_lines(written["segments"]))


def _lines(told: Iterable[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(each["start"], each["end"], each["text"].strip()) for each in told)


def _run(command: Sequence[str], folder: Path, told: str = "") -> Run:
    """A process from its start to its end; its input stays open as long as it runs."""
    figures = folder / "figures"
    figures.unlink(missing_ok=True)
    with (folder / "out").open("w+b") as out, (folder / "errors").open("w+b") as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=environment(folder), stdin=subprocess.PIPE, stdout=out, stderr=errors)
        assert process.stdin is not None
        process.stdin.write(told.encode())
        process.stdin.flush()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.stdin.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise RuntimeError(errors.read().decode())
        out.seek(0)
        text = out.read().decode()
    counted: dict[str, float] = json.loads(figures.read_text()) if figures.exists() else {}
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, text, counted)


def _at_base(folder: Path, windows: int) -> list[Row]:
    """Both engines on so many windows, at the size of base."""
    checkpoint = make_random_base(folder)
    fast = converted(checkpoint, folder)
    whisper, quick = (
        json.loads(
            _run(
                [sys.executable, "-m", "benchmarks.peers.windows", name, str(model), str(windows), str(TOKENS)], folder
            ).out
        )
        for name, model in (("whisper", checkpoint), ("faster-whisper", fast))
    )
    name = f"at the size of base, {TOKENS} tokens a window: "
    return [
        _times(f"{name}{part}, a window, faster-whisper", quick[part], whisper[part], peer="openai-whisper")
        for part in ("encoding", "decoding", "whole")
    ]


def _times(what: str, ours: float, theirs: float, limit: float | None = None, peer: str = "whisper") -> Row:
    """How many times as fast we are."""
    ratio = theirs / ours
    bound = f"{limit:.1f} times as fast" if limit else ""
    return Row(
        what, say_time(ours), f"{say_time(theirs)} {peer}", f"{ratio:.2f}", bound, ratio >= limit if limit else None
    )


def _mega(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
