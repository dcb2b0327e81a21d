"""The models that are published for an engine, read from what the engine itself says about them.

The tables stand in the installed packages, which are read as texts: importing them would load the whole engine into
this process. How large a model is, is only known for certain by whoever hands it out; the sizes here help to choose.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from roleplay.extras import Extra, how_to_add
from roleplay.problems import CommandProblem, nearest
from roleplay.transcription.download import RemoteFile, read_text

EngineName = Literal["whisper", "faster-whisper"]
ENGINES: tuple[EngineName, ...] = ("whisper", "faster-whisper")

HUB = "https://huggingface.co"
"""Where the converted models of faster-whisper are handed out."""

_TABLES: Mapping[EngineName, tuple[str, str]] = {
    "whisper": ("whisper", "__init__.py"),
    "faster-whisper": ("faster_whisper", "utils.py"),
}
_EXTRAS: Mapping[EngineName, Extra] = {"whisper": "audio", "faster-whisper": "fast"}
_HUB_FILES = ("config.json", "preprocessor_config.json", "model.bin", "tokenizer.json")

ADVICE: Mapping[str, str] = {
    "tiny": "about 80 MB; quick and rough",
    "base": "about 150 MB; where to start",
    "small": "about 500 MB; hears more, takes about three times as long as base",
    "medium": "about 1.5 GB; for a strong machine, or overnight",
    "turbo": "about 1.6 GB; nearly as good as the largest, and quicker",
    "large": "about 3.1 GB; the best there is, and slow",
}
"""The models worth naming to somebody who has none yet."""


def names(engine: EngineName) -> tuple[str, ...]:
    """What the engine's published models are called."""
    return tuple(_table(engine))


def can_be_fetched(engine: EngineName, name: str) -> bool:
    """Whether a model of that name is published, as far as it is known here."""
    try:
        return name in names(engine)
    except CommandProblem:
        return True


def published(engine: EngineName, name: str, hub: str = HUB) -> tuple[RemoteFile, ...]:
    """The files of a model; for faster-whisper the hub is asked for them."""
    table = _table(engine)
    if name not in table:
        known = nearest(name, table) or f"There are: {', '.join(table)}."
        raise CommandProblem(f"No model for {engine} is published as “{name}”.", known)
    if engine == "whisper":
        return (_checkpoint(table[name]),)
    return _converted(table[name], hub)


def page(engine: EngineName, name: str) -> str:
    """Where a person finds a model with a browser."""
    address = _table(engine)[name]
    return address if engine == "whisper" else f"{HUB}/{address}/tree/main"


def _checkpoint(address: str) -> RemoteFile:
    """openai-whisper writes a model's checksum into its address."""
    checksum, file = address.split("/")[-2:]
    return RemoteFile(file, address, "sha256", checksum)


def _converted(repository: str, hub: str) -> tuple[RemoteFile, ...]:
    told: dict[str, Any] = json.loads(read_text(f"{hub}/api/models/{repository}/revision/main?blobs=true"))
    files = []
    for each in told["siblings"]:
        name = each["rfilename"]
        if name not in _HUB_FILES and not name.startswith("vocabulary."):
            continue
        large = each.get("lfs")
        address = f"{hub}/{repository}/resolve/{told['sha']}/{quote(name)}"
        files.append(
            RemoteFile(name, address, "sha256", large["sha256"], large["size"])
            if large
            else RemoteFile(name, address, "git", each["blobId"], each["size"])
        )
    return tuple(files)


def _table(engine: EngineName) -> dict[str, str]:
    """The engine's own list, name to address, as it stands in its package."""
    package, file = _TABLES[engine]
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise CommandProblem(f"The engine {engine} is not here yet.", how_to_add(_EXTRAS[engine]))
    source = Path(spec.submodule_search_locations[0], file).read_text(encoding="utf-8")
    for statement in ast.parse(source).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="_MODELS")], value=value):
                table: dict[str, str] = ast.literal_eval(value)
                return table
    raise CommandProblem(
        f"This release of {engine} keeps its list of models where it is not known.",
        "A file of a model can still be brought in with: roleplay models --import PATH",
    )
