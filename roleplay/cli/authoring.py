"""Commands for scenarios and rubrics: to choose, to write, to check and to print them."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from roleplay.cli.group import main
from roleplay.cli.planned import planned_for
from roleplay.cli.shared import folders, hand_out

if TYPE_CHECKING:
    from roleplay.content.kinds import Kind


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def list_(as_json: bool) -> None:
    """List the scenarios.

    For whom they are, for how many, how long they take, and what is practised; and the series that they make."""
    from roleplay.content.library import all_series, library
    from roleplay.content.load import Reader
    from roleplay.content.shelves import sections
    from roleplay.report.listing import library_as_text, scenarios_as_json

    reader = Reader(places := folders())
    scenarios, series = library(places, reader), all_series(places, reader)
    click.echo(scenarios_as_json(scenarios, series) if as_json else library_as_text(sections(scenarios, series)))


@main.command()
@click.argument("scenario")
def show(scenario: str) -> None:
    """Show a SCENARIO, step by step.

    Of a series, its scenarios in order."""
    from roleplay.content.library import find_series
    from roleplay.content.load import load_bundle
    from roleplay.report.listing import one_series_as_text, scenario_as_text

    places = folders()
    series = find_series(scenario, places)
    click.echo(one_series_as_text(series) if series else scenario_as_text(load_bundle(scenario, places)))


@main.command()
@click.argument("scenario", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the page, or the folder.")
@click.option("--each", is_flag=True, help="Write one file for each person into the folder given with -o.")
@click.option("--people", help='Who plays, as in "Ana, Ben, Chloe"; each gets the cards of their own rounds.')
@click.option("--roster", type=click.Path(path_type=Path), help="A class list: a CSV file with a column called name.")
@click.option("--session", help="The cards of a session that was set up, for the people where they sit now.")
@click.option("--seed", type=int, default=0, help="Another number gives other groups, as in roleplay plan.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is.")
def cards(
    scenario: str | None,
    output: Path | None,
    each: bool,
    people: str | None,
    roster: Path | None,
    session: str | None,
    seed: int,
    minutes: int | None,
) -> None:
    """Print the cards of a SCENARIO.

    With the observer's sheets and the bell list, so that paper alone is enough. With --each, one page for each person,
    the same as messages to paste into a private chat, and a list of who gets which file."""
    from roleplay.problems import CommandProblem
    from roleplay.report.cards import card_deck, render_cards, render_each
    from roleplay.report.messages import each_as_text
    from roleplay.store.files import write_folder

    meant = planned_for(scenario, session, people, roster, minutes, seed)
    deck = card_deck(meant.bundle, meant.plan if meant.names or minutes else None, meant.names or None)
    if each:
        if output is None:
            raise CommandProblem("--each writes several files.", "Name a folder for them with -o.")
        for path in write_folder(output, render_each(deck) | each_as_text(deck)):
            click.echo(f"Wrote {path}", err=True)
    else:
        hand_out(render_cards(deck), output)


@main.command()
@click.argument("kind", type=click.Choice(["scenario", "rubric"]))
@click.argument("name")
@click.option("--from", "original", metavar="FILE", help="Begin with a copy of this one, from the library or a file.")
def new(kind: Literal["scenario", "rubric"], name: str, original: str | None) -> None:
    """Write a starter file called NAME.

    A scenario or a rubric with comments that explain each key, here in this folder; or a copy to be changed."""
    from roleplay.content.starter import write_new

    path = write_new(kind, name, Path(), _text_of(kind, original) if original else None)
    click.echo(f"Wrote {path}. Open it in an editor, change what you like, then:", err=True)
    click.echo(f"  {os.environ.get('ROLEPLAY_COMMAND', 'roleplay')} check {path}")


def _text_of(kind: str, original: str) -> str:
    from roleplay.content.folders import find_file
    from roleplay.content.load import load_file
    from roleplay.problems import CommandProblem

    path = find_file(original, folders())
    loaded = load_file(path, original)
    if loaded.kind not in (kind, None):
        raise CommandProblem(f'"{original}" is a {loaded.kind}, not a {kind}.', f"Try: roleplay new {loaded.kind} NAME")
    return path.read_text(encoding="utf-8-sig")


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def check(files: tuple[str, ...], as_json: bool) -> None:
    """List what is to mend in FILES.

    Every problem of scenario, rubric and series files in one pass, as file:line:col: key: what to mend. A warning says
    what could be better; it stops nobody from playing."""
    # The process ends in a moment: looking for garbage while the models are built costs more than it frees.
    gc.disable()
    from roleplay.content.folders import find_file
    from roleplay.content.load import check_files
    from roleplay.problems import ExitCode

    places = folders()
    problems = check_files([find_file(file, places) for file in files], places)
    if as_json:
        import json
        from dataclasses import asdict

        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))
    warnings = sum(problem.warning for problem in problems)
    count = len(problems) - warnings
    said = [f"{count} {'thing' if count == 1 else 'things'} to mend"] if count else []
    said += [f"{warnings} {'warning' if warnings == 1 else 'warnings'}"] if warnings else []
    click.echo(f"{', '.join(said) or 'Everything is in order'}.", err=True)
    if count:
        sys.exit(ExitCode.PROBLEMS)


@main.command()
@click.argument("kind", type=click.Choice(["scenario", "rubric", "series"]))
def schema(kind: Kind) -> None:
    """Print the JSON Schema of a kind of file.

    Editors that know it complete and check as you type."""
    from roleplay.content.schema import schema_text

    click.echo(schema_text(kind), nl=False)
