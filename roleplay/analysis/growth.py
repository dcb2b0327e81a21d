"""What was said about one known person from session to session, criterion by criterion: never an average over several.

A criterion that rubrics share through their core is one line over all of them. What a bot wrote is about nobody and
counts for nothing; not observed is no zero; the person sees here what he or she could see in each session.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from roleplay.analysis.carried import lines_of
from roleplay.analysis.past import Past
from roleplay.analysis.ratings import CriterionScore, scores_of
from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Criterion
from roleplay.content.scales import OrderedScale
from roleplay.planning.plan import PlannedStep
from roleplay.session.state import TrackState
from roleplay.session.visible import FACILITATOR_VIEWER, SeenForm, viewer_of, visible

ENOUGH = 3
"""Sessions: with fewer, nothing can be said about a direction."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was said on one criterion about one conversation."""

    session: str
    opened: int
    """Wall-clock time as UTC milliseconds."""
    title: str
    label: str
    """What tells it from others of the same scenario: the occasion, the round, the take; often empty."""
    seen: int | None
    """The level in the middle of what others chose, the lower one of two; none where nobody observed one."""
    others: int
    """How many chose a level."""
    not_observed: int
    """How many said that they did not observe it."""
    own: int | None
    """The level that the person chose."""
    forecast: int | None
    gap: float | None
    """The forecast less the mean of what others chose, in levels."""


@dataclass(frozen=True, slots=True)
class GrowthLine:
    """One criterion over time."""

    rubric: str
    """The id of the rubric in which the criterion stands: for a shared one, the core's."""
    criterion: str
    rubric_title: str
    title: str
    levels: Mapping[int, str]
    """Number to word, lowest first."""
    points: tuple[Point, ...]
    """Oldest first."""

    @property
    def own_only(self) -> bool:
        """Only the person said anything here."""
        return not any(point.others or point.not_observed for point in self.points)

    @property
    def sessions(self) -> int:
        """In how many sessions a level was chosen: by others, or where only the own one is asked for, by the person."""
        own = self.own_only
        return len({p.session for p in self.points if (p.own if own else p.seen) is not None})


@dataclass(frozen=True, slots=True)
class NextStep:
    """A next step that was written for the following session."""

    session: str
    opened: int
    title: str
    lines: tuple[tuple[str, str], ...]
    """Question and words."""


@dataclass(frozen=True, slots=True)
class Growth:
    """One known person over time."""

    known: str
    compared: tuple[GrowthLine, ...]
    """Criteria with levels from two sessions or more, those from most sessions first."""
    single: tuple[GrowthLine, ...]
    """All others: a single point is no growth."""
    steps: tuple[NextStep, ...]

    @property
    def enough(self) -> bool:
        """Whether there is a criterion with points enough to speak of a direction."""
        return any(line.sessions >= ENOUGH for line in self.compared)


_Key = tuple[str, str, tuple[int, ...]]
"""Rubric, criterion, and the numbers of its levels: what is counted on another scale is another line."""


def growth_of(pasts: Iterable[Past], known: str, openly: bool = False) -> Growth:
    """What this person may see of what was said about him or her.

    Args:
        pasts: the sessions in which the person took part, oldest first.
        known: the person.
        openly: the facilitator looks on; what is private to the person is left out.
    """
    titles: dict[_Key, tuple[str, str, Mapping[int, str]]] = {}
    points: dict[_Key, list[Point]] = {}
    steps: list[NextStep] = []
    for past in pasts:
        for key, named, point in _points(past, known, openly):
            titles[key] = named
            points.setdefault(key, []).append(point)
        steps += _steps(past, known, openly)
    lines = [
        GrowthLine(key[0], key[1], *titles[key], tuple(sorted(of, key=lambda point: point.opened)))
        for key, of in points.items()
    ]
    most: dict[str, int] = {}
    for line in lines:
        most[line.rubric] = max(most.get(line.rubric, 0), line.sessions)
    order = list(most)
    lines.sort(key=lambda line: (-most[line.rubric], order.index(line.rubric)))
    return Growth(
        known=known,
        compared=tuple(line for line in lines if line.sessions > 1),
        single=tuple(line for line in lines if line.sessions == 1),
        steps=tuple(steps),
    )


def _forms(past: Past, person: str, openly: bool) -> tuple[SeenForm, ...]:
    forms = visible(past.state, viewer_of(person)).forms
    if not openly:
        return forms
    told = {(form.track, form.due.id) for form in visible(past.state, FACILITATOR_VIEWER).forms}
    return tuple(form for form in forms if (form.track, form.due.id) in told)


