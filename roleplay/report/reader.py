"""For whom a report is written, and in which form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from roleplay.problems import CommandProblem, nearest
from roleplay.session.state import State
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, Viewer, viewer_of

_NAMED = {"facilitator": FACILITATOR_VIEWER, "instructor": FACILITATOR_VIEWER, "room": ROOM, "class": ROOM}
_ENDINGS = {".html": "html", ".htm": "html", ".md": "md", ".txt": "md", ".json": "json"}


def reader_named(state: State, words: Mapping[str, str], name: str | None) -> Viewer:
    """The reader somebody means: a participant by name, `instructor` (or `facilitator`), `class` (or `room`), or
    without a name the instructor.

    Raises:
        CommandProblem: nobody in the session is called so.
    """
    if name is None:
        return FACILITATOR_VIEWER
    if (viewer := _NAMED.get(name.strip().casefold())) is not None:
        return viewer
    names = {words[person.name.id]: person.id for person in state.people.values() if person.name.id in words}
    for known, id in names.items():
        if known.casefold() == name.strip().casefold():
            return viewer_of(id)
    mend = nearest(name, names) or f"In it are {', '.join(names)}."
    raise CommandProblem(f"Nobody in this session is called “{name}”.", mend)


def format_for(asked: str | None, output: Path | None) -> str:
    """The format that was asked for, or that the name of the file ends with; for the terminal, Markdown."""
    if asked:
        return asked
    return _ENDINGS.get(output.suffix.lower(), "html") if output else "md"
