"""What a printed deck holds: hands of cards, pages to write on, and the facilitator's own pages."""

from __future__ import annotations

from typing import Literal

from roleplay.analysis.bells import BellKind
from roleplay.content.rubric import Marker
from roleplay.report.parts import CastLine, GuideLine
from roleplay.values import Value

SheetKind = Literal["forecast", "form", "marks", "learned", "journal"]


class Cue(Value):
    """Something that happens during the conversation, for the holder of a card."""

    at: int | None
    """Seconds into the conversation; none where the facilitator says when."""
    source: str
    """Who it comes from, or nothing."""
    to: str
    """For whom it is, in words."""
    say: str


class Card(Value):
    """What one role may read about one case."""

    case: str
    occasion: str
    """The occasion that the case belongs to, or nothing."""
    role: str
    plays: str
    """Whom the role plays, where the title does not say it."""
    also: str
    """As whom it also speaks."""
    everyone: str
    """What all may know."""
    about: str
    """What the role does."""
    text: str
    """What this role alone may know."""
    facts: tuple[str, ...]
    """Hidden facts that this role knows."""
    cues: tuple[Cue, ...]
    """What it reads when it happens."""
    says: tuple[Cue, ...]
    """What it says aloud to others."""


class Tick(Value):
    """A box to tick."""

    label: str
    means: str = ""


class Question(Value):
    """One criterion on paper."""

    title: str
    look_for: tuple[str, ...]
    ticks: tuple[Tick, ...]
    """Boxes to choose from; the last one is for no answer."""
    scale: Literal["levels", "agreement", "checklist", "count", "text"]
    evidence: Literal["never", "at-ends", "always"]
    """Which answers want a marked moment or a quote."""


class Sheet(Value):
    """A page to write on."""

    kind: SheetKind
    title: str
    by: str
    """The title of the role that fills it in, or `Everybody`."""
    by_id: str
    """The id of that role, or `everyone`."""
    about: str
    """The title of the role it is about, or nothing."""
    about_id: str
    """The id of that role, or nothing."""
    private: bool = False
    """Whether it stays with whoever fills it in."""
    intro: str = ""
    """What stands above it: where people write about themselves, what it is for, and who reads it."""
    questions: tuple[Question, ...] = ()
    rows: int = 1
    """How often the questions are answered; from two on, in a table whose columns they are."""
    marks: tuple[Marker, ...] = ()
    """Behaviours to count, with their times."""
    people: int = 1
    """For how many people they are counted, side by side."""
    prompts: tuple[str, ...] = ()


class HandRound(Value):
    """What somebody holds in one round."""

    number: int | None = None
    """None outside the rounds."""
    title: str
    """`Round 2`, or nothing."""
    card: Card | None
    """None where the card of an earlier round still counts."""
    sheets: tuple[Sheet, ...]


class Hand(Value):
    """What one person holds, or whoever plays one role in one case."""

    file: str
    """A file name without its ending, unlike that of every other hand."""
    title: str
    """A name, or a role and a case."""
    table: str
    copies: int | None
    """How many people hold it; none where nobody knows yet."""
    rounds: tuple[HandRound, ...]
    afterwards: tuple[Sheet, ...]
    """What everybody writes at the end."""


class BellLine(Value):
    """A bell on the facilitator's page."""

    at: int
    """Seconds since the session began."""
    kind: BellKind
    sentence: str
    tables: tuple[str, ...]


class AloudLine(Value):
    """Words to read aloud while a case is played."""

    case: str
    at: int | None
    """Seconds into the conversation; none where the facilitator chooses the moment."""
    say: str


class SeatLine(Value):
    """Who plays what at one table in one round."""

    table: str
    round: str
    case: str
    cast: tuple[CastLine, ...]


class SheetCopies(Value):
    """A page to write on, and how many of it to print."""

    sheet: Sheet
    copies: int | None
    """None where nobody knows yet how many people come."""


class Deck(Value):
    """Everything that a session needs on paper."""

    title: str
    about: str
    occasion: str
    """The occasion it was made for, or nothing."""
    blanks: tuple[str, ...]
    """What is to be filled in first; on the cards are lines for it."""
    seconds: int
    """How long the whole takes."""
    planned: bool
    """Made for people who are known; otherwise for one table of the usual size that plays the first cases in turn."""
    bells: tuple[BellLine, ...]
    aloud: tuple[AloudLine, ...]
    """What the facilitator reads to everybody."""
    guide: tuple[GuideLine, ...]
    seats: tuple[SeatLine, ...]
    """Empty where nobody is named."""
    hands: tuple[Hand, ...]
    sheets: tuple[SheetCopies, ...]
    """Each page to write on, once."""
