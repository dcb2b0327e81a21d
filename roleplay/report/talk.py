"""What a conversation shows that was recorded or noted: frozen values with the words in them.

Times are in seconds of the conversation, pauses left out.
"""

from __future__ import annotations

from roleplay.report.feedback import Moment
from roleplay.values import Value

CAN_SAY = (
    "These figures say how the time was used, and nothing about how well: a long turn can be what somebody needed, and "
    "a silence can be a gift."
)


class Bar(Value):
    """A stretch of speech in a picture."""

    start: float
    end: float
    listening: bool = False
    """A sign of listening within the other's turn."""


class Lane(Value):
    """One speaker's line in the picture; or everybody's, where it is not known who spoke."""

    name: str
    role: str
    bars: tuple[Bar, ...]
    interruptions: tuple[float, ...] = ()
    """Where this person began while the other spoke, and had the floor afterwards."""


class Apart(Value):
    """A time about which nothing is known."""

    start: float
    end: float


class Event(Value):
    """Something that happened in the conversation as the script set it up."""

    at: float
    to: str
    say: str


class Figure(Value):
    """One row of figures, and how they were got."""

    title: str
    values: tuple[str, ...]
    """One for each speaker, or a single one for the whole conversation."""
    how: str
    """From what, and about how much of the time."""
    means: str = ""
    """What was counted, where the title does not say it."""


class SaidPart(Value):
    """A line of the transcript."""

    at: float
    speaker: str
    """Empty where it is not known."""
    how: str
    """How the speaker is known: `channel`, `toggle` or `unknown`."""
    text: str
    original: str = ""
    """What was heard, where somebody corrected it."""
    corrected_by: str = ""
    unsure: bool = False
    """The engine was not sure of it."""
    questions: tuple[str, ...] = ()
    """`open` or `closed`, for each question that begins in it."""


class LeftOutPart(Value):
    """A stretch from which something was left out."""

    at: float
    end: float
    why: str
    """In words."""


class SoundPart(Value):
    """The sound of one recording."""

    into: float
    """Where it begins."""
    seconds: float
    file: str
    """Beside the report; empty where there is none."""
    note: str
    """Why there is none, in words."""


class TalkPart(Value):
    """One conversation, or one take of it."""

    name: str
    """What the step is called."""
    round: int | None
    number: int
    """Which take it is, from 1."""
    title: str
    """`Round 2: The bus`, or the name of the step outside the rounds."""
    take: str
    """Where there are several."""
    table: str
    seconds: float
    covered: str
    """How much of it the figures are about, in words."""
    noted: bool
    """They are about what somebody noted by hand, and not about sound."""
    how: str
    """How it is known who spoke, or that it is not, in a sentence."""
    lanes: tuple[Lane, ...]
    apart: tuple[Apart, ...]
    """What was not recorded, or not noted."""
    moments: tuple[Moment, ...]
    events: tuple[Event, ...]
    speakers: tuple[str, ...]
    """The columns of the figures; empty where it is not known who spoke."""
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]
    """What else is to be known about it, in sentences."""
    said: tuple[SaidPart, ...]
    left_out: tuple[LeftOutPart, ...]
    unrecorded: tuple[Apart, ...]
    """What was not recorded."""
    sounds: tuple[SoundPart, ...] = ()
    """Where the report goes out with its sound."""

    @property
    def alternative(self) -> str:
        """The picture in words."""
        if not self.lanes:
            return "Nothing is known about when somebody spoke."
        return "; ".join(_in_words(lane) for lane in self.lanes)

    @property
    def plays(self) -> bool:
        """Whether some of it can be heard."""
        return any(sound.file for sound in self.sounds)


def _in_words(lane: Lane) -> str:
    turns = sum(not bar.listening for bar in lane.bars)
    return f"{lane.name}: {turns} stretch{'es' if turns != 1 else ''} of speech"
