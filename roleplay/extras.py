"""Parts that are there only where somebody records, and the command that adds them to how the program is here."""

from __future__ import annotations

import os
import shlex
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

Extra = Literal["audio", "fast"]


def can_record() -> bool:
    """Whether the parts are installed that record; they are looked for and not loaded."""
    return find_spec("sounddevice") is not None and find_spec("numpy") is not None


def how_to_add(extra: Extra) -> str:
    """A sentence with the exact command that adds a part, for the end of what is said to be missing."""
    if command := os.environ.get("ROLEPLAY_COMMAND"):
        return f"Add what it takes: ROLEPLAY_EXTRAS={','.join(_with_those_here(extra))} {command}"
    # Where the program was installed from a folder, the command is the one of the README with the part's name.
    installed = sys.prefix.replace(os.sep, "/")
    if "/pipx/venvs/" in installed:
        return f"Add what it takes, in the folder of roleplay: pipx install --force '.[{extra}]'"
    if "/uv/tools/" in installed:
        return f"Add what it takes, in the folder of roleplay: uv tool install --force '.[{extra}]'"
    return f"Add what it takes, in the folder of roleplay: {shlex.quote(sys.executable)} -m pip install '.[{extra}]'"


def _with_those_here(extra: Extra) -> list[str]:
    """The new part and those that were added before, which a list without them would take away."""
    try:
        here = (Path(sys.prefix) / "extras").read_text(encoding="utf-8").strip()
    except OSError:
        here = ""
    return sorted({extra, *filter(None, here.split(","))})
