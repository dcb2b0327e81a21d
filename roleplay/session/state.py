"""What is the case right now, folded from the events: values only, replaced and never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from roleplay.content.bundle import Bundle
from roleplay.content.scenario import Case, Scenario
from roleplay.content.steps import Step
from roleplay.planning.plan import Plan, PlannedStep, Track, rounds_of
from roleplay.session.events import Answer, PauseWhy, Replanned, Why
from roleplay.session.heard import Recording, SpeakerChange
from roleplay.session.texts import NAME_GONE, TextRef

FACILITATOR = "facilitator"
"""Stands where a person's id stands, for the one who leads the session."""

FEWEST = 3
"""Behind fewer people than this, words and counts without a name are still somebody's own."""

Phase = Literal["ready", "running", "paused", "waiting", "finished", "ended"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a session is played from and how: the contents that its first event names by hash."""

    bundle: Bundle
    plan: Plan

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.bundle.scenario

    def step(self, planned: PlannedStep) -> Step:
        """What the script says of a planned step."""
        return self.scenario.steps[planned.source]

    def case(self, planned: PlannedStep) -> Case | None:
        """The case that is played in a planned step."""
        return self.scenario.case(planned.case) if planned.case else None

    def leaders(self, planned: PlannedStep) -> tuple[str, ...]:
        """The ids of those who lead the conversation in a planned step."""
        return planned.cast.get(self.scenario.leading_role, ())

    def observers(self, planned: PlannedStep) -> tuple[str, ...]:
        """The ids of those who watch it: everybody in an extra role."""
        roles = self.scenario.roles
        return tuple(person for role, people in planned.cast.items() if roles[role].extra for person in people)


@dataclass(frozen=True, slots=True)
class StepClock:
    """The time of a running step, computed from what happened and never counted down. All in seconds."""

    started: float
    length: float
    added: float = 0.0
    before: float = 0.0
    """Time already spent in this step before `started`, where it was restored."""
    paused: float = 0.0
    since: float | None = None
    """When the pause that holds now began."""
    why: PauseWhy | None = None

    def elapsed(self, now: float) -> float:
        """Time spent in the step, pauses left out."""
        return round(self.before + (now if self.since is None else self.since) - self.started - self.paused, 3)

    def remaining(self, now: float) -> float:
        """Time left; below zero is overtime."""
        return round(self.total - self.elapsed(now), 3)

    @property
    def total(self) -> float:
        """How long the step takes, with what was added."""
        return self.length + self.added

    def when(self, into: float) -> float:
        """The session time at which so much of the step will have been spent, if nothing pauses it."""
        return round(self.started + self.paused - self.before + into, 3)

    @property
    def deadline(self) -> float:
        """The session time at which the step runs out, if nothing pauses it."""
        return self.when(self.total)


@dataclass(frozen=True, slots=True)
class StepRun:
    """One stretch during which a step ran."""

    step: str
    started: float
    ended: float | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the clock that can be taken back: the step it left, and that step's time."""

    step: str
    elapsed: float
    remaining: float
    takes: tuple[str, ...] = ()
    """The steps that the move added."""
    left: bool = True
    """The move left the step; otherwise it only changed its length."""
    warned: frozenset[int] = frozenset()
    """Warnings that had been given in the step."""
    written: bool = False
    """Somebody had written in the step."""
    why: PauseWhy | None = None
    """Why the step's clock stood, if it did."""

    @property
    def total(self) -> float:
        """How long the step was to take."""
        return self.elapsed + self.remaining


@dataclass(frozen=True, slots=True)
class Mark:
    """A tapped marker."""

    tap: str
    rubric: str
    marker: str
    by: str
    about: str
    step: str
    at: float
    into: float | None
    """Seconds into the step, pauses left out; none where it was marked on paper, without its time."""
    on_paper: bool = False
    """It was typed in from a sheet."""
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """When an inject was given."""

    at: float
    """Seconds since the session opened."""
    into: float
    """Seconds into the step, pauses left out."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """One version of a form."""

    form: str
    version: int
    at: float
    answers: Mapping[str, Answer]
    prompts: Mapping[str, TextRef]
    share: bool


@dataclass(frozen=True, slots=True)
class Journal:
    """One version of a journal; on paper it has no words here."""

    step: str
    by: str
    at: float
    answers: Mapping[int, TextRef]
    on_paper: bool
    share: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that becomes due by itself at a session time, in seconds."""

    at: float
    what: Literal["warning", "inject", "end"]
    track: str
    left: int = 0
    """For a warning: seconds before the end of the step."""
    inject: str = ""


@dataclass(frozen=True, slots=True)
class TrackState:
    """One table."""

    id: str
    title: str
    people: tuple[str, ...]
    steps: tuple[PlannedStep, ...]
    """The plan's steps, with the takes that were added."""
    index: int = -1
    status: Literal["ready", "running", "waiting", "finished"] = "ready"
    clock: StepClock | None = None
    past: tuple[str, ...] = ()
    """Those who were here in a step and sit elsewhere now, or have left."""
    due: Due | None = None
    """What becomes due next here; kept with the table, so that a command looks at no other table's clock."""
    help: float | None = None
    """When the table asked for the facilitator, where nobody has been there yet."""
    held: bool = False
    """The running step was restored after its end, and now waits for the facilitator."""
    runs: tuple[StepRun, ...] = ()
    moves: tuple[Move, ...] = ()
    written: bool = False
    """Somebody wrote since the last step began, so its beginning can no longer be taken back."""
    warned: frozenset[int] = frozenset()
    """Warnings given in the running step, in seconds before its end."""
    injects: Mapping[str, Mapping[str, Given]] = field(default_factory=dict)
    """Step to the injects that were given in it."""
    held_back: frozenset[tuple[str, str]] = frozenset()
    """(Step, inject) that do not come by themselves any more."""
    labels: Mapping[str, TextRef] = field(default_factory=dict)
    """Step to what its take is called."""
    marks: tuple[Mark, ...] = ()
    forms: Mapping[str, tuple[SentForm, ...]] = field(default_factory=dict)
    """Form id to its versions, the first one first."""
    learned: Mapping[tuple[str, str], TextRef] = field(default_factory=dict)
    """(Step, leader) to what the leader found out."""
    facts: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """(Step, partner) to the hidden facts that came out."""
    journals: Mapping[tuple[str, str], tuple[Journal, ...]] = field(default_factory=dict)
    """(Step, writer) to the versions of a journal, the first one first."""
    recordings: Mapping[str, Recording] = field(default_factory=dict)
    """By id, in the order in which they were begun."""
    recording_off: bool = False
    """Somebody here wants nothing recorded from here on."""
    speakers: tuple[SpeakerChange, ...] = ()
    """Who spoke, as observers noted it."""

    @property
    def step(self) -> PlannedStep | None:
        """The step this table is at: running, or waited for."""
        return self.steps[self.index] if 0 <= self.index < len(self.steps) else None

    @property
    def next_step(self) -> PlannedStep | None:
        """The step after that."""
        return self.steps[self.index + 1] if self.index + 1 < len(self.steps) else None

    @property
    def seats(self) -> PlannedStep | None:
        """By whose cast people go: the step this table is at, or the rest of its round once somebody stepped in."""
        step = self.step
        if step is None or step.round is None or not step.cast:
            return step
        onward = self.steps[self.index + 1 :]
        rest = next((planned for planned in onward if planned.round == step.round and planned.cast), step)
        return rest if rest.cast != step.cast else step

    @property
    def rounds(self) -> int:
        """How many rounds this table plays."""
        return rounds_of(self.steps)

    @property
    def given_up(self) -> bool:
        """Whether nobody sits here any more, so that no other table waits for this one."""
        return not self.people

    @property
    def here(self) -> tuple[str, ...]:
        """Who is at the table in the step it is at: those who change places do so after the round."""
        return self.people_in(self.step) if self.step else self.people

    @property
    def company(self) -> tuple[str, ...]:
        """Everybody who sits here or has been here in a step."""
        return (*self.people, *self.past)

    def people_in(self, planned: PlannedStep) -> tuple[str, ...]:
        """Who is at the table in a step."""
        return planned.people or self.people

    @property
    def talk(self) -> PlannedStep | None:
        """The conversation that runs, or stands paused."""
        step = self.step
        return step if step is not None and self.clock is not None and step.kind == "play" else None

    @property
    def paused(self) -> bool:
        """Whether the clock stands."""
        return self.clock is not None and self.clock.since is not None

    @property
    def safe(self) -> bool:
        """Whether the clock stands because somebody asked for a safety pause."""
        return self.clock is not None and self.clock.since is not None and self.clock.why == "safety"

    @property
    def as_planned(self) -> Track:
        """What this table does, as it stands."""
        return Track(id=self.id, title=self.title, people=self.people, steps=self.steps)

    def find(self, step: str) -> PlannedStep | None:
        """The step of that id; a take that was taken back is none any more."""
        return next((planned for planned in self.steps if planned.id == step), None)

    def planned(self, step: str) -> PlannedStep:
        """The step of that id; raises KeyError where there is none."""
        planned = self.find(step)
        if planned is None:
            raise KeyError(step)
        return planned

    def has_begun(self, step: str) -> bool:
        """Whether a step has ever run."""
        return any(run.step == step for run in self.runs)

    def has_played(self, steps: Collection[str]) -> bool:
        """Whether one of these steps was done; a run that was taken back does not count."""
        return any(run.step in steps and run.ended is not None and run.why != "undone" for run in self.runs)

    @property
    def written_in(self) -> frozenset[str]:
        """The ids of the steps for which somebody has marked, ticked or written something."""
        found = {form.partition("/")[0] for form in self.forms} | {mark.step for mark in self.marks}
        return frozenset(found | {step for kept in (self.learned, self.facts, self.journals) for step, _ in kept})

    @property
    def recording(self) -> Recording | None:
        """The recording that goes on."""
        return next((one for one in self.recordings.values() if one.runs), None)

    def standing_marks(self) -> tuple[Mark, ...]:
        """The marks that nobody took back."""
        return tuple(mark for mark in self.marks if not mark.taken_back)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part."""

    id: str
    name: TextRef
    bot: bool = False
    known: str | None = None
    """Who this is in all sessions."""
    gone: bool = False
    """They have left; nothing is waited for from them."""


@dataclass(frozen=True, slots=True)
class State:
    """The session."""

    setting: Setting
    seq: int = 0
    """How many events have been folded."""
    now: float = 0.0
    """The time of the last event."""
    opened: int | None = None
    """Wall-clock time of the opening, UTC milliseconds."""
    ended: float | None = None
    rehearsal: bool = False
    occasion: str | None = None
    series: str | None = None
    people: Mapping[str, Person] = field(default_factory=dict)
    away: frozenset[str] = frozenset()
    """The ids of those who have left."""
    tracks: Mapping[str, TrackState] = field(default_factory=dict)
    changes: tuple[Replanned, ...] = ()
    """Who came, went or moved, and what became of the tables, in the order in which it happened."""
    consents: Mapping[str, bool] = field(default_factory=dict)
    """Who said whether conversations may be recorded in their presence; nobody but that person is shown the answer."""
    brought: Mapping[str, int] = field(default_factory=dict)
    """What was written elsewhere and brought in, to when it was written: see `events.BroughtIn`."""

    def phase(self, track: str) -> Phase:
        """Where a table stands."""
        state = self.tracks[track]
        if self.ended is not None:
            return "ended"
        return "paused" if state.status == "running" and state.paused else state.status

    @property
    def plan(self) -> Plan:
        """The plan as it stands: with takes that were added, and people where they are now."""
        return Plan(tracks=tuple(track.as_planned for track in self.open_tracks), notes=self.setting.plan.notes)

    @property
    def humans(self) -> tuple[str, ...]:
        """Those who take part and are no bots."""
        return tuple(person.id for person in self.people.values() if not person.bot)

    def name(self, person: str, words: Mapping[str, str]) -> str:
        """What somebody is called; `words` are the words of the session by text id."""
        if person == FACILITATOR:
            return "The facilitator"
        return words.get(self.people[person].name.id, NAME_GONE)

    @property
    def open_tracks(self) -> tuple[TrackState, ...]:
        """The tables at which people sit; one that was given up is out of the class."""
        return tuple(track for track in self.tracks.values() if not track.given_up)

    def track_of(self, person: str) -> TrackState:
        """The table of a person, or the last one where they were; raises KeyError for somebody who was at none."""
        for track in self.tracks.values():
            if person in track.people:
                return track
        for track in reversed(tuple(self.tracks.values())):
            if person in track.company:
                return track
        raise KeyError(person)
