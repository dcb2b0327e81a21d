"""A model of the size of `base` that knows nothing: what it costs, without what it would say."""

from __future__ import annotations

from pathlib import Path

from benchmarks.spoken import know_tests

WIDTH, HEADS, LAYERS = 512, 8, 6


def write_random_base(path: Path) -> None:
    """A checkpoint with weights by chance."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(0)
    dims = ModelDimensions(80, 1500, WIDTH, HEADS, LAYERS, 51864, 448, WIDTH, HEADS, LAYERS)
    model = Whisper(dims)
    for weights in model.parameters():
        torch.nn.init.normal_(weights, std=0.02)
    state = {name: values.half() for name, values in model.state_dict().items()}
    torch.save({"dims": dims.__dict__, "model_state_dict": state}, path)


def convert_random_base(checkpoint: Path, folder: Path) -> None:
    """The same weights for faster-whisper, as it uses them by itself."""
    know_tests()
    from speech.convert import convert

    convert(checkpoint, folder, "int8")
