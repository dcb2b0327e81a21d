"""Five minutes in which 24 seconds are spoken: which words does nobody say?"""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.spoken import CHECKPOINT, conversation, converted, know_tests, not_here
from benchmarks.table import Row
from benchmarks.writing_down import plain, write_down


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
            "ours, whisper": write_down(sound, "whisper", CHECKPOINT, folder),
            "ours, faster-whisper": write_down(sound, "faster-whisper", converted(folder), folder),
            "the whisper command": plain(sound, folder),
        }
        rows = []
        for name, run in runs.items():
            wanted, heard = words_of(said.text), words_of(run.text)
            shared = sum(
                block.size for block in SequenceMatcher(None, wanted, heard, autojunk=False).get_matching_blocks()
            )
            count = len(heard) - shared
            ours = name.startswith("ours")
            rows.append(
                Row(
                    f"words invented by {name}, {len(wanted)} were said",
                    str(count),
                    ratio=f"word error rate {word_error_rate(said.text, run.text):.2f}",
                    limit="0" if ours else "",
                    kept=count == 0 if ours else None,
                )
            )
        return rows
