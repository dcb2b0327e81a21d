"""What one conversation was like each time it was played: marks, answers and words, take beside take.

It is made from a view, so that nobody learns from it what they may not see anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from roleplay.analysis.markers import in_order
from roleplay.content.rubric import Rubric
from roleplay.planning.plan import PlannedStep
from roleplay.session.forms import FormDue
from roleplay.session.state import Mark, Setting, TrackState
from roleplay.session.texts import TextRef
from roleplay.session.visible import SeenForm, View

Key = tuple[str, str]
"""Rubric id and criterion id."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote."""

    due: FormDue
    """The form that it stands in."""
    text: TextRef

    @property
    def by(self) -> str:
        """Who it was."""
        return self.due.by


@dataclass(frozen=True, slots=True)
class TakeSeen:
    """One take of a conversation, as far as the viewer may see it."""

    step: PlannedStep
    """The conversation; its number is `step.take`."""
    first: str
    """The id of the conversation's first take, which all its takes share."""
    label: TextRef | None = None
    marks: tuple[Mark, ...] = ()
    """By `into`: seconds into the step."""
    levels: Mapping[Key, tuple[int, ...]] = field(default_factory=dict)
    """What others chose, for a tick 1 or 0; criteria that nobody observed are not in it."""
    own: Mapping[Key, tuple[int, ...]] = field(default_factory=dict)
    """The same from forms that people filled in about themselves."""
    prompts: Mapping[Key, tuple[Said, ...]] = field(default_factory=dict)
    """Rubric id and the question in words, to what was written."""


def conversations(track: TrackState) -> tuple[tuple[PlannedStep, ...], ...]:
    """The conversations of a table that have begun more than once, each with its takes, in the order of the script."""
    found: list[list[PlannedStep]] = []
    latest: dict[int | None, list[PlannedStep]] = {}
    for step in track.steps:
        if step.kind == "play" and track.has_begun(step.id):
            if step.take == 1 or step.round not in latest:
                latest[step.round] = []
                found.append(latest[step.round])
            latest[step.round].append(step)
    return tuple(tuple(takes) for takes in found if len(takes) > 1)


def takes_of(track: TrackState) -> dict[str, PlannedStep]:
    """Step to the take it belongs to: conversations that were played more than once, and the feedback on them."""
    found = {step.id: step for takes in conversations(track) for step in takes}
    played: dict[int | None, str] = {}
    for step in track.steps:
        if step.kind == "play":
            played[step.round] = step.id
        elif step.kind == "feedback" and played.get(step.round) in found:
            found[step.id] = found[played[step.round]]
    return found


def latest_takes(track: TrackState, planned: PlannedStep) -> tuple[PlannedStep, ...]:
    """The conversations of a round up to one of its steps, of each that was played more than once the last take."""
    found: list[PlannedStep] = []
    for step in track.steps[: track.steps.index(planned) + 1]:
        if step.kind == "play" and step.round == planned.round:
            found = [*(found if step.take == 1 else found[:-1]), step]
    return tuple(found)


def compare_takes(
    setting: Setting, track: TrackState, view: View, round: int | None, about: str | None = None
) -> tuple[TakeSeen, ...]:
    """The takes of a round's conversations, where there are several; what was said about one person, or about all.

    Feedback belongs to the take that was played last before it.
    """
    labels = {step: ref for id, step, ref in view.labels if id == track.id}
    marks = [m for id, m in view.marks if id == track.id and about in (None, m.about)]
    forms = [f for f in view.forms if f.track == track.id and f.due.purpose == "form" and about in (None, f.due.about)]
    take_of = takes_of(track)
    found = []
    for takes in conversations(track):
        for step in takes if takes[0].round == round else ():
            given = [form for form in forms if take_of.get(form.due.step) == step]
            found.append(
                TakeSeen(
                    step=step,
                    first=takes[0].id,
                    label=labels.get(step.id),
                    marks=in_order(m for m in marks if m.step == step.id),
                    levels=_levels(setting, (form for form in given if not form.due.about_self)),
                    own=_levels(setting, (form for form in given if form.due.about_self)),
                    prompts=_prompts(setting, given),
                )
            )
    return tuple(found)


def _levels(setting: Setting, forms: Iterable[SeenForm]) -> dict[Key, tuple[int, ...]]:
    found: dict[Key, tuple[int, ...]] = {}
    for form in forms:
        rubric = setting.bundle.rubrics[form.due.rubric]
        for criterion in rubric.asked:
            answer = form.last.answers.get(criterion.id)
            if answer is not None and answer.observed and answer.value is not None:
                key = (form.due.rubric, criterion.id)
                found[key] = (*found.get(key, ()), int(answer.value))
    return found


def _prompts(setting: Setting, forms: Iterable[SeenForm]) -> dict[Key, tuple[Said, ...]]:
    found: dict[Key, tuple[Said, ...]] = {}
    for form in forms:
        for asked, text in _written(setting.bundle.rubrics[form.due.rubric], form):
            key = (form.due.rubric, asked)
            found[key] = (*found.get(key, ()), Said(form.due, text))
    return found


def _written(rubric: Rubric, form: SeenForm) -> Iterator[tuple[str, TextRef]]:
    """What was asked in words, and what was written."""
    for criterion in rubric.asked:
        answer = form.last.answers.get(criterion.id)
        if answer is not None and answer.text is not None:
            yield criterion.title, answer.text
    for prompt in rubric.prompts:
        if prompt.id in form.last.prompts:
            yield prompt.ask, form.last.prompts[prompt.id]
