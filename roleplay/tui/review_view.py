"""One conversation, looked back at: its picture, its figures, and what was said and marked in it, by time.

Everything is made from a view, so that nobody sees here what they may not see anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from roleplay.analysis.conversation import noted_in, recorded, talk_in
from roleplay.analysis.markers import in_order
from roleplay.analysis.talk import Talk
from roleplay.analysis.timing import play_seconds
from roleplay.analysis.transcript import SaidLine, left_out_in, lines_in
from roleplay.content.durations import say_clock
from roleplay.planning.plan import PlannedStep
from roleplay.session.heard import Recording, SpeakerChange
from roleplay.session.hearing_events import DropWhy, RecordingEnd
from roleplay.session.recording import may_correct, speakers_of
from roleplay.session.state import Mark, State, TrackState
from roleplay.session.texts import read
from roleplay.session.visible import View, Viewer, round_over
from roleplay.tui.moments import Moment
from roleplay.tui.scene import label_of
from roleplay.tui.strip import Lane, Sign, Stretch, Strip

_DOUBTFUL = 0.5
"""Below such a confidence, words are shown as perhaps heard wrongly."""
_GAPS: dict[RecordingEnd, str] = {
    "microphone": "the microphone was gone",
    "disk": "the disk was full",
    "stopped": "somebody wanted it so",
    "consent": "not everybody agreed any more",
    "fault": "recording failed",
    "shut": "the program was closed",
}
"""Why nothing is to be heard after a recording ended; where nothing is said, the clock stood still as well."""
_LEFT_OUT: dict[DropWhy, str] = {
    "silence": "words that nobody said, left out",
    "repeated": "words that were only repeated by the machine, left out",
    "doubtful": "words too uncertain to keep, left out",
}


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


def places(state: State, viewer: Viewer) -> tuple[Place, ...]:
    """The conversations that a viewer may look back at: those that are over, and where they were at the table."""
    return tuple(
        Place(track.id, step.id)
        for track in state.tracks.values()
        for step in track.steps
        if step.kind == "play" and track.has_played({step.id}) and round_over(track, step)
        if viewer.kind == "facilitator" or (viewer.kind == "person" and viewer.person in track.people_in(step))
    )


@dataclass(frozen=True)
class Review:
    """A conversation as one viewer may see it."""

    state: State
    words: Mapping[str, str]
    view: View
    place: Place
    now: float = 0.0

    @property
    def track(self) -> TrackState:
        """Its table."""
        return self.state.tracks[self.place.track]

    @cached_property
    def step(self) -> PlannedStep:
        """Its step."""
        return self.track.planned(self.place.step)

    def name(self, person: str) -> str:
        """What somebody is called."""
        return self.state.name(person, self.words)

    @cached_property
    def seconds(self) -> float:
        """How long it took, pauses left out."""
        return play_seconds(self.track, self.step.id, self.now)

    @cached_property
    def recordings(self) -> tuple[Recording, ...]:
        """Those of it that can be seen, in order."""
        return tuple(r for id, r in self.view.recordings if (id, r.step) == (self.track.id, self.step.id))

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Its markers, in order."""
        return in_order(m for id, m in self.view.marks if (id, m.step) == (self.track.id, self.step.id))

    @cached_property
    def talk(self) -> Talk | None:
        """How it went, where it is known who spoke."""
        return talk_in(self.recordings, self._changes, self.seconds, speakers_of(self.state.setting, self.step))

    @cached_property
    def lines(self) -> tuple[SaidLine, ...]:
        """What was said, in order."""
        return lines_in(self.recordings, noted_in(self._changes, self.seconds))

    @property
    def _changes(self) -> tuple[SpeakerChange, ...]:
        return tuple(c for id, c in self.view.speakers if (id, c.step) == (self.track.id, self.step.id))

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
        names = [self.name(person) for person in speakers_of(self.state.setting, self.step)]
        return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)

    @property
    def kept(self) -> str:
        """What there is of it, in a few words for a list."""
        seconds = sum(one.seconds or 0.0 for one in self.recordings)
        marks = f"{len(self.marks)} mark{'' if len(self.marks) == 1 else 's'}" if self.marks else ""
        sound = f"recorded {say_clock(seconds)}" if self.recordings else ""
        words = ""
        if self.recordings:
            words = "written down" if not self.unwritten else "not written down yet"
        return ", ".join(part for part in (sound, words, marks) if part) or "nothing kept of it"

    # What is the matter

    @property
    def unwritten(self) -> tuple[Recording, ...]:
        """The recordings that were not written down yet and could be."""
        return tuple(one for one in self.recordings if one.transcript is None and not one.erased and one.seconds)

    @property
    def failure(self) -> str:
        """Why the last try to write it down came to nothing."""
        return next((read(self.words, one.failed) for one in reversed(self.unwritten) if one.failed), "")

    def standing(self, here: Collection[str], transcribe: str = "t") -> str:
        """What is to be said about its sound and its words; nothing where both are there.

        Args:
            here: the ids of the recordings whose sound is on this computer.
            transcribe: the key that has it written down.
        """
        if not self.recordings:
            return _ERASED if self._was_erased else _NOT_RECORDED
        if self.unwritten:
            if not any(one.id in here for one in self.unwritten):
                return "It was recorded, but its sound is not on this computer, so it cannot be written down."
            if self.failure:
                return f"It could not be written down. {self.failure.rstrip('.')}. {transcribe} tries again."
            return f"It was recorded, and not written down yet. {transcribe} writes it down now."
        if all(one.erased for one in self.recordings):
            if self.lines:
                return "The sound was erased; what was said is kept."
            return "The sound was erased before anything was written down."
        if not any(one.id in here for one in self.recordings):
            return "The sound is not on this computer, so nothing can be played."
        return "" if self.lines else "It was written down, and no words were found in it."

    @property
    def _was_erased(self) -> bool:
        return (self.track.id, self.step.id) in self.view.erased

    # The picture

    @cached_property
    def strip(self) -> Strip:
        """Who spoke when, and what was marked."""
        return Strip(
            length=max([self.seconds, *(end for _, end in self._recorded)]),
            lanes=tuple(self._lanes()),
            recorded=self._recorded,
            signs=tuple(self._signs()),
            heard=bool(self.recordings),
        )

    @cached_property
    def _recorded(self) -> tuple[Stretch, ...]:
        return tuple((part.start, part.end) for part in recorded(self.recordings))

    def _lanes(self) -> Iterator[Lane]:
        if self.talk is not None and not self.talk.crossed:
            for person in self.talk.people:
                yield Lane(self.name(person.speaker), self._spoken(person.speaker))
        elif spoken := self._spans(None):
            yield Lane("Voices", spoken)

    def _spoken(self, person: str) -> tuple[Stretch, ...]:
        if self.talk is not None and self.talk.how == "channels":
            return self._spans(person)
        noted = noted_in(self._changes, self.seconds)
        return tuple((one.start, one.end) for one in noted if one.speaker == person)

    def _spans(self, person: str | None) -> tuple[Stretch, ...]:
        return tuple(
            (one.into + span.start, one.into + span.end)
            for one in self.recordings
            for span in one.speech or ()
            if person is None or (span.channel < len(one.voices) and one.voices[span.channel] == person)
        )

    def _signs(self) -> Iterator[Sign]:
        for mark in self.marks:
            if mark.into is not None:
                marker = self.state.setting.bundle.rubrics[mark.rubric].marker(mark.marker)
                yield Sign(mark.into, marker.key, marker.tone)

    # What was said and marked

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Lines, markers, gaps and what was left out, by time; marks from paper come last."""
        found = [*self._said(), *self._marked(), *self._gaps(), *self._left_out()]
        return tuple(sorted(found, key=lambda one: (one.into is None, one.into or 0.0, one.kind != "gap")))

    def _said(self) -> Iterator[Moment]:
        for line in self.lines:
            sure = line.confidence is None or line.confidence >= _DOUBTFUL or line.original is not None
            yield Moment(
                line.start,
                "line",
                self.name(line.speaker) if line.speaker else "",
                read(self.words, line.text),
                end=line.end,
                line=line,
                doubtful=not sure,
                corrected=line.original is not None,
            )

    def _marked(self) -> Iterator[Moment]:
        for mark in self.marks:
            marker = self.state.setting.bundle.rubrics[mark.rubric].marker(mark.marker)
            several = len({other.about for other in self.marks}) > 1
            about = f"{self.name(mark.about)}: " if several else ""
            yield Moment(mark.into, "mark", marker.key, f"{about}{marker.title}", tone=marker.tone)

    def _gaps(self) -> Iterator[Moment]:
        for before, after in zip_longest(self.recordings, self.recordings[1:]):
            end = before.into + (before.seconds or 0.0)
            until = after.into if after is not None else self.seconds
            why = _GAPS.get(before.ended or "step-over")
            if why and until - end >= 1:
                yield Moment(end, "gap", "", f"not recorded until {say_clock(until)}: {why}", end=until)

    def _left_out(self) -> Iterator[Moment]:
        for gone in left_out_in(self.recordings):
            yield Moment(gone.start, "left-out", "", _LEFT_OUT[gone.why], end=gone.end)

    def sound_at(self, into: float, here: Collection[str]) -> Sound | None:
        """Where a moment is to be heard; where nothing was recorded then, where sound begins again."""
        for one in sorted((r for r in self.recordings if r.id in here), key=lambda r: r.into):
            if into < one.into + (one.seconds or 0.0):
                within = max(0.0, round(into - one.into, 3))
                return Sound(one.id, within, round(one.into + within, 3))
        return None

    def correctors(self, line: SaidLine) -> tuple[str, ...]:
        """Who may correct a line."""
        one = self.track.recordings[line.recording]
        people = self.track.people_in(self.step)
        return tuple(p for p in people if may_correct(self.state.setting, self.track, one, line.line, p))


_NOT_RECORDED = "This conversation was not recorded. What was marked stands here."
_ERASED = "What was recorded of this conversation was erased. What was marked stands here."
