"""Files handed to people: whole or not at all, readable by their owner only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from roleplay.problems import CommandProblem


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
        reason = (error.strerror or "it cannot be written").lower()
        raise CommandProblem(f"{path} could not be written: {reason}.", "Choose another place with -o.") from error
