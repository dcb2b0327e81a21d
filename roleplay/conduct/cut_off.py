"""Recordings that were cut off when the program was shut: mended, measured, and their end told to the journal."""

from __future__ import annotations

from pathlib import Path

from roleplay.audio.shelf import Shelf
from roleplay.audio.sound import repair, seconds_of
from roleplay.conduct.runner import Runner
from roleplay.problems import CommandProblem
from roleplay.session.hearing_commands import EndRecording


def end_cut_off(runner: Runner, shelf: Shelf) -> None:
    """Let every recording end that goes on in the journal of a session in which nothing records.

    Raises StoreProblem.
    """
    for track in runner.state.tracks.values():
        one = track.recording
        if one is not None:
            seconds = _mended(shelf.find(runner.session, one.id))
            runner.do_at_once(EndRecording(track.id, one.id, "shut", seconds))


def _mended(path: Path | None) -> float:
    """How long the sound of a file is that was cut off; nothing, where nothing can be heard in it."""
    if path is None:
        return 0.0
    try:
        repair(path)
        return seconds_of(path)
    except (OSError, CommandProblem):
        return 0.0
