"""What several commands need."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from roleplay.conduct.roster import Roster
    from roleplay.content.folders import Folders
    from roleplay.store.protocol import KnownPerson, Store
    from roleplay.store.sqlite import SqliteStore
    from roleplay.tui.desk import Desk

LAST = "last"
"""How the newest session can be called."""


def has_terminal() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def rehearse_instead(
    scenario: str,
    people: int | None = None,
    minutes: int | None = None,
    occasion: str | None = None,
) -> None:
    """Where nobody can be asked and nothing shown, show at least what would happen."""
    click.echo("There is no terminal here to play in, so bots rehearse the scenario instead.", err=True)
    context = click.get_current_context()
    program = context.find_root().command
    assert isinstance(program, click.Group)
    rehearse = program.commands["rehearse"]
    context.invoke(rehearse, scenario=scenario, people=people, minutes=minutes, occasion=occasion)


def find_known(store: Store, wanted: str) -> KnownPerson:
    """The one person whom a name, or an id, stands for in all sessions."""
    from roleplay.problems import CommandProblem, nearest

    people = store.known_people()
    said = " ".join(wanted.split()).casefold()
    found = [p for p in people if p.id == wanted] or [p for p in people if p.name.casefold() == said]
    if len(found) == 1:
        return found[0]
    if found:
        from roleplay.conduct.clock import local_zone
        from roleplay.report.growth import say_day

        lines = [f"  {p.id}  {p.name} (last on {say_day(p.last, local_zone())}, {p.last_title})" for p in found]
        mend = "\n".join(["Give the id of one of them instead of the name:", *lines])
        raise CommandProblem(f"{len(found)} people are called {found[0].name}.", mend)
    if not people:
        sentence = "Nobody is known over several sessions yet."
        raise CommandProblem(sentence, "When a session is set up, say who has been here before.")
    raise CommandProblem(f"Nobody is known as “{wanted}”.", nearest(wanted, [p.name for p in people]))


def class_from(
    people: str | None,
    roster: Path | None,
    store: Store | None = None,
    session: str | None = None,
    *,
    quiet: bool = False,
) -> Roster:
    """The people of an earlier session, then those of a class list, then those typed in one line.

    Unless it is `quiet`, what was noticed in the list is said beside what is printed.
    """
    if people and people.strip().isdecimal():
        from roleplay.problems import CommandProblem

        raise CommandProblem(
            f"“{people.strip()}” is a number, and people are asked for by their names.",
            'Write them with commas between, as in --people "Ana, Ben, Chloe", or give a class list with --roster.',
        )
    from roleplay.conduct.class_list import read_roster
    from roleplay.conduct.names import split_names
    from roleplay.conduct.roster import Roster, of_names, people_of

    here = people_of(store, store.find_session(session)) if store and session else Roster()
    here = here.and_also(read_roster(roster)) if roster else here
    for note in () if quiet else here.notes:
        click.echo(note, err=True)
    return here.and_also(of_names(split_names(people))) if people else here


def folders() -> Folders:
    """Where scenarios and rubrics are looked up: the owner's folders, then the bundled ones."""
    from roleplay.content.folders import Folders, bundled_folder
    from roleplay.settings import rubric_folder, scenario_folder

    bundled = bundled_folder()
    return Folders((scenario_folder(), bundled / "scenarios"), (rubric_folder(), bundled / "rubrics"))


@contextmanager
def opened_store() -> Iterator[SqliteStore]:
    """The sessions, for as long as the block runs; what was still being erased in them is erased first."""
    from roleplay.audio.shelf import Shelf
    from roleplay.settings import database_path, home_folder
    from roleplay.store.sqlite import SqliteStore

    store, shelf = SqliteStore(database_path()), Shelf(home_folder())
    try:
        if shelf.sessions():
            from roleplay.conduct.erasing import finish_all

            for sentence in finish_all(store, shelf):
                click.echo(sentence, err=True)
        yield store
    finally:
        store.close()


def find_session(store: Store, session: str | None, open_only: bool = False) -> str:
    """The session that was named; the newest where none was, or where it was called `last`."""
    from roleplay.problems import CommandProblem

    if session and session != LAST:
        return store.find_session(session)
    for row in store.sessions():
        if not open_only or row.state == "open":
            return row.id
    if open_only:
        raise CommandProblem("No session is open.", "Start one with: roleplay run first-try")
    raise CommandProblem("There is no session yet.", "Try one: roleplay rehearse first-try")


def hand_out(text: str, output: Path | None) -> None:
    """Write to a file, or print."""
    if output is None:
        click.echo(text)
        return
    from roleplay.store.files import write_whole

    write_whole(output, text)
    click.echo(f"Wrote {output}", err=True)


def open_desk() -> Desk:
    """Everything the screens need; whoever shows them closes it."""
    from roleplay.settings import database_path, load_settings
    from roleplay.store.sqlite import SqliteStore
    from roleplay.store.writer import Writer
    from roleplay.tui.desk import Desk

    settings = load_settings()
    path = database_path()
    return Desk(folders(), SqliteStore(path), Writer(lambda: SqliteStore(path)), settings)


def show_screens(desk: Desk | Callable[[], Desk], first: Callable[[], Any] | None = None) -> None:
    """Open the program on the screen; it closes the desk when somebody leaves."""
    from roleplay.tui.app import RoleplayApp

    app = RoleplayApp(desk, first)
    app.run()
    sys.exit(app.return_code or 0)
