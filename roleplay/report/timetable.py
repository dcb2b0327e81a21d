"""The bells of a session by the clock on the wall: a list to read, and a calendar that rings.

A calendar holds nothing that its reader may not know before: what is read aloud as a surprise stands on the list alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from roleplay.analysis.bells import Bell, BellKind, bell_list, say_aloud
from roleplay.content.scenario import Scenario
from roleplay.planning.plan import Plan
from roleplay.problems import CommandProblem, nearest
from roleplay.report.templating import environment
from roleplay.values import Value

FORMATS = ("html", "ics", "md")
_OCTETS = 75
"""The longest line of a calendar file."""


class Ring(Value):
    """A bell at its time of day."""

    at: datetime
    """With the zone of whoever leads the session."""
    kind: BellKind
    say: str
    known: str
    """The same in words that nobody is surprised by."""
    tables: tuple[str, ...]
    """The tables it is for; empty where it is for all."""


class Timetable(Value):
    """When to say what."""

    title: str
    table: str
    """The one table whose bells these are, or nothing."""
    start: datetime
    seconds: int
    several: bool
    """Some bells are for some tables alone."""
    rings: tuple[Ring, ...]

    @property
    def end(self) -> datetime:
        """When the whole is over."""
        return self.start + timedelta(seconds=self.seconds)


def timetable(scenario: Scenario, plan: Plan, start: datetime, table: str | None = None) -> Timetable:
    """The bells of a plan that begins at a moment; of all tables, or of one.

    Raises:
        CommandProblem: the plan has no such table.
    """
    titles = [track.title for track in plan.tracks]
    if table is not None:
        same = [title for title in titles if title.casefold() == table.strip().casefold()]
        if not same:
            mend = nearest(table, titles) or f"There are {', '.join(titles)}."
            raise CommandProblem(f"No table is called “{table}”.", mend)
        table = same[0]
    bells = [bell for bell in bell_list(scenario, plan) if table is None or not bell.tables or table in bell.tables]
    return Timetable(
        title=scenario.title,
        table=table or "",
        start=start,
        seconds=bells[-1].at_seconds,
        several=table is None and any(bell.tables for bell in bells),
        rings=tuple(
            Ring(
                at=start + timedelta(seconds=bell.at_seconds),
                kind=bell.kind,
                say=bell.sentence,
                known=_known(bell),
                tables=() if table else bell.tables,
            )
            for bell in bells
        ),
    )


def _known(bell: Bell) -> str:
    return "For everyone: read aloud what stands on the bell list." if bell.surprise else bell.sentence


def render_timetable(made: Timetable, format: str, now: datetime) -> str:
    """Write the bells down, as one of `FORMATS`; `now` is when a calendar says that it was made."""
    if format == "ics":
        return "".join(_folded(line) for line in _calendar(made, now))
    return environment().get_template(f"bells.{format}.j2").render(made=made, day=say_date, zone=say_zone)


def say_date(moment: datetime) -> str:
    """A day in words: `Tuesday, 1 December 2026`."""
    return f"{moment:%A}, {moment.day} {moment:%B %Y}"


def say_zone(moment: datetime) -> str:
    """What the clocks of a place go by: `UTC+01:00`."""
    offset = f"{moment:%z}"
    return "UTC" if offset in ("", "+0000") else f"UTC{offset[:3]}:{offset[3:5]}"


def _calendar(made: Timetable, now: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//roleplay//bells//EN", "CALSCALE:GREGORIAN")
    name = " · ".join(part for part in (made.title, made.table) if part)
    yield f"X-WR-CALNAME:{_escaped(name)}"
    whole = (made.start, made.end, made.title, (made.table,) if made.table else (), False)
    rings = [(ring.at, ring.at, ring.known, ring.tables, True) for ring in made.rings]
    seen: dict[str, int] = {}
    for start, end, say, tables, rings_out in (whole, *rings):
        # Taken in a second time, the same bell takes its own place.
        seed = repr((made.title, made.table, made.start.astimezone(UTC), start - made.start, say, tables, rings_out))
        uid = hashlib.sha256(seed.encode()).hexdigest()[:24]
        seen[uid] = seen.get(uid, 0) + 1
        yield "BEGIN:VEVENT"
        yield f"UID:{uid}-{seen[uid]}@roleplay"
        yield f"DTSTAMP:{_utc(now)}"
        yield f"DTSTART:{_utc(start)}"
        if end > start:
            yield f"DTEND:{_utc(end)}"
        yield f"SUMMARY:{_escaped(', '.join(tables) + ': ' + say if tables and rings_out else say)}"
        if tables:
            yield f"LOCATION:{_escaped(', '.join(tables))}"
        if rings_out:
            yield "TRANSP:TRANSPARENT"
            yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT0S", f"DESCRIPTION:{_escaped(say)}", "END:VALARM")
        else:
            yield f"DESCRIPTION:{_escaped(f'It takes {say_aloud(made.seconds)}.')}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    plain = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign >= " " or sign == "\n")
    for sign in "\\;,":
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line as a calendar file has it: no longer than it may be, and never cut within a letter."""
    lines, length = [""], 0
    for sign in line:
        size = len(sign.encode())
        if length + size > _OCTETS:
            lines.append(" ")
            length = 1
        lines[-1] += sign
        length += size
    return "".join(f"{part}\r\n" for part in lines)
