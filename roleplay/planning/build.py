"""From a scenario and people to a plan: tables, casts, cases and lengths, with every compromise in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from roleplay.content.scenario import Case, Scenario
from roleplay.content.seats import seats
from roleplay.content.steps import InTurn, PlayStep, Rotate, Step
from roleplay.planning.casting import Cast, cast_once, rotation, say_misfit
from roleplay.planning.groups import seat_in_order, sizes_for
from roleplay.planning.lengths import TableTime, table_times
from roleplay.planning.notes import say_notes
from roleplay.planning.plan import Plan, PlannedStep, Track, with_takes
from roleplay.problems import CommandProblem, nearest


def build_plan(
    scenario: Scenario,
    people: Sequence[str],
    minutes: int | None = None,
    first_case: int = 0,
    occasion: str | None = None,
    held: Mapping[str, str] | None = None,
    *,
    groups: Sequence[Sequence[str]] | None = None,
    everyone_leads: bool = True,
) -> Plan:
    """Plan a session for people, given by id in the order in which they take their seats.

    Args:
        scenario: what is played.
        people: ids; the first leads first.
        minutes: how much time there is; without it every step has the length that its file gives.
        first_case: the number of the case of the first round, from 0; on an occasion, among its cases.
        occasion: the set of cases that is played; where the scenario has several, the first without it.
        held: person to role, for those who hold a role for the whole session by choice.
        groups: who sits at which table, in the order in which they lead; without it, people sit as they come.
        everyone_leads: a table with more people than usual plays more, shorter rounds; otherwise as many rounds as
            the others, and those who sit last lead next time.

    Raises:
        CommandProblem: too few or too many people, for the whole or for a role, or too little time.
    """
    cases, first = scenario.cases_for(find_occasion(scenario, occasion)), first_case
    if groups is None:
        groups = seat_in_order(people, sizes_for(scenario, len(people)))
    for group in groups:
        sizes_for(scenario, len(group))
    sizes = [len(group) for group in groups]
    chosen = tuple(role for person, role in (held or {}).items() if person in groups[0]) if len(groups) == 1 else ()
    times = table_times(scenario, sizes, minutes, chosen, everyone_leads=everyone_leads)
    # Tables that play different numbers of rounds cannot wait for each other inside them.
    level = len({time.rounds or time.people for time in times.values()}) == 1
    tracks = []
    for number, group in enumerate(groups, start=1):
        steps = _Unroll(scenario, group, times[len(group)], cases, first, held or {}, level).steps()
        tracks.append(Track(id=f"t{number}", title=f"Table {number}", people=tuple(group), steps=with_takes(steps)))
    return Plan(tracks=tuple(tracks), notes=say_notes(scenario, sizes, tuple(times.values())))


def find_occasion(scenario: Scenario, wanted: str | None) -> str | None:
    """The set of cases that is played: the one that is wanted, else the first; none where the scenario has none.

    Raises:
        CommandProblem: it has none of that name.
    """
    if wanted is None or wanted in scenario.occasions:
        return wanted or scenario.first_occasion
    if not scenario.occasions:
        raise CommandProblem(f"“{scenario.title}” has no occasions to choose from.", "Leave the occasion out.")
    mend = f"{nearest(wanted, scenario.occasions)} The occasions are: {', '.join(scenario.occasions)}."
    raise CommandProblem(f'“{scenario.title}” has no occasion "{wanted}".', mend.strip())


@dataclass(frozen=True, slots=True)
class _Unroll:
    """One table, whose script is unrolled."""

    scenario: Scenario
    group: Sequence[str]
    time: TableTime
    cases: tuple[Case, ...]
    first_case: int
    held: Mapping[str, str]
    level: bool
    """All tables play as many rounds, so that a step inside them can be one for the whole class."""

    def steps(self) -> Iterator[PlannedStep]:
        """The steps of the table, in order."""
        scenario = self.scenario
        whole = {} if scenario.rotates else self._cast_once()
        constant_case = None if scenario.rotates else self._case(0)
        round = 0
        for number, item in enumerate(scenario.script):
            if not isinstance(item, Rotate):
                yield self._planned(str(number), item, whole, constant_case, None)
                continue
            turn = item.rotate if isinstance(item.rotate, InTurn) else None
            for cast in _turns(turn, whole) if turn else self._rotation():
                case = constant_case if turn else self._case(round)
                round += 1
                for i, step in enumerate(item.steps):
                    yield self._planned(f"{number}.{i}", step, cast, case, round)

    def _cast_once(self) -> Cast:
        roles = self.scenario.seated
        cast = cast_once(roles, self.group, self.held)
        # A table may have fewer or more people than its roles take; a choice must not make it worse.
        misfit = say_misfit(roles, cast)
        if misfit and not say_misfit(roles, cast_once(roles, self.group)):
            raise CommandProblem(misfit, "Give somebody another role.")
        return cast

    def _rotation(self) -> list[Cast]:
        """The rounds, in which people lead in their order."""
        seated = self.scenario.seated
        leads = seats(seated, len(self.group)).index(self.scenario.leading_role)
        people = [*self.group[-leads:], *self.group[:-leads]] if leads else self.group
        return rotation(seated, people)[: self.time.rounds]

    def _case(self, round: int) -> str | None:
        return self.cases[(self.first_case + round) % len(self.cases)].id if self.cases else None

    def _planned(self, source: str, step: Step, cast: Cast, case: str | None, round: int | None) -> PlannedStep:
        return PlannedStep(
            id=source if round is None else f"{source}r{round}",
            source=source,
            name=step.name,
            kind=step.kind,
            length=self.time.lengths[source],
            scope=step.scope if self.level or round is None else "table",
            on_time=step.ends_on_time,
            round=round,
            again=isinstance(step, PlayStep) and step.again,
            case=case,
            cast=cast,
        )


def _turns(turn: InTurn, whole: Cast) -> Iterator[Cast]:
    """The casts of a table in which each person of one role has a turn."""
    people = whole.get(turn.in_turn, ())
    for person in people:
        others = {turn.others: tuple(p for p in people if p != person)} if turn.others else {}
        yield whole | {turn.in_turn: (person,)} | others
