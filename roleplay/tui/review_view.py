"""One conversation, looked back at: its picture, its figures, and what was said and marked in it, by time.

Everything is made from a view, so that nobody sees here what they may not see anyway; figures and their words are those
of the report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from roleplay.analysis.conversation import recorded
from roleplay.analysis.markers import in_order
from roleplay.analysis.transcript import SaidLine
from roleplay.content.durations import say_clock, say_left
from roleplay.planning.plan import PlannedStep
from roleplay.planning.words import say_list
from roleplay.report.heard import Heard
from roleplay.report.sources import Sources
from roleplay.report.talk import TalkPart
from roleplay.report.talking import talk_part
from roleplay.session.heard import Recording
from roleplay.session.hearing_events import RecordingEnd
from roleplay.session.recording import may_correct
from roleplay.session.state import Mark, State, TrackState
from roleplay.session.texts import read
from roleplay.session.visible import View, Viewer, may_hear, viewer_of, visible
from roleplay.transcription.protocol import Progress
from roleplay.tui.moments import Moment
from roleplay.tui.scene import label_of
from roleplay.tui.strip import Lane, Sign, Strip

_GAPS: dict[RecordingEnd, str] = {
    "microphone": "the microphone was gone",
    "disk": "the disk was full",
    "stopped": "somebody wanted it so",
    "consent": "not everybody agreed any more",
    "fault": "recording failed",
    "shut": "the program was closed",
}
"""Why nothing is to be heard after a recording ended; where nothing is said, the clock stood still as well."""
_NOT_RECORDED = "This conversation was not recorded."
_ERASED = "What was recorded of this conversation was erased."


@dataclass(frozen=True, slots=True)
class Place:
    """Which conversation: a step at a table."""

    track: str
    step: str


@dataclass(frozen=True, slots=True)
class Sound:
    """A place in a recording."""

    recording: str
    within: float
    into: float
    """The same place in the conversation."""


def places(state: State, viewer: Viewer, table: str | None = None) -> Iterator[Place]:
    """The conversations that a viewer may look back at, of one table or of all: those that are over, and in which they
    were at the table."""
    return (
        Place(track.id, step.id)
        for track in state.tracks.values()
        if table in (None, track.id)
        for step in track.steps
        if step.kind == "play" and track.has_played({step.id}) and may_hear(track, step.id, viewer)
    )


@dataclass(frozen=True)
class Review:
    """A conversation as one viewer may see it."""

    state: State
    words: Mapping[str, str]
    view: View
    place: Place

    @property
    def track(self) -> TrackState:
        """Its table."""
        return self.state.tracks[self.place.track]

    @cached_property
    def step(self) -> PlannedStep:
        """Its step."""
        return self.track.planned(self.place.step)

    @cached_property
    def _heard(self) -> Heard:
        return Heard(Sources(self.state, self.words, self.view), self.track, self.step)

    @cached_property
    def talk(self) -> TalkPart:
        """What it shows, in the words of the report."""
        return talk_part(self._heard)

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """Those of it that can be seen, in order."""
        return self._heard.recordings

    @property
    def is_known(self) -> bool:
        """Whether anything was recorded, or somebody noted who spoke."""
        return bool(self.recordings or self._heard.changes)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Its markers, in order."""
        return in_order(m for id, m in self.view.marks if (id, m.step) == (self.track.id, self.step.id))

    # How it is called

    @property
    def title(self) -> str:
        """The round, the step and the take: `Round 2 · Conversation, take 2: slower`."""
        step = self.step
        label = label_of(self.track, step, self.words)
        take = f", take {step.take}" if step.says_take or label else ""
        table = f"{self.track.title} · " if len(self.state.tracks) > 1 else ""
        turn = f"Round {step.round} · " if step.round else ""
        return f"{table}{turn}{step.name}{take}" + (f": {label}" if label else "")

    @property
    def cast(self) -> str:
        """Who talked with whom: `Ana and Ben`."""
        names = [self.name(person) for person in self._heard.speakers]
        return say_list(names) if names else ""

    def name(self, person: str) -> str:
        """What somebody is called."""
        return self.state.name(person, self.words)

    @property
    def kept(self) -> str:
        """What there is of it, in a few words for a list."""
        seconds = sum(one.seconds or 0.0 for one in self.recordings)
        words = "not written down yet" if self.unwritten else "written down"
        parts = [f"recorded {say_clock(seconds)}", *([words] if self.unwritten or self._heard.lines else [])]
        marks = [f"{len(self.marks)} mark{'' if len(self.marks) == 1 else 's'}"] if self.marks else []
        return ", ".join([*(parts if self.recordings else []), *marks]) or "nothing kept of it"

    # What is the matter

    @property
    def unwritten(self) -> tuple[Recording, ...]:
        """The recordings that were not written down yet and could be."""
        return tuple(one for one in self.recordings if one.transcript is None and not one.erased and one.seconds)

    @property
    def _failure(self) -> str:
        """Why the last try to write it down came to nothing."""
        return next((read(self.words, one.failed) for one in reversed(self.unwritten) if one.failed), "")

    def standing(self, here: Collection[str], transcribe: str = "t") -> str:
        """What is to be said about its sound and its words; nothing where both are there.

        Args:
            here: the ids of the recordings whose sound is on this computer.
            transcribe: the key that has it written down.
        """
        if not self.recordings:
            said = _ERASED if (self.track.id, self.step.id) in self.view.erased else _NOT_RECORDED
            return f"{said} What was marked is still here." if self.marks else said
        if self.unwritten:
            if not any(one.id in here for one in self.unwritten):
                return "It was recorded, but its sound is not on this computer, so it cannot be written down."
            if self._failure:
                return f"It could not be written down. {self._failure.rstrip('.')}. {transcribe} tries again."
            return f"It was recorded, and not written down yet. {transcribe} writes it down now."
        if all(one.erased for one in self.recordings):
            if self._heard.lines:
                return "The sound was erased; what was said is kept."
            return "The sound was erased before anything was written down."
        if not any(one.id in here for one in self.recordings):
            return "The sound is not on this computer, so nothing can be played."
        return "" if self._heard.lines else "It was written down, and no words were found in it."

    # The picture

    @cached_property
    def strip(self) -> Strip:
        """Who spoke when, and what was marked."""
        return Strip(
            length=self.talk.seconds,
            lanes=tuple(Lane(lane.name, tuple((bar.start, bar.end) for bar in lane.bars)) for lane in self.talk.lanes),
            recorded=tuple((part.start, part.end) for part in recorded(self.recordings)),
            signs=tuple(Sign(one.at, one.key, one.tone) for one in self.talk.moments if one.at is not None),
            heard=bool(self.recordings),
        )

    # What was said and marked

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Lines, markers, gaps and what was left out, by time; marks from paper come last."""
        found = [*self._said(), *self._marked(), *self._gaps(), *self._left_out()]
        return tuple(sorted(found, key=lambda one: (one.into is None, one.into or 0.0, one.kind != "gap")))

    def _said(self) -> Iterator[Moment]:
        for line, said in zip(self._heard.lines, self.talk.said, strict=True):
            yield Moment(
                said.at,
                "line",
                said.speaker,
                said.text,
                line=line,
                original=said.original,
                unsure=said.unsure,
                questions=said.questions,
            )

    def _marked(self) -> Iterator[Moment]:
        several = len({mark.about for mark in self.marks}) > 1
        for mark, told in zip(self.marks, self.talk.moments, strict=True):
            about = f"{self.name(mark.about)}: " if several else ""
            yield Moment(told.at, "mark", told.key, f"{about}{told.marker}", tone=told.tone)

    def _gaps(self) -> Iterator[Moment]:
        for before, after in zip_longest(self.recordings, self.recordings[1:]):
            end = before.into + (before.seconds or 0.0)
            until = after.into if after is not None else self.talk.seconds
            why = _GAPS.get(before.ended or "step-over")
            if why and until - end >= 1:
                yield Moment(end, "gap", "", f"not recorded until {say_clock(until)}: {why}")

    def _left_out(self) -> Iterator[Moment]:
        for gone in self.talk.left_out:
            yield Moment(gone.at, "left-out", "", f"left out: {gone.why}")

    def sound_at(self, into: float, here: Collection[str]) -> Sound | None:
        """Where a moment is to be heard; where nothing was recorded then, where sound begins again."""
        for one in self.recordings:
            if one.id in here and into < one.into + (one.seconds or 0.0):
                within = max(0.0, round(into - one.into, 3))
                return Sound(one.id, within, round(one.into + within, 3))
        return None

    def correctors(self, line: SaidLine) -> tuple[str, ...]:
        """Who may correct a line."""
        one = self.track.recordings[line.recording]
        people = [p for p in self.track.people_in(self.step) if p in self.state.humans]
        return tuple(p for p in people if may_correct(self.state.setting, self.track, one, line.line, p))


def say_writing(progress: Progress | None) -> str:
    """How far writing down is, and how long it will still take."""
    if progress is None or progress.stage == "loading":
        return "It is being written down: getting ready."
    if progress.stage == "listening":
        return "It is being written down: looking for where somebody speaks."
    left = f", {say_left(progress.seconds_left)}" if progress.seconds_left is not None else ""
    return f"It is being written down: {progress.fraction:.0%}{left}."


def seen_by_all(state: State, words: Mapping[str, str], track: TrackState, step: str) -> Review | None:
    """A conversation as a screen may show it at which its whole table looks: only what each of them may see.

    None where one of those at the table was not there, or while it is not over.
    """
    people = [person for person in track.here if person in state.humans and person not in state.away]
    if not people or any(Place(track.id, step) not in places(state, viewer_of(p), track.id) for p in people):
        return None
    views = [visible(state, viewer_of(person), quotes=()) for person in people]
    marks = tuple(mark for mark in views[0].marks if all(mark in view.marks for view in views))
    return Review(state, words, replace(views[0], marks=marks), Place(track.id, step))
