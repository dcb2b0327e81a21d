"""What a list of sessions shows, as a fold over the events of each, and who sat in them."""

from __future__ import annotations

import json
from dataclasses import replace

from roleplay.session.events import (
    Event,
    Replanned,
    SessionEnded,
    SessionOpened,
    SessionReopened,
    StepEnded,
    StepRestored,
    TrackFinished,
)
from roleplay.store.protocol import SessionRow


def first_row(session: str, opened: SessionOpened, bundle: str) -> SessionRow:
    """The row of a session that has just opened; `bundle` is the content that it is played from, as JSON."""
    return SessionRow(
        id=session,
        title=json.loads(bundle)["scenario"]["title"],
        opened=opened.wall,
        rehearsal=opened.rehearsal,
        people=len(opened.people),
        state="open",
        steps_done=0,
        tracks_done=(),
        seq=1,
        at=opened.at,
        last=opened.wall,
    )


def seats_of(event: Event, row: SessionRow) -> dict[str, str]:
    """Known person to the text id of the name, of those who take their seats now; a rehearsal has nobody in it."""
    if row.rehearsal or not isinstance(event, SessionOpened | Replanned):
        return {}
    return {person.known: person.name.id for person in event.people if person.known and not person.bot}


def next_row(row: SessionRow, event: Event) -> SessionRow:
    """The row after one more event."""
    last = row.last + round((event.at - row.at) * 1000)
    row = replace(row, seq=row.seq + 1, at=event.at, last=last)
    if isinstance(event, SessionReopened):
        return replace(row, last=event.wall, state="open")
    if isinstance(event, StepEnded) and event.why not in ("undone", "session-ended"):
        return replace(row, steps_done=row.steps_done + 1)
    if isinstance(event, StepRestored) and event.left:
        others = tuple(track for track in row.tracks_done if track != event.track)
        return replace(row, steps_done=row.steps_done - 1, tracks_done=others)
    if isinstance(event, TrackFinished):
        return replace(row, tracks_done=(*row.tracks_done, event.track))
    if isinstance(event, Replanned):
        return replace(row, people=row.people + len(event.people))
    if isinstance(event, SessionEnded):
        return replace(row, state="ended")
    return row
