"""Lists for the terminal and for programs: scenarios, one scenario, the sessions that were kept."""

from __future__ import annotations

import json
import textwrap
import time
from collections.abc import Iterable, Iterator, Sequence

from roleplay.content.blanks import fill
from roleplay.content.bundle import Bundle
from roleplay.content.durations import say_duration
from roleplay.content.library import LibraryEntry, SeriesEntry
from roleplay.content.shelves import Entry, Section
from roleplay.content.steps import InTurn, PlayStep, Rotate, StepBase
from roleplay.store.protocol import SessionRow

_WIDTH = 78


def library_as_text(sections: Sequence[Section]) -> str:
    """Each scenario and each series by the name under which it is run, with what one needs to choose."""
    blocks = []
    for section in sections:
        blocks.append(f"{section.heading}\n{'─' * len(section.heading)}")
        for placed in section.placed:
            block = _block(placed.entry, _told(placed.entry))
            blocks.append(textwrap.indent(block, "  ") if placed.part else block)
    return "\n\n".join(blocks)


def _told(entry: Entry) -> Iterator[str]:
    yield entry.title
    if isinstance(entry, SeriesEntry):
        yield f"{len(entry.parts)} scenarios · {say_duration(entry.seconds)} in all"
        yield ", ".join(part.id for part in entry.parts)
        return
    yield from _facts(entry)
    if entry.audience:
        yield f"For {entry.audience}"
    if entry.practice:
        yield f"Practises {', '.join(entry.practice)}"


def one_series_as_text(entry: SeriesEntry) -> str:
    """What a series is about, and its scenarios in the order in which they are played."""
    opens = "Each opens when the one before it has been played." if entry.in_order else "All are open from the start."
    parts = [entry.title, *(["", _indented(entry.about, "")] if entry.about else []), "", "Scenarios", f"  {opens}"]
    for number, part in enumerate(entry.parts, start=1):
        parts += ["", f"{number:>3}. {part.id}", *(_indented(line, "     ") for line in [part.title, *_facts(part)])]
    if entry.source:
        parts += ["", "Source", _indented(entry.source, "  ")]
    return "\n".join(parts)


def _block(entry: Entry, lines: Iterable[str]) -> str:
    if entry.problems:
        # A path is never broken into lines, so that it can be copied.
        return "\n    ".join([entry.id, entry.title, _mend(entry)])
    return "\n".join([entry.id, *(_indented(line) for line in lines)])


def _mend(entry: Entry) -> str:
    return f"needs mending: roleplay check {entry.path}"


def _facts(entry: LibraryEntry) -> Iterator[str]:
    yield _mend(entry) if entry.problems else f"{entry.people_words} · {say_duration(entry.seconds)}"


def scenarios_as_json(entries: Sequence[LibraryEntry], series: Sequence[SeriesEntry] = ()) -> str:
    """The same for programs: a list of objects, each with the ids of the series that it is a part of."""
    return _json(
        [
            {
                "id": entry.id,
                "title": entry.title,
                "audience": entry.audience,
                "shelf": entry.shelf,
                "people": {"least": entry.people[0], "most": entry.people[1]},
                "seconds": entry.seconds,
                "practice": list(entry.practice),
                "series": [one.id for one in series if entry.id in [part.id for part in one.parts]],
                "problems": [str(problem) for problem in entry.problems],
            }
            for entry in entries
        ]
    )


def scenario_as_text(bundle: Bundle) -> str:
    """What a scenario is about, its roles, its cases by title, and its script. No card is shown."""
    scenario = fill(bundle.scenario, {})
    parts = [scenario.title, "", _indented(scenario.about, "")]
    parts += ["", "Roles"]
    for id, role in scenario.roles.items():
        count = role.count
        many = f" ({count.least}–{count.most})" if count.least < count.most else ""
        parts.append(f"  {role.title}{many}{' – leads' if id == scenario.leading_role else ''}")
    if scenario.blanks:
        parts += ["", "What you fill in first", *(f"  {question}" for question in scenario.blanks.values())]
    if scenario.occasions:
        parts += ["", "Occasions, of which you choose one", *(f"  {o.title}" for o in scenario.occasions.values())]
    if scenario.cases:
        parts += ["", "Cases", *(f"  {case.title}" for case in scenario.cases)]
    parts += ["", "Script"]
    for item in scenario.script:
        if isinstance(item, Rotate):
            each = (
                f"each {scenario.roles[item.rotate.in_turn].title}" if isinstance(item.rotate, InTurn) else "each role"
            )
            parts.append(f"  Rounds, until everybody has played {each}:" if each == "each role" else f"  For {each}:")
            parts += [_step_line(step, "    ") for step in item.steps]
        else:
            parts.append(_step_line(item, "  "))
    if bundle.rubrics:
        parts += ["", "Rubrics", *(f"  {rubric.title} ({id})" for id, rubric in bundle.rubrics.items())]
    if scenario.source:
        parts += ["", "Source", _indented(scenario.source, "  ")]
    return "\n".join(parts)


def _step_line(step: StepBase, indent: str) -> str:
    together = " – all tables together" if step.scope == "class" else ""
    recorded = " – recorded, if everyone agrees" if isinstance(step, PlayStep) and step.record else ""
    return f"{indent}{say_duration(step.length):>6}  {step.name}{together}{recorded}"


def sessions_as_text(rows: Sequence[SessionRow]) -> str:
    """The sessions, newest first, each by the name under which it is opened again."""
    if not rows:
        return "There is no session yet. Try one: roleplay rehearse first-try"
    return "\n".join(line for row in rows for line in _session_lines(row))


def _session_lines(row: SessionRow) -> Iterator[str]:
    people = f"{row.people} {'person' if row.people == 1 else 'people'}"
    state = "rehearsal" if row.rehearsal else "closed" if row.state == "ended" else "open: it can be resumed"
    yield row.id
    yield f"    {row.title} · {_when(row.opened)} · {people} · {state}"


def sessions_as_json(rows: Sequence[SessionRow]) -> str:
    """The same for programs: a list of objects, times as UTC milliseconds."""
    return _json(
        [
            {
                "session": row.id,
                "title": row.title,
                "opened": row.opened,
                "last": row.last,
                "people": row.people,
                "state": row.state,
                "rehearsal": row.rehearsal,
                "steps_done": row.steps_done,
            }
            for row in rows
        ]
    )


def _when(milliseconds: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(milliseconds / 1000))


def _indented(words: str, indent: str = "    ") -> str:
    return "\n".join(
        textwrap.fill(line, _WIDTH, initial_indent=indent, subsequent_indent=indent) for line in words.splitlines()
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
