"""What happened, one small frozen model per event; the journal is a list of these and nothing else is true.

`at` is in seconds since the session opened, to the millisecond, not counting the time the program was
shut. Events hold ids, numbers, times and references to words, never words.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from roleplay.planning.plan import PlannedStep
from roleplay.session import hearing_events as h
from roleplay.session.event_base import EventBase, TrackEvent
from roleplay.session.texts import TextRef
from roleplay.values import Value

Why = Literal["on-time", "moved-on", "undone", "retake", "session-ended"]
ReplanWhy = Literal["arrived", "left", "came-back", "swapped", "moved", "merged"]
PauseWhy = Literal["facilitator", "safety", "asleep", "shut"]


class Participant(Value):
    """A person in the session; the name is a reference, since names are words too."""

    id: str
    name: TextRef
    bot: bool = False
    known: str | None = None
    """Who this is in all sessions, where somebody said so."""


class SessionOpened(EventBase):
    """The first event: what is played, by content hash, and by whom."""

    kind: Literal["session-opened"] = "session-opened"
    wall: int
    """Wall-clock time as UTC milliseconds."""
    scenario: str
    """Content hash of the bundle: the scenario and its rubrics."""
    plan: str
    """Content hash of the plan."""
    people: tuple[Participant, ...]
    rehearsal: bool = False
    blanks: dict[str, TextRef] = {}
    """What was filled in for the scenario's blanks."""
    occasion: str | None = None
    """The set of cases that is played."""
    series: str | None = None
    """The series that the session is a part of."""


class SessionReopened(EventBase):
    """The program was shut, by intent or not, and the session was opened again, paused where it was."""

    kind: Literal["session-reopened"] = "session-reopened"
    wall: int


class Reseated(Value):
    """A table after people came, went or moved: who sits there, and what it does from here on."""

    track: str
    title: str
    people: tuple[str, ...]
    """Those who sit there now; nobody where the table was given up."""
    keep: int
    """How many of its steps stay as they are, from the first one; the others are replaced by `steps`."""
    steps: tuple[PlannedStep, ...]


class Replanned(EventBase):
    """People came, went or moved, and the plan was made anew from the next round on."""

    kind: Literal["replanned"] = "replanned"
    why: ReplanWhy
    who: tuple[str, ...]
    """Whom it was about; where a table was given up, those who moved."""
    people: tuple[Participant, ...] = ()
    """Those who take part for the first time."""
    gone: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    tables: tuple[Reseated, ...] = ()


class HelpAsked(TrackEvent):
    """A table asked for the facilitator."""

    kind: Literal["help-asked"] = "help-asked"


class HelpGiven(TrackEvent):
    """The facilitator has been there."""

    kind: Literal["help-given"] = "help-given"


class StepStarted(TrackEvent):
    """A step began at a table."""

    kind: Literal["step-started"] = "step-started"
    step: str
    into: float = 0.0
    """Seconds that the others have spent in it already, where a table joins a step of the whole class."""
    added: float = 0.0
    """By how much it had been made longer by then."""
    warned: tuple[int, ...] = ()
    """The warnings that had been given by then."""


class StepEnded(TrackEvent):
    """A step ended at a table."""

    kind: Literal["step-ended"] = "step-ended"
    step: str
    why: Why


class StepRestored(TrackEvent):
    """A move of the clock was taken back: this step runs again with this much time left."""

    kind: Literal["step-restored"] = "step-restored"
    step: str
    remaining: float
    """Seconds; below zero where the step was already over its time."""
    left: bool = True
    """The move that was taken back had left the step; otherwise it had only changed its length."""


class TakeAdded(TrackEvent):
    """The same step will be played once more, or the feedback on it given once more."""

    kind: Literal["take-added"] = "take-added"
    step: PlannedStep
    after: str | None = None
    """The step behind which it was put; without it, the last take of the same step."""


class TakeLabelled(TrackEvent):
    """A take got a name, such as what was tried in it."""

    kind: Literal["take-labelled"] = "take-labelled"
    step: str
    label: TextRef


class TrackWaited(TrackEvent):
    """A table reached a step that all tables do together, and waits for the others."""

    kind: Literal["track-waited"] = "track-waited"
    step: str


class TrackFinished(TrackEvent):
    """A table has done its last step; forms can still be written."""

    kind: Literal["track-finished"] = "track-finished"


class TrackPaused(TrackEvent):
    """The clock of a table stopped. A safety pause names nobody."""

    kind: Literal["track-paused"] = "track-paused"
    why: PauseWhy
    away: float | None = None
    """Seconds that the machine slept."""


class TrackResumed(TrackEvent):
    """The clock of a table goes on."""

    kind: Literal["track-resumed"] = "track-resumed"


class LengthChanged(TrackEvent):
    """The running step was made longer, or shorter."""

    kind: Literal["length-changed"] = "length-changed"
    by: float
    """Seconds; below zero is shorter."""


class WarningGiven(TrackEvent):
    """A step told people that it ends soon."""

    kind: Literal["warning-given"] = "warning-given"
    left: int
    """Seconds before the end of the step."""


class InjectGiven(TrackEvent):
    """Something happened, as the scenario set it up, or because the facilitator let it happen."""

    kind: Literal["inject-given"] = "inject-given"
    inject: str


