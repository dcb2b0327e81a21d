"""The commands. Each is thin and loads what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from roleplay import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from roleplay.content.load import Folders, Kind
    from roleplay.store.protocol import Store
    from roleplay.store.sqlite import SqliteStore
    from roleplay.tui.desk import Desk

# Before it ends, Python would look for garbage in all that was loaded: for nothing, and for a tenth of `check`.
atexit.register(gc.freeze)

EXAMPLES = """\b
Examples:
  roleplay                                   choose a scenario from the library
  roleplay run first-try                     try it alone, in under four minutes
  roleplay run parent-conversation --people "Ana, Ben, Chloe" --minutes 40
  roleplay rehearse parent-conversation      let bots play it, in a second
  roleplay report -o report.html             what the last session showed
  roleplay cards parent-conversation -o cards.html
  roleplay check my-scenario.yaml            what is still to mend in a file"""


class Roleplay(click.Group):
    """A group of commands that answers in sentences: only a bug of our own shows a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands it over
        """The commands in the order in which they are explained, not of the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and say what is wrong with the user's file or command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except Exception as error:  # noqa: BLE001 - the one place where a mistake of ours is said kindly
            from roleplay.problems import CommandProblem, ExitCode, FileProblems

            if isinstance(error, FileProblems):
                for problem in error.problems:
                    click.echo(str(problem), err=True)
                ctx.exit(ExitCode.PROBLEMS)
            if isinstance(error, CommandProblem):
                click.echo(error.sentence, err=True)
                if error.mend:
                    click.echo(error.mend, err=True)
                ctx.exit(ExitCode.USAGE)
            import traceback

            traceback.print_exc()
            click.echo("This is a mistake of the program, not yours. What was shown as saved is safe.", err=True)
            ctx.exit(ExitCode.BUG)


@click.group(
    cls=Roleplay, invoke_without_command=True, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="roleplay")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Practise hard conversations: roles, a clock, cards, feedback and a report.

    Without a command, the library of scenarios opens.
    """
    if ctx.invoked_subcommand is None:
        if not _has_terminal():
            _rehearse_instead("first-try")
            return
        # The desk is opened when the first screen has been painted.
        _show(_open_desk)


@main.command()
@click.argument("scenario")
@click.option("--people", help='Who plays, as in "Ana, Ben, Chloe".')
@click.option("--roster", type=click.Path(path_type=Path), help="A class list: a CSV file with a column called name.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is; steps are fitted to it.")
def run(scenario: str, people: str | None, roster: Path | None, minutes: int | None) -> None:
    """Play a SCENARIO: one from the library, or a file.

    Who plays what in every round is shown before anything starts.
    """
    from roleplay.content.load import load_bundle

    bundle = load_bundle(scenario, _folders())
    names = _names(people, roster)
    if not _has_terminal():
        _rehearse_instead(scenario, len(names) or None, minutes)
        return

    from roleplay.tui.screens.setup import SetupScreen

    _show(_open_desk(), lambda: SetupScreen(bundle, names, minutes))


@main.command()
@click.argument("session", required=False)
def resume(session: str | None) -> None:
    """Open a SESSION again.

    It stands paused where it was. Without a session, the last one that was not closed opens."""
    from roleplay.problems import CommandProblem

    if not _has_terminal():
        raise CommandProblem("A session is played in a terminal, and there is none here.", "Run this in a terminal.")
    from roleplay.conduct.opening import reopen_session
    from roleplay.tui.screens.stage import StageScreen

    desk = _open_desk()
    runner = reopen_session(desk.store, desk.writer, _find(desk.store, session, open_only=True), desk.make_clock)
    _show(desk, lambda: StageScreen(runner))


@main.command()
@click.argument("scenario")
@click.option("--people", type=click.IntRange(1, 500), help="How many people; without it, one table.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is.")
@click.option("--seed", type=int, default=0, help="Another number makes the bots act otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs.")
def rehearse(scenario: str, people: int | None, minutes: int | None, seed: int, as_json: bool) -> None:
    """Let bots play a whole SCENARIO, in a second.

    Every step, form, marker and journal is played on a clock moved by hand; the session is kept as a rehearsal."""
    from roleplay.conduct.opening import seats_for
    from roleplay.conduct.rehearse import rehearse as play
    from roleplay.content.load import load_bundle

    bundle = load_bundle(scenario, _folders())
    with _store() as store:
        seats = seats_for([], people or bundle.scenario.group_size)
        rehearsed = play(store, bundle, seats, seed, minutes)
    from roleplay.report.rehearsal import rehearsal_as_json, rehearsal_as_text

    if as_json:
        click.echo(rehearsal_as_json(rehearsed))
    else:
        click.echo(rehearsal_as_text(rehearsed, os.environ.get("ROLEPLAY_COMMAND", "roleplay")))


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def list_(as_json: bool) -> None:
    """List the scenarios.

    For whom they are, for how many, how long they take, and what is practised."""
    from roleplay.content.library import library
    from roleplay.report.listing import scenarios_as_json, scenarios_as_text

    entries = library(_folders())
    click.echo(scenarios_as_json(entries) if as_json else scenarios_as_text(entries))


