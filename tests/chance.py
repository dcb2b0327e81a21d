"""Sessions played by chance: what hypothesis draws is turned into commands, most of which make sense.

Each run also writes down who wrote which words, so that a test can say by itself who may read them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from hypothesis import strategies as st
from samples import FISHBOWL, REMIX, SELECTION, TRIAD, TRIO, Play

from roleplay.session import commands as c
from roleplay.session import hearing_commands as hc
from roleplay.session.decide import NotAllowed
from roleplay.session.events import Event, Participant, TypedTap
from roleplay.session.forms import injects_of, marker_pairs, markers_of
from roleplay.session.hearing_events import Line, Span
from roleplay.session.state import FACILITATOR, State, TrackState
from roleplay.session.tasks import Task, tasks

T = TypeVar("T")
Turn = tuple[str, int, float]
"""What to do, a number that says to what, and how many seconds later than the turn before."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """Who wrote some words, where, about whom, and whether everybody may be told."""

    kind: Literal["form", "forecast", "prompt", "learned", "journal"]
    track: str
    step: str
    by: str
    about: str
    key: str
    """The form, journal or answer that these words are part of; a later version has the same."""
    version: int
    share: bool = False


class Chance:
    """A session in which each turn is one command."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.wrote: dict[str, Wrote] = {}
        self._taps = 0
        self._recordings = 0

    def turn(self, turn: Turn) -> tuple[Event, ...]:
        """Play one turn; one that makes no sense now passes."""
        what, number, later = turn
        self.play.now += later
        command, wrote = self.command(what, number)
        try:
            events = self.play.do(command)
        except NotAllowed:
            return ()
        self.wrote.update(wrote)
        return events

    def command(self, what: str, number: int) -> tuple[c.Command, dict[str, Wrote]]:
        """The command that a turn means now, and the words in it."""
        state = self.play.state
        ids = list(state.tracks)
        track = state.tracks[ids[number % len(ids)]]
        if what in CLOCK:
            return CLOCK[what](None if number % 4 == 0 else track.id), {}
        if what in ("inject", "hold"):
            known = [item.id for item in injects_of(state.setting, track.step)] if track.step else []
            kind = c.FireInject if what == "inject" else c.HoldInject
            return kind(track.id, _pick(known, number) or ""), {}
        if what == "tap":
            return self._tap(state, track, number), {}
        if what == "untap":
            return c.TakeBackMarker(track.id, _pick([mark.tap for mark in track.marks], number) or ""), {}
        if what == "write":
            asked = [task for task in tasks(state, track) if not task.done] or list(tasks(state, track))
            return self._write(_pick(asked, number), number)
        if what == "rewrite":
            return self._write(_pick(list(tasks(state, track)), number), number)
        if what == "paper":
            return self._paper(state, track, number), {}
        if what == "hand":
            return (c.AskHelp if track.help is None else c.GiveHelp)(track.id), {}
        if what in TROUBLE:
            return self._trouble(what, state, track, number), {}
        if what in HEARING:
            return self._hear(what, state, track, number), {}
        if what == "end" and number % 8 == 0:
            return c.End(), {}
        return c.Reopen(1) if what == "reopen" else c.Tick(), {}

    def _trouble(self, what: str, state: State, track: TrackState, number: int) -> c.Command:
        """Somebody comes, goes or changes places; now and then at a table of the facilitator's choice."""
        table = track.id if number % 3 == 0 else None
        here = [person.id for person in state.people.values() if not person.gone]
        away = [person.id for person in state.people.values() if person.gone]
        one, other = _pick(here, number) or "", _pick(here, number // 2 + 1) or ""
        if what == "arrive":
            id = f"late-{len(state.people)}"
            return c.Arrive((Participant(id=id, name=self.play.text(id)),), table)
        if what == "leave":
            return c.Leave((one,) if number % 5 else tuple(dict.fromkeys((one, other))))
        if what == "back":
            return c.ComeBack((_pick(away, number) or "",), table)
        if what == "swap":
            return c.Swap(one, other)
        return (
            c.MoveTo(one, track.id)
            if what == "move"
            else c.Merge(track.id, _pick(list(state.tracks), number + 1) or "")
        )

    def _hear(self, what: str, state: State, track: TrackState, number: int) -> c.Command:
        """Somebody answers about being recorded, or a recorder and its engine report what they did."""
        if what == "consent":
            return hc.AnswerConsent(_pick(list(state.people), number) or "", number % 7 > 0)
        if what == "agree":
            unasked = [id for id in state.people if not state.consents.get(id)]
            return hc.AnswerConsent(_pick(unasked or list(state.people), number) or "", yes=True)
        if what == "record":
            self._recordings += 1
            return hc.StartRecording(track.id, f"r{self._recordings}", two_channels=number % 3 == 0)
        if what == "hush":
            return (hc.RecordAgain if track.recording_off else hc.StopRecording)(track.id)
        if what == "speaker":
            speaker = _pick([*track.people, None], number)
            return hc.SetSpeaker(track.id, speaker, _pick([*track.people, FACILITATOR], number // 2) or "")
        one = (track.id, _pick(list(track.recordings), number) or "")
        if what == "written":
            spoken = [
                Line(channel=number % 2, start=1.0, end=2.5, text=self.play.text(f"line {number}")) for _ in range(2)
            ]
            return hc.AddTranscript(*one, "whisper", "base", "en", tuple(spoken))
        if what == "correct":
            by = _pick(list(track.company), number) or ""
            return hc.CorrectLine(*one, number % 2, by, self.play.text(f"rather {number}"))
        reports: dict[str, c.Command] = {
            "timed": hc.TimeRecording(*one, self.play.now),
            "recorded": hc.EndRecording(*one, "step-over", float(number)),
            "erase": hc.EraseRecording(*one, "asked", words=number % 2 == 0),
            "spoken": hc.NoteSpeech(*one, (Span(channel=0, start=1.0, end=2.5),), "silero"),
            "failed": hc.NoteFailure(*one, self.play.text("no engine")),
        }
        return reports[what]

    def _tap(self, state: State, track: TrackState, number: int) -> c.Command:
        rubric = markers_of(state.setting, track.step) if track.step else None
        marker = _pick(list(rubric[1].markers), number) if rubric else None
        self._taps += 1
        by = _pick([*track.people, FACILITATOR], number // 2)
        about = _pick(list(track.people), number // 3)
        return c.TapMarker(track.id, f"tap-{self._taps}", marker.id if marker else "", by or "", about or "")

    def _paper(self, state: State, track: TrackState, number: int) -> c.Command:
        """A sheet is typed in for a conversation that has begun."""
        begun = [step for step in track.steps if step.kind == "play" and track.has_begun(step.id)]
        sheets = [(s, pair) for s in begun for pair in marker_pairs(state.setting, s, track.people_in(s))]
        found = _pick(sheets, number)
        rubric = markers_of(state.setting, found[0]) if found else None
        if found is None or rubric is None:
            return c.Tick()
        planned, (by, about) = found
        self._taps += 1
        marker = rubric[1].markers[number % len(rubric[1].markers)].id
        taps = (TypedTap(tap=f"typed-{self._taps}", marker=marker),)[: number % 3]
        return c.TypeMarkers(track.id, planned.id, by, about, taps)

    def _write(self, task: Task | None, number: int) -> tuple[c.Command, dict[str, Wrote]]:
        if task is None:
            return c.Tick(), {}
        track, share = self.play.track(task.track), number % 3 == 0
        if task.form is not None:
            return self._fill(task, number, share)
        if task.facts is not None and task.kind == "facts":
            known = tuple(fact.id for fact in task.facts.facts if number % 2)
            return c.TickFacts(track.id, task.step, task.by, known), {}
        if task.kind == "learned":
            ref = self.play.text(f"learned {number}")
            wrote = Wrote("learned", track.id, task.step, task.by, task.by, f"{task.step}/{task.by}", len(self.wrote))
            return c.WriteLearned(track.id, task.step, task.by, ref), {ref.id: wrote}
        ref, key = self.play.text(f"journal {number}"), f"{task.step}/{task.by}"
        written = Wrote("journal", track.id, task.step, task.by, task.by, key, len(self.wrote), share)
        shared = (number % 2,) if share else ()
        return c.WriteJournal(track.id, task.step, task.by, {number % 2: ref}, share=shared), {ref.id: written}

    def _fill(self, task: Task, number: int, share: bool) -> tuple[c.Command, dict[str, Wrote]]:
        due, version = task.form, len(self.wrote)
        assert due is not None
        level = (None, 1, 2, 3)[number % 4]
        answers, prompts = self.play.answers(due, level, f"words {number}")
        kind: Literal["form", "forecast"] = due.purpose
        quiet = Wrote(kind, task.track, due.step, due.by, due.about, due.id, version)
        said = Wrote("prompt", task.track, due.step, due.by, due.about, due.id, version, share)
        wrote = {ref.id: quiet for answer in answers.values() for ref in (answer.text, answer.quote) if ref}
        wrote |= {ref.id: said for ref in prompts.values()}
        return c.SendForm(task.track, due.id, answers, prompts, share), wrote


CLOCK: dict[str, Callable[[str | None], c.Command]] = {
    "start": c.Start,
    "next": c.Next,
    "pause": c.Pause,
    "safety": lambda track: c.Pause(track, "safety"),
    "resume": c.Resume,
    "longer": lambda track: c.ChangeLength(track, 60.0),
    "shorter": lambda track: c.ChangeLength(track, -45.0),
    "undo": c.Undo,
    "retake": c.Retake,
}
HEARING = (
    *("consent", "agree", "record", "hush", "speaker"),
    *("timed", "recorded", "spoken", "written", "correct", "failed", "erase"),
)
TROUBLE = ("arrive", "leave", "back", "swap", "move", "merge")
WHAT = (
    *CLOCK,
    "next",
    "next",
    "next",
    "resume",
    "undo",
    "inject",
    "hold",
    "tap",
    "tap",
    "untap",
    "paper",
    "hand",
    *(["write"] * 5),
    "rewrite",
    "reopen",
    "tick",
    "end",
)
LATER = (0.0, 0.0, 0.5, 7.25, 31.0, 64.0, 130.0, 400.0)

turns = st.lists(st.tuples(st.sampled_from(WHAT), st.integers(0, 47), st.sampled_from(LATER)), min_size=15, max_size=60)
"""What happens in a session, turn by turn."""

troubled = st.lists(
    st.tuples(
        st.sampled_from((*WHAT, *TROUBLE, *TROUBLE, "arrive", "leave", "leave", "back")),
        st.integers(0, 47),
        st.sampled_from(LATER),
    ),
    min_size=15,
    max_size=60,
)
"""What happens in a session in which people come, go and change places."""

heard = st.lists(
    st.tuples(
        st.sampled_from((*WHAT, *HEARING, *["agree"] * 8, *["record"] * 4, "recorded", "written", "arrive", "leave")),
        st.integers(0, 47),
        st.sampled_from(LATER),
    ),
    min_size=30,
    max_size=90,
)
"""What happens in a session in which conversations are recorded."""

sessions = st.sampled_from([(TRIAD, 2), (TRIAD, 7), (SELECTION, 4), (FISHBOWL, 6), (REMIX, 3), (TRIO, 3)])
"""A scenario, and how many people play it at one to three tables."""


def begin(session: tuple[dict[str, Any], int]) -> Chance:
    """A session of this scenario, open and started."""
    return Chance(Play.started(*session))


def _pick(items: Sequence[T], number: int) -> T | None:
    return items[number % len(items)] if items else None
