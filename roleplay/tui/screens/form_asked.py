"""What a page of a form asks: how the criterion is answered here, and which marked moments may stand for it."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.analysis.takes import latest_takes
from roleplay.content.durations import say_moment
from roleplay.content.rubric import Criterion, Rubric, row_of
from roleplay.content.words import paragraphs
from roleplay.session.forms import FormDue
from roleplay.session.state import Mark, Setting, TrackState
from roleplay.session.visible import View
from roleplay.tui.screens.form_review import not_observed
from roleplay.tui.widgets.criterion import Asked
from roleplay.tui.widgets.rows import Row


def asked_of(setting: Setting, view: View, track: TrackState, due: FormDue, number: int) -> Asked:
    """The criterion of that number, counted from 0, as the writer of a form is asked about it."""
    rubric = setting.bundle.rubrics[due.rubric]
    criterion = rubric.asked[number]
    is_forecast = due.purpose == "forecast"
    marks = [] if is_forecast else list(_marks(view, track, due))
    fitting = [mark for mark in marks if _fits(setting, due, criterion, mark)]
    others = [mark for mark in marks if mark not in fitting]
    several = len({mark.step for mark in marks}) > 1
    later = row_of(criterion.id) > 1
    return Asked(
        # What a column means is said in the first row.
        criterion=criterion.model_copy(update={"about": None, "look_for": ()}) if later else criterion,
        scale=rubric.scale_of(criterion),
        position=f"{number % len(rubric.criteria) + 1} of {len(rubric.criteria)}",
        not_observed=not_observed(due),
        intro="" if number or rubric.rows > 1 else intro_of(due, rubric),
        moments=tuple(_moment(setting, track, mark, several) for mark in (*fitting, *others)),
        evidence=not is_forecast and (bool(fitting) or criterion.evidence != "never"),
    )


def intro_of(due: FormDue, rubric: Rubric) -> str:
    """What stands above the first page."""
    if due.purpose == "forecast":
        return "Choose the level that you expect of yourself. A rough guess is fine."
    return "\n".join(paragraphs(rubric.about or ""))


def _marks(view: View, track: TrackState, due: FormDue) -> Iterator[Mark]:
    """What was tapped in the takes that the form is about, about its person, as far as its writer may see it."""
    takes = {step.id for step in latest_takes(track, track.planned(due.step))}
    for id, mark in view.marks:
        if id == track.id and mark.about == due.about and mark.step in takes:
            yield mark


def _fits(setting: Setting, due: FormDue, criterion: Criterion, mark: Mark) -> bool:
    marker = setting.bundle.rubrics[mark.rubric].marker(mark.marker)
    return mark.rubric == due.rubric and marker.criterion == criterion.id


def _moment(setting: Setting, track: TrackState, mark: Mark, several: bool) -> Row:
    """A marked moment; where there are those of several conversations, with the name of its own."""
    title = setting.bundle.rubrics[mark.rubric].marker(mark.marker).title
    return Row(mark.tap, f"{say_moment(mark.into)}  {title}", track.planned(mark.step).name if several else "")
