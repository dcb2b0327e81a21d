"""From a scenario and people to a plan: tables, casts, cases and lengths, with every compromise in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from roleplay.content.durations import say_duration
from roleplay.content.scenario import InTurn, Rotate, Scenario, StepBase
from roleplay.content.seats import times_played
from roleplay.planning.casting import Cast, cast_once, rotation
from roleplay.planning.fit import Weight, fit, shortest
from roleplay.planning.groups import split
from roleplay.planning.plan import Plan, PlannedStep, Track
from roleplay.problems import CommandProblem


def build_plan(scenario: Scenario, people: Sequence[str], minutes: int | None = None, first_case: int = 0) -> Plan:
    """Plan a session for people, given by id in the order in which they take their seats.

    Args:
        scenario: what is played.
        people: ids; the first leads first.
        minutes: how much time there is; without it every step has the length that its file gives.
        first_case: the number of the case of the first round, from 0.

    Raises:
        CommandProblem: too few or too many people, or too little time.
    """
    groups = split(people, scenario.people_needed, scenario.group_size)
    largest = max(map(len, groups))
    usual = max((len(g) for g in groups if len(g) <= scenario.group_size), default=scenario.group_size)
    # The largest table plays most rounds: it says whether there is time enough, and where it would take longer than
    # that with lengths made for the others, it sets them.
    for_largest, lengths = (_lengths(scenario, size, minutes) for size in (largest, usual))
    if minutes is not None and _seconds(scenario, usual, largest, lengths) > minutes * 60:
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
                steps=tuple(_unroll(scenario, group, table_lengths, first_case, level)),
            )
        )
    return Plan(tracks=tuple(tracks), notes=(*_say_groups(scenario, groups), *dict.fromkeys(notes)))


def _lengths(scenario: Scenario, people: int, minutes: int | None) -> dict[str, int]:
    steps = scenario.steps
    if minutes is None:
        return {source: step.length for source, step in steps.items()}
    times = {source: times_played(scenario, source, people) for source in steps}
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


def _seconds(scenario: Scenario, usual: int, people: int, lengths: dict[str, int]) -> int:
    """How long a table of so many people takes."""
    table_lengths, _ = _table_lengths(scenario, usual, people, lengths)
    return sum(length * times_played(scenario, source, people) for source, length in table_lengths.items())


def _unroll(
    scenario: Scenario, group: Sequence[str], lengths: dict[str, int], first_case: int, level: bool
) -> Iterator[PlannedStep]:
    """The steps of one table. Unless tables are `level`, all of one size, they play different numbers of rounds,
    so that inside the rounds no step can be one for the whole class.
    """
    whole = {} if _rotates(scenario) else cast_once(scenario.roles, group)
    constant_case = None if _rotates(scenario) else _case(scenario, first_case)
    round = 0
    for number, item in enumerate(scenario.script):
        if not isinstance(item, Rotate):
            yield _planned(str(number), item, lengths, whole, constant_case, None)
        elif isinstance(item.rotate, InTurn):
            role = item.rotate.in_turn
            for person in whole.get(role, ()):
                round += 1
                for i, step in enumerate(item.steps):
                    cast = whole | {role: (person,)}
                    yield _planned(f"{number}.{i}", step, lengths, cast, constant_case, round, level)
        else:
            for cast in rotation(scenario.roles, group):
                round += 1
                case = _case(scenario, first_case + round - 1)
                for i, step in enumerate(item.steps):
                    yield _planned(f"{number}.{i}", step, lengths, cast, case, round, level)


def _planned(
    source: str,
    step: StepBase,
    lengths: dict[str, int],
    cast: Cast,
    case: str | None,
    round: int | None,
    level: bool = True,
) -> PlannedStep:
    return PlannedStep(
        id=source if round is None else f"{source}r{round}",
        source=source,
        name=step.name,
        kind=getattr(step, "kind"),  # noqa: B009 - every step of the union has a kind, the base class has none
        length=lengths[source],
        scope=step.scope if level else "table",
        on_time=step.ends_on_time,
        round=round,
        case=case,
        cast=cast,
    )


def _rotates(scenario: Scenario) -> bool:
    return any(isinstance(item, Rotate) and item.rotate == "every-role" for item in scenario.script)


def _case(scenario: Scenario, number: int) -> str | None:
    return scenario.cases[number % len(scenario.cases)].id if scenario.cases else None


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
        for id, role in scenario.roles.items()
        if role.extra and any(not cast_once(scenario.roles, group)[id] for group in groups)
    ]
    if empty:
        notes.append(f"Nobody plays {' or '.join(empty)} at a small table; the facilitator can listen in.")
    return notes
