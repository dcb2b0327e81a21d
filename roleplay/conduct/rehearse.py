"""A rehearsal: bots play the whole session on a clock moved by hand, so that its author sees it before the class.

It is the same engine, runner and journal as on the day; only the clock and the people are not real.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roleplay.analysis.changes import say_changes
from roleplay.conduct.bots import Bots
from roleplay.conduct.clock import HandClock
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.opening import Seat, open_session, seats_for
from roleplay.conduct.runner import Runner
from roleplay.conduct.trouble import Trouble, late_comers
from roleplay.content.bundle import Bundle
from roleplay.planning.build import build_plan, find_occasion
from roleplay.planning.plan import Plan
from roleplay.problems import Bug
from roleplay.session.commands import Command, End, Next, NotAllowed, Start, Tick
from roleplay.session.events import Event, FormSent, JournalWritten, MarkerTapped, Replanned, StepStarted
from roleplay.session.evolve import evolve
from roleplay.session.state import State
from roleplay.session.texts import Text
from roleplay.store.protocol import Store

_TURNS_AT_MOST = 200_000


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A session that was rehearsed."""

    session: str
    state: State
    plan: Plan
    events: tuple[Event, ...]
    words: dict[str, str]
    changes: tuple[tuple[float, tuple[str, ...]], ...] = ()
    """Where people came and went: when, and what it changed, in sentences."""

    @property
    def forms(self) -> int:
        """How many forms and forecasts were sent."""
        return sum(isinstance(event, FormSent) for event in self.events)

    @property
    def markers(self) -> int:
        """How many markers were tapped."""
        return sum(isinstance(event, MarkerTapped) for event in self.events)

    @property
    def journals(self) -> int:
        """How many journals were written."""
        return sum(isinstance(event, JournalWritten) for event in self.events)

    @property
    def steps(self) -> int:
        """How many steps were done at all tables; a step of the whole class counts once."""
        tracks = self.state.tracks.values()
        shared = {step.id for track in tracks for step in track.steps if step.scope == "class"}
        started = [event for event in self.events if isinstance(event, StepStarted)]
        return len({(event.step, None if event.step in shared else event.track) for event in started})


def rehearse(
    store: Store,
    bundle: Bundle,
    people: Sequence[Seat],
    seed: int = 0,
    minutes: int | None = None,
    occasion: str | None = None,
    trouble: int | None = None,
) -> Rehearsed:
    """Play a whole session with bots and keep it, marked as a rehearsal; each blank holds its name in brackets.

    Args:
        store: where it is kept.
        bundle: what is played.
        people: bots.
        seed: another one makes them act otherwise.
        minutes: how much time there is.
        occasion: the set of cases; where the scenario has several, the first without it.
        trouble: a seed for people who come late, go, come back and change places; without it, all goes as planned.

    Raises:
        CommandProblem: the scenario cannot be played by so many people or in so little time.
        StoreProblem: the session could not be kept.
    """
    occasion = find_occasion(bundle.scenario, occasion)
    plan = build_plan(bundle.scenario, [person.id for person in people], minutes, occasion=occasion)
    clock = HandClock()
    happened: list[Event] = []
    with store.transaction():
        journal = DirectJournal(store)
        blanks = {id: f"({id.replace('-', ' ')})" for id in bundle.scenario.blanks}
        runner = open_session(
            store, journal, bundle, plan, people, clock=clock, rehearsal=True, blanks=blanks, occasion=occasion
        )
        runner.listen(lambda state, events: happened.extend(events))
        runner.do_at_once(Start())
        bots = Bots(seed)
        changes = _play(runner, clock, bots, _trouble(trouble, people, plan))
        for command, texts in bots.left_over(runner.state):
            runner.do_at_once(command, texts)
        runner.do_at_once(End())
    return Rehearsed(runner.session, runner.state, plan, tuple(happened), runner.words, tuple(changes))


def _trouble(seed: int | None, people: Sequence[Seat], plan: Plan) -> Trouble | None:
    if seed is None:
        return None
    late = seats_for([], len(people) + late_comers(len(people)))[len(people) :]
    return Trouble(seed, late, len(people), plan.planned_seconds)


def _carry_out(runner: Runner, command: Command, texts: Sequence[Text]) -> list[tuple[float, tuple[str, ...]]]:
    """Let people come, go or change places, where that is possible; returns what it changes."""
    state = runner.state
    try:
        events = runner.do_at_once(command, texts)
    except NotAllowed:
        return []
    said = []
    for event in events:
        if isinstance(event, Replanned):
            said.append((event.at, say_changes(state, event, runner.name)))
        state = evolve(state, event)
    return said


def _play(runner: Runner, clock: HandClock, bots: Bots, trouble: Trouble | None) -> list[tuple[float, tuple[str, ...]]]:
    """Do what bots do, then move the clock to what comes next; the facilitator moves on when a step is over."""
    changes: list[tuple[float, tuple[str, ...]]] = []
    for _ in range(_TURNS_AT_MOST):
        for command, texts in trouble.take(runner.state, runner.now) if trouble else ():
            changes += _carry_out(runner, command, texts)
        for command, texts in bots.moves(runner.state, runner.now):
            runner.do_at_once(command, texts)
        over = [
            track.id
            for track in runner.state.tracks.values()
            if track.status == "running" and track.clock is not None and track.clock.remaining(runner.now) <= 0
        ]
        for track in over:
            if runner.state.tracks[track].status == "running" and _still_over(runner, track):
                runner.do_at_once(Next(track))
        if not over:
            times = [bots.next_time(runner.state, runner.now), runner.next_deadline(), _next_end(runner)]
            due = [time for time in times if time is not None]
            if not due:
                return changes
            if trouble and trouble.next_time is not None:
                due.append(trouble.next_time)
            clock.at = max(clock.at, min(due))
            runner.do_at_once(Tick())
    raise Bug("a rehearsal did not come to an end")


def _still_over(runner: Runner, track: str) -> bool:
    clock = runner.state.tracks[track].clock
    return clock is not None and clock.remaining(runner.now) <= 0


def _next_end(runner: Runner) -> float | None:
    ends = [track.clock.deadline for track in runner.state.tracks.values() if track.clock is not None]
    return min(ends, default=None)
