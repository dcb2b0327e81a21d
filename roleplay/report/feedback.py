"""What a report says about one person, part by part: frozen values with the words in them, the same for every way of
writing them down.

Times are in seconds of a conversation.
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
    at: float | None
    """Seconds into the conversation, pauses left out; none where it was marked on paper, without its time."""
    take: int = 1
    conversation: str = ""
    """Its name, where several that belong together were marked."""


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
    """It is asked in the writer's own words."""
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
    take: str = ""
    """The take that it is about, where there are several."""
    answers: tuple[Answered, ...]
    """Empty where the form is a table."""
    rows: tuple[tuple[Answered, ...], ...] = ()
    """Of a form that is a table, the rows in which something stands; each has an answer for every column."""
    words: tuple[Said, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not (self.words or self.rows or any(answer.observed for answer in self.answers))


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


class TwoViews(Value):
    """One criterion, as somebody sees it and as others do."""

    criterion: str
    own: str
    """Empty where it was left open."""
    others: tuple[str, ...]
    apart: float | None
    """Levels that others saw above the own level, below zero under it; none where one of the two is missing."""
    difference: str
    """The same in words, without a verdict."""


class ViewsPart(Value):
    """The own form beside what others wrote on the same rubric."""

    rubric: str
    others: tuple[str, ...]
    """Who they are."""
    lines: tuple[TwoViews, ...]


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
    title: str
    """`Take 2: slower start`; empty where it was played once."""
    seconds: float
    moments: tuple[Moment, ...]


class TakesLine(Value):
    """One thing, take by take."""

    title: str
    by: str = ""
    """Who says so, where it matters."""
    tone: Tone | None = None
    """Of a behaviour."""
    takes: tuple[str, ...]
    """In words, one for each take; empty where nothing was said."""


class TakesPart(Value):
    """A conversation that was played more than once: its takes side by side."""

    name: str
    takes: tuple[str, ...]
    """`Take 1`, `Take 2: slower start`."""
    levels: tuple[TakesLine, ...]
    """What others saw."""
    own: tuple[TakesLine, ...]
    """What the person saw."""
    markers: tuple[TakesLine, ...]
    """How often each behaviour was marked."""
    words: tuple[TakesLine, ...]
    """How the answers in words begin."""
    changed: str
    """What is different from the first take to the last, in a sentence; empty where nothing can be compared."""


class RoundPart(Value):
    """One conversation that somebody led or was watched in, and everything that was said about it."""

    title: str
    """`Round 2`, or the name of the step outside the rounds."""
    round: int | None
    role: str
    case: str
    sample: bool
    """Some of this feedback was written by the program for practice."""
    last: str
    """The take that the highlights are from, where there are several."""
    helped: tuple[Strength, ...]
    helping: tuple[MomentGroup, ...]
    to_try: tuple[ToTry, ...]
    takes: tuple[TakesPart, ...]
    forms: tuple[FormPart, ...]
    """By others, and by the person on the same rubrics; in the order of the takes, then as they came in."""
    views: tuple[ViewsPart, ...]
    forecast: tuple[Forecast, ...]
    facts: tuple[FactsPart, ...]
    conversations: tuple[Conversation, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has said anything about it yet."""
        marked = any(conversation.moments for conversation in self.conversations)
        return not (self.forms or self.forecast or self.facts or marked)


class LeaderPart(Value):
    """Everything about one person."""

    person: str
    table: str
    rounds: tuple[RoundPart, ...]
    """The conversations in which others looked at this person."""
    own: tuple[FormPart, ...]
    """What this person wrote about himself or herself, where nobody else writes on the same rubric."""
