"""What the whole room may see of itself: counts over everybody, and words that their writers agreed to share.

Only what the facilitator may see already is counted, and nothing at all on a rubric that is rated under seal: there
somebody is chosen, and the room gets no comparison. While fewer than three people stand behind a figure it would be
somebody's own, so it is left out. What people wrote about themselves is theirs, and of forecasts only what they say
of the class beside what others saw; what the program wrote for practice is not counted; and words that name somebody
are said to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from roleplay.analysis.markers import marker_counts
from roleplay.analysis.naming import Naming
from roleplay.analysis.ratings import CriterionSpread, rubric_spread
from roleplay.analysis.surprises import Foreseen, Surprise, foreseen, surprises
from roleplay.analysis.themes import themes
from roleplay.content.bundle import Bundle
from roleplay.content.scales import OrderedScale
from roleplay.report.feed import Bar, DebriefFeed, MarkerLine, RubricSpread, SpreadLine, SurpriseLine, ThemeLine
from roleplay.session.forms import marker_pairs, markers_of
from roleplay.session.sharing import Shareable, shareable
from roleplay.session.state import FEWEST, Mark, State, TrackState
from roleplay.session.visible import FACILITATOR_VIEWER, SeenForm, round_over, seen_forms, seen_marks


@dataclass(frozen=True, slots=True)
class TableFeed:
    """What one table adds to the feed."""

    marked: frozenset[tuple[str, str]]
    """Rubric, and somebody of whom there are marks or a form with it, and whose conversation is over."""
    planned: frozenset[tuple[str, str]]
    """The same for all conversations of the plan."""
    marks: tuple[Mark, ...]
    forms: tuple[SeenForm, ...]
    foreseen: tuple[Foreseen, ...]
    words: tuple[Shareable, ...]


class DebriefFeeds:
    """Feeds of one session as it goes on: only tables at which something was written or done are looked at again."""

    def __init__(self) -> None:
        self._tables: dict[str, tuple[tuple[object, ...], TableFeed]] = {}
        self._last: tuple[tuple[TableFeed, ...], int, DebriefFeed] | None = None

    def of(self, state: State, words: Mapping[str, str]) -> DebriefFeed:
        """The feed of a session as it stands; the same value as long as nothing has changed."""
        tables = tuple(self._table(state, track) for track in state.tracks.values())
        last = self._last
        if last is not None and last[1] == len(words) and _same(last[0], tables):
            return last[2]
        feed = gather(state, words, tables)
        self._last = (tables, len(words), feed)
        return feed

    def _table(self, state: State, track: TrackState) -> TableFeed:
        # Values are replaced and never changed, so the same object says the same; and pauses change none of these.
        made_of = (track.steps, track.people, track.runs, track.marks, track.forms, track.journals, state.people)
        known = self._tables.get(track.id)
        if known is not None and _same(known[0], made_of):
            return known[1]
        found = table_feed(state, track)
        self._tables[track.id] = (made_of, found)
        return found


def _same(ones: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(ones) == len(others) and all(one is other for one, other in zip(ones, others, strict=True))


def debrief_feed(state: State, words: Mapping[str, str]) -> DebriefFeed:
    """What may be shown at the projector, and in the class part of every report."""
    return gather(state, words, [table_feed(state, track) for track in state.tracks.values()])


def table_feed(state: State, track: TrackState) -> TableFeed:
    """What may be counted of one table."""
    sealed = state.setting.scenario.sealed_rubrics
    forms = tuple(
        form
        for form in seen_forms(state, track, FACILITATOR_VIEWER)
        if form.due.rubric not in sealed and not _is_sample(state, form.due.by)
    )
    marks = tuple(mark for mark in seen_marks(state, track, FACILITATOR_VIEWER) if not _is_sample(state, mark.by))
    looked_at = {(mark.rubric, mark.about) for mark in marks} | {(form.due.rubric, form.due.about) for form in forms}
    marked = list(_marked(state, track, sealed))
    return TableFeed(
        marked=frozenset(pair for pair, over in marked if over and pair in looked_at),
        planned=frozenset(pair for pair, _ in marked),
        marks=marks,
        forms=forms,
        foreseen=foreseen(state.setting.bundle, track, forms),
        words=tuple(answer for answer in shareable(state, track) if not _is_sample(state, answer.by)),
    )


def _is_sample(state: State, by: str) -> bool:
    """Whether the program wrote it for practice; in a rehearsal it wrote everything."""
    return not state.rehearsal and by in state.people and state.people[by].bot


def _marked(state: State, track: TrackState, sealed: Iterable[str]) -> Iterator[tuple[tuple[str, str], bool]]:
    """Rubric and whoever is marked with it, and whether that conversation is over."""
    for planned in track.steps:
        found = markers_of(state.setting, planned)
        if found and found[0] not in sealed:
            over = round_over(track, planned)
            pairs = marker_pairs(state.setting, planned, track.people_in(planned))
            yield from (((found[0], about), over) for _, about in pairs)


def gather(state: State, words: Mapping[str, str], tables: Iterable[TableFeed]) -> DebriefFeed:
    """The tables together."""
    bundle, found = state.setting.bundle, list(tables)
    behind = _by_rubric(pair for table in found for pair in table.marked)
    planned = _by_rubric(pair for table in found for pair in table.planned)
    people = len(set().union(*behind.values()))
    naming = Naming(words[person.name.id] for person in state.people.values() if person.name.id in words)
    unnamed = [a for table in found for a in table.words if not naming.finds(words.get(a.text.id, ""))]
    return DebriefFeed(
        people=people,
        awaited=people < FEWEST <= max(map(len, planned.values()), default=0),
        markers=tuple(_markers(bundle, [mark for table in found for mark in table.marks], behind)),
        spread=tuple(_spread(bundle, [form for table in found for form in table.forms])),
        surprises=tuple(
            _surprise(bundle, surprise) for surprise in surprises(pair for table in found for pair in table.foreseen)
        ),
        themes=tuple(
            ThemeLine(ask=theme.ask, origin=theme.origin, quotes=theme.words, more=theme.more)
            for theme in themes(unnamed, words)
        ),
    )


def _by_rubric(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rubric, person in pairs:
        found.setdefault(rubric, set()).add(person)
    return found


def _markers(bundle: Bundle, marks: Iterable[Mark], behind: Mapping[str, set[str]]) -> Iterator[MarkerLine]:
    counts = marker_counts(marks)
    for id, rubric in bundle.rubrics.items():
        if len(behind.get(id, ())) >= FEWEST:
            for marker in rubric.markers:
                yield MarkerLine(marker=marker.title, tone=marker.tone, count=counts.get((id, marker.id), 0))


def _spread(bundle: Bundle, forms: Iterable[SeenForm]) -> Iterator[RubricSpread]:
    lines: dict[str, list[CriterionSpread]] = {}
    for spread in rubric_spread(bundle, forms):
        if spread.people >= FEWEST:
            lines.setdefault(spread.rubric, []).append(spread)
    for id, spreads in lines.items():
        yield RubricSpread(
            rubric=bundle.rubrics[id].title,
            lines=tuple(
                SpreadLine(
                    criterion=bundle.rubrics[id].criterion(spread.criterion).title,
                    bars=tuple(Bar(label=bucket.label, forms=bucket.forms) for bucket in spread.buckets),
                    not_observed=spread.not_observed,
                )
                for spread in spreads
            ),
        )


def _surprise(bundle: Bundle, surprise: Surprise) -> SurpriseLine:
    rubric = bundle.rubrics[surprise.rubric]
    criterion = rubric.criterion(surprise.criterion)
    scale = rubric.scale_of(criterion)
    levels = scale.levels if isinstance(scale, OrderedScale) else {}
    places = list(levels)
    return SurpriseLine(
        rubric=rubric.title,
        criterion=criterion.title,
        direction=surprise.direction,
        surprised=surprise.surprised,
        people=surprise.people,
        by=surprise.by,
        levels=tuple(levels.values()),
        forecast=places.index(surprise.forecast),
        seen=places.index(surprise.seen),
    )
