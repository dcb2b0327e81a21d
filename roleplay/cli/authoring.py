"""Commands for scenarios and rubrics: to choose, to write, to check and to print them."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from roleplay.cli.group import main
from roleplay.cli.shared import folders, hand_out, names_from

if TYPE_CHECKING:
    from roleplay.content.load import Kind


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def list_(as_json: bool) -> None:
    """List the scenarios.

    For whom they are, for how many, how long they take, and what is practised."""
    from roleplay.content.library import library
    from roleplay.report.listing import scenarios_as_json, scenarios_as_text

    entries = library(folders())
    click.echo(scenarios_as_json(entries) if as_json else scenarios_as_text(entries))


@main.command()
@click.argument("scenario")
def show(scenario: str) -> None:
    """Show a SCENARIO, step by step."""
    from roleplay.content.load import load_bundle
    from roleplay.report.listing import scenario_as_text

    click.echo(scenario_as_text(load_bundle(scenario, folders())))


@main.command()
@click.argument("scenario")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the page, or the folder.")
@click.option("--each", is_flag=True, help="Write one file for each person into the folder given with -o.")
@click.option("--people", help='Who plays, as in "Ana, Ben, Chloe"; each gets the cards of their own rounds.')
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is.")
def cards(scenario: str, output: Path | None, each: bool, people: str | None, minutes: int | None) -> None:
    """Print the cards of a SCENARIO.

    With the observer's sheets and the bell list, so that paper alone is enough."""
    from roleplay.conduct.opening import seats_for
    from roleplay.content.load import load_bundle
    from roleplay.planning.build import build_plan
    from roleplay.problems import CommandProblem
    from roleplay.report.cards import card_deck, render_cards, render_each
    from roleplay.store.files import write_folder

    bundle = load_bundle(scenario, folders())
    names = names_from(people, None)
    plan = None
    seats = seats_for(names, 0 if names else bundle.scenario.group_size)
    if names or minutes:
        plan = build_plan(bundle.scenario, [seat.id for seat in seats], minutes)
    deck = card_deck(bundle, plan, {seat.id: seat.name for seat in seats} if names else None)
    if each:
        if output is None:
            raise CommandProblem("--each writes several files.", "Name a folder for them with -o.")
        for path in write_folder(output, render_each(deck)):
            click.echo(f"Wrote {path}", err=True)
    else:
        hand_out(render_cards(deck), output)


@main.command()
@click.argument("kind", type=click.Choice(["scenario", "rubric"]))
@click.argument("name")
def new(kind: Literal["scenario", "rubric"], name: str) -> None:
    """Write a starter file called NAME.

    A scenario or a rubric with comments that explain each key, here in this folder."""
    from roleplay.content.starter import write_new

    path = write_new(kind, name, Path())
    click.echo(f"Wrote {path}. Open it in an editor, change what you like, then:", err=True)
    click.echo(f"  roleplay check {path}")


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """List what is to mend in FILES.

    Every problem of scenario, rubric and series files in one pass, as file:line:col: key: what to mend."""
    # The process ends in a moment: looking for garbage while the models are built costs more than it frees.
    gc.disable()
    from roleplay.content.load import check_files, find_file

    places = folders()
    problems = check_files([find_file(file, places) for file in files], places)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        from roleplay.problems import ExitCode

        count = len(problems)
        click.echo(f"{count} {'thing' if count == 1 else 'things'} to mend.", err=True)
        sys.exit(ExitCode.PROBLEMS)
    click.echo("Everything is in order.", err=True)


@main.command()
@click.argument("kind", type=click.Choice(["scenario", "rubric", "series"]))
def schema(kind: Kind) -> None:
    """Print the JSON Schema of a kind of file.

    Editors that know it complete and check as you type."""
    from roleplay.content.schema import schema_text

    click.echo(schema_text(kind), nl=False)
