"""Ratings that were given under seal, side by side: where raters saw the same person differently, they have to talk.

It is for the facilitator and for those who rated. Whoever was rated gets what was written about them, and no table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from roleplay.analysis.ratings import scores_of
from roleplay.planning.plan import PlannedStep
from roleplay.report.parts import MissingRatings, RatedPerson, RatingsLine, RatingsPart
from roleplay.report.sources import Sources
from roleplay.report.takes import form_take
from roleplay.session.state import TrackState
from roleplay.session.tasks import tasks
from roleplay.session.visible import SeenForm

_FAR = 2
"""So many levels apart is marked."""


def ratings_parts(sources: Sources) -> Iterator[RatingsPart]:
    """The sealed forms that the viewer may see: one part for each rubric in each step in which it is asked for."""
    groups: dict[tuple[str, str, str, str], list[SeenForm]] = {}
    for form in _compared(sources):
        track = sources.state.tracks[form.track]
        take = form_take(sources, track, form.due)
        key = (track.id, track.planned(form.due.step).source, take, form.due.rubric)
        groups.setdefault(key, []).append(form)
    for (id, _, take, _), forms in groups.items():
        track = sources.state.tracks[id]
        part = _part(sources, track, track.planned(forms[0].due.step), take, forms)
        if part.people:
            yield part


def missing_ratings(sources: Sources) -> Iterator[MissingRatings]:
    """Who still owes the facilitator how many sealed forms."""
    if sources.view.viewer.kind == "facilitator":
        asked = (task for track in sources.state.tracks.values() for task in tasks(sources.state, track))
        owed = Counter(task.by for task in asked if task.form and task.form.sealed and not task.done and not task.gone)
        yield from (MissingRatings(by=sources.name(by), forms=forms) for by, forms in owed.items())


def _compared(sources: Sources) -> list[SeenForm]:
    """Sealed forms about others; to a rater those about people of whom the forms of other raters are shown, too."""
    viewer = sources.view.viewer
    sealed = [
        form
        for form in sources.view.forms
        if form.due.sealed and not form.due.about_self and (viewer.kind != "person" or form.due.about != viewer.person)
    ]
    shown = {(form.due.step, form.due.about) for form in sealed if form.due.by != viewer.person}
    return [form for form in sealed if (form.due.step, form.due.about) in shown]


def _part(
    sources: Sources, track: TrackState, planned: PlannedStep, take: str, forms: Sequence[SeenForm]
) -> RatingsPart:
    writers, rated = {form.due.by for form in forms}, {form.due.about for form in forms}
    raters = [person for person in track.company if person in writers]
    return RatingsPart(
        rubric=sources.bundle.rubrics[forms[0].due.rubric].title,
        step=planned.name,
        take=take,
        table=track.title if len(sources.state.tracks) > 1 else "",
        raters=sources.names(raters),
        people=tuple(
            RatedPerson(person=sources.name(person), lines=lines)
            for person in track.company
            if person in rated and (lines := tuple(_lines(sources, forms, raters, person)))
        ),
    )


def _lines(sources: Sources, forms: Sequence[SeenForm], raters: Sequence[str], person: str) -> Iterator[RatingsLine]:
    for score in scores_of(sources.bundle, forms, person):
        given = {rating.by: "not observed" if rating.value is None else str(rating.value) for rating in score.ratings}
        apart = max(score.levels) - min(score.levels) if len(score.levels) > 1 else None
        yield RatingsLine(
            criterion=sources.bundle.rubrics[score.rubric].criterion(score.criterion).title,
            levels=tuple(given.get(rater, "") for rater in raters),
            apart=apart,
            note=f"{apart} apart" if apart is not None and apart >= _FAR else "",
        )
