"""What a page of a form asks: how the criterion is answered here, and which marked moments may stand for it."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.content.durations import say_clock
from roleplay.content.rubric import Criterion
from roleplay.session.forms import FormDue
from roleplay.session.state import Mark, Setting, TrackState
from roleplay.session.visible import View
from roleplay.tui.screens.base import paragraphs
from roleplay.tui.widgets.criterion import Asked
from roleplay.tui.widgets.rows import Row


def asked_of(setting: Setting, view: View, track: TrackState, due: FormDue, number: int) -> Asked:
    """The criterion of that number, counted from 0, as the writer of a form is asked about it."""
    rubric = setting.bundle.rubrics[due.rubric]
    criterion = rubric.criteria[number]
    is_forecast = due.purpose == "forecast"
    marks = [] if is_forecast else list(_marks(view, track, due))
    fitting = [mark for mark in marks if _fits(setting, due, criterion, mark)]
    others = [mark for mark in marks if mark not in fitting]
    return Asked(
        criterion=criterion,
        scale=rubric.scale_of(criterion),
        position=f"{number + 1} of {len(rubric.criteria)}",
        not_observed="I cannot say" if is_forecast else "Not observed",
        intro="" if number else _intro(is_forecast, rubric.about or ""),
        moments=tuple(_moment(setting, mark) for mark in (*fitting, *others)),
        evidence=not is_forecast and (bool(fitting) or criterion.evidence != "never"),
    )


def _intro(is_forecast: bool, about: str) -> str:
    if is_forecast:
        return "Choose the level that you expect of yourself. A rough guess is fine."
    return "\n".join(paragraphs(about))


def _marks(view: View, track: TrackState, due: FormDue) -> Iterator[Mark]:
    """What was tapped in this round about the person of the form, as far as its writer may see it."""
    round = track.planned(due.step).round
    for id, mark in view.marks:
        if id == track.id and mark.about == due.about and track.planned(mark.step).round == round:
            yield mark


def _fits(setting: Setting, due: FormDue, criterion: Criterion, mark: Mark) -> bool:
    marker = setting.bundle.rubrics[mark.rubric].marker(mark.marker)
    return mark.rubric == due.rubric and marker.criterion == criterion.id


def _moment(setting: Setting, mark: Mark) -> Row:
    title = setting.bundle.rubrics[mark.rubric].marker(mark.marker).title
    return Row(mark.tap, f"{say_clock(mark.into)}  {title}")
