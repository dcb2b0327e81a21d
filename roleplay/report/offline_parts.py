"""A page that needs no server, part by part: what one person is asked for, round by round, with their own cards."""

from __future__ import annotations

from typing import Literal

from roleplay.content.rubric import Marker, Prompt
from roleplay.report.deck import Card
from roleplay.report.parts import CastLine
from roleplay.values import Value

PartKind = Literal["forecast", "form", "facts", "learned", "journal", "marks"]


class Choice(Value):
    """One answer to choose from."""

    value: str
    """As JSON has it."""
    label: str
    means: str
    evidence: bool
    """It asks for what was said or done."""


class Ask(Value):
    """One criterion."""

    id: str
    title: str
    about: str
    look_for: tuple[str, ...]
    kind: Literal["choice", "count", "text"]
    choices: tuple[Choice, ...]
    evidence: bool
    """Every answer that is no level asks for what was said or done."""
    row: int


class Part(Value):
    """Something to fill in: a form, a journal, an answer, ticks, or behaviours to tap."""

    kind: PartKind
    track: str
    key: str
    """Table and key together are what an answer is found by: see `conduct.drafts.draft_key`."""
    title: str
    about: str
    """The name of whom it is about, where that is somebody else."""
    note: str
    """Who reads it, or what it is for."""
    asks: tuple[Ask, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    leave_out: str = "Not observed"
    done: bool = False
    """It is in already, from a screen or a file."""
    private: bool = False
    """Nobody but its writer is shown it."""
    share: bool = False
    """Its words may be offered for the debrief."""
    facts: tuple[tuple[str, str], ...] = ()
    marks: tuple[Marker, ...] = ()
    evidence_from: tuple[str, ...] = ()
    """Where the behaviours were tapped that are evidence here: table and key, with a space between them."""


class Stretch(Value):
    """A round, or what comes before or after the rounds."""

    number: int | None
    """None outside the rounds."""
    title: str
    table: str
    role: str
    cast: tuple[CastLine, ...]
    card: Card | None
    watching: tuple[tuple[str, tuple[Part, ...]], ...]
    """Conversations in which this person taps what they see: table and step, and a part for each person watched."""
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    """What is written after the conversation."""


class OfflinePage(Value):
    """One person's page."""

    title: str
    session: str
    scenario: str
    """The hash of the scenario that is played."""
    person: str
    name: str
    stretches: tuple[Stretch, ...]
