"""What the whole room may see of itself: counts over everybody, and words that their writers agreed to share.

Only what the facilitator may see already is counted, so nothing sealed shows through. While fewer than three people
stand behind a count it would be somebody's own, so it is left out. What the program wrote for practice is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping

from roleplay.analysis.markers import marker_counts
from roleplay.analysis.ratings import CriterionSpread, rubric_spread
from roleplay.report.parts import Bar, DebriefFeed, MarkerLine, RubricSpread, SpreadLine
from roleplay.report.sources import Sources
from roleplay.session.forms import markers_of
from roleplay.session.state import State
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, round_over, viewer_of, visible

FEWEST = 3
"""So many people must stand behind a count."""


def debrief_feed(state: State, words: Mapping[str, str]) -> DebriefFeed:
    """What may be shown at the projector, and in the class part of every report."""
    sources = Sources(state, words, visible(state, FACILITATOR_VIEWER))
    led = _led(state)
    return DebriefFeed(
        people=len(set().union(*led.values())),
        markers=_markers(sources, led),
        spread=_spread(sources),
        quotes=_quotes(sources),
    )


def _led(state: State) -> dict[str, set[str]]:
    """Rubric to those whose conversation, marked with it, is over."""
    led: dict[str, set[str]] = {}
    for track in state.tracks.values():
        for planned in track.steps:
            marked = markers_of(state.setting, planned)
            if marked and round_over(track, planned):
                led.setdefault(marked[0], set()).update(state.setting.leaders(planned))
    return led


def _markers(sources: Sources, led: Mapping[str, set[str]]) -> tuple[MarkerLine, ...]:
    counts = marker_counts(mark for _, mark in sources.view.marks if not sources.is_sample(mark.by))
    return tuple(
        MarkerLine(marker=marker.title, tone=marker.tone, count=counts.get((id, marker.id), 0))
        for id, rubric in sources.bundle.rubrics.items()
        if len(led.get(id, ())) >= FEWEST
        for marker in rubric.markers
    )


def _spread(sources: Sources) -> tuple[RubricSpread, ...]:
    forms = [form for form in sources.view.forms if not sources.is_sample(form.due.by)]
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
    state, words, practice = sources.state, sources.words, _by_the_program(sources)
    refs = sorted(visible(state, ROOM).quotes, key=lambda ref: ref.hash)
    return tuple(words[ref.id] for ref in refs if words.get(ref.id, "").strip() and ref.id not in practice)


def _by_the_program(sources: Sources) -> set[str]:
    """The ids of texts that the program wrote for practice."""
    bots = [person for person in sources.state.people if sources.is_sample(person)]
    return {
        ref.id
        for bot in bots
        for view in (visible(sources.state, viewer_of(bot)),)
        for ref in (
            *(ref for form in view.forms if form.due.by == bot for ref in form.last.prompts.values()),
            *(ref for _, versions in view.journals for ref in versions[-1].answers.values()),
        )
    }
