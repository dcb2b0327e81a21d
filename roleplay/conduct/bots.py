"""Bots: people who take empty seats. They hear nothing, and all they write says that it is a sample.

What a bot does is a pure function of the state, the time and a seed: a bot that is asked twice at the same moment
does the same, and what it has done already it does not do again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from roleplay.conduct.drafts import (
    DraftAnswer,
    FormDraft,
    JournalDraft,
    LearnedDraft,
    form_command,
    journal_command,
    learned_command,
)
from roleplay.content.rubric import Criterion, Rubric, row_of
from roleplay.content.scales import ChecklistScale, CountScale, OrderedScale, TextScale
from roleplay.planning.plan import PlannedStep
from roleplay.session.commands import Command, TapMarker, TickFacts
from roleplay.session.forms import FormDue, marker_pairs, markers_of, needs_evidence
from roleplay.session.state import State, TrackState
from roleplay.session.tasks import Task, tasks, tasks_of
from roleplay.session.texts import Text

Move = tuple[Command, list[Text]]
"""A command, and the words it points at."""

_GRAIN = 5
"""Bots act on whole multiples of so many seconds into a step."""

# The words fit every practice, whoever plays whom.
_NOTICED = (
    "A sample: one open question, and then a good silence.",
    "A sample: what was said early on was picked up again later.",
    "A sample: there was room for a second thought.",
)
_OWN = (
    "A sample: one small thing, soon, with somebody who helps.",
    "A sample: this matters to me, and I am still learning it.",
    "A sample: I will notice it by what others say and do.",
)
_QUOTES = ("A sample quote: “Tell me more about that.”", "A sample quote: “What would help most right now?”")
_JOURNAL = (
    "A sample: I listened longer than I usually do.",
    "A sample: next time I will ask one more question before I answer.",
)
_LEARNED = "A sample: I heard something that had not been said before, and why it matters."
_MORE_ROWS = 0.4
"""How likely a bot fills in one more row of a map or a plan."""


@dataclass(frozen=True, slots=True)
class _Intent:
    """Something a bot is going to do, so many seconds into the step that runs or ran."""

    into: float
    tap: TapMarker | None = None
    task: Task | None = None


class Bots:
    """The bots of a session. What those of a table are going to do is worked out anew when something happened there."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._known: dict[str, tuple[TrackState, object, tuple[_Intent, ...]]] = {}

    def moves(self, state: State, now: float) -> list[Move]:
        """What the bots do by now, at every table."""
        return [
            _move(state, track, intent, self._seed)
            for track in state.tracks.values()
            if _acts(state, track)
            for intent in self._intents(state, track)
            if intent.into <= _elapsed(track, now)
        ]

    def next_time(self, state: State, now: float) -> float | None:
        """The session time after `now` at which a bot acts next, if nothing pauses the tables before; or none."""
        times = [
            track.clock.when(intent.into)
            for track in state.tracks.values()
            if _acts(state, track) and track.clock is not None
            for intent in self._intents(state, track)
            if intent.into > _elapsed(track, now)
        ]
        return min(times, default=None)

    def left_over(self, state: State) -> list[Move]:
        """What the bots who are here have not written yet, as after the last step."""
        return [
            _move(state, track, _Intent(0, task=task), self._seed)
            for track in state.tracks.values()
            for task in tasks(state, track)
            if task.awaited and state.people[task.by].bot
        ]

    def _intents(self, state: State, track: TrackState) -> tuple[_Intent, ...]:
        known = self._known.get(track.id)
        if known is None or known[0] is not track or known[1] is not state.away:
            assert track.step is not None
            intents = tuple(_intents(state, track, track.step, self._seed))
            known = self._known[track.id] = (track, state.away, intents)
        return known[2]


def _acts(state: State, track: TrackState) -> bool:
    return track.status == "running" and not track.paused and any(state.people[p].bot for p in track.here)


def _elapsed(track: TrackState, now: float) -> float:
    assert track.clock is not None
    return track.clock.elapsed(now)


def _intents(state: State, track: TrackState, planned: PlannedStep, seed: int) -> Iterator[_Intent]:
    """What the bots of a table have not yet done in a step, with the moment they do it."""
    for tap in _taps(state, track, planned, seed):
        if not any(mark.tap == tap[1].tap for mark in track.marks):
            yield _Intent(tap[0], tap=tap[1])
    for task in tasks_of(state, track, planned):
        if task.awaited and state.people[task.by].bot:
            yield _Intent(_moment(Random(f"{seed}/{task.step}/{task.kind}/{task.by}"), planned), task=task)


