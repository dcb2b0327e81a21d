"""What the stage says about one table: names, places and sentences, as pure functions of the state.

Nothing here is private; whatever only some may see comes from `session.visible` or stands on a private screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from roleplay.analysis.bells import say_aloud
from roleplay.analysis.carried import Carried
from roleplay.analysis.pace import Turn
from roleplay.content.scenario import Scenario
from roleplay.content.steps import GuideItem
from roleplay.content.steps import Step as ScriptStep
from roleplay.planning.plan import PlannedStep
from roleplay.report.debrief import DebriefFeeds
from roleplay.session.state import Phase, State, TrackState
from roleplay.session.tasks import Task, tasks, tasks_of
from roleplay.session.texts import read
from roleplay.tui.debriefing import guide_of


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
    carried: tuple[Carried, ...] = ()
    """What was kept from earlier sessions of these people."""
    tapper: str = ""
    """Who taps now, where several may; without it, the first."""
    subject: str = ""
    """About whom, where there are several; without it, the first."""
    turn: Turn = field(default_factory=Turn)
    """Which question of the debrief's guide is asked now, and since when."""
    picture: int = 0
    """How many pictures on from the first one of that question the room looks at."""
    feeds: DebriefFeeds = field(default_factory=DebriefFeeds, compare=False)
    """What the whole room may see of itself; shared by all scenes of a screen, so that it is made once."""

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
        return self.phase == "paused" and self.track.safe

    def left(self, now: float) -> float | None:
        """Seconds left in the step, below zero over its time; none where no step runs."""
        return self.track.clock.remaining(now) if self.track.clock else None

    # People

    def everyone(self) -> dict[str, str]:
        """The name of everybody in the session, by id."""
        return {person: self.name(person) for person in self.state.people}

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
        return tuple(person for person in self.track.here if not self.is_bot(person) and person not in self.state.away)

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
        if not played and planned.scope == "class" and len(self.state.open_tracks) > 1:
            return [("Everyone", self._whole_class())]
        if not played:
            return [("Everyone", self.names(self.track.people_in(planned)))]
        meant = self.state.setting.step(planned).for_
        if any(role in played for role in meant):
            played = {role: people for role, people in played.items() if role in meant}
        busy = {person for people in played.values() for person in people}
        others = tuple(person for person in self._all_in(planned) if person not in busy)
        told = [(self.scenario.roles[role].title, self._players(role, people)) for role, people in played.items()]
        return [*told, ("Waiting", self.names(others))] if others else told

    def _whole_class(self) -> str:
        tables = self.state.open_tracks
        return f"{sum(len(track.people) for track in tables)} people at {len(tables)} tables"

    def _all_in(self, planned: PlannedStep) -> tuple[str, ...]:
        """Those who take part in a step, and those who have come to its table since."""
        all_in = dict.fromkeys((*self.track.people_in(planned), *self.track.people))
        return tuple(person for person in all_in if person not in self.state.away)

    def _players(self, role: str, people: tuple[str, ...]) -> str:
        """The names of those who play a role, as whom they play it, and as whom they also speak."""
        told = self.scenario.roles[role]
        plays = f", as {told.plays}" if told.plays else ""
        return f"{self.names(people)}{plays}" + (f", also as {told.also}" if told.also else "")

    # Where the table stands

    def where(self) -> str:
        """The round and the step: `Round 2 of 3 · Conversation`."""
        if self.phase == "ended":
            return "The session is closed"
        if self.phase == "finished":
            return "That was the last step"
        return self._place(self.step) if self.step else "Before the start"

    def _place(self, planned: PlannedStep) -> str:
        rounds = self.track.rounds
        turn = f"Round {planned.round} of {rounds} · " if planned.round else ""
        if turns := self.scenario.turns_of(planned.source):
            turn = f"{self.names(planned.cast.get(turns.in_turn, ()))}’s turn, {planned.round} of {rounds} · "
        label = label_of(self.track, planned, self.words)
        take = f", take {planned.take}" if planned.says_take or label else ""
        return f"{turn}{planned.name}{take}" + (f": {label}" if label else "")

    @property
    def take(self) -> PlannedStep | None:
        """The conversation that runs, or that the feedback is about; none where another round has begun."""
        if self.step is None:
            return None
        begun = (s for s in self.track.steps[: self.track.index + 1] if s.kind == "play" and s.round == self.step.round)
        return next((step for step in reversed(tuple(begun)) if self.track.has_begun(step.id)), None)

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
        if new_round and planned.cast and self.scenario.turns_of(planned.source) is None:
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
        return tuple(task for task in tasks(self.state, self.track) if task.awaited and not self.is_bot(task.by))

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
        if task.gone and not task.done:
            return "has left"
        if not task.done:
            return "left out" if task.late else "comes by itself" if self.is_bot(task.by) else "missing"
        versions = self.track.journals.get((task.step, task.by), ()) if task.kind == "journal" else ()
        return "on paper" if versions and versions[-1].on_paper else "in"

    # The debrief

    @property
    def guide(self) -> tuple[GuideItem, ...]:
        """The questions of a debrief."""
        return guide_of(self.state, self.track)

    @property
    def asked(self) -> GuideItem | None:
        """The question that is asked now."""
        return self.guide[min(self.turn.question, len(self.guide) - 1)] if self.guide else None


_PAUSED: dict[str, str] = {
    "shut": "Paused since the program was closed; that time does not count.",
    "asleep": "Paused; the time asleep does not count.",
}


def label_of(track: TrackState, planned: PlannedStep, words: Mapping[str, str]) -> str:
    """What a take of a conversation is called; nothing where nobody named it."""
    return read(words, track.labels.get(planned.id))


def say_over(seconds: float) -> str:
    """Seconds over time, as `0:42`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