def _points(past: Past, known: str, openly: bool) -> Iterator[tuple[_Key, tuple[str, str, Mapping[int, str]], Point]]:
    person = past.person(known)
    if person is None:
        return
    forms = _forms(past, person, openly)
    for track in past.tracks(known):
        yield from _points_at(past, track, person, forms)


def _points_at(
    past: Past, track: TrackState, person: str, seen: Iterable[SeenForm]
) -> Iterator[tuple[_Key, tuple[str, str, Mapping[int, str]], Point]]:
    conversations: dict[str, list[SeenForm]] = {}
    for form in seen:
        if form.track == track.id and form.due.about == person and not past.state.people[form.due.by].bot:
            conversations.setdefault(_conversation(track, form.due.step), []).append(form)
    several = len({track.planned(id).round for id in conversations if id}) > 1
    for conversation, forms in conversations.items():
        label = _label(past, track.planned(conversation) if conversation else None, several)
        bundle = past.state.setting.bundle
        scores = {(score.rubric, score.criterion): score for score in scores_of(bundle, forms, person)}
        own = _own(bundle, forms)
        for rubric, criterion in _asked(bundle, forms):
            score = scores.get((rubric, criterion.id))
            point = _point(past, label, score, own.get((rubric, criterion.id)))
            scale = bundle.rubrics[rubric].scale_of(criterion)
            if point is not None and isinstance(scale, OrderedScale):
                home = _home(bundle, rubric, criterion.id)
                named = bundle.rubrics[home].title, criterion.title, scale.levels
                yield (home, criterion.id, tuple(scale.levels)), named, point


def _conversation(track: TrackState, step: str) -> str:
    """The conversation that a step belongs to: the last of its round before it, else the first after; or nothing."""
    planned = track.planned(step)
    at = track.steps.index(planned)
    before = [s.id for s in track.steps[:at] if s.kind == "play" and s.round == planned.round]
    after = [s.id for s in track.steps[at:] if s.kind == "play" and s.round == planned.round]
    return (before[-1:] or after[:1] or [""])[0]


def _label(past: Past, conversation: PlannedStep | None, several_rounds: bool) -> str:
    parts = []
    occasion = past.state.setting.scenario.occasions.get(past.state.occasion or "")
    if occasion:
        parts.append(occasion.title)
    if conversation and conversation.round and several_rounds:
        parts.append(f"round {conversation.round}")
    if conversation and conversation.take > 1:
        parts.append(f"take {conversation.take}")
    return ", ".join(parts)


def _asked(bundle: Bundle, forms: Iterable[SeenForm]) -> Iterator[tuple[str, Criterion]]:
    rubrics = {form.due.rubric for form in forms}
    for id, rubric in bundle.rubrics.items():
        if id in rubrics:
            yield from ((id, criterion) for criterion in rubric.criteria)


def _own(bundle: Bundle, forms: Iterable[SeenForm]) -> dict[tuple[str, str], int]:
    return {
        (form.due.rubric, id): answer.value
        for form in forms
        if form.due.purpose == "form" and form.due.about_self
        for id, answer in form.last.answers.items()
        if answer.observed and answer.value is not None
    }


def _point(past: Past, label: str, score: CriterionScore | None, own: int | None) -> Point | None:
    if own is None and (score is None or not score.ratings):
        return None
    return Point(
        session=past.session,
        opened=past.opened,
        title=past.title,
        label=label,
        seen=score.typical if score else None,
        others=len(score.levels) if score else 0,
        not_observed=len(score.ratings) - len(score.levels) if score else 0,
        own=own,
        forecast=score.forecast if score else None,
        gap=-score.gap.by if score and score.gap else None,
    )


def _home(bundle: Bundle, rubric: str, criterion: str) -> str:
    """The rubric in which a criterion stands: the core, where it comes from there."""
    core = bundle.rubrics[rubric].core
    if core in bundle.rubrics and any(c.id == criterion for c in bundle.rubrics[core].criteria):
        return core
    return rubric


def _steps(past: Past, known: str, openly: bool) -> Iterator[NextStep]:
    person = past.person(known)
    if person is None:
        return
    forms = [form for form in _forms(past, person, openly) if form.due.carry == "next-step"]
    for form in sorted(forms, key=lambda form: form.last.at):
        rubric = past.state.setting.bundle.rubrics[form.due.rubric]
        lines = lines_of(rubric, form.last, past.words)
        if form.due.about == person and lines:
            yield NextStep(past.session, past.opened, past.title, lines)
