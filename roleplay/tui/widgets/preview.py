"""What is chosen in the library, told in full: a scenario, a file that needs mending, or an open session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from roleplay.content.blanks import fill
from roleplay.content.durations import say_duration
from roleplay.content.words import paragraphs
from roleplay.session.recording import has_recording
from roleplay.tui.describe import in_short, say_names, script_lines, when

if TYPE_CHECKING:
    from roleplay.content.library import LibraryEntry, SeriesEntry
    from roleplay.content.scenario import Scenario
    from roleplay.tui.sessions import OpenSession

Part = tuple[str, str]
"""Words and their style."""


def tell_scenario(entry: LibraryEntry, scenario: Scenario) -> Content:
    """A scenario: what for, with whom, what is practised, step by step, and where it comes from; blanks are gaps."""
    return _join(_tell_scenario(entry, fill(scenario, {})))


def _tell_scenario(entry: LibraryEntry, scenario: Scenario) -> Iterator[Part]:
    yield f"{entry.title}\n", "bold"
    yield f"{in_short(entry)}\n", "$text-muted"
    if entry.audience:
        yield f"For: {entry.audience}\n", "$text-muted"
    for words in paragraphs(scenario.about):
        yield f"\n{words}\n", ""
    if scenario.practice:
        yield "\nWhat is practised\n", "bold $text-primary"
        yield from ((f"• {item}\n", "") for item in scenario.practice)
    yield "\nWho takes part\n", "bold $text-primary"
    for role in scenario.roles.values():
        count = role.count
        several = f" ({count.least}–{count.most})" if count.least != count.most else f" ({count.least})"
        more = several if count.most > 1 else ""
        yield f"• {role.title}{more}{', where there are enough people' if role.extra else ''}\n", ""
    yield "If you are alone, bots take the other seats.\n", "$text-muted"
    yield "\nWhat happens\n", "bold $text-primary"
    lines = [("  " * line.inside + line.name, line) for line in script_lines(scenario)]
    width = max(len(name) for name, line in lines if line.length)
    for name, line in lines:
        yield f"{name:<{width}}", "" if line.length else "$text-muted"
        yield f"  {line.length}{', all tables together' if line.together else ''}\n", "$text-muted"
    yield f"In all {say_duration(entry.seconds)}\n", "$text-muted"
    if has_recording(scenario):
        yield "What is said is recorded, if everyone in the room agrees.\n", "$text-muted"
    if len(scenario.cases) > 1:
        yield "\nCases\n", "bold $text-primary"
        yield from ((f"• {case.title}\n", "") for case in scenario.cases)
    if scenario.source:
        yield "\nWhere it comes from\n", "bold $text-primary"
        yield "\n\n".join(paragraphs(scenario.source)), "$text-muted"


def tell_series(entry: SeriesEntry) -> Content:
    """A series: what for, its parts in order, what opens them, and where it comes from."""
    return _join(_tell_series(entry))


def _tell_series(entry: SeriesEntry) -> Iterator[Part]:
    yield f"{entry.title}\n", "bold"
    yield f"{in_short(entry)}\n", "$text-muted"
    for words in paragraphs(entry.about):
        yield f"\n{words}\n", ""
    yield "\nParts\n", "bold $text-primary"
    for number, part in enumerate(entry.parts, start=1):
        yield f"{number}. {part.title}\n", ""
        yield f"   {in_short(part)}\n", "$text-muted"
    opens = "Each opens when the one before it was played." if entry.in_order else "All are open from the start."
    yield f"{opens}\n", "$text-muted"
    if entry.source:
        yield "\nWhere it comes from\n", "bold $text-primary"
        yield "\n\n".join(paragraphs(entry.source)), "$text-muted"


def tell_problems(entry: LibraryEntry | SeriesEntry) -> Content:
    """A file that needs mending, with what to mend."""
    return _join(_tell_problems(entry))


def _tell_problems(entry: LibraryEntry | SeriesEntry) -> Iterator[Part]:
    yield f"{entry.title}\n", "bold"
    yield "This file needs mending before it can be played.\n", "$text-warning"
    yield f"{entry.path}\n", "$text-muted"
    for problem in entry.problems:
        other = f", in {problem.file}" if not str(entry.path).endswith(problem.file) else ""
        yield f"\nLine {problem.line}{other}{': ' + problem.key if problem.key else ''}\n", "$text-muted"
        yield f"{problem.sentence}\n", ""


def tell_session(session: OpenSession, now: int) -> Content:
    """A session that was left before its end; `now` in UTC milliseconds."""
    return _join(_tell_session(session, now))


def _tell_session(session: OpenSession, now: int) -> Iterator[Part]:
    row = session.row
    yield f"{row.title}\n", "bold"
    yield f"{'A rehearsal, played by bots. ' if row.rehearsal else ''}It was left before its end.\n\n", "$text-muted"
    if session.problem:
        yield f"{session.problem}\n", "$text-warning"
        return
    for what, said in (
        ("Who", ", ".join(session.names) or "…"),
        ("Where it stood", session.stood or "…"),
        ("Opened", when(row.opened, now)),
        ("Last used", when(row.last, now)),
    ):
        yield f"{what}\n", "bold $text-primary"
        yield f"{said}\n\n", ""
    yield "Everything that was written is there. It goes on paused.\n\n", ""
    yield row.id, "$text-muted"


def two_lines(title: str, more: str, broken: bool = False) -> Content:
    """An entry of a list."""
    return Content.assemble((title, "bold"), "\n", (more, "$text-warning" if broken else "$text-muted"))


def session_lines(session: OpenSession, now: int) -> Content:
    """A session in a list."""
    who = say_names(session.names) if session.names else f"{session.row.people} people"
    mark = "rehearsal · " if session.row.rehearsal else ""
    return two_lines(session.row.title, f"{mark}{when(session.row.last, now)} · {who}", bool(session.problem))


def _join(parts: Iterable[Part]) -> Content:
    return Content.assemble(*parts)
