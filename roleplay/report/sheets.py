"""Pages to write on, from the same rubrics that the screen asks."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Criterion, Rubric
from roleplay.content.scales import ChecklistScale, LevelsScale
from roleplay.content.scenario import (
    FeedbackStep,
    FormRequest,
    JournalStep,
    PlayStep,
    PrepareStep,
    StepBase,
    role_named,
)
from roleplay.report.deck import Question, Sheet, Tick

EVERYONE = "everyone"


def sheets_of(bundle: Bundle, step: StepBase) -> Iterator[Sheet]:
    """The pages that are written on in one step of the script, in its order."""
    leading = bundle.scenario.leading_role
    if isinstance(step, PrepareStep) and step.forecast:
        rubric = bundle.rubrics[step.forecast]
        yield Sheet(
            kind="forecast",
            title=rubric.title,
            by=title_of(bundle, leading),
            by_id=leading,
            about="",
            about_id="",
            questions=tuple(_question(rubric, criterion) for criterion in rubric.criteria),
        )
    if isinstance(step, PlayStep) and step.markers and step.markers not in _forms_with_marks(bundle):
        rubric = bundle.rubrics[step.markers]
        for role in _watching(bundle):
            yield Sheet(
                kind="marks",
                title=rubric.title,
                by=title_of(bundle, role),
                by_id=role,
                about=title_of(bundle, leading),
                about_id=leading,
                marks=rubric.markers,
            )
    if isinstance(step, PrepareStep | FeedbackStep):
        yield from (_form(bundle, request) for request in step.forms)
    if isinstance(step, FeedbackStep) and step.learned is not False and any(c.hidden for c in bundle.scenario.cases):
        yield Sheet(
            kind="learned",
            title="What I found out",
            by=title_of(bundle, leading),
            by_id=leading,
            about="",
            about_id="",
            prompts=("What did you learn that was not on your card?",),
        )
    if isinstance(step, JournalStep):
        yield Sheet(
            kind="journal",
            title=step.name,
            by="Everybody",
            by_id=EVERYONE,
            about="",
            about_id="",
            prompts=step.prompts,
        )


def title_of(bundle: Bundle, who: str) -> str:
    """What to call those whom a form names."""
    role = bundle.scenario.roles.get(role_named(who))
    return role.title if role else "Everybody"


def _form(bundle: Bundle, request: FormRequest) -> Sheet:
    rubric = bundle.rubrics[request.rubric]
    marked = request.rubric in _forms_with_marks(bundle) and request.about != "self"
    return Sheet(
        kind="form",
        title=rubric.title,
        by=title_of(bundle, request.by),
        by_id=role_named(request.by),
        about="" if request.about == "self" else title_of(bundle, request.about),
        about_id="" if request.about == "self" else role_named(request.about),
        questions=tuple(_question(rubric, criterion) for criterion in rubric.criteria),
        marks=rubric.markers if marked else (),
        prompts=tuple(prompt.ask for prompt in rubric.prompts),
    )


def _forms_with_marks(bundle: Bundle) -> set[str]:
    """The rubrics whose markers are tapped and which somebody fills in: one page serves for both."""
    steps = bundle.scenario.steps.values()
    marked = {step.markers for step in steps if isinstance(step, PlayStep) and step.markers}
    return {form.rubric for step in steps if isinstance(step, FeedbackStep) for form in step.forms} & marked


def _watching(bundle: Bundle) -> list[str]:
    roles = bundle.scenario.roles
    extra = [id for id, role in roles.items() if role.extra]
    return extra or [id for id in roles if id != bundle.scenario.leading_role][-1:]


def _question(rubric: Rubric, criterion: Criterion) -> Question:
    scale = rubric.scale_of(criterion)
    if isinstance(scale, LevelsScale):
        ticks = [Tick(label=scale.describe(n), means=criterion.levels.get(n, "")) for n in scale.levels]
    elif isinstance(scale, ChecklistScale):
        ticks = [Tick(label=scale.describe(value)) for value in (True, False)]
    else:
        ticks = []
    return Question(
        title=criterion.title,
        look_for=criterion.look_for,
        ticks=(*ticks, Tick(label="not observed")),
        scale=scale.kind,
        evidence=criterion.evidence,
    )
