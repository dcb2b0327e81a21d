"""What every event has."""

from __future__ import annotations

from roleplay.values import Value


class EventBase(Value):
    """Something that happened, `at` seconds after the session opened."""

    at: float


class TrackEvent(EventBase):
    """Something that happened at one table."""

    track: str
