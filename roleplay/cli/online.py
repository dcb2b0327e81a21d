"""Commands for a class in a video call: bells by the clock on the wall, and pages whose answers come as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from roleplay.cli.group import main
from roleplay.cli.planned import planned_for
from roleplay.cli.shared import find_session, hand_out, opened_store


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
    from roleplay.content.blanks import fill
    from roleplay.problems import CommandProblem
    from roleplay.report.timetable import FORMATS, render_timetable, say_date, say_zone, timetable

    format = (output.suffix.lstrip(".").lower() or "md") if output else "md"
    if format not in FORMATS:
        raise CommandProblem(f"Bells are not written as {format}.", "Let the name end with .ics, .md or .html.")
    begin = local_moment(start, date)
    meant = planned_for(scenario, session, people, roster, minutes)
    made = timetable(fill(meant.bundle.scenario, {}), meant.plan, begin, table)
    hand_out(render_timetable(made, format, datetime.now(UTC)), output)
    if output:
        click.echo(f"They begin on {say_date(begin)}, at {begin:%H:%M} ({say_zone(begin)}).", err=True)


@main.command()
@click.argument("session", required=False)
@click.option("--for", "reader", help="Only the page of this person.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder for the pages.")
def forms(session: str | None, reader: str | None, output: Path | None) -> None:
    """Write a page to fill in for each person of a SESSION.

    It needs no network, and has all that its person is asked for, and their own cards. It keeps what is typed, and
    saves a small file of answers, which `roleplay import` takes in. Without a session, for the last open one."""
    from roleplay.conduct.opening import read_session, scenario_of
    from roleplay.problems import CommandProblem
    from roleplay.report.offline import offline_pages
    from roleplay.report.reader import reader_named
    from roleplay.store.files import write_folder

    with opened_store() as store:
        found = find_session(store, session, open_only=session is None)
        state, words = read_session(store, found)
        scenario = scenario_of(store, found)
    person = reader_named(state, words, reader).person if reader else None
    if person == "":
        raise CommandProblem("A page is for one of those who play; it asks nobody else.", "Give a name after --for.")
    pages = offline_pages(state, words, found, scenario, person)
    for path in write_folder(output or Path(f"{found}-forms"), pages):
        click.echo(f"Wrote {path}", err=True)
    click.echo("Send each person their own page. What they save comes in with: roleplay import FILES", err=True)


@main.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder for what cannot be placed.")
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def import_(files: tuple[str, ...], output: Path | None, as_json: bool) -> None:
    """Take in FILES of answers, or folders of them.

    They are saved by the pages that `roleplay forms` writes; - takes in what was pasted. Every answer is accounted
    for, and nothing is taken twice. What cannot be placed is kept in a file, with the reason."""
    from roleplay.conduct.import_answers import still_missing, take_in, texts_in
    from roleplay.problems import ExitCode
    from roleplay.report.imported import imported_as_json, imported_as_text, not_placed
    from roleplay.store.files import write_beside

    with opened_store() as store:
        imported = take_in(store, texts_in(files, sys.stdin))
        missing = list(still_missing(store, imported))
    click.echo(imported_as_json(imported) if as_json else imported_as_text(imported))
    for line in missing:
        click.echo(line, err=True)
    for path in write_beside(output or Path(), not_placed(imported)):
        click.echo(f"What could not be placed is kept in {path}: import that file once the reason is gone.", err=True)
    if not all(one.is_well for one in imported):
        sys.exit(ExitCode.PROBLEMS)
