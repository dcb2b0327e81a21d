"""Convert a checkpoint of openai-whisper for faster-whisper, with its tokenizer and without transformers.

PYTHONPATH=tests python -m speech.convert CHECKPOINT.pt FOLDER [int8]
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any


def convert(checkpoint: Path, folder: Path, quantization: str | None = None) -> None:
    """Write the folder, which must not be there yet, for a model of the English vocabulary."""
    import torch
    from whisper.tokenizer import get_tokenizer

    loaded = torch.load(checkpoint, weights_only=True, map_location="cpu")
    tokenizer = get_tokenizer(multilingual=False)
    fast = fast_tokenizer(tokenizer.encoding)
    spec = _Layers(loaded["dims"], loaded["model_state_dict"]).spec()
    spec.register_vocabulary([fast.id_to_token(n) for n in range(loaded["dims"]["n_vocab"])])
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [*tokenizer.encode(" "), tokenizer.eot]
    spec.config.lang_ids = []
    layers, heads = loaded["dims"]["n_text_layer"], loaded["dims"]["n_text_head"]
    spec.config.alignment_heads = list(itertools.product(range(layers // 2, layers), range(heads)))
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir(parents=True)
    spec.save(str(folder))
    fast.save(str(folder / "tokenizer.json"))


class _Layers:
    """Hands the weights of one model over to the other, layer by layer."""

    def __init__(self, dims: dict[str, int], weights: dict[str, Any]) -> None:
        self._dims = dims
        self._weights = {name: values.float().numpy() for name, values in weights.items()}

    def spec(self) -> Any:
        from ctranslate2.specs import WhisperSpec

        dims, weights = self._dims, self._weights
        spec = WhisperSpec(dims["n_audio_layer"], dims["n_audio_head"], dims["n_text_layer"], dims["n_text_head"])
        for name in ("conv1", "conv2"):
            layer = getattr(spec.encoder, name)
            layer.weight, layer.bias = weights[f"encoder.{name}.weight"], weights[f"encoder.{name}.bias"]
        spec.encoder.position_encodings.encodings = weights["encoder.positional_embedding"]
        self._norm(spec.encoder.layer_norm, "encoder.ln_post")
        for n, block in enumerate(spec.encoder.layer):
            self._block(block, f"encoder.blocks.{n}", crossed=False)
        words = weights["decoder.token_embedding.weight"]
        spec.decoder.embeddings.weight = spec.decoder.projection.weight = words
        spec.decoder.position_encodings.encodings = weights["decoder.positional_embedding"]
        self._norm(spec.decoder.layer_norm, "decoder.ln")
        for n, block in enumerate(spec.decoder.layer):
            self._block(block, f"decoder.blocks.{n}", crossed=True)
        return spec

    def _norm(self, layer: Any, name: str) -> None:
        layer.gamma, layer.beta = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]

    def _linear(self, layer: Any, *names: str) -> None:
        import numpy as np

        weights = [self._weights[f"{name}.weight"] for name in names]
        # Whisper's keys have no bias.
        nothing = np.zeros(weights[0].shape[0], np.float32)
        layer.weight = np.concatenate(weights)
        layer.bias = np.concatenate([self._weights.get(f"{name}.bias", nothing) for name in names])

    def _block(self, layer: Any, name: str, *, crossed: bool) -> None:
        own = layer.self_attention
        self._linear(own.linear[0], *(f"{name}.attn.{part}" for part in ("query", "key", "value")))
        self._linear(own.linear[1], f"{name}.attn.out")
        self._norm(own.layer_norm, f"{name}.attn_ln")
        if crossed:
            heard = layer.attention
            self._linear(heard.linear[0], f"{name}.cross_attn.query")
            self._linear(heard.linear[1], f"{name}.cross_attn.key", f"{name}.cross_attn.value")
            self._linear(heard.linear[2], f"{name}.cross_attn.out")
            self._norm(heard.layer_norm, f"{name}.cross_attn_ln")
        self._linear(layer.ffn.linear_0, f"{name}.mlp.0")
        self._linear(layer.ffn.linear_1, f"{name}.mlp.2")
        self._norm(layer.ffn.layer_norm, f"{name}.mlp_ln")


def fast_tokenizer(encoding: Any) -> Any:
    """The tokenizer of tiktoken as one of `tokenizers`; which pairs were merged is found again from their ranks."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    letters = _letters_of_bytes()
    ranks: dict[bytes, int] = encoding._mergeable_ranks

    def spell(token: bytes) -> str:
        return "".join(letters[byte] for byte in token)

    merges = [
        (spell(pair[0]), spell(pair[1]))
        for token, rank in sorted(ranks.items(), key=lambda each: each[1])
        if len(pair := _parts(token, rank, ranks)) == 2
    ]
    fast = Tokenizer(models.BPE(vocab={spell(token): rank for token, rank in ranks.items()}, merges=merges))
    fast.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    fast.decoder = decoders.ByteLevel()
    special = sorted(encoding._special_tokens.items(), key=lambda each: each[1])
    fast.add_special_tokens([AddedToken(token, special=True, normalized=False) for token, _ in special])
    return fast


def _parts(token: bytes, rank: int, ranks: dict[bytes, int]) -> list[bytes]:
    """What a token was merged from in the last place: itself where it never was merged."""
    parts = [bytes([byte]) for byte in token]
    while len(parts) > 2:
        best, at = min(
            (ranks.get(first + second, rank), n) for n, (first, second) in enumerate(itertools.pairwise(parts))
        )
        if best >= rank:
            break
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return parts


def _letters_of_bytes() -> dict[int, str]:
    """The letter that stands for each byte in such vocabularies: itself where it can be printed."""
    printed = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printed]
    return {byte: chr(byte) for byte in printed} | {byte: chr(256 + n) for n, byte in enumerate(others)}


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
