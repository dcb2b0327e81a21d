"""The command that makes groups ahead of time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import click

from roleplay.cli.group import main
from roleplay.cli.shared import class_from, folders, opened_store


@main.command()
@click.argument("scenario")
@click.option("--roster", type=click.Path(path_type=Path), help="A class list: a CSV file with a column called name.")
@click.option("--people", help='Who comes, as in "Ana, Ben, Chloe".')
@click.option("--sessions", type=click.IntRange(1, 40), default=1, help="For how many sessions to plan ahead.")
@click.option("--seed", type=int, default=0, help="Another number gives other groups, just as good.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is in each session.")
@click.option("--together", multiple=True, metavar="NAMES", help='Keep at one table, as in "Ana, Ben". Repeat it.')
@click.option("--apart", multiple=True, metavar="NAMES", help="Keep at different tables. Repeat it.")
@click.option("--mix", metavar="TAG", help="Mix people by a column of the class list, such as cohort.")
@click.option("--match", metavar="TAG", help="Put people with the same tag together.")
@click.option(
    "--fourth",
    type=click.Choice(["leads", "next-time"]),
    default="leads",
    help="Whether a group of four plays four shorter rounds, or three, and the fourth leads next time.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs.")
def plan(
    scenario: str,
    roster: Path | None,
    people: str | None,
    sessions: int,
    seed: int,
    minutes: int | None,
    together: tuple[str, ...],
    apart: tuple[str, ...],
    mix: str | None,
    match: str | None,
    fourth: Literal["leads", "next-time"],
    as_json: bool,
) -> None:
    """Make groups for a SCENARIO, for one session or several.

    People who have worked together are kept apart as far as the numbers allow, earlier sessions counted in; who led
    first last time leads later. How often people meet again is said, and how often that cannot be avoided."""
    from roleplay.conduct.class_plan import Request, plan_class
    from roleplay.conduct.names import split_names
    from roleplay.content.blanks import fill
    from roleplay.content.load import load_bundle
    from roleplay.problems import CommandProblem
    from roleplay.report.class_plan import class_plan_as_json, class_plan_as_text

    if mix and match:
        raise CommandProblem("--mix and --match ask for opposite things.", "Leave one of them out.")
    asked = Request(
        sessions=sessions,
        seed=seed,
        minutes=minutes,
        together=tuple(tuple(split_names(names)) for names in together),
        apart=tuple(tuple(split_names(names)) for names in apart),
        by_tag="mix" if mix else "match" if match else None,
        tag=mix or match,
        everyone_leads=fourth == "leads",
    )
    filled = fill(load_bundle(scenario, folders()).scenario, {})
    expected = class_from(people, roster)
    with opened_store() as store:
        planned = plan_class(filled, expected, asked, store, _progress())
    click.echo(class_plan_as_json(planned) if as_json else class_plan_as_text(planned, filled))


def _progress() -> Callable[[], bool]:
    """Says on the terminal that it takes its time, once it does; it never cuts the search short."""
    from time import monotonic

    began, said = monotonic(), 0

    def end_line() -> None:
        if said:
            click.echo(err=True)

    def go_on() -> bool:
        nonlocal said
        if (seconds := int(monotonic() - began)) > said:
            said = seconds
            click.echo(f"\rLooking for groups in which fewer people meet again: {seconds} s …", nl=False, err=True)
        return True

    click.get_current_context().call_on_close(end_line)
    return go_on
