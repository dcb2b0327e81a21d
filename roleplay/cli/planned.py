"""What cards and bells are made for: a session as it was set up, or a scenario with the people who come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.cli.shared import class_from, find_session, folders, opened_store

if TYPE_CHECKING:
    from roleplay.content.bundle import Bundle
    from roleplay.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class Planned:
    """What is played, and by whom."""

    bundle: Bundle
    plan: Plan
    names: Mapping[str, str]
    """Person to name; empty where nobody is named, and the plan is that of one table of the usual size."""


def planned_for(
    scenario: str | None,
    session: str | None,
    people: str | None,
    roster: Path | None,
    minutes: int | None,
    seed: int = 0,
) -> Planned:
    """The plan of a session as it stands, or a new one for these people, with the groups that `roleplay plan` makes.

    Raises:
        CommandProblem: neither of the two is named, or both; or what `plan_class` raises.
    """
    from roleplay.problems import CommandProblem

    if (scenario is None) == (session is None):
        raise CommandProblem("Name a scenario, or a session with --session.", "Scenarios: roleplay list")
    if session is not None:
        from roleplay.conduct.opening import read_session

        if people or roster or minutes:
            mend = "Leave out --people, --roster and --minutes."
            raise CommandProblem("A session has its own people and times.", mend)
        with opened_store() as store:
            state, words = read_session(store, find_session(store, session))
        return Planned(state.setting.bundle, state.plan, {id: state.name(id, words) for id in state.people})
    from roleplay.content.blanks import fill
    from roleplay.content.load import load_bundle
    from roleplay.planning.build import build_plan

    assert scenario is not None
    bundle = load_bundle(scenario, folders())
    played = fill(bundle.scenario, {})
    here = class_from(people, roster)
    if here.guests:
        from roleplay.conduct.class_plan import Request, plan_class

        with opened_store() as store:
            made = plan_class(played, here, Request(seed=seed, minutes=minutes), store)
        return Planned(bundle, made.plans[0], made.names)
    seats = [f"seat-{n}" for n in range(1, played.group_size + 1)]
    return Planned(bundle, build_plan(played, seats, minutes), {})
