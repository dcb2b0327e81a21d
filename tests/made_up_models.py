"""Engines of which only the lists of models are installed, and files that look like models."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from handing_out import Server


def install_lists(site: Path, server: Server) -> None:
    """Make packages of both engines in a folder, as far as their lists go; whoever imports one is stopped."""
    checksum = hashlib.sha256(server.content).hexdigest()
    table = {"base": f"{server.address}/models/{checksum}/base.pt", "tiny": f"{server.address}/models/0000/tiny.pt"}
    for folder, file, models in (
        ("whisper", "__init__.py", table),
        ("faster_whisper", "utils.py", {"base": "Maker/faster-whisper-base"}),
    ):
        (site / folder).mkdir()
        (site / folder / "__init__.py").write_text("raise AssertionError('An engine was imported.')\n")
        with (site / folder / file).open("a") as stream:
            stream.write(f"_MODELS = {models!r}\n")


def write_checkpoint(path: Path) -> Path:
    """A file that looks like a model of Whisper from outside."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{path.stem}/data.pkl", b"... dims n_mels ... model_state_dict ...")
        archive.writestr(f"{path.stem}/data/0", bytes(3000))
    return path


def write_converted(folder: Path) -> Path:
    """A folder that looks like a converted model."""
    folder.mkdir()
    for file in ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt"):
        (folder / file).write_bytes(file.encode())
    return folder
