"""Files handed to people: whole or not at all, readable by their owner only; and how large files are, in words."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path

from roleplay.problems import CommandProblem, reason_of

_LONGEST = 60
"""Letters; a disk takes no more than 255 bytes, and a letter may need four."""


def free_name(words: str, taken: Collection[str]) -> str:
    """Somebody's name as the name of a file without its ending: small letters of any script, and not taken."""
    plain = unicodedata.normalize("NFC", words).lower()
    stem = "-".join(re.findall(r"\w+", plain))[:_LONGEST].strip("-") or "person"
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return name


def say_size(size: int) -> str:
    """Bytes as people say them."""
    if size >= 1e9:
        return f"{size / 1e9:.1f} GB"
    if size >= 1e7:
        return f"{size / 1e6:.0f} MB"
    if size >= 1e6:
        return f"{size / 1e6:.2g} MB"
    return f"{max(1, round(size / 1e3))} kB"


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that it is either as before or complete, even if the power fails.

    Raises:
        CommandProblem: the folder is missing, or cannot be written to.
    """
    try:
        # Made readable by its owner only from the first byte on.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        sentence = f"{path} could not be written: {reason_of(error)}."
        raise CommandProblem(sentence, "Choose another place with -o.") from error


def write_folder(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files, by name, into a folder, which is made for its owner only where it is missing.

    Raises:
        CommandProblem: the folder cannot be made, or cannot be written to.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        sentence = f"The folder {folder} cannot be used: {reason_of(error)}."
        raise CommandProblem(sentence, "Choose another one.") from error
    for name, text in files.items():
        write_whole(folder / name, text)
    return [folder / name for name in files]


def write_beside(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files into a folder, each under a name that is free there; one that stands there already is left alone.

    Raises:
        CommandProblem: the folder cannot be made, or cannot be written to.
    """
    paths = []
    for name, text in files.items():
        path, number = folder / name, 1
        while path.exists() and path.read_text(encoding="utf-8", errors="replace") != text:
            number += 1
            path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        if not path.exists():
            write_folder(folder, {path.name: text})
        paths.append(path)
    return paths
