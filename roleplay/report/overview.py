"""The class at a glance, part by part: who was here, what each person did, and what is missing from whom."""

from __future__ import annotations

from roleplay.values import Value


class PersonLine(Value):
    """One person."""

    name: str
    tables: tuple[str, ...]
    """Where this person sat, in that order."""
    led: int
    """How many conversations."""
    observed: int
    others: int
    """How many conversations in other roles."""
    missing: tuple[str, ...] = ()
    """What is still asked for, in words."""
    note: str = ""
    """`came at 04:10, left at 20:00`."""
    before: str = ""
    """`led in 1 of 3 sessions before`; empty where nothing is known."""


class TableLine(Value):
    """One table."""

    title: str
    people: tuple[str, ...]
    past: tuple[str, ...] = ()
    """Who was here and sits elsewhere now, or has left."""
    rounds: int
    played: int
    """How many of them were."""
    asked: int
    """How many forms and journals the steps so far ask for."""
    missing: int
    planned: int
    """Seconds that the steps which were done should have taken."""
    spent: float
    added: float
    """Seconds by which steps were made longer, below zero shorter."""
    paused: float


class MetBefore(Value):
    """Two people who sit together and did so before."""

    names: tuple[str, str]
    times: int
    """In how many earlier sessions."""


class ClassOverview(Value):
    """The class at a glance."""

    next: str
    """What there is to do now, in a sentence."""
    tables: tuple[TableLine, ...]
    people: tuple[PersonLine, ...]
    not_led: tuple[str, ...]
    """The names of those who have not led, where people take turns at it."""
    sessions: int = 0
    """How many earlier sessions of these people are known."""
    met: tuple[MetBefore, ...] = ()
    """The most often first."""
    pairs: int = 0
    """How many pairs sit together."""


class Attendee(Value):
    """Somebody who was here, for a list that names people and nothing else of them."""

    name: str
    tables: tuple[str, ...]
    note: str = ""
