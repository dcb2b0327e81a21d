"""The command for microphones."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Awaitable, Iterator
from typing import TYPE_CHECKING

import click

from roleplay.cli.group import main

if TYPE_CHECKING:
    from roleplay.audio.capture import Ended, Level

_WITHOUT_A_KEY = 5.0
"""Seconds that a test lasts where nobody can press a key."""


@main.command()
@click.option("--test", "tested", metavar="[NAME]", is_flag=False, flag_value="", help="Show how loud it hears you.")
@click.option("--use", "used", metavar="NAME", help="Take this microphone from now on; enough of its name will do.")
@click.option("--table", metavar="TITLE", help='With --use, --test or --forget: for one table, such as "Table 2".')
@click.option("--forget", is_flag=True, help="Forget what was chosen.")
def devices(tested: str | None, used: str | None, table: str | None, forget: bool) -> None:
    """List the microphones, test one, choose one.

    A microphone is remembered by its name, so it is found again wherever it is plugged in. A test keeps nothing
    of what it hears."""
    if sum((tested is not None, used is not None, forget)) > 1:
        raise click.UsageError("Give one of --test, --use and --forget at a time.")
    if table is not None and tested is None and used is None and not forget:
        raise click.UsageError("--table goes with --use, --test or --forget.")
    if forget:
        _forget(table)
    elif used is not None:
        _use(used, table)
    elif tested is not None:
        _test(tested, table)
    else:
        _list()


def _list() -> None:
    from roleplay.audio.chosen import load_choices
    from roleplay.audio.devices import microphones, pick
    from roleplay.audio.listing import list_microphones
    from roleplay.settings import home_folder

    choices = load_choices(home_folder())
    known = microphones()
    for line in list_microphones(known, choices):
        click.echo(line)
    pick(known)
    click.echo("\nTo see how loud one hears you: roleplay devices --test NAME", err=True)
    click.echo("To take one from now on: roleplay devices --use NAME", err=True)


def _use(name: str, table: str | None) -> None:
    from roleplay.audio.chosen import load_choices, save_choices
    from roleplay.audio.devices import guess, microphones
    from roleplay.settings import home_folder

    home = home_folder()
    choices = load_choices(home)
    found = guess(microphones(), name).name
    save_choices(home, choices.using(found, table))
    click.echo(f"“{found}” is taken from now on{_where(table)}.", err=True)


def _where(table: str | None) -> str:
    return f" at {' '.join(table.split())}" if table else ""


def _forget(table: str | None) -> None:
    from roleplay.audio.chosen import Choices, load_choices, save_choices
    from roleplay.settings import home_folder

    home = home_folder()
    # A file that cannot be read any more is mended by forgetting all of it.
    save_choices(home, load_choices(home).forgetting(table) if table else Choices())
    kept = "" if table else ", the system's own is taken"
    click.echo(f"No microphone is chosen{_where(table)} any more{kept}.", err=True)


def _test(name: str, table: str | None) -> None:
    import asyncio

    from roleplay.audio.chosen import load_choices
    from roleplay.audio.devices import guess, microphones
    from roleplay.audio.listing import sum_up
    from roleplay.problems import CommandProblem
    from roleplay.settings import home_folder, load_settings

    wanted = guess(microphones(), name).name if name else load_choices(home_folder()).of(table)
    levels, ended = asyncio.run(_listen(wanted, load_settings().record_channels))
    if ended.why != "stopped":
        raise CommandProblem("The test ended early: the microphone was lost.", "Plug it in again, and try once more.")
    click.echo(sum_up(levels))


async def _listen(name: str | None, channels: int) -> tuple[list[Level], Ended]:
    """Hear a microphone until a key is pressed, with a meter; keeps levels, and no sound."""
    import asyncio

    from roleplay.audio.capture import Capture, Level
    from roleplay.audio.listing import draw

    watched = sys.stdin.isatty() and sys.stdout.isatty()
    capture = Capture(None, name, channels)
    began = await capture.start()
    how = "Say something; any key ends the test." if watched else f"It takes {_WITHOUT_A_KEY:.0f} seconds."
    click.echo(f"Listening to “{began.microphone}”. Nothing is kept. {how}", err=True)
    levels = []

    async def follow() -> None:
        async for report in capture.reports():
            if isinstance(report, Level):
                levels.append(report)
                if watched:
                    width = shutil.get_terminal_size().columns - 1
                    click.echo(f"\r{draw(report, width):<{width}}", nl=False)

    with _one_key() if watched else contextlib.nullcontext(asyncio.sleep(_WITHOUT_A_KEY)) as enough:
        following = asyncio.ensure_future(follow())
        await asyncio.wait({following, asyncio.ensure_future(enough)}, return_when=asyncio.FIRST_COMPLETED)
        ended = await capture.stop()
        await following
    if watched:
        click.echo()
    return levels, ended


@contextlib.contextmanager
def _one_key() -> Iterator[Awaitable[None]]:
    """Done when any key is pressed, ctrl-c among them; the terminal is as before afterwards."""
    import asyncio
    import termios

    handle = sys.stdin.fileno()
    before, now = termios.tcgetattr(handle), termios.tcgetattr(handle)
    now[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG)
    loop = asyncio.get_running_loop()
    pressed: asyncio.Future[None] = loop.create_future()

    def read() -> None:
        os.read(handle, 64)
        if not pressed.done():
            pressed.set_result(None)

    loop.add_reader(handle, read)
    termios.tcsetattr(handle, termios.TCSADRAIN, now)
    try:
        yield pressed
    finally:
        loop.remove_reader(handle)
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
