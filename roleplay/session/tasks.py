"""What is asked of whom: every form, answer and journal of the steps that have begun, and whether it is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from roleplay.planning.plan import PlannedStep
from roleplay.session.forms import FactsDue, FormDue, facts_due, forms_due, journal_writers, was_played
from roleplay.session.state import State, TrackState

TaskKind = Literal["forecast", "form", "facts", "learned", "journal"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something that one person is asked to write or to tick."""

    kind: TaskKind
    track: str
    step: str
    by: str
    done: bool
    late: bool = False
    """It can no longer be done, nor done again: a forecast is made before the conversation."""
    gone: bool = False
    """Who is asked has left: nothing is waited for, and they can still do it once they are back."""
    form: FormDue | None = None
    """For a form or a forecast."""
    facts: FactsDue | None = None
    """For what came out: the partner's ticks, or the leader's answer."""

    @property
    def awaited(self) -> bool:
        """Whether somebody who is here still has to do it."""
        return not (self.done or self.late or self.gone)


def tasks(state: State, track: TrackState) -> tuple[Task, ...]:
    """The tasks of all steps of a table that have begun, in the order of the script."""
    return tuple(
        task for planned in track.steps if track.has_begun(planned.id) for task in tasks_of(state, track, planned)
    )


def tasks_of(state: State, track: TrackState, planned: PlannedStep) -> Iterator[Task]:
    """The tasks of one step of a table."""
    people, away = track.people_in(planned), state.away
    for form in forms_due(state.setting, planned, people):
        kind: TaskKind = "forecast" if form.purpose == "forecast" else "form"
        late = form.purpose == "forecast" and was_played(track, planned)
        done = form.id in track.forms
        yield Task(kind, track.id, planned.id, form.by, done, late, form.by in away, form=form)
    dues = facts_due(state.setting, planned)
    for due in dues:
        done = (planned.id, due.partner) in track.facts
        yield Task("facts", track.id, planned.id, due.partner, done, gone=due.partner in away, facts=due)
    for leader, due in {due.leader: due for due in dues}.items():
        done = (planned.id, leader) in track.learned
        yield Task("learned", track.id, planned.id, leader, done, gone=leader in away, facts=due)
    for person in journal_writers(state.setting, planned, people):
        done = (planned.id, person) in track.journals
        yield Task("journal", track.id, planned.id, person, done, gone=person in away)
