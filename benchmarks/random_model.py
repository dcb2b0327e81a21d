"""A model of the size of `base` that knows nothing: what it costs, without what it would say.

`python -m benchmarks.random_model CHECKPOINT` writes one, in a process that is gone afterwards with all it has loaded.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.measure import environment

WIDTH, HEADS, LAYERS = 512, 8, 6


def make_random_base(folder: Path) -> Path:
    """A checkpoint in the folder."""
    path = folder / "base.pt"
    command = [sys.executable, "-m", "benchmarks.random_model", str(path)]
    subprocess.run(command, env=environment(folder), check=True, capture_output=True)
    return path


def main() -> None:
    """Write a checkpoint with weights by chance."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(0)
    dims = ModelDimensions(80, 1500, WIDTH, HEADS, LAYERS, 51864, 448, WIDTH, HEADS, LAYERS)
    model = Whisper(dims)
    for weights in model.parameters():
        torch.nn.init.normal_(weights, std=0.02)
    state = {name: values.half() for name, values in model.state_dict().items()}
    torch.save({"dims": dims.__dict__, "model_state_dict": state}, sys.argv[1])


if __name__ == "__main__":
    main()
