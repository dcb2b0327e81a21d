"""The commands about recordings that are kept: which there are, and how they are taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from roleplay.cli.group import main
from roleplay.cli.shared import find_session, opened_store

if TYPE_CHECKING:
    from roleplay.audio.shelf import Shelf
    from roleplay.conduct.kept import KeptRecording


@main.command()
@click.option("--erase", "session", metavar="SESSION", help="Erase what was recorded in a session.")
@click.option("--keep-words", is_flag=True, help="With --erase: only the sound; what was written down stays.")
@click.option("--yes", is_flag=True, help="With --erase: do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def recordings(session: str | None, keep_words: bool, yes: bool, as_json: bool) -> None:
    """List the recordings that are kept, or erase them.

    For each session: how long they are, how much of the disk they take, and whether they were written down.
    `keep_sound` in your settings says how long sound is kept."""
    if session is None:
        if keep_words or yes:
            raise click.UsageError("--keep-words and --yes go with --erase.")
        _list(as_json)
        return
    from roleplay.conduct.kept import erase_session, kept_recordings, say_what

    with opened_store() as store:
        found = find_session(store, session)
        kept = kept_recordings(store, _shelf(), found, with_words=not keep_words)
        if not kept:
            click.echo(f"Nothing is kept that was recorded in {found}.", err=True)
            return
        click.echo(f"This erases {say_what(kept, words=not keep_words)}, for good.", err=True)
        if yes or _sure():
            erase_session(store, _shelf(), found, words=not keep_words)
            _done()


@main.command()
@click.argument("session")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def withdraw(session: str, name: str, yes: bool) -> None:
    """Take back NAME's yes to being recorded in a SESSION.

    Every recording made while they were in the room is erased, with all that was written down from it. It works as
    long as the session is kept, closed or not."""
    from roleplay.conduct.kept import person_named, present_in, say_what
    from roleplay.conduct.kept import withdraw as take_back

    with opened_store() as store:
        found = find_session(store, session)
        person, called = person_named(store, found, name)
        kept = present_in(store, _shelf(), found, person)
        if kept:
            click.echo(f"This erases {say_what(kept)}, for good: all with {called} in the room.", err=True)
        else:
            click.echo(f"Nothing is kept that was recorded with {called} in the room.", err=True)
        click.echo(f"{called} counts as having said no to being recorded in this session.", err=True)
        if yes or _sure():
            take_back(store, _shelf(), found, person)
            _done() if kept else click.echo("Done.", err=True)


def _list(as_json: bool) -> None:
    from roleplay.conduct.clock import wall_now
    from roleplay.conduct.kept import all_kept, say_length
    from roleplay.conduct.retention import ALWAYS, tidy
    from roleplay.settings import load_settings
    from roleplay.store.files import say_size

    settings, shelf = load_settings(), _shelf()
    with opened_store() as store:
        for sentence in tidy(store, shelf, settings.keep_sound, wall_now()):
            click.echo(sentence, err=True)
        kept = all_kept(store, shelf)
    if as_json:
        click.echo(json.dumps({session: [_as_data(one) for one in found] for session, found in kept.items()}, indent=2))
        return
    if not kept:
        click.echo("Nothing that was recorded is kept.", err=True)
        return
    for session, found in kept.items():
        sound = sum(one.size for one in found)
        written = sum(one.lines is not None for one in found)
        parts = [
            f"{len(found)} {'recording' if len(found) == 1 else 'recordings'}",
            say_length(sum(one.seconds for one in found)),
            say_size(sound) if sound else "no sound any more",
            ("written down" if written == len(found) else f"{written} written down") if written else "not written down",
        ]
        click.echo(f"{session}  {' · '.join(parts)}")
    if settings.keep_sound != ALWAYS:
        click.echo(f'\nSound is kept as your settings say: keep_sound = "{settings.keep_sound}"', err=True)
        if any(one.size and one.lines is None for found in kept.values() for one in found):
            click.echo("What was not written down yet stays until it is: roleplay transcribe SESSION", err=True)


def _as_data(one: KeptRecording) -> dict[str, object]:
    return {
        "recording": one.id,
        "table": one.table,
        "step": one.step,
        "seconds": round(one.seconds, 1),
        "bytes": one.size,
        "lines": one.lines,
    }


def _shelf() -> Shelf:
    from roleplay.audio.shelf import Shelf
    from roleplay.settings import home_folder

    return Shelf(home_folder())


def _sure() -> bool:
    return click.confirm("Erase?", err=True)


def _done() -> None:
    click.echo("Erased. What was handed out before, such as a report with its sound, lies where it was put.", err=True)
