"""Making the disk follow the journal: what a session says is erased leaves no byte in any file.

Everything here may be interrupted and done again.
"""

from __future__ import annotations

from roleplay.store.protocol import Store


def finish_erasing(store: Store, session: str) -> tuple[str, ...]:
    """Delete what the journal of a session says is erased; returns the ids of the words that are gone."""
    raise NotImplementedError


def finish_all(store: Store) -> None:
    """The same for every session that may have something left to erase; cheap where there is none."""
    raise NotImplementedError
