"""The sound that goes out with a report, in a folder `sound` beside it: only what its reader may hear."""

from __future__ import annotations

import shutil
from pathlib import Path

from roleplay.audio.shelf import Shelf
from roleplay.problems import CommandProblem, reason_of
from roleplay.session.state import State
from roleplay.session.visible import Viewer, visible

FOLDER = "sound"


def copy_sounds(state: State, viewer: Viewer, session: str, shelf: Shelf, folder: Path) -> dict[str, str]:
    """Copy the sound that a reader may hear, and give the file of each recording as it is seen from the report.

    What lies there from an earlier time and is not to be heard any more is deleted.

    Args:
        state: the session.
        viewer: for whom the report is.
        session: the id of the session.
        shelf: where recordings lie.
        folder: the folder of the report.

    Raises:
        CommandProblem: the folder cannot be made or written to.
    """
    recordings = [one for _, one in visible(state, viewer).recordings if not (one.erased or one.runs)]
    found = {one.id: path for one in recordings if (path := shelf.find(session, one.id))}
    beside = folder / FOLDER
    known = {id for track in state.tracks.values() for id in track.recordings}
    try:
        for old in beside.iterdir() if beside.is_dir() else ():
            if old.stem in known:
                old.unlink()
        if found:
            beside.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in found.values():
            copied = beside / path.name
            shutil.copyfile(path, copied)
            copied.chmod(0o600)
    except OSError as error:
        raise CommandProblem(f"The sound could not be copied to {beside}: {reason_of(error)}.") from error
    return {id: f"{FOLDER}/{path.name}" for id, path in found.items()}
