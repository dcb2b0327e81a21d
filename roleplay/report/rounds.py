"""What was said about one person who led, round by round: first what helped, then what to try, then everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roleplay.analysis.facts import facts_found
from roleplay.analysis.highlights import what_helped, what_to_try, worth_trying
from roleplay.analysis.markers import marks_in_order
from roleplay.analysis.ratings import CriterionScore, scores_of
from roleplay.analysis.timing import play_seconds
from roleplay.report import parts as p
from roleplay.report.sources import Sources
from roleplay.session.forms import markers_of
from roleplay.session.state import Mark, TrackState
from roleplay.session.visible import SeenFacts, SeenForm


def leader_part(sources: Sources, track: TrackState, person: str) -> p.LeaderPart:
    """Everything the viewer may see about one person who led at a table."""
    rounds = dict.fromkeys(step.round for step in track.steps if _about(sources, track, step.id, person))
    return p.LeaderPart(
        person=sources.name(person),
        table=track.title,
        rounds=tuple(_round_part(_Round(sources, track, person, number)) for number in rounds),
    )


def leaders_of(sources: Sources, track: TrackState) -> tuple[str, ...]:
    """The ids of those who have led at a table or whom a form is about, in the order in which they led."""
    found = dict.fromkeys(
        person for step in track.steps for person in track.people if _about(sources, track, step.id, person)
    )
    return tuple(found)


def _about(sources: Sources, track: TrackState, step: str, person: str) -> bool:
    planned = track.planned(step)
    leads = person in sources.setting.leaders(planned)
    if leads and (planned.round is not None or planned.kind == "play") and track.has_begun(step):
        return True
    forms = (form for form in sources.view.forms if form.track == track.id)
    return any(form.due.step == step and form.due.about == person for form in forms)


@dataclass(frozen=True, slots=True)
class _Round:
    """One round of one leader."""

    sources: Sources
    track: TrackState
    person: str
    number: int | None

    def holds(self, step: str) -> bool:
        return self.track.planned(step).round == self.number

    @property
    def forms(self) -> list[SeenForm]:
        view = self.sources.view
        mine = (form for form in view.forms if form.track == self.track.id and form.due.about == self.person)
        return [form for form in mine if self.holds(form.due.step)]

    @property
    def marks(self) -> list[Mark]:
        marks = [mark for track, mark in self.sources.view.marks if track == self.track.id]
        return [mark for mark in marks if mark.about == self.person and self.holds(mark.step)]

    @property
    def facts(self) -> list[SeenFacts]:
        seen = (facts for facts in self.sources.view.facts if facts.track == self.track.id)
        return [facts for facts in seen if facts.due.leader == self.person and self.holds(facts.due.step)]

    @property
    def scores(self) -> tuple[CriterionScore, ...]:
        """Where people and the program wrote, what the program wrote counts for nothing."""
        forms = [form for form in self.forms if not self.sources.is_sample(form.due.by)]
        if not any(form.due.purpose == "form" and not form.due.about_self for form in forms):
            forms = self.forms
        return scores_of(self.sources.bundle, forms, self.person)


def _round_part(round: _Round) -> p.RoundPart:
    sources, track = round.sources, round.track
    steps = [step for step in track.steps if step.round == round.number]
    play = next((step for step in steps if step.kind == "play"), steps[0])
    forms = [form for form in round.forms if form.due.purpose == "form"]
    return p.RoundPart(
        title=f"Round {round.number}" if round.number else play.name,
        round=round.number,
        role=sources.role(play, round.person),
        case=sources.case_title(play),
        sample=any(sources.is_sample(form.due.by) for form in forms),
        helped=tuple(_strengths(round)),
        helping=tuple(_helping(round)),
        to_try=tuple(_to_try(round)),
        forms=tuple(form_part(sources, form) for form in forms),
        forecast=tuple(_forecast(round)),
        facts=tuple(facts_part(sources, facts) for facts in round.facts),
        conversations=tuple(_conversations(round)),
    )


def _strengths(round: _Round) -> Iterator[p.Strength]:
    bundle = round.sources.bundle
    for score in what_helped(bundle, round.scores):
        rubric = bundle.rubrics[score.rubric]
        criterion = rubric.criterion(score.criterion)
        scale = rubric.scale_of(criterion)
        evidence = [
            answered
            for form in round.forms
            if form.due.rubric == score.rubric and form.due.purpose == "form"
            for answered in form_part(round.sources, form).answers
            if answered.criterion == criterion.title
        ]
        yield p.Strength(
            criterion=criterion.title,
            answers=tuple(scale.describe(level) for level in score.levels),
            means=criterion.levels.get(score.typical or 0, ""),
            moments=tuple(moment for answered in evidence for moment in answered.moments if moment.tone != "hinders"),
            quotes=tuple(answered.quote for answered in evidence if answered.quote),
        )


def _helping(round: _Round) -> Iterator[p.MomentGroup]:
    groups: dict[str, list[p.Moment]] = {}
    for mark in sorted(round.marks, key=lambda mark: mark.at):
        moment = round.sources.moment(round.track, mark)
        if moment.tone == "helps":
            groups.setdefault(moment.marker, []).append(moment)
    for marker, moments in sorted(groups.items(), key=lambda item: -len(item[1])):
        yield p.MomentGroup(marker=marker, tone="helps", moments=tuple(moments))


def _to_try(round: _Round) -> Iterator[p.ToTry]:
    bundle = round.sources.bundle
    for score in what_to_try(bundle, round.scores):
        rubric = bundle.rubrics[score.rubric]
        against = {m.id for m in rubric.markers if m.criterion == score.criterion and m.tone == "hinders"}
        marks = [mark for mark in round.marks if mark.rubric == score.rubric and mark.marker in against]
        yield p.ToTry(
            criterion=rubric.criterion(score.criterion).title,
            idea=worth_trying(bundle, score),
            moments=tuple(round.sources.moment(round.track, mark) for mark in marks),
        )


def _forecast(round: _Round) -> Iterator[p.Forecast]:
    for score in round.scores:
        if score.forecast is None:
            continue
        rubric = round.sources.bundle.rubrics[score.rubric]
        criterion = rubric.criterion(score.criterion)
        scale = rubric.scale_of(criterion)
        yield p.Forecast(
            criterion=criterion.title,
            expected=scale.describe(score.forecast),
            seen=tuple(scale.describe(level) for level in score.levels),
            gap=score.gap.by if score.gap else None,
            direction=score.gap.direction if score.gap else None,
        )


def _conversations(round: _Round) -> Iterator[p.Conversation]:
    sources, track = round.sources, round.track
    for planned in track.steps:
        if planned.round != round.number or not track.has_begun(planned.id):
            continue
        if markers_of(sources.setting, planned) is None:
            continue
        marks = marks_in_order(round.marks, planned.id, round.person)
        yield p.Conversation(
            name=planned.name,
            take=planned.take,
            seconds=max([play_seconds(track, planned.id, sources.state.now), *(mark.into for mark in marks)]),
            moments=tuple(sources.moment(track, mark) for mark in marks),
        )


def form_part(sources: Sources, seen: SeenForm) -> p.FormPart:
    """A form in words, as far as the viewer may see what it points at."""
    rubric, due, form = sources.bundle.rubrics[seen.due.rubric], seen.due, seen.last
    track = sources.state.tracks[seen.track]
    taps = {mark.tap: mark for id, mark in sources.view.marks if id == seen.track}
    answers = []
    for criterion in rubric.criteria:
        answer = form.answers.get(criterion.id)
        if answer is None:
            continue
        described = rubric.scale_of(criterion).describe(answer.value) if answer.value is not None else ""
        answers.append(
            p.Answered(
                criterion=criterion.title,
                observed=answer.observed,
                answer=sources.said(answer.text) or described,
                own_words=answer.text is not None,
                means="" if answer.value is None else criterion.levels.get(int(answer.value), ""),
                moments=tuple(sources.moment(track, taps[tap]) for tap in answer.taps if tap in taps),
                quote=sources.said(answer.quote),
            )
        )
    return p.FormPart(
        rubric=rubric.title,
        by=sources.name(due.by),
        by_role=sources.role(track.planned(due.step), due.by),
        about=sources.name(due.about),
        about_self=due.about_self,
        sample=sources.is_sample(due.by),
        corrected=form.version - 1,
        answers=tuple(answers),
        words=tuple(
            p.Said(ask=prompt.ask, answer=sources.said(form.prompts[prompt.id]))
            for prompt in rubric.prompts
            if prompt.id in form.prompts
        ),
    )


def facts_part(sources: Sources, seen: SeenFacts) -> p.FactsPart:
    """Hidden facts in words, as far as the viewer may see them."""
    count, came_out = facts_found([seen]), seen.came_out
    return p.FactsPart(
        leader=sources.name(seen.due.leader),
        partner=sources.name(seen.due.partner),
        found=count.found if count else None,
        of=count.of if count else 0,
        facts=tuple(
            p.FactLine(fact=fact.fact, came_out=fact.id in (came_out or ()))
            for fact in (() if came_out is None else seen.due.facts)
        ),
        learned=sources.said(seen.learned),
    )
