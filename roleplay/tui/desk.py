"""What lies ready for every screen: folders, sessions, the thread that writes, settings, and what one records with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from roleplay.audio.shelf import Shelf
from roleplay.conduct.clock import Clock, MonotonicClock
from roleplay.conduct.microphones import ChosenMicrophones, Microphones
from roleplay.content.folders import Folders
from roleplay.settings import Settings, database_path, home_folder
from roleplay.store.protocol import Store
from roleplay.store.writer import Writer


def _open_store() -> Store:
    from roleplay.store.sqlite import SqliteStore

    return SqliteStore(database_path())


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
    microphones: Microphones = field(default_factory=lambda: ChosenMicrophones(home_folder()))
    """What conversations are recorded with, where everybody agrees."""
    shelf: Shelf = field(default_factory=lambda: Shelf(home_folder()))
    """Where recordings lie."""
    open_store: Callable[[], Store] = _open_store
    """Opens the sessions once more, for another thread."""
