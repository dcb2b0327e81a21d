"""Five minutes in which 24 seconds are spoken: what is written down where nobody speaks?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.spoken import CHECKPOINT, conversation, converted, know_tests, not_here
from benchmarks.table import Row
from benchmarks.writing_down import Line, plain, write_down

if TYPE_CHECKING:
    from speech.clips import Said

CLOSE = 0.5
"""Seconds by which a line may miss what it holds."""


def invented_words(quick: bool) -> list[Row]:
    """Ours with both engines, and the plain command; none may be ours."""
    if missing := not_here():
        return missing
    know_tests()
    from speech.judging import word_error_rate, words_of

    with TemporaryDirectory() as place:
        folder = Path(place)
        said = conversation(120 if quick else 300, 24, seed=2)
        sound = said.write(folder / "said.wav")
        runs = {
            "ours with whisper": write_down(sound, "whisper", CHECKPOINT, folder),
            "ours with faster-whisper": write_down(sound, "faster-whisper", converted(CHECKPOINT, folder), folder),
            "the whisper command": plain(sound, folder),
        }
        rows = []
        for name, run in runs.items():
            silent = [line for line in run.lines if not any(_touches(line, one) for one in said.said)]
            count = sum(len(words_of(line.text)) for line in silent)
            ours = name.startswith("ours")
            rows.append(
                Row(
                    f"words that {name} writes where nobody speaks",
                    f"{count} in {len(silent)} lines",
                    ratio=f"word error rate {word_error_rate(said.text, run.text):.2f}",
                    limit="0" if ours else "",
                    kept=count == 0 if ours else None,
                )
            )
        return rows


def _touches(line: Line, said: Said) -> bool:
    """Whether a line stands where something is said, or close by."""
    return line.start < said.end + CLOSE and said.start - CLOSE < line.end
