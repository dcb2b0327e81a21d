"""A whole report, part by part: frozen values with the words in them, the same for every way of writing them down.

What it says about one person stands in `report.feedback`. Times are in seconds of the session's clock, save where a
moment of a conversation is meant.
"""

from __future__ import annotations

from typing import Literal

from roleplay.report.feed import DebriefFeed
from roleplay.report.feedback import FactsPart, FormPart, LeaderPart, Said, Tone
from roleplay.report.overview import Attendee, ClassOverview
from roleplay.report.talk import TalkPart
from roleplay.values import Value


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
    plays: str = ""
    """Whom they played, where the title does not say it."""
    also: str = ""
    """As whom they also spoke."""


class StepLine(Value):
    """One stretch of one step."""

    name: str
    kind: str
    round: int | None
    take: int
    label: str
    """What the take is called."""
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


class InjectLine(Value):
    """Something that was set to happen in a conversation, and what became of it."""

    conversation: str
    round: int | None
    take: int
    to: str
    """For whom, in words."""
    from_: str
    """Who it comes from, or nothing."""
    planned: float | None
    """Seconds into the conversation; none where the facilitator chooses the moment."""
    came: float | None
    """Seconds into the conversation; none where it did not."""
    note: str
    """What became of it, in words."""
    say: str
    """The words, where the reader may see them."""


class Happened(Value):
    """Something that happened to the reader in a conversation."""

    conversation: str
    round: int | None
    take: int
    at: float
    """Seconds into the conversation."""
    to: str
    """For whom it was, in words."""
    from_: str
    mine: bool
    """The reader was the one who said it."""
    say: str


class TablePart(Value):
    """A table: its people, and what happened there."""

    title: str
    people: tuple[str, ...]
    past: tuple[str, ...] = ()
    """Who was here and sits elsewhere now, or has left."""
    steps: tuple[StepLine, ...]
    injects: tuple[InjectLine, ...] = ()
    """For the facilitator."""


class MapColumn(Value):
    """A behaviour that was marked for several people."""

    marker: str
    key: str
    tone: Tone


class MapRow(Value):
    """One person in a map."""

    person: str
    role: str
    counts: tuple[int, ...]


class MapPart(Value):
    """Who did what how often in a conversation in which several people were marked."""

    title: str
    table: str
    mine: bool
    """It counts only what the reader marked."""
    columns: tuple[MapColumn, ...]
    rows: tuple[MapRow, ...]


class OwnMapLine(Value):
    """One behaviour in a conversation in which several people were marked."""

    marker: str
    key: str
    tone: Tone
    count: int
    at: tuple[float, ...]
    """When, in seconds of the conversation."""
    others: tuple[int, ...]
    """How often the others were marked, lowest first and without names; empty while too few stand behind it."""


class OwnMapPart(Value):
    """The reader's own row of a map."""

    title: str
    lines: tuple[OwnMapLine, ...]


class RatingsLine(Value):
    """What raters saw of one person on one criterion."""

    criterion: str
    levels: tuple[str, ...]
    """Each rater's level as its number, or `not observed`; empty where a rater has not sent the form."""
    apart: int | None
    """Levels between the lowest and the highest; none where fewer than two were observed."""
    note: str
    """`2 apart`, where it is much."""


class RatedPerson(Value):
    """Somebody who was rated by several."""

    person: str
    lines: tuple[RatingsLine, ...]


class RatingsPart(Value):
    """What several people rated under seal on one rubric, beside each other."""

    rubric: str
    step: str
    """The name of the step in which they rated."""
    take: str
    """The take that it is about, where there are several."""
    table: str
    """Empty where there is only one."""
    raters: tuple[str, ...]
    people: tuple[RatedPerson, ...]


class MissingRatings(Value):
    """Somebody who was asked for ratings and has not sent them."""

    by: str
    forms: int


class CarriedPart(Value):
    """Something from an earlier session of the same people that goes on in this one."""

    title: str
    by: str
    about: str
    about_self: bool
    opened: str
    """When that session was: UTC, ISO 8601."""
    lines: tuple[Said, ...]


class GuideLine(Value):
    """One question of the debrief."""

    phase: str
    ask: str


class Report(Value):
    """A session, as far as one reader may see it."""

    format: Literal[1] = 1
    session: str
    reader: Literal["person", "facilitator", "room"]
    name: str
    """The reader's name, where the reader is a participant."""
    title: str
    part: str
    """Which part of which series it is, in words."""
    occasion: str
    """The occasion it was played on, in words."""
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
    carried: tuple[CarriedPart, ...] = ()
    """What goes on from last time, as far as the reader may see it."""
    leaders: tuple[LeaderPart, ...] = ()
    """The reader's own part, or for the facilitator everybody's."""
    written: tuple[FormPart, ...] = ()
    """What the reader wrote about others."""
    played: tuple[FactsPart, ...] = ()
    """What came out, where the reader was the one who knew."""
    maps: tuple[MapPart, ...] = ()
    """Of conversations in which several people were marked: for the facilitator, and what the reader marked."""
    own_maps: tuple[OwnMapPart, ...] = ()
    talks: tuple[TalkPart, ...] = ()
    """What the conversations show that were recorded, or of which somebody noted who spoke."""
    ratings: tuple[RatingsPart, ...] = ()
    """Of what is rated under seal: for the facilitator, and for raters once they may compare."""
    missing: tuple[MissingRatings, ...] = ()
    """Of the same, what was asked for and is not in; for the facilitator."""
    happened: tuple[Happened, ...] = ()
    cards: tuple[CardPart, ...] = ()
    journal: tuple[JournalPart, ...] = ()
    feed: DebriefFeed
    overview: ClassOverview | None = None
    """For the facilitator."""
    attendance: tuple[Attendee, ...] = ()
    """Where somebody asked for names: who was here."""
    guide: tuple[GuideLine, ...] = ()
    tables: tuple[TablePart, ...] = ()
