"""What belongs to one round of one person: who looked, what was written and marked, and which take of it counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from roleplay.analysis.ratings import CriterionScore, scores_of
from roleplay.analysis.takes import conversations, takes_of
from roleplay.planning.plan import PlannedStep
from roleplay.report.maps import means_all
from roleplay.report.sources import Sources
from roleplay.report.takes import take_title
from roleplay.session.forms import FormDue, facts_due, forms_due, marker_pairs
from roleplay.session.state import Mark, TrackState
from roleplay.session.visible import SeenFacts, SeenForm


def forms_about(sources: Sources, track: TrackState, person: str) -> list[SeenForm]:
    """The forms about a person that the viewer may see."""
    return [form for form in sources.view.forms if form.track == track.id and form.due.about == person]


def is_looked_at(sources: Sources, track: TrackState, planned: PlannedStep, person: str) -> bool:
    """Whether others look at a person in a step that has begun: with markers, forms, or facts to be found out."""
    if not track.has_begun(planned.id):
        return False
    setting = sources.setting
    return (
        is_marked(sources, track, planned, person)
        or any(facts.leader == person for facts in facts_due(setting, planned))
        or any(
            form.about == person and (not form.about_self or _foresaw(track, planned, form))
            for form in forms_due(setting, planned, track.people_in(planned))
        )
    )


def _foresaw(track: TrackState, planned: PlannedStep, form: FormDue) -> bool:
    """Whether a form is a forecast that was made, or could be by somebody who then stayed for the conversation."""
    begun = [s for s in track.steps if s.kind == "play" and s.round == planned.round and track.has_begun(s.id)]
    stayed = not begun or any(step.plays(form.by) for step in begun)
    return form.purpose == "forecast" and (form.id in track.forms or stayed)


def is_marked(sources: Sources, track: TrackState, planned: PlannedStep, person: str) -> bool:
    """Whether somebody marks this person as feedback; a map of a whole talk stands by itself."""
    pairs = marker_pairs(sources.setting, planned, track.people_in(planned))
    return not means_all(sources.setting, planned) and any(about == person for _, about in pairs)


@dataclass(frozen=True)
class Round:
    """One round of one person."""

    sources: Sources
    track: TrackState
    person: str
    number: int | None

    @cached_property
    def steps(self) -> list[PlannedStep]:
        """The steps of the round."""
        return [step for step in self.track.steps if step.round == self.number]

    @cached_property
    def forms(self) -> list[SeenForm]:
        """By others, and the own ones on a rubric that others are asked for, too."""
        ids = {step.id: place for place, step in enumerate(self.steps)}
        asked = {
            due.rubric
            for step in self.steps
            for due in forms_due(self.sources.setting, step, self.track.people_in(step))
            if due.about == self.person and not due.about_self
        }
        found = [
            form
            for form in forms_about(self.sources, self.track, self.person)
            if form.due.step in ids
            and (form.due.purpose == "forecast" or not form.due.about_self or form.due.rubric in asked)
        ]
        return sorted(found, key=lambda form: ids[form.due.step])

    @cached_property
    def marks(self) -> list[Mark]:
        """What was marked as feedback to this person."""
        marked = (step for step in self.steps if is_marked(self.sources, self.track, step, self.person))
        ids = {step.id for step in marked}
        marks = (mark for track, mark in self.sources.view.marks if track == self.track.id)
        return [mark for mark in marks if mark.about == self.person and mark.step in ids]

    @property
    def facts(self) -> list[SeenFacts]:
        """What was to be found out."""
        ids = {step.id for step in self.steps}
        seen = (facts for facts in self.sources.view.facts if facts.track == self.track.id)
        return [facts for facts in seen if facts.due.leader == self.person and facts.due.step in ids]

    @cached_property
    def takes(self) -> dict[str, PlannedStep]:
        """Step to the take it belongs to."""
        return takes_of(self.track)

    @cached_property
    def lasts(self) -> dict[str, str]:
        """The take of each conversation from which the highlights are, by its first take: the last one that others
        have written about, or else marked, or played."""
        by_others = {form.due.step for form in self.forms if not form.due.about_self}
        marked = {mark.step for mark in self.marks}
        found: dict[str, str] = {}
        for takes in conversations(self.track):
            for seen in (marked, by_others):
                of_seen = {self.takes[step].id for step in seen if step in self.takes}
                found[takes[0].id] = next(
                    (step.id for step in reversed(takes) if step.id in of_seen), found.get(takes[0].id, takes[-1].id)
                )
        return found

    def counts(self, step: str) -> bool:
        """Whether what was said in a step makes the highlights: all but other takes of the same conversation."""
        return step not in self.takes or self.takes[step].id in self.lasts.values()

    def title(self, step: str) -> str:
        """What the take of a step is called."""
        return take_title(self.sources, self.track, step)

    @property
    def counting(self) -> list[SeenForm]:
        """The forms that make the highlights. Where people and the program wrote, the program's count for nothing."""
        counting = [form for form in self.forms if form.due.purpose == "forecast" or self.counts(form.due.step)]
        people = [form for form in counting if not self.sources.is_sample(form.due.by)]
        by_people = any(form.due.purpose == "form" and not form.due.about_self for form in people)
        return people if by_people else counting

    @cached_property
    def scores(self) -> tuple[CriterionScore, ...]:
        """What the forms that count say, criterion by criterion."""
        return scores_of(self.sources.bundle, self.counting, self.person)
