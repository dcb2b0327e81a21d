"""How long each step takes at tables of each size, so that all are done together and in the time there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roleplay.content.scenario import Scenario
from roleplay.content.seats import times_played
from roleplay.content.steps import InTurn, Rotate
from roleplay.planning.fit import Weight, fit, shortest
from roleplay.problems import CommandProblem


@dataclass(frozen=True, slots=True)
class TableTime:
    """What tables of one size play, and how long it takes."""

    people: int
    rounds: int
    """How many rounds people change roles; 0 where they do not."""
    lengths: Mapping[str, int]
    """Seconds of each step, by its place in the script."""
    each: int
    """Seconds of one round; 0 where there is none."""
    more: int
    """By how many seconds it takes longer than the usual tables; below zero, by how many it is done earlier."""


def usual_size(scenario: Scenario, sizes: Sequence[int]) -> int:
    """The size of table for which steps have their usual length: the largest that is not too large."""
    return max((size for size in sizes if size <= scenario.group_size), default=scenario.group_size)


def table_times(
    scenario: Scenario,
    sizes: Sequence[int],
    minutes: int | None,
    chosen: tuple[str, ...] = (),
    *,
    everyone_leads: bool = True,
) -> dict[int, TableTime]:
    """What tables of each size play; a larger one has more and shorter rounds in the same time.

    Args:
        scenario: what is played.
        sizes: how many people sit at each table.
        minutes: how much time there is; without it every step has the length that its file gives.
        chosen: roles that are held by choice, where there is one table.
        everyone_leads: otherwise a larger table plays no more rounds than the others.

    Raises:
        CommandProblem: there is too little time.
    """
    usual = usual_size(scenario, sizes)
    equal = scenario.rotates and not everyone_leads
    turns = {size: min(size, usual) if equal else size for size in sizes}
    largest = max(turns.values())
    # The largest table plays most rounds: it says whether there is time enough, and where it would take longer than
    # that with lengths made for the others, it sets them.
    for_largest, lengths = (_lengths(scenario, people, minutes, chosen) for people in (largest, usual))
    made_for = usual
    if minutes is not None and _seconds(scenario, usual, largest, lengths, chosen) > minutes * 60:
        made_for, lengths = largest, for_largest
    compared = usual if usual in turns or minutes is None else largest
    planned = _seconds(scenario, made_for, compared, lengths, chosen)
    return {
        size: TableTime(
            people=size,
            rounds=people if scenario.rotates else 0,
            lengths=(fitted := _shorter(scenario, made_for, people, lengths)),
            each=_round(scenario, fitted),
            more=_seconds(scenario, made_for, people, lengths, chosen) - planned,
        )
        for size, people in turns.items()
    }


def _lengths(scenario: Scenario, people: int, minutes: int | None, chosen: tuple[str, ...]) -> dict[str, int]:
    steps = scenario.steps
    if minutes is None:
        return {source: step.length for source, step in steps.items()}
    times = {source: times_played(scenario, source, people, chosen) for source in steps}
    weights = [Weight.of(step.length, step.least, times[source]) for source, step in steps.items()]
    lengths = fit(weights, minutes * 60)
    if lengths is None:
        least = -(-shortest(weights) // 60)
        raise CommandProblem(
            f"“{scenario.title}” cannot be played in {minutes} minutes: with {people} at a table it needs {least}.",
            f"Give it {least} minutes or more, or choose a shorter scenario.",
        )
    return dict(zip(steps, lengths, strict=True))


def _shorter(scenario: Scenario, made_for: int, people: int, lengths: dict[str, int]) -> dict[str, int]:
    """Lengths for a table with more people than they were made for, who play more rounds in the same time."""
    fitted = dict(lengths)
    for number, item in enumerate(scenario.script if people > made_for else ()):
        if not isinstance(item, Rotate) or isinstance(item.rotate, InTurn):
            continue
        sources = [f"{number}.{i}" for i in range(len(item.steps))]
        weights = [
            Weight(lengths[s], min(lengths[s], Weight.of(step.length, step.least).least), people)
            for s, step in zip(sources, item.steps, strict=True)
        ]
        shorter = fit(weights, made_for * sum(lengths[s] for s in sources))
        fitted |= dict(zip(sources, shorter or [w.least for w in weights], strict=True))
    return fitted


def _round(scenario: Scenario, lengths: Mapping[str, int]) -> int:
    """How long one round of the first block takes in which people change roles."""
    for number, item in enumerate(scenario.script):
        if isinstance(item, Rotate) and item.rotate == "every-role":
            return sum(lengths[f"{number}.{i}"] for i in range(len(item.steps)))
    return 0


def _seconds(scenario: Scenario, made_for: int, people: int, lengths: dict[str, int], chosen: tuple[str, ...]) -> int:
    """How long a table of so many people takes."""
    fitted = _shorter(scenario, made_for, people, lengths)
    return sum(length * times_played(scenario, source, people, chosen) for source, length in fitted.items())
