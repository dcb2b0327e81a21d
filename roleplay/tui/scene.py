"""What the stage says about one table: names, places and sentences, as pure functions of the state.

Nothing here is private; whatever only some may see comes from `session.visible` or stands on a private screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roleplay.analysis.bells import say_aloud
from roleplay.content.durations import say_clock
from roleplay.content.rubric import Rubric
from roleplay.content.scenario import DebriefStep, GuideItem, Scenario
from roleplay.content.scenario import Step as ScriptStep
from roleplay.planning.plan import PlannedStep
from roleplay.session.forms import PlannedInject, injects_of, markers_of
from roleplay.session.state import FACILITATOR, Mark, Phase, State, TrackState
from roleplay.session.tasks import Task, tasks, tasks_of
from roleplay.session.visible import ROOM, SeenInject, viewer_of, visible


@dataclass(frozen=True, slots=True)
class Scene:
    """A table at a moment, with the words that the session holds."""

    state: State
    words: Mapping[str, str]
    """By text id."""
    table: str
    """The id of the table that is shown."""
    session: str = ""
    """The id of the session."""
    pair: int = 0
    """Which of the pairs of observer and leader taps now, where there are several."""
    question: int = 0
    """Which question of the debrief's guide is asked now."""

    @property
    def track(self) -> TrackState:
        """The table."""
        return self.state.tracks[self.table]

    @property
    def phase(self) -> Phase:
        """Where the table stands."""
        return self.state.phase(self.table)

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return self.state.setting.scenario

    @property
    def step(self) -> PlannedStep | None:
        """The step the table is at."""
        return self.track.step

    @property
    def script(self) -> ScriptStep | None:
        """What the script says of that step."""
        return self.state.setting.step(self.step) if self.step else None

    @property
    def safety(self) -> bool:
        """Whether somebody asked for a pause."""
        clock = self.track.clock
        return self.phase == "paused" and clock is not None and clock.why == "safety"

    def left(self, now: float) -> float | None:
        """Seconds left in the step, below zero over its time; none where no step runs."""
        return self.track.clock.remaining(now) if self.track.clock else None

    # People

    def name(self, person: str) -> str:
        """How somebody is called."""
        return self.state.name(person, self.words)

    def names(self, people: tuple[str, ...]) -> str:
        """Several names in one line."""
        return ", ".join(self.name(person) for person in people)

    def is_bot(self, person: str) -> bool:
        """Whether the program itself plays this person."""
        return person in self.state.people and self.state.people[person].bot

    @property
    def humans(self) -> tuple[str, ...]:
        """Those at this table who are no bots."""
        return tuple(person for person in self.track.people if not self.is_bot(person))

    @property
    def alone(self) -> str | None:
        """The one person at a table of bots: nobody else looks at the screen, so nothing has to be hidden."""
        people = self.state.humans
        return people[0] if len(people) == 1 else None

    def cast(self, planned: PlannedStep) -> list[tuple[str, str]]:
        """The title of each role and the names of those who play it; one line where roles do not count.

        In a step that is for one role alone, and while people have their turns, the others wait.
        """
        played = {role: people for role, people in planned.cast.items() if people}
        if not played:
            return [("Everyone", self.names(self.track.people))]
        meant = self.state.setting.step(planned).for_
        if meant in played:
            played = {meant: played[meant]}
        busy = {person for people in played.values() for person in people}
        others = tuple(person for person in self.track.people if person not in busy)
        told = [(self.scenario.roles[role].title, self.names(people)) for role, people in played.items()]
        return [*told, ("Waiting", self.names(others))] if others else told

    # Where the table stands

    def where(self) -> str:
        """The round and the step: `Round 2 of 3 · Conversation`."""
        if self.phase == "ended":
            return "The session is closed"
        if self.phase == "finished":
            return "That was the last step"
        return self._place(self.step) if self.step else "Before the start"

    def _place(self, planned: PlannedStep) -> str:
        rounds = max((step.round or 0 for step in self.track.steps), default=0)
        turn = f"Round {planned.round} of {rounds} · " if planned.round else ""
        return f"{turn}{planned.name}" + (f" · take {planned.take}" if planned.take > 1 else "")

    def coming(self) -> str:
        """What comes next, and before a new round who plays what in it."""
        planned = self.track.next_step
        if self.phase in ("finished", "ended"):
            return ""
        if planned is None:
            return "This is the last step."
        if self.phase == "ready":
            return f"First: {planned.name}, {say_aloud(planned.length)}."
        if self.phase == "waiting":
            return ""
        new_round = planned.round is not None and (self.step is None or planned.round != self.step.round)
        said = f"Next: {self._place(planned) if new_round else planned.name}, {say_aloud(planned.length)}."
        if new_round and planned.cast:
            said += " " + " · ".join(f"{title}: {names}" for title, names in self.cast(planned))
        return said

    def standing(self, now: float, go: str = "space", on: str = "→") -> str:
        """What stands below the clock as long as it is so; `go` and `on` are the keys to press."""
        clock = self.track.clock
        if self.phase == "paused" and clock is not None:
            return f"{_PAUSED.get(clock.why or 'facilitator', 'Paused.')} Press {go} to go on."
        if self.phase == "running" and clock is not None and clock.remaining(now) <= 0:
            return f"+{say_over(-clock.remaining(now))} over; press {on} to go on."
        return ""

    # What is asked of people

    def here(self) -> tuple[Task, ...]:
        """The tasks of the step the table is at."""
        return tuple(tasks_of(self.state, self.track, self.step)) if self.step else ()

    def missing(self) -> tuple[Task, ...]:
        """What people at this table still have to write; bots do it by themselves, and a closed session asks nobody."""
        if self.phase == "ended":
            return ()
        return tuple(
            task
            for task in tasks(self.state, self.track)
            if not task.done and not task.late and not self.is_bot(task.by)
        )

    def next_missing(self) -> Task | None:
        """What to open next: of this step; once the last step is done, of all of them."""
        wanted = self.missing()
        if self.step is not None:
            wanted = tuple(task for task in wanted if task.step == self.step.id)
        return wanted[0] if wanted else None

    def say_task(self, task: Task) -> str:
        """Who does what: `Chris about Ana: Listening`."""
        who = self.name(task.by)
        if task.kind == "forecast":
            return f"{who}: forecast before the conversation"
        if task.kind == "facts":
            return f"{who}: what came out"
        if task.kind == "learned":
            return f"{who}: what {who} found out"
        if task.kind == "journal" or task.form is None:
            return f"{who}: journal"
        title = self.state.setting.bundle.rubrics[task.form.rubric].title
        return f"{who}: {title}" if task.form.about_self else f"{who} about {self.name(task.form.about)}: {title}"

    def say_done(self, task: Task) -> str:
        """Whether it is in: `in`, `on paper` or `missing`."""
        if not task.done:
            return "left out" if task.late else "comes by itself" if self.is_bot(task.by) else "missing"
        versions = self.track.journals.get((task.step, task.by), ()) if task.kind == "journal" else ()
        return "on paper" if versions and versions[-1].on_paper else "in"

    # Injects

    def addressed(self, inject: PlannedInject | SeenInject) -> tuple[str, ...]:
        """The people, bots left out, to whom an inject of this step is given; nobody in particular for everyone's."""
        to = inject.to if isinstance(inject, SeenInject) else inject.inject.to
        people = self.step.cast.get(to, ()) if self.step else ()
        return tuple(person for person in people if not self.is_bot(person))

    def open_injects(self) -> tuple[PlannedInject, ...]:
        """What can still happen in this step."""
        if self.step is None:
            return ()
        given = self.track.injects.get(self.step.id, {})
        return tuple(item for item in injects_of(self.state.setting, self.step) if item.id not in given)

    def say_inject(self, item: PlannedInject) -> str:
        """For whom an inject is and when it comes; never what it says, since anybody may look."""
        title = "everyone" if item.inject.to == "everyone" else self.scenario.roles[item.inject.to].title
        people = self.addressed(item)
        who = f"{title} ({self.names(people)})" if people else title
        origin = f", from {item.inject.from_}" if item.inject.from_ else ""
        at = item.inject.at
        when = "when you choose" if at == "facilitator" else f"comes by itself at {say_clock(at)}"
        return f"For {who}{origin}: {when}"

    def spoken(self) -> tuple[SeenInject, ...]:
        """The injects of this step that may be read by whoever looks at the screen, the oldest first."""
        viewer = viewer_of(self.alone) if self.alone else ROOM
        seen = (i for i in visible(self.state, viewer).injects if i.track == self.table)
        return tuple(sorted((i for i in seen if self.step and i.step == self.step.id), key=lambda i: i.at))

    def handed(self) -> Iterator[tuple[str, str]]:
        """Each private inject that was given in this step: its id and the person it is for, the oldest first."""
        if self.step is None or self.alone:
            return
        given = self.track.injects.get(self.step.id, {})
        items = [item for item in injects_of(self.state.setting, self.step) if item.id in given]
        for item in sorted(items, key=lambda item: given[item.id]):
            if item.inject.to != "everyone":
                yield from ((item.id, person) for person in self.addressed(item))

    # Markers

    def markers(self) -> tuple[str, Rubric] | None:
        """The rubric whose markers are tapped in this step, with its id."""
        return markers_of(self.state.setting, self.step) if self.step else None

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Who may tap about whom: each observer, or else the facilitator, about each leader; nobody for bots."""
        if self.step is None:
            return ()
        observers = self.state.setting.observers(self.step) or (FACILITATOR,)
        watching = [person for person in observers if not self.is_bot(person)]
        return tuple((by, about) for about in self.state.setting.leaders(self.step) for by in watching)

    @property
    def tapping(self) -> tuple[str, str] | None:
        """Who taps now, and about whom."""
        pairs = self.pairs()
        return pairs[self.pair % len(pairs)] if pairs else None

    def taps(self) -> tuple[Mark, ...]:
        """What the observer has tapped in this step and not taken back, the oldest first."""
        if self.tapping is None or self.step is None:
            return ()
        by, about = self.tapping
        seen = visible(self.state, viewer_of(by)).marks
        return tuple(m for _, m in seen if (m.step, m.by, m.about) == (self.step.id, by, about))

    # The debrief

    @property
    def guide(self) -> tuple[GuideItem, ...]:
        """The questions of a debrief."""
        return self.script.guide if isinstance(self.script, DebriefStep) else ()

    @property
    def asked(self) -> GuideItem | None:
        """The question that is asked now."""
        return self.guide[min(self.question, len(self.guide) - 1)] if self.guide else None


_PAUSED: dict[str, str] = {
    "shut": "Paused since the program was closed; that time does not count.",
    "asleep": "Paused; the time asleep does not count.",
}


def say_over(seconds: float) -> str:
    """Seconds over time, as `0:42`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
