"""What reports are made from: what one viewer may see, and the words behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from roleplay.content.bundle import Bundle
from roleplay.planning.plan import PlannedStep
from roleplay.report.feedback import Moment
from roleplay.session.forms import FormDue, markers_of
from roleplay.session.state import Mark, Setting, State, TrackState
from roleplay.session.texts import TextRef, read
from roleplay.session.visible import View, viewer_of


@dataclass(frozen=True)
class Sources:
    """One viewer's sight of a session. Of `state` only what everybody knows is read: plan, steps, clock and names."""

    state: State
    words: Mapping[str, str]
    view: View

    @cached_property
    def tracks(self) -> tuple[TrackState, ...]:
        """The tables of which something may be told to the viewer: to a participant those where he or she has been."""
        viewer, tracks = self.view.viewer, tuple(self.state.tracks.values())
        if viewer.kind == "person":
            return tuple(track for track in tracks if viewer.person in track.company)
        return tracks if viewer.kind == "facilitator" else ()

    @property
    def setting(self) -> Setting:
        """What is played."""
        return self.state.setting

    @property
    def bundle(self) -> Bundle:
        """The scenario and its rubrics."""
        return self.setting.bundle

    def said(self, ref: TextRef | None) -> str:
        """The words behind a reference."""
        return read(self.words, ref)

    def name(self, person: str) -> str:
        """What a person is called."""
        return self.state.name(person, self.words)

    def is_unnamed(self, due: FormDue) -> bool:
        """Whether the reader hears of the writer of a form no more than the role: it is sealed, and about the reader.

        Whoever rates under seal is to write what was seen, and not what can be said to somebody's face.
        """
        return due.sealed and due.by != due.about and self.view.viewer == viewer_of(due.about)

    def writer(self, track: TrackState, due: FormDue) -> str:
        """What the writer of a form is called before the reader."""
        if not self.is_unnamed(due):
            return self.name(due.by)
        steps = (track.planned(due.step), *track.steps)
        return next((role for step in steps if (role := self.role(step, due.by))), "Somebody at the table")

    def names(self, people: Iterable[str]) -> tuple[str, ...]:
        """What people are called."""
        return tuple(self.name(person) for person in people)

    def role(self, planned: PlannedStep, person: str) -> str:
        """The title of a person's role in a step, or nothing."""
        role = planned.plays(person)
        return self.setting.scenario.roles[role].title if role else ""

    def case_title(self, planned: PlannedStep) -> str:
        """The title of the case of a step, or nothing."""
        case = self.setting.case(planned)
        return case.title if case else ""

    def title_of(self, who: str) -> str:
        """The title of a role, or what everybody is called."""
        return "everyone" if who == "everyone" else self.setting.scenario.roles[who].title

    def label(self, track: TrackState, step: str) -> str:
        """What a take is called, or nothing."""
        return next((self.said(ref) for id, of, ref in self.view.labels if (id, of) == (track.id, step)), "")

    def is_sample(self, by: str) -> bool:
        """Whether the program wrote something for practice; in a rehearsal it wrote everything, and nothing is said."""
        return not self.state.rehearsal and by in self.state.people and self.state.people[by].bot

    def moment(self, track: TrackState, mark: Mark) -> Moment:
        """A mark in words."""
        marker = self.bundle.rubrics[mark.rubric].marker(mark.marker)
        planned = track.planned(mark.step)
        marked = {
            step.name
            for step in track.steps
            if step.round == planned.round and step.take == 1 and markers_of(self.setting, step)
        }
        return Moment(
            marker=marker.title,
            key=marker.key,
            tone=marker.tone,
            at=mark.into,
            take=planned.take,
            conversation=planned.name if len(marked) > 1 else "",
        )
