"""What is asked of whom in a step: forms, hidden facts, injects and markers, as the scenario sets them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from roleplay.content.rubric import Criterion, Rubric
from roleplay.content.scenario import HiddenFact
from roleplay.content.steps import FeedbackStep, Inject, PlayStep, PrepareStep, role_named
from roleplay.planning.plan import PlannedStep
from roleplay.session.state import FACILITATOR, FEWEST, Setting, TrackState

Purpose = Literal["forecast", "form"]


@dataclass(frozen=True, slots=True)
class FormDue:
    """A form that somebody is asked to fill in."""

    step: str
    purpose: Purpose
    rubric: str
    by: str
    about: str
    sealed: bool = False
    private: bool = False
    carry: str | None = None
    """As what it is kept for the next session: see `FormRequest.carry`."""

    @property
    def id(self) -> str:
        """The id under which it is sent; the same in every version."""
        return f"{self.step}/{self.purpose}/{self.rubric}/{self.by}/{self.about}"

    @property
    def about_self(self) -> bool:
        """Whether people write about themselves."""
        return self.by == self.about


@dataclass(frozen=True, slots=True)
class FactsDue:
    """Hidden facts that a leader may have found out, and the partner who knows them."""

    step: str
    leader: str
    partner: str
    facts: tuple[HiddenFact, ...]


@dataclass(frozen=True, slots=True)
class PlannedInject:
    """An inject of a step; its id tells it from the step's others."""

    id: str
    inject: Inject


def forms_due(setting: Setting, planned: PlannedStep, people: tuple[str, ...]) -> tuple[FormDue, ...]:
    """The forms of a step at a table of these people, in the order of the script."""
    step = setting.step(planned)
    found: dict[str, FormDue] = {}
    if isinstance(step, PrepareStep) and step.forecast:
        for leader in setting.leaders(planned):
            due = FormDue(planned.id, "forecast", step.forecast, leader, leader)
            found[due.id] = due
    if isinstance(step, PrepareStep | FeedbackStep):
        for request in step.forms:
            for by in _named(request.by, planned, people):
                abouts = (by,) if request.about == "self" else _named(request.about, planned, people)
                for about in abouts:
                    if about != by or request.about == "self":
                        due = FormDue(
                            planned.id,
                            "form",
                            request.rubric,
                            by,
                            about,
                            sealed=request.sealed,
                            private=request.private,
                            carry=request.carry,
                        )
                        found[due.id] = due
    return tuple(found.values())


def _named(who: str, planned: PlannedStep, people: tuple[str, ...]) -> tuple[str, ...]:
    if who == "everyone":
        return people
    return planned.cast.get(role_named(who), ())


def needs_evidence(due: FormDue, rubric: Rubric, criterion: Criterion, value: object) -> bool:
    """Whether this answer must come with a marker or a quote; a forecast has nothing yet to point at."""
    return due.purpose == "form" and rubric.needs_evidence(criterion, value)


def step_of_form(id: str) -> str:
    """The id of the step that asks for a form."""
    return id.split("/", 1)[0]


def find_form(setting: Setting, track: TrackState, id: str) -> FormDue:
    """The form of that id; raises KeyError where no step of the table asks for it."""
    planned = track.planned(step_of_form(id))
    for due in forms_due(setting, planned, track.people_in(planned)):
        if due.id == id:
            return due
    raise KeyError(id)


def journal_writers(setting: Setting, planned: PlannedStep, people: tuple[str, ...]) -> tuple[str, ...]:
    """Who is asked to write a journal in a step: everybody, or those whom the step is for; nobody in other steps."""
    if planned.kind != "journal":
        return ()
    meant = setting.step(planned).for_
    return tuple(person for role in meant for person in planned.cast.get(role, ())) if meant else people


def facts_due(setting: Setting, planned: PlannedStep) -> tuple[FactsDue, ...]:
    """Who says in a step what came out, and about which facts: every leader with every partner who knows some."""
    case = setting.case(planned)
    # After another take the facts have been told; they are asked for once.
    if case is None or planned.added or not setting.scenario.asks_learned(planned.source):
        return ()
    known: dict[str, list[HiddenFact]] = {}
    for fact in case.hidden:
        role = setting.scenario.knows_hidden(case, fact)
        if role:
            known.setdefault(role, []).append(fact)
    return tuple(
        FactsDue(planned.id, leader, partner, tuple(facts))
        for leader in setting.leaders(planned)
        for role, facts in known.items()
        for partner in planned.cast.get(role, ())
    )


def injects_of(setting: Setting, planned: PlannedStep) -> tuple[PlannedInject, ...]:
    """The injects of a conversation: those of the step, then those of the case."""
    found = setting.scenario.injects_in(planned.source, setting.case(planned))
    return tuple(PlannedInject(id, inject) for id, inject in found)


def was_played(track: TrackState, planned: PlannedStep) -> bool:
    """Whether the conversation of a step's round has been played: of this step, or of one that follows it."""
    onward = track.steps[track.steps.index(planned) :]
    return track.has_played({step.id for step in onward if step.kind == "play" and step.round == planned.round})


def may_share(due: FormDue | None, people: int) -> bool:
    """Whether words of a form, or of a journal, can be quoted without a name in a session of so many people."""
    return people >= FEWEST and not (due and (due.sealed or due.private or due.about_self))


def markers_of(setting: Setting, planned: PlannedStep) -> tuple[str, Rubric] | None:
    """The rubric, with its id, whose markers are tapped in a step."""
    step = setting.step(planned)
    if not isinstance(step, PlayStep) or not step.markers:
        return None
    return step.markers.rubric, setting.bundle.rubrics[step.markers.rubric]


def marker_pairs(setting: Setting, planned: PlannedStep, people: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Who marks whom in a step: observer and subject, all subjects of the first observer first.

    Where nobody watches, the facilitator does; nobody marks themselves.
    """
    step = setting.step(planned)
    if not isinstance(step, PlayStep) or not step.markers:
        return ()
    asked = step.markers
    watching = _named(asked.by, planned, people) if asked.by else setting.observers(planned)
    meant = _named(asked.about, planned, people) if asked.about else setting.leaders(planned)
    # Those who only watch are not meant by everyone.
    silent = setting.observers(planned) if asked.about == "everyone" else ()
    subjects = [person for person in meant if person not in silent]
    return tuple((by, about) for by in watching or (FACILITATOR,) for about in subjects if by != about)
