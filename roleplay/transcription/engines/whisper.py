"""The engine `whisper`: openai-whisper as it is, asked window by window.

Each window is encoded once, and several are decoded side by side: for each word a processor reads all weights of the
decoder, for many windows as for one. Without chance in it (temperature 0), the same sound gives the same words.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roleplay.transcription.engines import check_language
from roleplay.transcription.protocol import Segment

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples

TOKEN_SECONDS = 0.02
"""Of the moments that Whisper can name."""

SIDE_BY_SIDE = 8
MEMORY = 300_000_000
"""How many windows are decoded at once, as long as what the decoder keeps of them fits into so many bytes."""


class Whisper:
    """A loaded checkpoint."""

    name = "whisper"

    def __init__(self, model: Any, language: str) -> None:
        self._model = model
        self.language = language if model.is_multilingual else "en"
        dims = model.dims
        kept = dims.n_text_layer * 2 * dims.n_audio_ctx * dims.n_text_state * 4
        self._at_once = max(1, min(SIDE_BY_SIDE, MEMORY // kept))

    def transcribe(self, windows: Iterable[Samples]) -> Iterator[tuple[Segment, ...]]:
        """What is said in each window."""
        import torch

        rest = iter(windows)
        while batch := [self._encode(window) for window in islice(rest, self._at_once)]:
            encoded = torch.cat(batch)
            if not self.language:
                self.language = self._find_language(encoded)
            yield from self._decode(encoded)

    def _encode(self, window: Samples) -> Any:
        import torch
        from whisper.audio import N_FRAMES, N_SAMPLES, log_mel_spectrogram, pad_or_trim

        with torch.no_grad():
            mel = log_mel_spectrogram(window, self._model.dims.n_mels, padding=N_SAMPLES - len(window))
            return self._model.embed_audio(pad_or_trim(mel, N_FRAMES).unsqueeze(0).to(self._model.device))

    def _find_language(self, encoded: Any) -> str:
        """The language that is most likely over all these windows."""
        from whisper import detect_language

        _, each = detect_language(self._model, encoded)
        codes: list[str] = list(each[0])
        return max(codes, key=lambda code: sum(likely[code] for likely in each))

    def _decode(self, encoded: Any) -> Iterator[tuple[Segment, ...]]:
        from whisper import DecodingOptions, decode

        options = DecodingOptions(language=self.language, fp16=False)
        for result in decode(self._model, encoded, options):
            yield tuple(self._segments(result))

    def _segments(self, result: Any) -> Iterator[Segment]:
        """The text between two moments, again and again; a last one without an end reaches to the end of the window."""
        from whisper.tokenizer import get_tokenizer

        tokenizer = get_tokenizer(self._model.is_multilingual, num_languages=self._model.num_languages)
        start, text = 0.0, []
        for token in (*result.tokens, tokenizer.timestamp_begin + 1500):
            if token < tokenizer.timestamp_begin:
                text.append(token)
                continue
            moment = (token - tokenizer.timestamp_begin) * TOKEN_SECONDS
            if text:
                said = tokenizer.decode(text)
                yield Segment(start, moment, said, float(result.avg_logprob), float(result.no_speech_prob))
            start, text = moment, []


def load(model: Path, language: str, threads: int) -> Whisper:
    """Load a checkpoint; `threads` is 0 for the number that the library takes by itself."""
    import torch
    import whisper
    from whisper.tokenizer import LANGUAGES

    if threads:
        torch.set_num_threads(threads)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loaded = whisper.load_model(str(model.absolute()))
    check_language(language, LANGUAGES, loaded.is_multilingual)
    return Whisper(loaded, language)