@main.command()
@click.argument("scenario")
def show(scenario: str) -> None:
    """Show a SCENARIO, step by step."""
    from roleplay.content.load import load_bundle
    from roleplay.report.listing import scenario_as_text

    click.echo(scenario_as_text(load_bundle(scenario, _folders())))


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """List what is to mend in FILES.

    Every problem of scenario, rubric and series files in one pass, as file:line:col: key: what to mend."""
    import gc

    # The process ends in a moment: looking for garbage while the models are built costs more than it frees.
    gc.disable()
    from roleplay.content.load import check_files, find_file

    folders = _folders()
    problems = check_files([find_file(file, folders) for file in files], folders)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        from roleplay.problems import ExitCode

        count = len(problems)
        click.echo(f"{count} {'thing' if count == 1 else 'things'} to mend.", err=True)
        sys.exit(ExitCode.PROBLEMS)
    click.echo("Everything is in order.", err=True)


@main.command()
@click.argument("kind", type=click.Choice(["scenario", "rubric"]))
@click.argument("name")
def new(kind: Literal["scenario", "rubric"], name: str) -> None:
    """Write a starter file called NAME.

    A scenario or a rubric with comments that explain each key, here in this folder."""
    from roleplay.content.starter import write_new

    path = write_new(kind, name, Path())
    click.echo(f"Wrote {path}. Open it in an editor, change what you like, then:", err=True)
    click.echo(f"  roleplay check {path}")


@main.command()
@click.argument("kind", type=click.Choice(["scenario", "rubric", "series"]))
def schema(kind: Kind) -> None:
    """Print the JSON Schema of a kind of file.

    Editors that know it complete and check as you type."""
    from roleplay.content.schema import schema_text

    click.echo(schema_text(kind), nl=False)


@main.command()
@click.argument("scenario")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the page, or the folder.")
@click.option("--each", is_flag=True, help="Write one file for each person into the folder given with -o.")
@click.option("--people", help='Who plays, as in "Ana, Ben, Chloe"; each gets the cards of their own rounds.')
@click.option("--minutes", type=click.IntRange(1, 24 * 60), help="How much time there is.")
def cards(scenario: str, output: Path | None, each: bool, people: str | None, minutes: int | None) -> None:
    """Print the cards of a SCENARIO.

    With the observer's sheets and the bell list, so that paper alone is enough."""
    from roleplay.conduct.opening import seats_for
    from roleplay.content.load import load_bundle
    from roleplay.planning.build import build_plan
    from roleplay.problems import CommandProblem
    from roleplay.report.cards import card_deck, render_cards, render_each
    from roleplay.store.files import write_whole

    bundle = load_bundle(scenario, _folders())
    names = _names(people, None)
    plan = None
    seats = seats_for(names, 0 if names else bundle.scenario.group_size)
    if names or minutes:
        plan = build_plan(bundle.scenario, [seat.id for seat in seats], minutes)
    deck = card_deck(bundle, plan, {seat.id: seat.name for seat in seats} if names else None)
    if each:
        if output is None:
            raise CommandProblem("--each writes several files.", "Name a folder for them with -o.")
        output.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, page in render_each(deck).items():
            write_whole(output / name, page)
            click.echo(f"Wrote {output / name}", err=True)
    else:
        _hand_out(render_cards(deck), output)


@main.command()
@click.argument("session", required=False)
@click.option("--for", "reader", help="Whose report: exactly what this person may see.")
@click.option("--format", "format_", type=click.Choice(["html", "md", "json"]), help="By default, what -o ends with.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it; otherwise it is printed.")
@click.option("--each", is_flag=True, help="One file for each reader, in the folder given with -o.")
def report(session: str | None, reader: str | None, format_: str | None, output: Path | None, each: bool) -> None:
    """Write the report of a SESSION.

    Without a session, of the last one."""
    from roleplay.conduct.clock import local_zone
    from roleplay.conduct.opening import read_session
    from roleplay.report.build import build_report
    from roleplay.report.reader import format_for, reader_named
    from roleplay.report.render import render

    with _store() as store:
        found = _find(store, session)
        state, words = read_session(store, found)
    if each:
        from roleplay.report.folder import write_reports

        folder = output or Path(f"{found}-reports")
        for path in write_reports(state, words, found, folder, local_zone(), format_ or "html"):
            click.echo(f"Wrote {path}", err=True)
        return
    built = build_report(state, words, reader_named(state, words, reader), found)
    _hand_out(render(built, format_for(format_, output), local_zone()), output)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
