"""What was said about one person, round by round: first what helped, then what to try, then everything."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.analysis.highlights import what_helped, what_to_try, worth_trying
from roleplay.analysis.markers import marks_in_order
from roleplay.analysis.ratings import BothViews, both_views, direction_of
from roleplay.analysis.timing import play_seconds
from roleplay.report import feedback as f
from roleplay.report.forms import facts_part, form_part
from roleplay.report.gathered import Round, forms_about, is_looked_at, is_marked
from roleplay.report.sources import Sources
from roleplay.report.takes import form_take, takes_parts
from roleplay.session.state import TrackState


def leader_part(sources: Sources, track: TrackState, person: str) -> f.LeaderPart:
    """Everything the viewer may see about one person at a table."""
    looked_at = [step for step in track.steps if is_looked_at(sources, track, step, person)]
    rounds = [Round(sources, track, person, number) for number in dict.fromkeys(step.round for step in looked_at)]
    beside = {form.due.id for round in rounds for form in round.forms}
    own = [form for form in forms_about(sources, track, person) if form.due.about_self and form.due.purpose == "form"]
    return f.LeaderPart(
        person=sources.name(person),
        table=track.title,
        rounds=tuple(_round_part(round) for round in rounds),
        own=tuple(
            form_part(sources, form, form_take(sources, track, form.due)) for form in own if form.due.id not in beside
        ),
    )


def leaders_of(sources: Sources, track: TrackState) -> tuple[str, ...]:
    """The ids of those at a table of whom something is told: those at whom others looked, in their order, then those
    who wrote about themselves."""
    looked_at = [
        person for step in track.steps for person in track.company if is_looked_at(sources, track, step, person)
    ]
    own = [person for person in track.company if forms_about(sources, track, person)]
    return tuple(dict.fromkeys((*looked_at, *own)))


def _round_part(round: Round) -> f.RoundPart:
    sources, scenario = round.sources, round.sources.setting.scenario
    plays = [step for step in round.steps if step.kind == "play"] or round.steps[:1]
    case = sources.case_title(plays[0])
    # Where several conversations belong together, the case says what they are.
    together = bool(case) and len({step.name for step in plays}) > 1
    forms = [form for form in round.forms if form.due.purpose == "form"]
    return f.RoundPart(
        title=f"Round {round.number}" if round.number and scenario.rotates else case if together else plays[0].name,
        round=round.number,
        role=sources.role(plays[0], round.person),
        case="" if together and not scenario.rotates else case,
        sample=any(sources.is_sample(form.due.by) for form in forms),
        last=next((round.title(step.id) for step in reversed(round.steps) if step.id in round.lasts.values()), ""),
        helped=tuple(_strengths(round)),
        helping=tuple(_helping(round)),
        to_try=tuple(_to_try(round)),
        takes=tuple(takes_parts(sources, round.track, round.number, round.person)),
        forms=tuple(form_part(sources, form, form_take(sources, round.track, form.due)) for form in forms),
        views=tuple(_views(round)),
        forecast=tuple(_forecast(round)),
        facts=tuple(facts_part(sources, facts) for facts in round.facts),
        conversations=tuple(_conversations(round)),
    )


def _strengths(round: Round) -> Iterator[f.Strength]:
    bundle = round.sources.bundle
    for score in what_helped(bundle, round.scores):
        rubric = bundle.rubrics[score.rubric]
        criterion = rubric.criterion(score.criterion)
        scale = rubric.scale_of(criterion)
        evidence = [
            answered
            for form in round.counting
            if form.due.rubric == score.rubric and form.due.purpose == "form" and not form.due.about_self
            for answered in form_part(round.sources, form).answers
            if answered.criterion == criterion.title
        ]
        yield f.Strength(
            criterion=criterion.title,
            answers=tuple(dict.fromkeys(scale.describe(level) for level in score.levels)),
            means=criterion.levels.get(score.typical, "") if score.typical is not None else "",
            moments=tuple(
                dict.fromkeys(
                    moment for answered in evidence for moment in answered.moments if moment.tone != "hinders"
                )
            ),
            quotes=tuple(answered.quote for answered in evidence if answered.quote),
        )


def _helping(round: Round) -> Iterator[f.MomentGroup]:
    groups: dict[str, list[f.Moment]] = {}
    for mark in sorted(round.marks, key=lambda mark: mark.at):
        moment = round.sources.moment(round.track, mark)
        if moment.tone == "helps" and round.counts(mark.step):
            groups.setdefault(moment.marker, []).append(moment)
    for marker, moments in sorted(groups.items(), key=lambda item: -len(item[1])):
        yield f.MomentGroup(marker=marker, tone="helps", moments=tuple(moments))


def _to_try(round: Round) -> Iterator[f.ToTry]:
    bundle = round.sources.bundle
    for score in what_to_try(bundle, round.scores):
        rubric = bundle.rubrics[score.rubric]
        against = {m.id for m in rubric.markers if m.criterion == score.criterion and m.tone == "hinders"}
        marks = [mark for mark in round.marks if mark.rubric == score.rubric and mark.marker in against]
        yield f.ToTry(
            criterion=rubric.criterion(score.criterion).title,
            idea=worth_trying(bundle, score),
            moments=tuple(round.sources.moment(round.track, mark) for mark in marks if round.counts(mark.step)),
        )


def _views(round: Round) -> Iterator[f.ViewsPart]:
    """The own levels beside those of others, of the take that counts."""
    bundle, forms = round.sources.bundle, round.counting
    found = both_views(bundle, forms, round.person)
    for id in dict.fromkeys(view.rubric for view in found):
        others = [form.due for form in forms if form.due.rubric == id and not form.due.about_self]
        yield f.ViewsPart(
            rubric=bundle.rubrics[id].title,
            others=tuple(round.sources.writer(round.track, due) for due in others),
            lines=tuple(_two_views(round, view) for view in found if view.rubric == id),
        )


def _two_views(round: Round, view: BothViews) -> f.TwoViews:
    rubric = round.sources.bundle.rubrics[view.rubric]
    criterion = rubric.criterion(view.criterion)
    scale = rubric.scale_of(criterion)
    return f.TwoViews(
        criterion=criterion.title,
        own="" if view.own is None else scale.describe(view.own),
        others=tuple(scale.describe(level) for level in view.others),
        apart=view.apart,
        difference=_say_apart(view.apart),
    )


def _say_apart(apart: float | None) -> str:
    if apart is None:
        return ""
    direction = direction_of(apart)
    if direction == "same":
        return "seen alike"
    # A half is rounded up, save that less than one level is not called one.
    levels = int(abs(apart) + 0.5) if abs(apart) >= 1 else 0
    return f"{_LEVELS[min(levels, 4)]} {direction} in the eyes of others"


_LEVELS = ("a little", "one level", "two levels", "three levels", "several levels")


def _forecast(round: Round) -> Iterator[f.Forecast]:
    for score in round.scores:
        if score.forecast is None:
            continue
        rubric = round.sources.bundle.rubrics[score.rubric]
        criterion = rubric.criterion(score.criterion)
        scale = rubric.scale_of(criterion)
        yield f.Forecast(
            criterion=criterion.title,
            expected=scale.describe(score.forecast),
            seen=tuple(scale.describe(level) for level in score.levels),
            gap=score.gap.by if score.gap else None,
            direction=score.gap.direction if score.gap else None,
        )


def _conversations(round: Round) -> Iterator[f.Conversation]:
    sources, track = round.sources, round.track
    for planned in round.steps:
        if not track.has_begun(planned.id) or not is_marked(sources, track, planned, round.person):
            continue
        marks = marks_in_order(round.marks, planned.id, round.person)
        yield f.Conversation(
            name=planned.name,
            take=planned.take,
            title=round.title(planned.id),
            seconds=max([play_seconds(track, planned.id, sources.state.now), *(mark.into or 0.0 for mark in marks)]),
            moments=tuple(sources.moment(track, mark) for mark in marks),
        )
