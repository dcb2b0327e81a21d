"""Who plays what in every round at every table, as it is shown before a session begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from roleplay.content.durations import say_duration
from roleplay.content.scenario import Scenario
from roleplay.planning.plan import Plan
from roleplay.tui.describe import TableCast, casts, shorter


def overview(plan: Plan, scenario: Scenario, names: Mapping[str, str], notes: Sequence[str] = ()) -> RenderableType:
    """Who plays what at every table of people, what is to be known about the plan, and the length of each step."""
    return Group(*_overview(plan, scenario, names, (*plan.notes, *notes)))


def _overview(
    plan: Plan, scenario: Scenario, names: Mapping[str, str], notes: Sequence[str]
) -> Iterator[RenderableType]:
    for note in notes:
        yield Text(note)
    if notes:
        yield Text()
    several = len(plan.tracks) > 1
    tables = casts(plan, scenario, shorter(names) if several else names)
    if several and scenario.rotates:
        yield from _rounds(tables, scenario)
    else:
        yield from _tables(tables, scenario)
    played = [row for row in max(tables, key=lambda table: len(table.rows)).rows if row.case]
    if played:
        yield Text("Case" if len(played) == 1 else "Cases", style="bold")
        yield from (Text(row.case if len(played) == 1 else f"{row.label}: {row.case}") for row in played)
        yield Text()
    yield Text("Steps", style="bold")
    yield _steps(plan)


def _tables(tables: Sequence[TableCast], scenario: Scenario) -> Iterator[RenderableType]:
    """A block for each table."""
    for table in tables:
        if len(tables) > 1:
            yield Text(table.title, style="bold")
        yield _cast(table, scenario) if scenario.rotates else _whole(table, scenario)
        if table.turns:
            yield Text(f"One after another: {', '.join(table.turns)}")
        yield Text()


def _rounds(tables: Sequence[TableCast], scenario: Scenario) -> Iterator[RenderableType]:
    """A block for each round, with a line for each table that plays it."""
    for label in dict.fromkeys(row.label for table in tables for row in table.rows):
        grid = Table(box=None, expand=True, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
        grid.add_column(Text(label, style="bold not dim"), no_wrap=True, style="dim")
        for role in scenario.roles.values():
            grid.add_column(Text(role.title), ratio=1, overflow="fold")
        for table in tables:
            for row in table.rows:
                if row.label == label:
                    cast = (Text(", ".join(row.cast.get(role, ())) or "–") for role in scenario.roles)
                    grid.add_row(Text(table.title), *cast)
        yield grid
        yield Text()


def _cast(table: TableCast, scenario: Scenario) -> Table:
    """A line for each round."""
    grid = Table(box=None, expand=True, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
    grid.add_column("", no_wrap=True, style="dim")
    for role in scenario.roles.values():
        grid.add_column(Text(role.title), ratio=1, overflow="fold")
    for row in table.rows:
        # As text, since brackets in a name are brackets.
        grid.add_row(Text(row.label), *(Text(", ".join(row.cast.get(role, ())) or "–") for role in scenario.roles))
    return grid


def _whole(table: TableCast, scenario: Scenario) -> Table:
    """A line for each role, which the same people have all along; and whom they play."""
    grid = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column()
    for id, people in table.rows[0].cast.items():
        role = scenario.roles[id]
        plays = f", as {role.plays}" if role.plays and people else ""
        grid.add_row(Text(role.title), Text((", ".join(people) or "–") + plays))
    return grid


def _steps(plan: Plan) -> Table:
    """The steps of the first table, one line for those that repeat."""
    track = plan.tracks[0]
    grid = Table.grid(padding=(0, 2, 0, 0))
    told: set[str] = set()
    for step in track.steps:
        if step.source not in told:
            told.add(step.source)
            times = sum(other.source == step.source for other in track.steps)
            grid.add_row(Text(step.name), say_duration(step.length), f"× {times}" if times > 1 else "")
    return grid
