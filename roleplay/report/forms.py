"""What somebody wrote or ticked, in words: forms, and what came out."""

from __future__ import annotations

from collections.abc import Iterable

from roleplay.analysis.facts import facts_found
from roleplay.content.rubric import Criterion, Rubric, row_of
from roleplay.content.scales import TextScale
from roleplay.report import feedback as f
from roleplay.report.sources import Sources
from roleplay.session.state import Mark
from roleplay.session.visible import SeenFacts, SeenForm


def form_part(sources: Sources, seen: SeenForm, take: str = "") -> f.FormPart:
    """A form in words, as far as the viewer may see what it points at; `take` is what it is about, in words."""
    rubric, due, form = sources.bundle.rubrics[seen.due.rubric], seen.due, seen.last
    track = sources.state.tracks[seen.track]
    taps = {mark.tap: mark for id, mark in sources.view.marks if id == seen.track}
    answers = [_answered(sources, seen, rubric, criterion, taps) for criterion in rubric.asked]
    rows: dict[int, list[f.Answered]] = {}
    for criterion, answered in zip(rubric.asked, answers, strict=True):
        rows.setdefault(row_of(criterion.id), []).append(answered)
    return f.FormPart(
        rubric=rubric.title,
        by=sources.writer(track, due),
        by_role="" if sources.is_unnamed(due) else sources.role(track.planned(due.step), due.by),
        about=sources.name(due.about),
        about_self=due.about_self,
        sample=sources.is_sample(due.by),
        corrected=form.version - 1,
        take=take,
        answers=_given(rubric, form.answers, answers) if rubric.rows == 1 else (),
        rows=tuple(tuple(row) for row in rows.values() if any(answered.observed for answered in row))
        if rubric.rows > 1
        else (),
        words=tuple(
            f.Said(ask=prompt.ask, answer=sources.said(form.prompts[prompt.id]))
            for prompt in rubric.prompts
            if prompt.id in form.prompts
        ),
    )


def _given(rubric: Rubric, sent: Iterable[str], answers: list[f.Answered]) -> tuple[f.Answered, ...]:
    given = set(sent)
    return tuple(a for criterion, a in zip(rubric.asked, answers, strict=True) if criterion.id in given)


def _answered(
    sources: Sources, seen: SeenForm, rubric: Rubric, criterion: Criterion, taps: dict[str, Mark]
) -> f.Answered:
    answer, scale = seen.last.answers.get(criterion.id), rubric.scale_of(criterion)
    if answer is None or not answer.observed:
        return f.Answered(criterion=criterion.title, observed=False, answer="", own_words=isinstance(scale, TextScale))
    described = scale.describe(answer.value) if answer.value is not None else ""
    track = sources.state.tracks[seen.track]
    return f.Answered(
        criterion=criterion.title,
        observed=True,
        answer=sources.said(answer.text) or described,
        own_words=answer.text is not None,
        means="" if answer.value is None else criterion.levels.get(int(answer.value), ""),
        moments=tuple(sources.moment(track, taps[tap]) for tap in answer.taps if tap in taps),
        quote=sources.said(answer.quote),
    )


def facts_part(sources: Sources, seen: SeenFacts) -> f.FactsPart:
    """Hidden facts in words, as far as the viewer may see them."""
    count, came_out = facts_found([seen]), seen.came_out
    return f.FactsPart(
        leader=sources.name(seen.due.leader),
        partner=sources.name(seen.due.partner),
        found=count.found if count else None,
        of=count.of if count else 0,
        facts=tuple(
            f.FactLine(fact=fact.fact, came_out=fact.id in (came_out or ()))
            for fact in (() if came_out is None else seen.due.facts)
        ),
        learned=sources.said(seen.learned),
    )