def sessions(as_json: bool) -> None:
    """List the sessions that were kept, newest first."""
    from roleplay.report.listing import sessions_as_json, sessions_as_text

    with _store() as store:
        rows = store.sessions()
    click.echo(sessions_as_json(rows) if as_json else sessions_as_text(rows))


@main.command()
def settings() -> None:
    """Write your settings file.

    What people read after a safety pause, the bell, movement, and the keys: every line explained, none changed yet.
    A file that is there already stays as it is."""
    from roleplay.settings import default_settings_text, open_private, private_folder, settings_path

    path = settings_path()
    private_folder(path.parent)
    try:
        with open_private(path, "x") as stream:
            stream.write(default_settings_text())
        click.echo("Written. Open it in an editor and change what you like:", err=True)
    except FileExistsError:
        click.echo("Your settings are here:", err=True)
    click.echo(path)


@main.command()
def keys() -> None:
    """List every key, and how to choose another."""
    from roleplay.settings import settings_path
    from roleplay.tui.keys import table

    for id, key, does in table():
        click.echo(f"{id:<26} {key:<20} {does}")
    click.echo(
        f'\nTo change one, write a line such as  stage.next = "right"  below [keys] in {settings_path()}', err=True
    )


@main.command()
def doctor() -> None:
    """Say what works on this machine.

    And how to mend what does not."""
    from roleplay.conduct.doctor import examine
    from roleplay.problems import ExitCode

    findings = examine()
    for finding in findings:
        click.echo(str(finding))
    if not all(finding.good for finding in findings):
        sys.exit(ExitCode.PROBLEMS)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print completion for SHELL.

    How to install it stands on its first line."""
    from click.shell_completion import get_completion_class

    files = {
        "bash": "~/.local/share/bash-completion/completions/roleplay",
        "zsh": "a folder of $fpath, as _roleplay",
        "fish": "~/.config/fish/completions/roleplay.fish",
    }
    complete = get_completion_class(shell)
    assert complete is not None
    click.echo(f"# Save this as {files[shell]}")
    click.echo(complete(main, {}, "roleplay", "_ROLEPLAY_COMPLETE").source())


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _rehearse_instead(scenario: str, people: int | None = None, minutes: int | None = None) -> None:
    click.echo("There is no terminal here to play in, so bots rehearse the scenario instead.", err=True)
    click.get_current_context().invoke(rehearse, scenario=scenario, people=people, minutes=minutes)


def _names(people: str | None, roster: Path | None) -> list[str]:
    from roleplay.conduct.roster import read_roster, split_names

    return read_roster(roster) if roster else split_names(people or "")


def _folders() -> Folders:
    from roleplay.content.load import Folders, bundled_folder
    from roleplay.settings import rubric_folder, scenario_folder

    bundled = bundled_folder()
    return Folders((scenario_folder(), bundled / "scenarios"), (rubric_folder(), bundled / "rubrics"))


@contextmanager
def _store() -> Iterator[SqliteStore]:
    from roleplay.settings import database_path
    from roleplay.store.sqlite import SqliteStore

    store = SqliteStore(database_path())
    try:
        yield store
    finally:
        store.close()


def _find(store: Store, session: str | None, open_only: bool = False) -> str:
    """The session that was named, or the newest."""
    from roleplay.problems import CommandProblem

    if session:
        return store.find_session(session)
    for row in store.sessions():
        if not open_only or row.state == "open":
            return row.id
    if open_only:
        raise CommandProblem("No session is open.", "Start one with: roleplay run first-try")
    raise CommandProblem("There is no session yet.", "Try one: roleplay rehearse first-try")


def _hand_out(text: str, output: Path | None) -> None:
    """Write to a file, or print."""
    if output is None:
        click.echo(text)
        return
    from roleplay.store.files import write_whole

    write_whole(output, text)
    click.echo(f"Wrote {output}", err=True)


def _open_desk() -> Desk:
    from roleplay.settings import database_path, load_settings
    from roleplay.store.sqlite import SqliteStore
    from roleplay.store.writer import Writer
    from roleplay.tui.desk import Desk

    settings = load_settings()
    path = database_path()
    return Desk(_folders(), SqliteStore(path), Writer(lambda: SqliteStore(path)), settings)


def _show(desk: Desk | Callable[[], Desk], first: Callable[[], Any] | None = None) -> None:
    """Open the program on the screen; it closes the desk when somebody leaves."""
    from roleplay.tui.app import RoleplayApp

    app = RoleplayApp(desk, first)
    app.run()
    sys.exit(app.return_code or 0)
