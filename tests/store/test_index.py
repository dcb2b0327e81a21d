"""What a list of sessions shows."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from samples import Play

from roleplay.session.commands import ChangeLength, Next, Undo
from roleplay.session.events import (
    Event,
    Replanned,
    SessionEnded,
    SessionReopened,
    StepEnded,
    StepRestored,
    StepStarted,
    TrackFinished,
)
from roleplay.store.index import first_row, next_row, seats_of
from roleplay.store.protocol import SessionRow

if TYPE_CHECKING:
    from store.conftest import Sample


WALL = 1_760_000_000_000


def row_of(sample: Sample, *events: Event) -> SessionRow:
    return reduce(next_row, events, first_row("first", sample.opened, sample.bundle))


def test_an_opened_session_shows_its_title_and_its_people(sample: Sample) -> None:
    """The title is the scenario's own."""
    assert row_of(sample) == SessionRow(
        id="first",
        title="A tough conversation",
        opened=WALL,
        rehearsal=False,
        people=2,
        state="open",
        steps_done=0,
        tracks_done=(),
        seq=1,
        at=0,
        last=WALL,
    )


def test_steps_and_tables_that_were_taken_back_do_not_count(sample: Sample) -> None:
    """Undo after the last step makes the table one that is still at work."""
    done: list[Event] = [
        StepEnded(at=1, track="t1", step="a", why="moved-on"),
        StepStarted(at=1, track="t1", step="b"),
        StepEnded(at=2, track="t1", step="b", why="on-time"),
        TrackFinished(at=2, track="t1"),
    ]
    assert (row_of(sample, *done).steps_done, row_of(sample, *done).tracks_done) == (2, ("t1",))
    undone = row_of(sample, *done, StepRestored(at=3, track="t1", step="b", remaining=4))
    assert (undone.steps_done, undone.tracks_done) == (1, ())
    given_up = row_of(sample, StepEnded(at=1, track="t1", step="a", why="session-ended"), SessionEnded(at=1))
    assert (given_up.steps_done, given_up.state) == (0, "ended")


def test_undoing_a_change_of_length_leaves_the_steps_done_as_they_are(sample: Sample) -> None:
    """Only an undo that goes back to a step that was left counts that step as not done."""
    play = Play.started()
    play.do(Next())
    play.do(ChangeLength(by=60))
    assert row_of(sample, *play.events).steps_done == 1
    play.do(Undo())
    assert row_of(sample, *play.events).steps_done == 1
    play.do(Undo())
    assert row_of(sample, *play.events).steps_done == 0


def test_the_wall_clock_counts_from_when_the_session_was_last_opened(sample: Sample) -> None:
    """`at` leaves out the time that the program was shut; the last event's wall-clock time does not."""
    shut = SessionReopened(at=60, wall=WALL + 3_600_000)
    row = row_of(sample, StepStarted(at=59.999, track="t1", step="a"), shut, StepStarted(at=61.5, track="t1", step="b"))
    assert (row.seq, row.at, row.last) == (4, 61.5, WALL + 3_601_500)


def test_those_who_are_known_have_a_seat(sample: Sample) -> None:
    """With where their name stands; people of whom nobody has said who they are, bots and rehearsals have none."""
    ana, ben = sample.opened.people
    known = ana.model_copy(update={"known": "k-ana"})
    row, rehearsed = row_of(sample), replace(row_of(sample), rehearsal=True)
    opened = sample.opened.model_copy(update={"people": (known, ben)})
    assert seats_of(opened, row) == {"k-ana": "name-1"}
    assert seats_of(sample.opened, row) == {}
    assert seats_of(opened.model_copy(update={"people": (known.model_copy(update={"bot": True}), ben)}), row) == {}
    assert seats_of(opened, rehearsed) == {}


def test_whoever_comes_late_is_counted_and_has_a_seat(sample: Sample) -> None:
    """Where they were known before; who leaves has been there all the same."""
    late = sample.opened.people[0].model_copy(update={"id": "p3", "known": "k-cem"})
    came = Replanned(at=60, why="arrived", who=("p3",), people=(late,))
    left = Replanned(at=90, why="left", who=("p1",), gone=("p1",))
    assert row_of(sample, came, left).people == 3
    assert seats_of(came, row_of(sample)) == {"k-cem": "name-1"}
    assert seats_of(left, row_of(sample)) == {}
