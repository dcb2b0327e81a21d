"""Groups for a class, to read or for programs: who sits where, who plays what, and who meets again."""

from __future__ import annotations

import json
from collections.abc import Iterator

from roleplay.conduct.class_plan import ClassPlan
from roleplay.content.durations import say_duration
from roleplay.content.scenario import Scenario
from roleplay.planning.casting import Cast
from roleplay.planning.plan import Track
from roleplay.planning.words import say_number, say_times

_PAIRS_SHOWN = 12


def class_plan_as_json(planned: ClassPlan) -> str:
    """One object: members by name, and for each round the names by role."""
    names = planned.names
    return json.dumps(
        {
            "sessions": [
                {
                    "groups": [
                        {
                            "members": [names[person] for person in track.people],
                            "rounds": [
                                {role: [names[person] for person in people] for role, people in cast.items()}
                                for cast in casts_of(track)
                            ],
                        }
                        for track in plan.tracks
                    ]
                }
                for plan in planned.plans
            ],
            "repeated_pairs": [{"people": [one, other], "times": times} for one, other, times in _repeated(planned)],
            "repeats": planned.grouped.repeats,
            "lower_bound": planned.grouped.bound,
            "notes": list(planned.notes),
        },
        ensure_ascii=False,
        indent=2,
    )


def class_plan_as_text(planned: ClassPlan, scenario: Scenario) -> str:
    """Notes first, then the tables of each session, then who meets again."""
    people, sessions = len(planned.names), len(planned.plans)
    takes = say_duration(planned.plans[0].planned_seconds)
    title = f"{scenario.title}: {people} people, {takes}"
    lines = [f"{title}, {say_number(sessions)} sessions" if sessions > 1 else title, *planned.notes]
    for number, plan in enumerate(planned.plans, start=1):
        lines += ["", f"Session {number}"] if sessions > 1 else [""]
        width = len(plan.tracks[-1].title)
        for track in plan.tracks:
            members = ", ".join(planned.names[person] for person in track.people)
            lines.append(f"{track.title:{width}}  {members}")
            if sessions == 1:
                lines += _rounds(planned, scenario, track)
    if sessions > 1 and scenario.rotates:
        title = scenario.roles[scenario.leading_role].title
        lines += ["", f"At each table people are {title} one after another, in this order."]
    return "\n".join([*lines, "", *_say_repeats(planned)])


def casts_of(track: Track) -> list[Cast]:
    """Who plays what in each round; without rounds, once for the whole."""
    by_round = {step.round: step.cast for step in reversed(track.steps) if step.cast and step.round is not None}
    if by_round:
        return [by_round[round] for round in sorted(by_round)]
    return [step.cast for step in track.steps if step.cast][:1]


def _rounds(planned: ClassPlan, scenario: Scenario, track: Track) -> Iterator[str]:
    casts = casts_of(track)
    for number, cast in enumerate(casts, start=1):
        roles = [
            f"{scenario.roles[role].title} {', '.join(planned.names[person] for person in people)}"
            for role, people in cast.items()
            if people
        ]
        yield f"  {f'Round {number}: ' if len(casts) > 1 else ''}{' · '.join(roles)}"


def _repeated(planned: ClassPlan) -> list[tuple[str, str, int]]:
    """Names of those who meet again, and how often they have then met in all."""
    names, company, grouped = planned.names, planned.company, planned.grouped
    times = {pair: again + max(1, company.times(*pair)) for pair, again in grouped.repeated.items()}
    return sorted(((names[one], names[other], times[one, other]) for one, other in times), key=lambda row: -row[2])


def _say_repeats(planned: ClassPlan) -> Iterator[str]:
    again, bound = planned.grouped.repeats, planned.grouped.bound
    if not again:
        yield "Repeats: 0 (lower bound 0). Nobody sits with somebody they have worked with before."
        return
    yield f"Repeats: {again} (lower bound {bound}: no plan has fewer)."
    rows = _repeated(planned)
    for one, other, times in rows[:_PAIRS_SHOWN]:
        yield f"  {one} and {other} will have worked together {say_times(times)}."
    if len(rows) > _PAIRS_SHOWN:
        yield f"  So will {len(rows) - _PAIRS_SHOWN} more pairs; --json lists them all."
