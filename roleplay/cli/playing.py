"""Commands that play a session, and those that look back on one."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.group import main
from roleplay.cli.shared import (
    class_from,
    find_known,
    find_session,
    folders,
    hand_out,
    has_terminal,
    open_desk,
    opened_store,
    rehearse_instead,
    show_screens,
)

if TYPE_CHECKING:
    from roleplay.conduct.rehearse import Rehearsed
    from roleplay.content.bundle import Bundle


@main.command()
@click.argument("scenario")
@click.option("--people", help='Who plays, as in "Ana, Ben, Chloe".')
@click.option("--roster", type=click.Path(path_type=Path), help="A class list: a CSV file with a column called name.")
@click.option("--class", "session", metavar="SESSION", help="The people of an earlier session, who are known again.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is; steps are fitted to it.")
@click.option("--occasion", help="Which set of cases, where the scenario has several, such as entry or exit.")
@click.option("--seed", type=click.IntRange(0), default=0, help="Another number makes other groups of a class.")
def run(
    scenario: str,
    people: str | None,
    roster: Path | None,
    session: str | None,
    minutes: int | None,
    occasion: str | None,
    seed: int,
) -> None:
    """Play a SCENARIO: one from the library, or a file.

    Who plays what in every round is shown before anything starts. Of a series, the part that comes next is offered.
    Of a class, with --roster or --class, it is asked who is here, and groups are formed in which people meet others
    than before.
    """
    from roleplay.conduct.series import SeriesRun, load_played
    from roleplay.planning.build import find_occasion

    played = load_played(scenario, folders())
    series = played if isinstance(played, SeriesRun) else None
    bundle = played.part(1) if isinstance(played, SeriesRun) else played
    find_occasion(bundle.scenario, occasion)
    with opened_store() if session else nullcontext() as store:
        expected = class_from(people, roster, store, session, quiet=has_terminal())
    if not has_terminal():
        if series:
            parts = len(series.titles)
            click.echo(f"There is no terminal here to play in, so bots rehearse the first of {parts} parts.", err=True)
            _rehearse_one(bundle, len(expected.guests) or None, minutes, 0, occasion, as_json=False)
        else:
            rehearse_instead(scenario, len(expected.guests) or None, minutes, occasion)
        return

    from roleplay.tui.grouping import Grouping
    from roleplay.tui.preparing import places_of
    from roleplay.tui.screens.setup import SetupScreen

    grouping = Grouping(seed, together=expected.together, apart=expected.apart)
    show_screens(
        open_desk(),
        lambda: SetupScreen(
            bundle,
            places_of(expected.guests),
            minutes,
            series=series,
            occasion=occasion,
            grouping=grouping,
            call=bool(roster or session),
            noticed=expected.notes,
        ),
    )


@main.command()
@click.argument("session", required=False)
def resume(session: str | None) -> None:
    """Open a SESSION again.

    It stands paused where it was. Without a session, the last one that was not closed opens."""
    from roleplay.problems import CommandProblem

    if not has_terminal():
        raise CommandProblem("A session is played in a terminal, and there is none here.", "Run this in a terminal.")
    from roleplay.conduct.opening import reopen_session
    from roleplay.tui.screens.facilitator import leading_screen

    desk = open_desk()
    runner = reopen_session(desk.store, desk.writer, find_session(desk.store, session, open_only=True), desk.make_clock)
    show_screens(desk, lambda: leading_screen(runner, desk.store.drafts(runner.session)))


@main.command()
@click.argument("scenario")
@click.option("--people", type=click.IntRange(1, 500), help="How many people; without it, one table.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is.")
@click.option("--seed", type=int, default=0, help="Another number makes the bots act otherwise.")
@click.option("--occasion", help="Which set of cases, where the scenario has several, such as entry or exit.")
@click.option("--trouble", is_flag=True, help="Some bots come late, some go, some come back; what changes is told.")
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs; of a series, one for each part.")
def rehearse(
    scenario: str,
    people: int | None,
    minutes: int | None,
    seed: int,
    occasion: str | None,
    trouble: bool,
    as_json: bool,
) -> None:
    """Let bots play a whole SCENARIO, in a second.

    Every step, form, marker and journal is played on a clock moved by hand; the session is kept as a rehearsal. Of a
    series, every part is played in order, and told in a line."""
    from roleplay.conduct.series import SeriesRun, load_played

    played = load_played(scenario, folders())
    if not isinstance(played, SeriesRun):
        _rehearse_one(played, people, minutes, seed, occasion, as_json, trouble)
        return
    from roleplay.report.rehearsal import rehearsal_as_json

    for number in range(1, len(played.titles) + 1):
        rehearsed = _rehearsed(played.part(number), people, minutes, seed, occasion, trouble)
        line = f"{number} of {len(played.titles)}: {played.titles[number - 1]} · {rehearsed.session}"
        click.echo(rehearsal_as_json(rehearsed) if as_json else line)


def _rehearse_one(
    bundle: Bundle,
    people: int | None,
    minutes: int | None,
    seed: int,
    occasion: str | None,
    as_json: bool,
    trouble: bool = False,
) -> None:
    from roleplay.report.rehearsal import rehearsal_as_json, rehearsal_as_text

    rehearsed = _rehearsed(bundle, people, minutes, seed, occasion, trouble)
    if as_json:
        click.echo(rehearsal_as_json(rehearsed))
    else:
        click.echo(rehearsal_as_text(rehearsed, os.environ.get("ROLEPLAY_COMMAND", "roleplay")))


def _rehearsed(
    bundle: Bundle, people: int | None, minutes: int | None, seed: int, occasion: str | None, trouble: bool
) -> Rehearsed:
    from roleplay.conduct.opening import seats_for
    from roleplay.conduct.rehearse import rehearse as play

    with opened_store() as store:
        seats = seats_for([], people or bundle.scenario.group_size)
        return play(store, bundle, seats, seed, minutes, occasion, seed if trouble else None)


@main.command()
@click.argument("name")
@click.option("--format", "format_", type=click.Choice(["html", "md", "json"]), help="By default, what -o ends with.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it; otherwise it is printed.")
def growth(name: str, format_: str | None, output: Path | None) -> None:
    """Write what was seen of NAME from session to session.

    Criterion by criterion, with what this person may see, and the next steps that were chosen. Only people of whom
    somebody said at the setup that they had been here before are known over several sessions."""
    from roleplay.conduct.clock import local_zone
    from roleplay.conduct.history import past_of
    from roleplay.report.growth import build_growth, render_growth
    from roleplay.report.reader import format_for

    with opened_store() as store:
        person = find_known(store, name)
        pasts = past_of(store, [person.id])
    built = build_growth(person.name, person.id, pasts)
    hand_out(render_growth(built, format_for(format_, output), local_zone()), output)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def caseload(as_json: bool) -> None:
    """List the people you know from several sessions.

    With the last session, the next step and the goals of each. Those not seen for longest come first."""
    from roleplay.conduct.clock import local_zone
    from roleplay.conduct.history import caseload as caseload_of
    from roleplay.report.caseload import caseload_as_json, caseload_as_text

    with opened_store() as store:
        rows = caseload_of(store)
    click.echo(caseload_as_json(rows) if as_json else caseload_as_text(rows, local_zone()))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def sessions(as_json: bool) -> None:
    """List the sessions that were kept, newest first."""
    from roleplay.report.listing import sessions_as_json, sessions_as_text

    with opened_store() as store:
        rows = store.sessions()
    click.echo(sessions_as_json(rows) if as_json else sessions_as_text(rows))
