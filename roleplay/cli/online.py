"""Commands for a class that meets in a video call: the bells by the clock on the wall."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.group import main
from roleplay.cli.shared import class_from, find_session, folders, hand_out, opened_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roleplay.content.scenario import Scenario
    from roleplay.planning.plan import Plan


@main.command()
@click.argument("scenario", required=False)
@click.option("--start", required=True, metavar="HH:MM", help="When you begin, by the clock of this computer.")
@click.option("--date", help="On which day, as in 2026-12-01; without it, today.")
@click.option("--people", help='Who plays, as in "Ana, Ben, Chloe".')
@click.option("--roster", type=click.Path(path_type=Path), help="A class list: a CSV file with a column called name.")
@click.option("--session", help="The bells of a session that was set up, as its plan stands now.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is.")
@click.option("--table", help='The bells of one table or breakout room, as in "Table 2".')
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write them: .ics, .md or .html.")
def bells(
    scenario: str | None,
    start: str,
    date: str | None,
    people: str | None,
    roster: Path | None,
    session: str | None,
    minutes: int | None,
    table: str | None,
    output: Path | None,
) -> None:
    """Give the bells of a SCENARIO their times of day.

    As a list to read, or with -o bells.ics as a calendar that rings. The calendar is right in every time zone, and
    tells nothing that people may not know before."""
    from datetime import UTC, datetime

    from roleplay.conduct.clock import local_moment
    from roleplay.problems import CommandProblem
    from roleplay.report.timetable import FORMATS, render_timetable, say_date, say_zone, timetable

    format = (output.suffix.lstrip(".").lower() or "md") if output else "md"
    if format not in FORMATS:
        raise CommandProblem(f"Bells are not written as {format}.", "Let the name end with .ics, .md or .html.")
    begin = local_moment(start, date)
    played, plan = _planned(scenario, session, class_from(people, roster).names, minutes)
    made = timetable(played, plan, begin, table)
    hand_out(render_timetable(made, format, datetime.now(UTC)), output)
    if output:
        click.echo(f"They begin on {say_date(begin)}, at {begin:%H:%M} ({say_zone(begin)}).", err=True)


def _planned(
    scenario: str | None, session: str | None, names: Sequence[str], minutes: int | None
) -> tuple[Scenario, Plan]:
    """What is played by whom: as a session has it, or planned for these people."""
    from roleplay.problems import CommandProblem

    if (scenario is None) == (session is None):
        raise CommandProblem(
            "Name a scenario, or a session with --session.", "Try: roleplay bells first-try --start 18:30"
        )
    if session is not None:
        from roleplay.conduct.opening import read_session

        if names or minutes:
            raise CommandProblem(
                "A session has its own people and times.", "Leave out --people, --roster and --minutes."
            )
        with opened_store() as store:
            state, _ = read_session(store, find_session(store, session))
        return state.setting.scenario, state.plan
    from roleplay.conduct.opening import seats_for
    from roleplay.content.blanks import fill
    from roleplay.content.load import load_bundle
    from roleplay.planning.build import build_plan

    assert scenario is not None
    found = fill(load_bundle(scenario, folders()).scenario, {})
    seats = seats_for(names, 0 if names else found.group_size)
    return found, build_plan(found, [seat.id for seat in seats], minutes)
