"""What somebody asks the session to do, and how it says no.

Words come along as references; who keeps the words is the runner's affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from roleplay.problems import CommandProblem
from roleplay.session.events import Answer, Participant, PauseWhy, TypedTap
from roleplay.session.hearing_commands import HearingCommand
from roleplay.session.texts import TextRef


@dataclass(frozen=True, slots=True)
class Open:
    """Open a session."""

    wall: int
    scenario: str
    plan: str
    people: tuple[Participant, ...]
    rehearsal: bool = False
    blanks: Mapping[str, TextRef] = field(default_factory=dict)
    occasion: str | None = None
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """Open a session again that was shut; it stands paused where it was."""

    wall: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Let everything happen that is due by now."""


@dataclass(frozen=True, slots=True)
class End:
    """Close the session."""


@dataclass(frozen=True, slots=True)
class ClockCommand:
    """A command for one table, or with no table for every table where it makes sense."""

    track: str | None = None


@dataclass(frozen=True, slots=True)
class Start(ClockCommand):
    """Begin the first step; at a table that waits, begin the step of the whole class without those who are missing."""


@dataclass(frozen=True, slots=True)
class Next(ClockCommand):
    """End the running step and go on."""


@dataclass(frozen=True, slots=True)
class Pause(ClockCommand):
    """Stop the clock."""

    why: PauseWhy = "facilitator"
    away: float | None = None


@dataclass(frozen=True, slots=True)
class Resume(ClockCommand):
    """Let the clock go on."""


@dataclass(frozen=True, slots=True)
class ChangeLength(ClockCommand):
    """Make the running step longer, or shorter by a negative number of seconds."""

    by: float = 60.0


@dataclass(frozen=True, slots=True)
class Undo(ClockCommand):
    """Take back the last move of the clock."""


@dataclass(frozen=True, slots=True)
class Retake(ClockCommand):
    """Play the last conversation once more."""


@dataclass(frozen=True, slots=True)
class FireInject(ClockCommand):
    """Let an inject happen now."""

    inject: str = ""


@dataclass(frozen=True, slots=True)
class HoldInject(ClockCommand):
    """Hold an inject back, so that it does not come by itself; it can still be given by hand."""

    inject: str = ""


@dataclass(frozen=True, slots=True)
class AskHelp:
    """A table wants the facilitator to come."""

    track: str


@dataclass(frozen=True, slots=True)
class GiveHelp:
    """The facilitator has been there."""

    track: str


@dataclass(frozen=True, slots=True)
class Arrive:
    """People come who were not planned for; without a table, each where the fewest changes follow."""

    people: tuple[Participant, ...]
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """People go; what they have played stays theirs."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComeBack:
    """People who had left come back; without a table, to their own where there is room."""

    people: tuple[str, ...]
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Swap:
    """Two people change places from the next round on."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class MoveTo:
    """Somebody goes to another table."""

    person: str
    table: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A table is given up; its people go to another one."""

    table: str
    into: str


@dataclass(frozen=True, slots=True)
class TypeMarkers:
    """Type in what an observer marked on paper, or correct it."""

    track: str
    step: str
    by: str
    about: str
    taps: tuple[TypedTap, ...]


@dataclass(frozen=True, slots=True)
class LabelTake:
    """Give a take of a conversation a name, or another one."""

    track: str
    step: str
    label: TextRef


@dataclass(frozen=True, slots=True)
class TapMarker:
    """Stamp a behaviour."""

    track: str
    tap: str
    marker: str
    by: str
    about: str


@dataclass(frozen=True, slots=True)
class TakeBackMarker:
    """Take a tap back."""

    track: str
    tap: str


@dataclass(frozen=True, slots=True)
class SendForm:
    """Send a form, or a correction of it."""

    track: str
    form: str
    answers: Mapping[str, Answer]
    prompts: Mapping[str, TextRef] = field(default_factory=dict)
    share: bool = False
    earlier: bool = False
    """It was written when it was asked for, where nobody could send it, and is brought in now."""


@dataclass(frozen=True, slots=True)
class WriteLearned:
    """The leader says what he or she found out."""

    track: str
    step: str
    by: str
    text: TextRef


@dataclass(frozen=True, slots=True)
class TickFacts:
    """The partner says which hidden facts came out."""

    track: str
    step: str
    by: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WriteJournal:
    """Somebody writes a journal, or says that it is written on paper."""

    track: str
    step: str
    by: str
    answers: Mapping[int, TextRef] = field(default_factory=dict)
    on_paper: bool = False
    share: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BringIn:
    """Note that what somebody wrote elsewhere was brought in, and when each part of it was written."""

    person: str
    written: Mapping[str, int]
    """Table and draft key, with a space between them, to UTC milliseconds by the writer's clock."""


Command = (
    Open
    | Reopen
    | Tick
    | End
    | Start
    | Next
    | Pause
    | Resume
    | ChangeLength
    | Undo
    | Retake
    | FireInject
    | HoldInject
    | AskHelp
    | GiveHelp
    | Arrive
    | Leave
    | ComeBack
    | Swap
    | MoveTo
    | Merge
    | LabelTake
    | TapMarker
    | TakeBackMarker
    | TypeMarkers
    | SendForm
    | WriteLearned
    | TickFacts
    | WriteJournal
    | BringIn
    | HearingCommand
)


class NotAllowed(CommandProblem):
    """The command makes no sense right now; nothing has changed."""
