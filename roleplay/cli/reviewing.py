"""The command that looks back at what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roleplay.cli.group import main
from roleplay.cli.shared import find_session, has_terminal, open_desk, show_screens

if TYPE_CHECKING:
    from roleplay.conduct.runner import Runner


@main.command()
@click.argument("session", required=False)
@click.option("--for", "reader", help="Who looks: a name, exactly what this person may see; or instructor.")
def review(session: str | None, reader: str | None) -> None:
    """Look back at the conversations of a SESSION.

    Who spoke when, what was marked, and, where it was recorded, what was said: to be heard from any moment, searched
    and corrected. Without a session, of the last one. Without --for, it is the instructor who looks."""
    from roleplay.conduct.holding import held_session
    from roleplay.problems import CommandProblem
    from roleplay.store.protocol import Conflict

    if not has_terminal():
        mend = "Run this in a terminal. `roleplay report` writes down what was said."
        raise CommandProblem("Conversations are looked back at in a terminal, and there is none here.", mend)
    desk = open_desk()
    found = find_session(desk.store, session)
    try:
        with held_session(desk.store, found) as runner:
            person = _reader(runner, reader)
            from roleplay.tui.screens.conversations import looking_back

            show_screens(desk, lambda: looking_back(runner, person, apart=True))
    except Conflict as error:
        mend = "Look back there: ctrl+k. Or leave it there first."
        raise CommandProblem("This session is open in the program right now.", mend) from error


def _reader(runner: Runner, name: str | None) -> str:
    from roleplay.problems import CommandProblem
    from roleplay.report.reader import reader_named
    from roleplay.session.state import FACILITATOR

    viewer = reader_named(runner.state, runner.words, name)
    if viewer.kind == "room":
        raise CommandProblem("A whole class does not look back at a conversation.", "Give a name, or instructor.")
    return viewer.person or FACILITATOR