class InjectHeld(TrackEvent):
    """The facilitator holds an inject back: it does not come by itself any more."""

    kind: Literal["inject-held"] = "inject-held"
    inject: str


class MarkerTapped(TrackEvent):
    """An observer stamped a behaviour."""

    kind: Literal["marker-tapped"] = "marker-tapped"
    tap: str
    """The id of this tap."""
    rubric: str
    marker: str
    by: str
    about: str


class MarkerTakenBack(TrackEvent):
    """An observer took a tap back."""

    kind: Literal["marker-taken-back"] = "marker-taken-back"
    tap: str


class TypedTap(Value):
    """A mark from a sheet of paper; the time where somebody wrote it down."""

    tap: str
    marker: str
    into: float | None = None
    """Seconds into the conversation."""


class MarkersTyped(TrackEvent):
    """The marks of a sheet of paper were typed in, in the place of those typed in from it before."""

    kind: Literal["markers-typed"] = "markers-typed"
    step: str
    """The conversation."""
    rubric: str
    by: str
    about: str
    taps: tuple[TypedTap, ...]


class Answer(Value):
    """The answer to one criterion. Not observed is no value and no zero."""

    observed: bool = True
    value: int | bool | None = None
    text: TextRef | None = None
    """The answer on a text scale."""
    taps: tuple[str, ...] = ()
    """Markers given as evidence."""
    quote: TextRef | None = None
    """Words given as evidence."""


class FormSent(TrackEvent):
    """A form was sent. Sent again, it is corrected, and both versions stay."""

    kind: Literal["form-sent"] = "form-sent"
    form: str
    """The id of the form: see `session.forms.FormDue`."""
    answers: dict[str, Answer]
    """Criterion id to answer."""
    prompts: dict[str, TextRef] = {}
    """Prompt id to words."""
    share: bool = False
    """The writer agrees that these words may be quoted in the debrief, without a name."""


class LearnedWritten(TrackEvent):
    """The leader wrote what he or she found out."""

    kind: Literal["learned-written"] = "learned-written"
    step: str
    by: str
    text: TextRef


class FactsTicked(TrackEvent):
    """The partner ticked which hidden facts came out."""

    kind: Literal["facts-ticked"] = "facts-ticked"
    step: str
    by: str
    facts: tuple[str, ...]


class JournalWritten(TrackEvent):
    """Somebody wrote a journal, or ticked it as written on paper."""

    kind: Literal["journal-written"] = "journal-written"
    step: str
    by: str
    answers: dict[int, TextRef] = {}
    """Prompt number, from 0, to words."""
    on_paper: bool = False
    share: tuple[int, ...] = ()
    """The prompts whose answers may be quoted in the debrief, without a name."""


class BroughtIn(EventBase):
    """What somebody wrote elsewhere was brought in; so that an older file never takes the place of a newer one."""

    kind: Literal["brought-in"] = "brought-in"
    person: str
    written: dict[str, int]
    """Table and draft key, with a space between them, to UTC milliseconds by the writer's clock."""


class SessionEnded(EventBase):
    """The session was closed."""

    kind: Literal["session-ended"] = "session-ended"


Event = Annotated[
    SessionOpened
    | SessionReopened
    | Replanned
    | HelpAsked
    | HelpGiven
    | StepStarted
    | StepEnded
    | StepRestored
    | TakeAdded
    | TakeLabelled
    | TrackWaited
    | TrackFinished
    | TrackPaused
    | TrackResumed
    | LengthChanged
    | WarningGiven
    | InjectGiven
    | InjectHeld
    | MarkerTapped
    | MarkerTakenBack
    | MarkersTyped
    | FormSent
    | LearnedWritten
    | FactsTicked
    | JournalWritten
    | BroughtIn
    | h.ConsentAnswered
    | h.RecordingStopped
    | h.RecordingAllowed
    | h.RecordingStarted
    | h.RecordingTimed
    | h.RecordingEnded
    | h.RecordingErased
    | h.SpeechFound
    | h.Transcribed
    | h.TranscriptionFailed
    | h.LineCorrected
    | h.SpeakerSet
    | SessionEnded,
    Field(discriminator="kind"),
]

_ADAPTER: TypeAdapter[Event] = TypeAdapter(Event)


def dump_event(event: Event) -> str:
    """An event as one line of JSON, the same for the same event every time."""
    return event.model_dump_json(exclude_defaults=False)


def load_event(line: str) -> Event:
    """The event that `dump_event` wrote; raises pydantic.ValidationError for anything else."""
    return _ADAPTER.validate_json(line)


def texts_in(event: Event) -> tuple[TextRef, ...]:
    """Every reference to words that an event holds."""
    if isinstance(event, SessionOpened):
        return (*(person.name for person in event.people), *event.blanks.values())
    if isinstance(event, Replanned):
        return tuple(person.name for person in event.people)
    if isinstance(event, TakeLabelled):
        return (event.label,)
    if isinstance(event, LearnedWritten):
        return (event.text,)
    if isinstance(event, JournalWritten):
        return tuple(event.answers.values())
    if isinstance(event, FormSent):
        answers = [ref for answer in event.answers.values() for ref in (answer.text, answer.quote) if ref]
        return (*answers, *event.prompts.values())
    if isinstance(event, h.HearingEvent):
        return h.texts_of(event)
    return ()
