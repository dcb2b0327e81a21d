"""All reports of a session in one folder: the instructor's, the class's, and one for each person to be handed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

from roleplay.analysis.carried import Carried
from roleplay.analysis.masking import Mask
from roleplay.analysis.past import Past
from roleplay.audio.shelf import Shelf
from roleplay.content.series import Series
from roleplay.report.build import build_report
from roleplay.report.debrief import debrief_feed
from roleplay.report.masking import mask_report
from roleplay.report.render import render
from roleplay.report.with_sound import copy_sounds
from roleplay.session.state import State
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, Viewer, shared_quotes, viewer_of
from roleplay.store.files import free_name, write_folder


def write_reports(
    state: State,
    words: Mapping[str, str],
    session: str,
    folder: Path,
    zone: tzinfo,
    format: str = "html",
    *,
    carried: Sequence[Carried] = (),
    series: Series | None = None,
    pasts: Sequence[Past] = (),
    names: bool = False,
    mask: Mask | None = None,
    shelf: Shelf | None = None,
) -> list[Path]:
    """Write one file for each reader; bots get none, save in a rehearsal. The folder is made where it is missing.

    With the `shelf` of recordings, each reader gets a folder instead: the page, and the sound that he or she may hear.

    The arguments are those of `build_report` and `render`; with a `mask`, names are hidden, those of the files too.

    Raises:
        CommandProblem: the folder cannot be made or written to, or there is no such format.
    """
    feed, quotes = debrief_feed(state, words), shared_quotes(state)
    pages = {}
    for name, viewer in _readers(state, words, mask):
        sounds = None
        if shelf is not None:
            write_folder(folder / name, {})
            sounds = copy_sounds(state, viewer, session, shelf, folder / name)
        built = build_report(
            state,
            words,
            viewer,
            session,
            carried=carried,
            series=series,
            feed=feed,
            quotes=quotes,
            pasts=pasts,
            names=names,
            sounds=sounds,
        )
        file = f"{name}.{format}" if shelf is None else f"{name}/report.{format}"
        pages[file] = render(mask_report(built, mask) if mask else built, format, zone)
    return write_folder(folder, pages)


def _readers(state: State, words: Mapping[str, str], mask: Mask | None) -> Iterator[tuple[str, Viewer]]:
    """File names and readers; two people whose names look alike in a file name get files of their own."""
    yield "instructor", FACILITATOR_VIEWER
    yield "class", ROOM
    taken = {"instructor", "class"}
    for person in state.people.values():
        if person.bot and not state.rehearsal:
            continue
        called = state.name(person.id, words)
        name = free_name(mask.hide(called) if mask else called, taken)
        taken.add(name)
        yield name, viewer_of(person.id)
