"""The one clock of a session: seconds since it opened, not counting the time the program was shut."""

from __future__ import annotations

import time
from datetime import UTC, datetime, tzinfo
from datetime import date as calendar_day
from datetime import time as clock_time
from typing import Protocol

from roleplay.problems import CommandProblem


class Clock(Protocol):
    """Where `now` comes from."""

    def now(self) -> float:
        """Seconds since the session opened."""
        ...


class MonotonicClock:
    """Real time, never set back; it goes on from `at`, where the session was left."""

    def __init__(self, at: float = 0.0) -> None:
        self._zero = time.monotonic() - at

    def now(self) -> float:
        """Seconds since the session opened."""
        return time.monotonic() - self._zero


class HandClock:
    """A clock that is moved by hand, for rehearsals and tests."""

    def __init__(self, at: float = 0.0) -> None:
        self.at = at

    def now(self) -> float:
        """Seconds since the session opened."""
        return self.at


class SleepWatch:
    """Notices that the machine slept: the monotonic clock stood still while the other one went on."""

    def __init__(self) -> None:
        self._gap = self._measure()

    def slept(self) -> float:
        """Seconds slept since the last call; small differences are none."""
        gap = self._measure()
        slept, self._gap = gap - self._gap, gap
        return slept if slept > 5 else 0.0

    @staticmethod
    def _measure() -> float:
        boot_time = getattr(time, "CLOCK_BOOTTIME", None)
        awake = time.monotonic()
        return (time.clock_gettime(boot_time) if boot_time is not None else time.time()) - awake


def wall_now() -> int:
    """Wall-clock time as UTC milliseconds."""
    return time.time_ns() // 1_000_000


def local_zone() -> tzinfo:
    """Where this machine is, as its clock is set."""
    return datetime.now(UTC).astimezone().tzinfo or UTC


def local_moment(clock: str, day: str | None = None) -> datetime:
    """A moment by the clock of this machine: `18:30`, today or on a day such as `2026-12-01`.

    Raises:
        CommandProblem: there is no such time, or no such day.
    """
    try:
        moment = clock_time.fromisoformat(clock.strip().zfill(5))
    except ValueError as error:
        raise CommandProblem(f"“{clock}” is no time of day.", "Write it as in 18:30.") from error
    try:
        date = calendar_day.fromisoformat(day.strip()) if day else datetime.now(UTC).astimezone().date()
    except ValueError as error:
        raise CommandProblem(f"“{day}” is no day.", "Write it as in 2026-12-01.") from error
    return datetime.combine(date, moment.replace(tzinfo=None)).astimezone()
