"""Lists for the terminal and for programs: scenarios, one scenario, the sessions that were kept."""

from __future__ import annotations

import json
import textwrap
import time
from collections.abc import Iterator, Sequence

from roleplay.content.bundle import Bundle
from roleplay.content.durations import say_duration
from roleplay.content.library import LibraryEntry
from roleplay.content.scenario import InTurn, Rotate, StepBase
from roleplay.store.protocol import SessionRow

_WIDTH = 78


def scenarios_as_text(entries: Sequence[LibraryEntry]) -> str:
    """Each scenario by the name under which it is run, with what one needs to choose."""
    blocks = []
    for entry in entries:
        if entry.problems:
            mend = f"needs mending: roleplay check {entry.path}"
            blocks.append(f"{entry.id}\n    {entry.title}\n    {mend}")
            continue
        facts = f"{entry.people_words} · {say_duration(entry.seconds)}"
        lines = [entry.title, facts, *([f"For {entry.audience}"] if entry.audience else [])]
        if entry.practice:
            lines.append(f"Practises {', '.join(entry.practice)}")
        blocks.append("\n".join([entry.id, *(_indented(line) for line in lines)]))
    return "\n\n".join(blocks)


def scenarios_as_json(entries: Sequence[LibraryEntry]) -> str:
    """The same for programs: a list of objects."""
    return _json(
        [
            {
                "id": entry.id,
                "title": entry.title,
                "audience": entry.audience,
                "people": {"least": entry.people[0], "most": entry.people[1]},
                "seconds": entry.seconds,
                "practice": list(entry.practice),
                "problems": [str(problem) for problem in entry.problems],
            }
            for entry in entries
        ]
    )


def scenario_as_text(bundle: Bundle) -> str:
    """What a scenario is about, its roles, its cases by title, and its script. No card is shown."""
    scenario = bundle.scenario
    parts = [scenario.title, "", _indented(scenario.about, "")]
    parts += ["", "Roles"]
    for id, role in scenario.roles.items():
        count = role.count
        many = "" if count.most == 1 else f" ({count.least}–{count.most})" if count.least < count.most else ""
        parts.append(f"  {role.title}{many}{' – leads' if id == scenario.leading_role else ''}")
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
    return f"{indent}{say_duration(step.length):>6}  {step.name}{together}"


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