def _moment(random: Random, planned: PlannedStep) -> float:
    return random.uniform(0.2, 0.8) * planned.length // _GRAIN * _GRAIN


def _taps(state: State, track: TrackState, planned: PlannedStep, seed: int) -> Iterator[tuple[float, TapMarker]]:
    markers = markers_of(state.setting, planned)
    if markers is None:
        return
    subjects: dict[str, list[str]] = {}
    for by, about in marker_pairs(state.setting, planned, track.people_in(planned)):
        subjects.setdefault(by, []).append(about)
    for by, abouts in subjects.items():
        if by in state.people and state.people[by].bot and by not in state.away:
            random = Random(f"{seed}/{planned.id}/{by}")
            for about in abouts:
                # Whoever watches many sees less of each.
                for n in range(random.randint(3, 7) if len(abouts) == 1 else random.randint(1, 4)):
                    marker = random.choice(markers[1].markers)
                    tap = TapMarker(track.id, f"{planned.id}-{by}-{about}-{n}", marker.id, by, about)
                    yield _moment(random, planned), tap


def _move(state: State, track: TrackState, intent: _Intent, seed: int) -> Move:
    if intent.tap is not None:
        return intent.tap, []
    assert intent.task is not None
    task = intent.task
    random = Random(f"{seed}/{task.step}/{task.kind}/{task.by}/words")
    if task.form is not None:
        return form_command(track.id, task.form, _fill(state, track, task.form, random))
    if task.facts is not None and task.kind == "facts":
        known = [fact.id for fact in task.facts.facts]
        ticked = tuple(id for id in known if random.random() < 0.6)
        return TickFacts(track.id, task.step, task.by, ticked), []
    if task.kind == "learned":
        return learned_command(track.id, task.step, task.by, LearnedDraft(text=_LEARNED))
    prompts = state.setting.step(track.planned(task.step)).prompts
    answers = {n: random.choice(_JOURNAL) for n in range(len(prompts))}
    return journal_command(
        track.id, task.step, task.by, JournalDraft(answers=answers, on_paper=not answers, share=random.random() < 0.5)
    )


def _fill(state: State, track: TrackState, due: FormDue, random: Random) -> FormDraft:
    rubric = state.setting.bundle.rubrics[due.rubric]
    rows = {row: row == 1 or random.random() < _MORE_ROWS for row in range(1, rubric.rows + 1)}
    answers = {c.id: _answer(track, due, rubric, c, random) for c in rubric.asked if rows[row_of(c.id)]}
    if due.purpose == "forecast":
        return FormDraft(answers=answers)
    prompts = {prompt.id: _words(due, random) for prompt in rubric.prompts}
    return FormDraft(answers=answers, prompts=prompts, share=not due.about_self and random.random() < 0.5)


def _words(due: FormDue, random: Random) -> str:
    return random.choice(_OWN if due.about_self else _NOTICED)


def _answer(track: TrackState, due: FormDue, rubric: Rubric, criterion: Criterion, random: Random) -> DraftAnswer:
    scale = rubric.scale_of(criterion)
    if isinstance(scale, TextScale):
        return DraftAnswer(text=_words(due, random))
    if random.random() < 0.1:
        return DraftAnswer(observed=False)
    value = _value(scale, random)
    if not needs_evidence(due, rubric, criterion, value):
        return DraftAnswer(value=value)
    fitting = [
        mark.tap
        for mark in track.standing_marks()
        if mark.rubric == due.rubric
        and mark.about == due.about
        and mark.by == due.by
        and rubric.marker(mark.marker).criterion == criterion.id
    ]
    return DraftAnswer(value=value, taps=tuple(fitting[:2]), quote="" if fitting else random.choice(_QUOTES))


def _value(scale: OrderedScale | ChecklistScale | CountScale, random: Random) -> int | bool:
    if isinstance(scale, OrderedScale):
        return random.choice(list(scale.levels))
    if isinstance(scale, ChecklistScale):
        return random.random() < 0.7
    return random.randint(0, 5)
