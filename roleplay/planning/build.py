"""From a scenario and people to a plan: tables, casts, cases and lengths, with every compromise in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from roleplay.content.durations import say_duration
from roleplay.content.scenario import Case, Scenario
from roleplay.content.seats import times_played
from roleplay.content.steps import InTurn, PlayStep, Rotate, Step
from roleplay.planning.casting import Cast, cast_once, rotation, say_misfit
from roleplay.planning.fit import Weight, fit, shortest
from roleplay.planning.groups import split
from roleplay.planning.plan import Plan, PlannedStep, Track, with_takes
from roleplay.problems import CommandProblem, nearest


def build_plan(
    scenario: Scenario,
    people: Sequence[str],
    minutes: int | None = None,
    first_case: int = 0,
    occasion: str | None = None,
    held: Mapping[str, str] | None = None,
) -> Plan:
    """Plan a session for people, given by id in the order in which they take their seats.

    Args:
        scenario: what is played.
        people: ids; the first leads first.
        minutes: how much time there is; without it every step has the length that its file gives.
        first_case: the number of the case of the first round, from 0; on an occasion, among its cases.
        occasion: the set of cases that is played; where the scenario has several, the first without it.
        held: person to role, for those who hold a role for the whole session by choice.

    Raises:
        CommandProblem: too few or too many people, for the whole or for a role, or too little time.
    """
    cases, first = scenario.cases_for(find_occasion(scenario, occasion)), first_case
    groups = split(people, scenario.people_needed, scenario.group_size, closed=not scenario.grows)
    largest = max(map(len, groups))
    usual = max((len(g) for g in groups if len(g) <= scenario.group_size), default=scenario.group_size)
    # The largest table plays most rounds: it says whether there is time enough, and where it would take longer than
    # that with lengths made for the others, it sets them.
    chosen = tuple(role for person, role in (held or {}).items() if person in groups[0]) if len(groups) == 1 else ()
    for_largest, lengths = (_lengths(scenario, size, minutes, chosen) for size in (largest, usual))
    if minutes is not None and _seconds(scenario, usual, largest, lengths, chosen) > minutes * 60:
        usual, lengths = largest, for_largest
    level = len(set(map(len, groups))) == 1
    tracks, notes = [], []
    for number, group in enumerate(groups, start=1):
        table_lengths, note = _table_lengths(scenario, usual, len(group), lengths)
        notes += [note] if note else []
        tracks.append(
            Track(
                id=f"t{number}",
                title=f"Table {number}",
                people=tuple(group),
                steps=with_takes(_Unroll(scenario, group, table_lengths, cases, first, held or {}, level).steps()),
            )
        )
    return Plan(tracks=tuple(tracks), notes=(*_say_groups(scenario, groups), *dict.fromkeys(notes)))


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


def _lengths(scenario: Scenario, people: int, minutes: int | None, held: tuple[str, ...]) -> dict[str, int]:
    steps = scenario.steps
    if minutes is None:
        return {source: step.length for source, step in steps.items()}
    times = {source: times_played(scenario, source, people, held) for source in steps}
    weights = [Weight.of(step.length, step.least, times[source]) for source, step in steps.items()]
    lengths = fit(weights, minutes * 60)
    if lengths is None:
        least = -(-shortest(weights) // 60)
        raise CommandProblem(
            f"“{scenario.title}” cannot be played in {minutes} minutes: with {people} at a table it needs {least}.",
            f"Give it {least} minutes or more, or choose a shorter scenario.",
        )
    return dict(zip(steps, lengths, strict=True))


def _table_lengths(scenario: Scenario, usual: int, people: int, lengths: dict[str, int]) -> tuple[dict[str, int], str]:
    """Lengths for a table with more people than usual, who play more, shorter rounds in the same time."""
    if people <= usual:
        return lengths, ""
    fitted, note = dict(lengths), ""
    for number, item in enumerate(scenario.script):
        if not isinstance(item, Rotate) or isinstance(item.rotate, InTurn):
            continue
        sources = [f"{number}.{i}" for i in range(len(item.steps))]
        weights = [
            Weight(lengths[s], min(lengths[s], Weight.of(step.length, step.least).least), people)
            for s, step in zip(sources, item.steps, strict=True)
        ]
        budget = usual * sum(lengths[s] for s in sources)
        shorter = fit(weights, budget)
        fitted |= dict(zip(sources, shorter or [w.least for w in weights], strict=True))
        each = sum(fitted[s] for s in sources)
        note = f"A table of {people} plays {people} shorter rounds of {say_duration(each)}"
        over = each * people - budget
        note += f", {say_duration(over)} longer in all than planned." if over > 0 else ", in the same time."
    return fitted, note


def _seconds(scenario: Scenario, usual: int, people: int, lengths: dict[str, int], held: tuple[str, ...]) -> int:
    """How long a table of so many people takes."""
    table_lengths, _ = _table_lengths(scenario, usual, people, lengths)
    return sum(length * times_played(scenario, source, people, held) for source, length in table_lengths.items())


@dataclass(frozen=True, slots=True)
class _Unroll:
    """One table, whose script is unrolled."""

    scenario: Scenario
    group: Sequence[str]
    lengths: dict[str, int]
    cases: tuple[Case, ...]
    first_case: int
    held: Mapping[str, str]
    level: bool
    """All tables are of one size. Otherwise they play different numbers of rounds, so that inside the rounds no step
    can be one for the whole class."""

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
            for cast in _turns(turn, whole) if turn else rotation(scenario.seated, self.group):
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

    def _case(self, round: int) -> str | None:
        return self.cases[(self.first_case + round) % len(self.cases)].id if self.cases else None

    def _planned(self, source: str, step: Step, cast: Cast, case: str | None, round: int | None) -> PlannedStep:
        return PlannedStep(
            id=source if round is None else f"{source}r{round}",
            source=source,
            name=step.name,
            kind=step.kind,
            length=self.lengths[source],
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


def _say_groups(scenario: Scenario, groups: Sequence[Sequence[str]]) -> list[str]:
    sizes = Counter(len(group) for group in groups)
    notes = []
    if len(groups) > 1 or scenario.group_size not in sizes:
        said = " and ".join(
            f"{count} table{'s' if count > 1 else ''} of {size}" for size, count in sorted(sizes.items())
        )
        notes.append(f"{sum(map(len, groups))} people: {said}.")
    empty = [
        role.title
        for id, role in scenario.seated.items()
        if role.extra and any(not cast_once(scenario.seated, group)[id] for group in groups)
    ]
    if empty:
        notes.append(f"Nobody plays {' or '.join(empty)} at a small table; the facilitator can listen in.")
    return notes
