"""What a person reads about themselves over several sessions: what was said, session by session, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from functools import partial

from roleplay.analysis.growth import ENOUGH, Growth, GrowthLine, Point, growth_of
from roleplay.analysis.past import Past
from roleplay.problems import CommandProblem, nearest
from roleplay.report.feedback import Said
from roleplay.report.templating import environment
from roleplay.values import Value

FORMATS = ("html", "md", "json")


class GrowthPart(Value):
    """One criterion over time."""

    rubric: str
    criterion: str
    own_only: bool
    """Nobody else was asked."""
    sessions: int
    levels: dict[int, str]
    points: tuple[Point, ...]


class StepPart(Value):
    """A next step that was written for the following session."""

    session: str
    opened: int
    title: str
    lines: tuple[Said, ...]


class GrowthReport(Value):
    """One person over time."""

    name: str
    sessions: int
    first: int | None
    """When the first of these sessions was opened, as UTC milliseconds; none where there is none."""
    last: int | None
    compared: tuple[GrowthPart, ...]
    """Criteria with levels from two sessions or more."""
    single: tuple[GrowthPart, ...]
    steps: tuple[StepPart, ...]
    caution: str
    """Why nothing can be said about a direction; empty where there are points enough."""


_LEFT_OUT = "What only this person may read is left out here."


def build_growth(name: str, known: str, pasts: Iterable[Past], openly: bool = False) -> GrowthReport:
    """The report of a known person over past sessions, oldest first, with what that person may see.

    Where the facilitator looks on, `openly`, what is private to the person is left out.
    """
    pasts = tuple(pasts)
    growth = growth_of(pasts, known, openly)
    return GrowthReport(
        name=name,
        sessions=len(pasts),
        first=pasts[0].opened if pasts else None,
        last=pasts[-1].opened if pasts else None,
        compared=tuple(map(_part, growth.compared)),
        single=tuple(map(_part, growth.single)),
        steps=tuple(
            StepPart(
                session=step.session,
                opened=step.opened,
                title=step.title,
                lines=tuple(Said(ask=ask, answer=answer) for ask, answer in step.lines),
            )
            for step in growth.steps
        ),
        caution=" ".join(filter(None, (_caution(growth), _LEFT_OUT if openly else ""))),
    )


def render_growth(report: GrowthReport, format: str, zone: tzinfo = UTC) -> str:
    """Write a growth report down.

    Args:
        report: what to write.
        format: one of `FORMATS`.
        zone: where its reader is, for the dates; data always have UTC.

    Raises:
        CommandProblem: there is no such format.
    """
    if format == "json":
        return report.model_dump_json(indent=2) + "\n"
    if format not in FORMATS:
        mend = f"{nearest(format, FORMATS)} There are: {', '.join(FORMATS)}."
        raise CommandProblem(f"There is no report as “{format}”.", mend.strip())
    template = environment().get_template(f"growth.{format}.j2")
    return template.render(report=report, day=partial(say_day, zone=zone), gap=say_gap)


def say_day(wall: int, zone: tzinfo = UTC) -> str:
    """The day of a moment in UTC milliseconds in words, where the reader is: `3 Nov 2026`."""
    moment = datetime.fromtimestamp(wall / 1000, zone)
    return f"{moment.day} {moment:%b %Y}"


def say_gap(levels: float) -> str:
    """A difference in levels: `+1`, `0`, `-0.5`."""
    return f"{levels:+g}" if levels else "0"


def _part(line: GrowthLine) -> GrowthPart:
    return GrowthPart(
        rubric=line.rubric_title,
        criterion=line.title,
        own_only=line.own_only,
        sessions=line.sessions,
        levels=dict(line.levels),
        points=line.points,
    )


def _caution(growth: Growth) -> str:
    if not growth.compared:
        return "Nothing was looked at in two sessions yet, so there is nothing to compare."
    if not growth.enough:
        return f"With fewer than {ENOUGH} sessions, levels say how each day went. They do not show a direction yet."
    return ""
