"""What a report says, part by part: frozen values with the words in them, the same for every way of writing them down.

Times are in seconds: of a conversation where a moment in it is meant, of the session's clock otherwise.
"""

from __future__ import annotations

from typing import Literal

from roleplay.analysis.ratings import Direction
from roleplay.values import Value

Tone = Literal["helps", "hinders", "neutral"]


class Said(Value):
    """A question and what somebody answered."""

    ask: str
    answer: str


class Moment(Value):
    """A marked behaviour."""

    marker: str
    key: str
    tone: Tone
    at: float
    """Seconds into the conversation, pauses left out."""
    take: int = 1


class MomentGroup(Value):
    """One behaviour with all its moments."""

    marker: str
    tone: Tone
    moments: tuple[Moment, ...]


class Answered(Value):
    """The answer to one criterion."""

    criterion: str
    observed: bool
    answer: str
    """In words: `3 · Solid`, or the writer's own; empty where it was not observed."""
    own_words: bool
    """The answer is the writer's own."""
    means: str = ""
    """What that level looks like, where the rubric says so."""
    moments: tuple[Moment, ...] = ()
    """The evidence that was marked."""
    quote: str = ""
    """The evidence in words."""


class FormPart(Value):
    """A form as it stands, the newest version."""

    rubric: str
    by: str
    by_role: str
    about: str
    about_self: bool
    sample: bool
    """Written by the program for practice, and not about anybody."""
    corrected: int
    """How many times it was sent again."""
    answers: tuple[Answered, ...]
    words: tuple[Said, ...]


class Strength(Value):
    """Something that helped."""

    criterion: str
    answers: tuple[str, ...]
    """Each rater's level in words."""
    means: str
    """What that level looks like."""
    moments: tuple[Moment, ...]
    quotes: tuple[str, ...]


class ToTry(Value):
    """Something to try next."""

    criterion: str
    idea: str
    """What the next level looks like."""
    moments: tuple[Moment, ...]
    """Where the conversation could have gone another way."""


class Forecast(Value):
    """What the leader expected on one criterion, and what others saw."""

    criterion: str
    expected: str
    seen: tuple[str, ...]
    gap: float | None
    """Levels that others saw above the forecast, below zero under it; none where nobody observed it."""
    direction: Direction | None


class FactLine(Value):
    """A hidden fact."""

    fact: str
    came_out: bool


class FactsPart(Value):
    """What only the partner knew, and what the leader found out."""

    leader: str
    partner: str
    found: int | None
    """None while the partner has not said, or where the reader may not know yet."""
    of: int
    facts: tuple[FactLine, ...]
    learned: str
    """What the leader wrote, where the reader may read it."""


class Conversation(Value):
    """One take of a conversation, with what was marked in it."""

    name: str
    take: int
    seconds: float
    moments: tuple[Moment, ...]


class RoundPart(Value):
    """One conversation that somebody led, and everything that was said about it."""

    title: str
    """`Round 2`, or the name of the step outside the rounds."""
    round: int | None
    role: str
    case: str
    sample: bool
    """Some of this feedback was written by the program for practice."""
    helped: tuple[Strength, ...]
    helping: tuple[MomentGroup, ...]
    to_try: tuple[ToTry, ...]
    forms: tuple[FormPart, ...]
    """In the order in which they came in."""
    forecast: tuple[Forecast, ...]
    facts: tuple[FactsPart, ...]
    conversations: tuple[Conversation, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has said anything about it yet."""
        marked = any(conversation.moments for conversation in self.conversations)
        return not (self.forms or self.forecast or self.facts or marked)


class LeaderPart(Value):
    """Everything about one person who led."""

    person: str
    table: str
    rounds: tuple[RoundPart, ...]


class CardPart(Value):
    """A card that the reader held."""

    title: str
    role: str
    """Empty for what everybody could read."""
    text: str
    facts: tuple[str, ...]
    """What only this role knew."""


class JournalPart(Value):
    """The reader's own journal."""

    name: str
    on_paper: bool
    corrected: int
    answers: tuple[Said, ...]


class CastLine(Value):
    """A role and the names of those who played it."""

    role: str
    people: tuple[str, ...]


class StepLine(Value):
    """One stretch of one step."""

    name: str
    kind: str
    round: int | None
    take: int
    case: str
    cast: tuple[CastLine, ...]
    started: float
    ended: float | None
    planned: int
    spent: float | None
    added: float
    paused: float
    note: str
    """What was out of the ordinary, in words."""


class TablePart(Value):
    """A table: its people, and what happened there."""

    title: str
    people: tuple[str, ...]
    steps: tuple[StepLine, ...]


class MarkerLine(Value):
    """How often a behaviour was marked."""

    marker: str
    tone: Tone
    count: int


class Bar(Value):
    """How many forms gave one answer."""

    label: str
    forms: int


class SpreadLine(Value):
    """The answers to one criterion."""

    criterion: str
    bars: tuple[Bar, ...]
    not_observed: int


class RubricSpread(Value):
    """The answers to one rubric."""

    rubric: str
    lines: tuple[SpreadLine, ...]


class GuideLine(Value):
    """One question of the debrief."""

    phase: str
    ask: str


class DebriefFeed(Value):
    """What the whole room may see of itself: counts, and words that their writers agreed to share."""

    people: int
    """How many people have led."""
    markers: tuple[MarkerLine, ...] = ()
    """Empty while too few have led for a count to stay nobody's own."""
    spread: tuple[RubricSpread, ...] = ()
    """The same holds here."""
    quotes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.markers or self.spread or self.quotes)


class Report(Value):
    """A session, as far as one reader may see it."""

    format: Literal[1] = 1
    session: str
    reader: Literal["person", "facilitator", "room"]
    name: str
    """The reader's name, where the reader is a participant."""
    title: str
    about: str
    scenario: str
    """The id of the scenario."""
    opened: str
    """UTC, ISO 8601; empty for a session that has not been opened."""
    lasted: float
    """Seconds of the session's clock until now, or until its end."""
    ended: bool
    rehearsal: bool
    people: int
    """How many take part; in a rehearsal, how many would."""
    leaders: tuple[LeaderPart, ...] = ()
    """The reader's own part, or for the facilitator everybody's."""
    written: tuple[FormPart, ...] = ()
    """What the reader wrote about others."""
    played: tuple[FactsPart, ...] = ()
    """What came out, where the reader was the one who knew."""
    cards: tuple[CardPart, ...] = ()
    journal: tuple[JournalPart, ...] = ()
    feed: DebriefFeed
    guide: tuple[GuideLine, ...] = ()
    tables: tuple[TablePart, ...] = ()
