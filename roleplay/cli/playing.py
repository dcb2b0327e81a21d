"""Commands that play a session, and those that look back on one."""

from __future__ import annotations

import os
from pathlib import Path

import click

from roleplay.cli.group import main
from roleplay.cli.shared import (
    find_session,
    folders,
    hand_out,
    has_terminal,
    names_from,
    open_desk,
    opened_store,
    rehearse_instead,
    show_screens,
)


@main.command()
@click.argument("scenario")
@click.option("--people", help='Who plays, as in "Ana, Ben, Chloe".')
@click.option("--roster", type=click.Path(path_type=Path), help="A class list: a CSV file with a column called name.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is; steps are fitted to it.")
def run(scenario: str, people: str | None, roster: Path | None, minutes: int | None) -> None:
    """Play a SCENARIO: one from the library, or a file.

    Who plays what in every round is shown before anything starts.
    """
    from roleplay.content.load import load_bundle

    bundle = load_bundle(scenario, folders())
    names = names_from(people, roster)
    if not has_terminal():
        rehearse_instead(scenario, len(names) or None, minutes)
        return

    from roleplay.tui.screens.setup import SetupScreen

    show_screens(open_desk(), lambda: SetupScreen(bundle, names, minutes))


@main.command()
@click.argument("session", required=False)
def resume(session: str | None) -> None:
    """Open a SESSION again.

    It stands paused where it was. Without a session, the last one that was not closed opens."""
    from roleplay.problems import CommandProblem

    if not has_terminal():
        raise CommandProblem("A session is played in a terminal, and there is none here.", "Run this in a terminal.")
    from roleplay.conduct.opening import reopen_session
    from roleplay.tui.screens.stage import StageScreen

    desk = open_desk()
    runner = reopen_session(desk.store, desk.writer, find_session(desk.store, session, open_only=True), desk.make_clock)
    show_screens(desk, lambda: StageScreen(runner))


@main.command()
@click.argument("scenario")
@click.option("--people", type=click.IntRange(1, 500), help="How many people; without it, one table.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is.")
@click.option("--seed", type=int, default=0, help="Another number makes the bots act otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs.")
def rehearse(scenario: str, people: int | None, minutes: int | None, seed: int, as_json: bool) -> None:
    """Let bots play a whole SCENARIO, in a second.

    Every step, form, marker and journal is played on a clock moved by hand; the session is kept as a rehearsal."""
    from roleplay.conduct.opening import seats_for
    from roleplay.conduct.rehearse import rehearse as play
    from roleplay.content.load import load_bundle

    bundle = load_bundle(scenario, folders())
    with opened_store() as store:
        seats = seats_for([], people or bundle.scenario.group_size)
        rehearsed = play(store, bundle, seats, seed, minutes)
    from roleplay.report.rehearsal import rehearsal_as_json, rehearsal_as_text

    if as_json:
        click.echo(rehearsal_as_json(rehearsed))
    else:
        click.echo(rehearsal_as_text(rehearsed, os.environ.get("ROLEPLAY_COMMAND", "roleplay")))


@main.command()
@click.argument("session", required=False)
@click.option("--for", "reader", help="Whose report: exactly what this person may see.")
@click.option("--format", "format_", type=click.Choice(["html", "md", "json"]), help="By default, what -o ends with.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it; otherwise it is printed.")
@click.option("--each", is_flag=True, help="One file for each reader, in the folder given with -o.")
def report(session: str | None, reader: str | None, format_: str | None, output: Path | None, each: bool) -> None:
    """Write the report of a SESSION.

    Without a session, of the last one."""
    from roleplay.conduct.clock import local_zone
    from roleplay.conduct.opening import read_session
    from roleplay.report.build import build_report
    from roleplay.report.reader import format_for, reader_named
    from roleplay.report.render import render

    with opened_store() as store:
        found = find_session(store, session)
        state, words = read_session(store, found)
    if each:
        from roleplay.report.folder import write_reports

        folder = output or Path(f"{found}-reports")
        for path in write_reports(state, words, found, folder, local_zone(), format_ or "html"):
            click.echo(f"Wrote {path}", err=True)
        return
    built = build_report(state, words, reader_named(state, words, reader), found)
    hand_out(render(built, format_for(format_, output), local_zone()), output)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def sessions(as_json: bool) -> None:
    """List the sessions that were kept, newest first."""
    from roleplay.report.listing import sessions_as_json, sessions_as_text

    with opened_store() as store:
        rows = store.sessions()
    click.echo(sessions_as_json(rows) if as_json else sessions_as_text(rows))
