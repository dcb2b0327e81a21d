"""What lies ready for every screen: the folders, the sessions, the thread that writes, and the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from roleplay.conduct.clock import Clock, MonotonicClock
from roleplay.content.folders import Folders
from roleplay.settings import Settings
from roleplay.store.protocol import Store
from roleplay.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to the app when it starts; every screen finds it as `self.desk`."""

    folders: Folders
    store: Store
    """For reading, and for opening a session; it belongs to the thread of the screens."""
    writer: Writer
    """For everything that is written while a session runs."""
    settings: Settings
    make_clock: Callable[[float], Clock] = MonotonicClock
    """A clock that goes on from so many seconds."""
