"""Which role somebody is to have for the whole session."""

from __future__ import annotations

from textual.app import App
from textual.content import Content

from roleplay.content.scenario import Scenario
from roleplay.tui.screens.choose import Choose
from roleplay.tui.seating import Seating, holders, roles_of


async def choose_role(app: App[None], scenario: Scenario, seating: Seating, place: int) -> str | None:
    """The other role, where there are two; else the one that is chosen from a list, or nothing."""
    now = roles_of(scenario, seating)[place]
    others = [role for role in scenario.seated if role != now]
    if len(others) == 1:
        return others[0]
    names = [seat.name for seat in seating.seats()]
    entries: list[tuple[str, str | Content]] = []
    for role in others:
        there = ", ".join(names[other] for other in holders(scenario, seating, place, role)) or "nobody yet"
        entries.append((role, Content.assemble(scenario.roles[role].title, (f"  {there}", "$text-muted"))))
    more = "Where a role is for one person only, the two change roles."
    return await app.push_screen_wait(Choose(f"Which role for {names[place]}?", entries, more))
