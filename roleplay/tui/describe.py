"""Scenarios, plans and sessions told in plain words, for lists and overviews; no widgets here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from roleplay.content.durations import say_duration
from roleplay.content.library import LibraryEntry, SeriesEntry
from roleplay.content.scenario import Scenario
from roleplay.content.steps import InTurn, Rotate, Step
from roleplay.planning.plan import Plan, PlannedStep, Track
from roleplay.session.state import State, TrackState


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One line of a script; a heading of a block has no length."""

    name: str
    length: str = ""
    inside: bool = False
    """It repeats with the block it stands in."""
    together: bool = False
    """All tables do it together."""


def script_lines(scenario: Scenario) -> Iterator[ScriptLine]:
    """The script, in order, each block that repeats under a heading of its own."""
    for item in scenario.script:
        if not isinstance(item, Rotate):
            yield _script_line(item, False)
            continue
        if isinstance(item.rotate, InTurn):
            yield ScriptLine(f"Once for each {scenario.roles[item.rotate.in_turn].title}:")
        else:
            yield ScriptLine("Once for each person, who then changes roles:")
        yield from (_script_line(step, True) for step in item.steps)


def _script_line(step: Step, inside: bool) -> ScriptLine:
    return ScriptLine(step.name, say_duration(step.length), inside, step.scope == "class")


def in_short(entry: LibraryEntry | SeriesEntry) -> str:
    """People and time of a scenario, as `3 or more people · 40m`; the parts and the time of a series."""
    if entry.problems:
        return "needs mending"
    if isinstance(entry, SeriesEntry):
        return f"series of {len(entry.parts)} · {say_duration(entry.seconds)}"
    return f"{entry.people_words} · {say_duration(entry.seconds)}"


def matches(entry: LibraryEntry | SeriesEntry, typed: str) -> bool:
    """Whether every word typed occurs in the title, in what is practised, or in whom it is for.

    A series is found by its parts, too, and by the word “series”.
    """
    told = _told(entry).casefold()
    return all(word in told for word in typed.casefold().split())


def _told(entry: LibraryEntry | SeriesEntry) -> str:
    if isinstance(entry, SeriesEntry):
        return " ".join((entry.title, "series", *map(_told, entry.parts)))
    return " ".join((entry.title, *entry.practice, entry.audience))


@dataclass(frozen=True, slots=True)
class Row:
    """Who plays what in one round; names by role."""

    label: str
    cast: Mapping[str, tuple[str, ...]]
    case: str = ""


@dataclass(frozen=True, slots=True)
class TableCast:
    """Who plays what at one table: round by round where roles change, else once for the whole session."""

    title: str
    people: tuple[str, ...]
    rows: tuple[Row, ...]
    turns: tuple[str, ...] = ()
    """Who has a turn, one after another."""


def casts(plan: Plan, scenario: Scenario, names: Mapping[str, str]) -> list[TableCast]:
    """Who plays what at every table; `names` by person id."""
    return [_table(track, scenario, names) for track in plan.tracks]


def _table(track: Track, scenario: Scenario, names: Mapping[str, str]) -> TableCast:
    people = tuple(names[id] for id in track.people)
    rows = tuple(_rows(track, scenario, names))
    if scenario.rotates:
        return TableCast(track.title, people, rows)
    blocks = [item.rotate for item in scenario.script if isinstance(item, Rotate)]
    roles = [rotate.in_turn for rotate in blocks if isinstance(rotate, InTurn)]
    whole = {role: who for row in rows for role, who in row.cast.items()}
    for role in roles:
        whole[role] = tuple(dict.fromkeys(name for row in rows for name in row.cast.get(role, ())))
    seated = {role: whole.get(role, ()) for role in scenario.seated}
    turns = whole[roles[0]] if roles else ()
    return TableCast(track.title, people, (Row("", seated, rows[0].case if rows else ""),), turns)


def _rows(track: Track, scenario: Scenario, names: Mapping[str, str]) -> Iterator[Row]:
    told: set[int | None] = set()
    cast_steps = [step for step in track.steps if step.cast]
    rounds = [step for step in cast_steps if step.round is not None] or cast_steps
    for step in rounds:
        if step.round in told:
            continue
        told.add(step.round)
        cast = {role: tuple(names[id] for id in ids) for role, ids in step.cast.items()}
        case = scenario.case(step.case).title if step.case else ""
        yield Row(f"Round {step.round}", cast, case)


def stood(state: State) -> str:
    """Where a session stood when it was left."""
    places = {track.title: _place(track) for track in state.tracks.values()}
    if len(set(places.values())) == 1:
        return next(iter(places.values()))
    return "; ".join(f"{title}: {place}" for title, place in places.items())


def _place(track: TrackState) -> str:
    if track.status == "finished":
        return "all steps done"
    if track.step is None or track.status == "ready":
        return "not started yet"
    return say_step(track.step, track.rounds)


def say_step(step: PlannedStep, rounds: int) -> str:
    """A step with its round, as `Feedback, round 2 of 3`."""
    return f"{step.name}, round {step.round} of {rounds}" if step.round and rounds > 1 else step.name


def say_empty(questions: Sequence[str]) -> str:
    """What is said where questions of a scenario were left empty, before a session begins without their answers."""
    one = len(questions) == 1
    asked = "\n".join(f"• {question}" for question in questions)
    stays = "it stays" if one else "they stay"
    return f"Still empty:\n{asked}\nPress Start again to begin without; {stays} “…” on the cards."


def shorter(names: Mapping[str, str]) -> dict[str, str]:
    """First names, as far as they tell people apart: `Ana`, and `Ben D.` where there are two; else the whole name."""
    short = {id: name.split()[0] if name.split() else name for id, name in names.items()}
    for make in (_with_initial, str):
        counts = Counter(map(str.casefold, short.values()))
        short = {id: make(names[id]) if counts[said.casefold()] > 1 else said for id, said in short.items()}
    return short


def _with_initial(name: str) -> str:
    first, *others = name.split()
    return f"{first} {others[-1][0]}." if others and others[-1][0].isalpha() else name


def say_names(names: Sequence[str], most: int = 3) -> str:
    """Names in a list, the last ones as a number."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"


def when(then: int, now: int) -> str:
    """A moment as people say it, both in UTC milliseconds: `today 10:30`, `yesterday 16:05`, `3 March 2026, 09:00`."""
    said, at = day(then, now), datetime.fromtimestamp(then / 1000).astimezone()
    return f"{said}{' ' if said in NEAR else ', '}{at:%H:%M}"


def day(then: int, now: int) -> str:
    """A day as people say it, both in UTC milliseconds: `today`, `yesterday`, `3 March 2026`."""
    at, today = (datetime.fromtimestamp(moment / 1000).astimezone() for moment in (then, now))
    days = (today.date() - at.date()).days
    return NEAR[days] if days in (0, 1) else f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


NEAR = ("today", "yesterday")
"""Days that need no date."""
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
