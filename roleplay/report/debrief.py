"""What the whole room may see of itself: counts over everybody, and words that their writers agreed to share.

Only what the facilitator may see already is counted, and nothing at all on a rubric that is rated under seal: there
somebody is chosen, and the room gets no comparison. While fewer than three people stand behind a count it would be
somebody's own, so it is left out. What people wrote about themselves is theirs; what the program wrote for practice is
not counted.
"""

from __future__ import annotations

from collections.abc import Mapping

from roleplay.analysis.markers import marker_counts
from roleplay.analysis.ratings import CriterionSpread, rubric_spread
from roleplay.report.parts import Bar, DebriefFeed, MarkerLine, RubricSpread, SpreadLine
from roleplay.report.sources import Sources
from roleplay.session.forms import marker_pairs, markers_of
from roleplay.session.state import FEWEST, State
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, round_over, viewer_of, visible


def debrief_feed(state: State, words: Mapping[str, str]) -> DebriefFeed:
    """What may be shown at the projector, and in the class part of every report."""
    sources = Sources(state, words, visible(state, FACILITATOR_VIEWER))
    behind, planned = _marked(state, over=True), _marked(state, over=False)
    people = len(set().union(*behind.values()))
    return DebriefFeed(
        people=people,
        awaited=people < FEWEST <= max(map(len, planned.values()), default=0),
        markers=_markers(sources, behind),
        spread=_spread(sources),
        quotes=_quotes(sources),
    )


def _marked(state: State, over: bool) -> dict[str, set[str]]:
    """Rubric to those who are marked with it; where `over`, only in conversations that are."""
    found: dict[str, set[str]] = {}
    sealed = state.setting.scenario.sealed_rubrics
    for track in state.tracks.values():
        for planned in track.steps:
            marked = markers_of(state.setting, planned)
            if marked and marked[0] not in sealed and (not over or round_over(track, planned)):
                pairs = marker_pairs(state.setting, planned, track.people)
                found.setdefault(marked[0], set()).update(about for _, about in pairs)
    return found


def _markers(sources: Sources, behind: Mapping[str, set[str]]) -> tuple[MarkerLine, ...]:
    counts = marker_counts(mark for _, mark in sources.view.marks if not sources.is_sample(mark.by))
    return tuple(
        MarkerLine(marker=marker.title, tone=marker.tone, count=counts.get((id, marker.id), 0))
        for id, rubric in sources.bundle.rubrics.items()
        if len(behind.get(id, ())) >= FEWEST
        for marker in rubric.markers
    )


def _spread(sources: Sources) -> tuple[RubricSpread, ...]:
    sealed = sources.setting.scenario.sealed_rubrics
    forms = [f for f in sources.view.forms if not sources.is_sample(f.due.by) and f.due.rubric not in sealed]
    lines: dict[str, list[CriterionSpread]] = {}
    for spread in rubric_spread(sources.bundle, forms):
        if spread.people >= FEWEST:
            lines.setdefault(spread.rubric, []).append(spread)
    return tuple(
        RubricSpread(
            rubric=sources.bundle.rubrics[id].title,
            lines=tuple(
                SpreadLine(
                    criterion=sources.bundle.rubrics[id].criterion(spread.criterion).title,
                    bars=tuple(Bar(label=bucket.label, forms=bucket.forms) for bucket in spread.buckets),
                    not_observed=spread.not_observed,
                )
                for spread in spreads
            ),
        )
        for id, spreads in lines.items()
    )


def _quotes(sources: Sources) -> tuple[str, ...]:
    """Shared words, in an order that says nothing about who wrote them; erased ones are left out."""
    state, words, kept_back = sources.state, sources.words, _written_for_practice(sources)
    refs = sorted(visible(state, ROOM).quotes, key=lambda ref: ref.hash)
    return tuple(words[ref.id] for ref in refs if words.get(ref.id, "").strip() and ref.id not in kept_back)


def _written_for_practice(sources: Sources) -> set[str]:
    """The ids of the texts that the program wrote."""
    found = set()
    for person in filter(sources.is_sample, sources.state.people):
        view = visible(sources.state, viewer_of(person))
        for form in view.forms:
            if form.due.by == person:
                found |= {ref.id for ref in form.last.prompts.values()}
        for _, versions in view.journals:
            found |= {ref.id for ref in versions[-1].answers.values()}
    return found
