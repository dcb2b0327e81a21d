"""An engine by itself on windows of noise, for a fixed number of tokens: `… windows ENGINE MODEL COUNT TOKENS`."""

from __future__ import annotations

import json
import sys
import time
from statistics import median
from typing import Any

import numpy as np

SECONDS, RATE, FRAMES = 30, 16_000, 3000


def main() -> None:
    """Print the seconds that encoding and decoding of one window take, as medians."""
    engine, model, count, tokens = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    take_in, write = (_whisper if engine == "whisper" else _faster)(model, tokens)
    noise = np.random.default_rng(0).normal(0, 0.1, SECONDS * RATE).astype(np.float32)
    encoding, decoding = [], []
    for _ in range(count):
        began = time.perf_counter()
        encoded = take_in(noise)
        heard = time.perf_counter()
        write(encoded)
        encoding.append(heard - began)
        decoding.append(time.perf_counter() - heard)
    parts = {"encoding": median(encoding), "decoding": median(decoding)}
    print(json.dumps({**parts, "whole": sum(parts.values())}))


def _whisper(path: str, tokens: int) -> tuple[Any, Any]:
    import torch
    import whisper

    model = whisper.load_model(path, device="cpu")
    end = whisper.tokenizer.get_tokenizer(False).eot
    options = whisper.DecodingOptions(
        language="en", fp16=False, sample_len=tokens, suppress_tokens=[end], without_timestamps=True
    )

    def take_in(sound: Any) -> Any:
        with torch.no_grad():
            return model.embed_audio(whisper.log_mel_spectrogram(sound)[None, :, :FRAMES])

    return take_in, lambda encoded: whisper.decode(model, encoded, options)


def _faster(path: str, tokens: int) -> tuple[Any, Any]:
    import faster_whisper

    model = faster_whisper.WhisperModel(path, device="cpu", compute_type="int8")
    tokenizer = faster_whisper.tokenizer.Tokenizer(model.hf_tokenizer, False)
    prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]

    def take_in(sound: Any) -> Any:
        return model.encode(model.feature_extractor(sound)[:, :FRAMES])

    def write(encoded: Any) -> Any:
        return model.model.generate(
            encoded, [prompt], beam_size=1, max_length=tokens + len(prompt), suppress_tokens=[tokenizer.eot]
        )

    return take_in, write


if __name__ == "__main__":
    main()
