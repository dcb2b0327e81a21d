"""Pages to write on, from the same rubrics that the screen asks."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Criterion, Rubric
from roleplay.content.scales import ChecklistScale, OrderedScale
from roleplay.content.steps import (
    FeedbackStep,
    FormRequest,
    JournalStep,
    MarkerRequest,
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
    if isinstance(step, PlayStep) and step.markers:
        on_forms = {role_named(form.by) for form in _forms(bundle) if _is_marked(bundle, form, step.markers)}
        watching = (by for by in _watching(bundle, step.markers) if role_named(by) not in on_forms)
        yield from (_tally(bundle, step.markers, by) for by in watching)
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
        for by in step.for_ or (EVERYONE,):
            yield Sheet(
                kind="journal",
                title=step.name,
                by=title_of(bundle, by),
                by_id=by,
                about="",
                about_id="",
                prompts=step.prompts,
            )


def title_of(bundle: Bundle, who: str) -> str:
    """What to call those whom a form names."""
    role = bundle.scenario.roles.get(role_named(who))
    return role.title if role else "Everybody"


def _form(bundle: Bundle, request: FormRequest) -> Sheet:
    rubric, own = bundle.rubrics[request.rubric], request.about == "self"
    steps = bundle.scenario.steps.values()
    played = (step.markers for step in steps if isinstance(step, PlayStep) and step.markers)
    marked = any(_is_marked(bundle, request, markers) for markers in played)
    return Sheet(
        kind="form",
        title=rubric.title,
        by=title_of(bundle, request.by),
        by_id=role_named(request.by),
        about="" if own else title_of(bundle, request.about),
        about_id="" if own else role_named(request.about),
        private=request.private,
        intro=(rubric.about or "") if own else "",
        questions=tuple(_question(rubric, criterion, own) for criterion in rubric.criteria),
        rows=rubric.rows,
        marks=rubric.markers if marked else (),
        prompts=tuple(prompt.ask for prompt in rubric.prompts),
    )


def _tally(bundle: Bundle, markers: MarkerRequest, by: str) -> Sheet:
    """A page of its own to count on; where several are watched, with a column for each."""
    rubric, about = bundle.rubrics[markers.rubric], markers.about or bundle.scenario.leading_role
    people = _most(bundle, about)
    return Sheet(
        kind="marks",
        title=rubric.title,
        by=title_of(bundle, by),
        by_id=role_named(by),
        about=title_of(bundle, about),
        about_id="" if people > 1 else role_named(about),
        marks=rubric.markers,
        people=people,
    )


def _most(bundle: Bundle, about: str) -> int:
    """How many people of a table can be meant."""
    roles = bundle.scenario.roles
    if about != EVERYONE:
        return roles[role_named(about)].count.most
    return sum(role.count.most for role in bundle.scenario.seated.values() if not role.extra)


def _forms(bundle: Bundle) -> Iterator[FormRequest]:
    for step in bundle.scenario.steps.values():
        yield from step.forms if isinstance(step, FeedbackStep) else ()


def _is_marked(bundle: Bundle, form: FormRequest, markers: MarkerRequest) -> bool:
    """Whether somebody who fills in a form has counted its markers, about the same person: one page serves for both."""
    about = markers.about or bundle.scenario.leading_role
    watching = {role_named(by) for by in _watching(bundle, markers)}
    return (
        form.rubric == markers.rubric
        and role_named(form.by) in watching
        and role_named(form.about) == role_named(about) != EVERYONE
    )


def _watching(bundle: Bundle, markers: MarkerRequest) -> list[str]:
    if markers.by:
        return [markers.by]
    roles = bundle.scenario.roles
    extra = [id for id, role in roles.items() if role.extra]
    return extra or [id for id in roles if id != bundle.scenario.leading_role][-1:]


def _question(rubric: Rubric, criterion: Criterion, own: bool = False) -> Question:
    scale = rubric.scale_of(criterion)
    if isinstance(scale, OrderedScale):
        ticks = [Tick(label=scale.describe(n), means=criterion.levels.get(n, "")) for n in scale.levels]
    elif isinstance(scale, ChecklistScale):
        ticks = [Tick(label=scale.describe(value)) for value in (True, False)]
    else:
        ticks = []
    return Question(
        title=criterion.title,
        look_for=criterion.look_for,
        ticks=(*ticks, Tick(label="I leave this out" if own else "not observed")),
        scale=scale.kind,
        evidence=criterion.evidence,
    )
