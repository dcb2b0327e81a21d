"""The commands. Each is thin and loads what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

from roleplay.cli import (
    authoring,
    devices,
    machine,
    models,
    online,
    planning,
    playing,
    recordings,
    reporting,
    reviewing,
    transcribing,
)
from roleplay.cli.group import main

__all__ = [
    "authoring",
    "devices",
    "machine",
    "main",
    "models",
    "online",
    "planning",
    "playing",
    "recordings",
    "reporting",
    "reviewing",
    "transcribing",
]
