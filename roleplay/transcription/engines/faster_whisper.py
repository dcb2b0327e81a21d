"""The engine `faster-whisper`: the same models, converted, computed with whole numbers by CTranslate2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roleplay.audio.sound import RATE
from roleplay.transcription.engines import check_language
from roleplay.transcription.protocol import Segment

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples

SIDE_BY_SIDE = 8
"""How many windows are decoded at once."""


class FasterWhisper:
    """A loaded model."""

    name = "faster-whisper"

    def __init__(self, model: Any, language: str) -> None:
        from faster_whisper import BatchedInferencePipeline

        self._pipeline = BatchedInferencePipeline(model)
        self.language = language if model.model.is_multilingual else "en"

    def transcribe(self, windows: Iterable[Samples]) -> Iterator[tuple[Segment, ...]]:
        """What is said in each window."""
        import numpy as np

        rest = iter(windows)
        while batch := list(islice(rest, SIDE_BY_SIDE)):
            starts = list(accumulate((len(window) for window in batch), initial=0))
            # Half a sample keeps each bound on its side when it is turned into samples again.
            clips = [{"start": (start + 0.5) / RATE, "end": (end + 0.5) / RATE} for start, end in pairwise(starts)]
            found, about = self._pipeline.transcribe(
                np.concatenate(batch),
                language=self.language or None,
                clip_timestamps=clips,
                without_timestamps=False,
                beam_size=1,
                temperature=0.0,
                batch_size=len(batch),
            )
            self.language = about.language
            of_window: dict[int, list[Segment]] = {int(start / RATE * 100): [] for start in starts[:-1]}
            for one in found:
                at = one.seek / 100
                segment = Segment(one.start - at, one.end - at, one.text, one.avg_logprob, one.no_speech_prob)
                of_window[one.seek].append(segment)
            yield from map(tuple, of_window.values())


def load(model: Path, language: str, threads: int) -> FasterWhisper:
    """Load a folder with a converted model; `threads` is 0 for the number that the library takes by itself."""
    from faster_whisper import WhisperModel

    loaded = WhisperModel(str(model.absolute()), device="cpu", compute_type="int8", cpu_threads=threads)
    check_language(language, loaded.supported_languages, loaded.model.is_multilingual)
    return FasterWhisper(loaded, language)
