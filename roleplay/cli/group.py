"""The group that holds the commands, and how it says what is wrong."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import Any

import click

from roleplay import __version__
from roleplay.cli.shared import has_terminal, open_desk, rehearse_instead, show_screens

# Before it ends, Python would look for garbage in all that was loaded: for nothing, and for a tenth of `check`.
atexit.register(gc.freeze)

EXAMPLES = """\b
Examples:
  roleplay                                   choose a scenario from the library
  roleplay run first-try                     try it alone, in under four minutes
  roleplay run parent-conversation --people "Ana, Ben, Chloe" --minutes 40
  roleplay rehearse parent-conversation      let bots play it, in a second
  roleplay report -o report.html             what the last session showed
  roleplay transcribe interview.wav          what is said in a sound file
  roleplay cards parent-conversation -o cards.html
  roleplay check my-scenario.yaml            what is still to mend in a file"""


ORDER = (
    *(
        "run",
        "plan",
        "resume",
        "rehearse",
        "import",
        "transcribe",
        "review",
        "report",
        "search",
        "growth",
        "caseload",
        "sessions",
        "recordings",
        "withdraw",
    ),
    *("list", "show", "cards", "bells", "forms", "new", "check", "schema"),
    *("devices", "models", "settings", "keys", "doctor", "completion"),
)
"""What is played comes first, then what is written, then the machine."""


class Roleplay(click.Group):
    """A group of commands that answers in sentences: only a bug of our own shows a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands it over
        """The commands in the order in which they are explained, not of the alphabet."""
        return sorted(self.commands, key=ORDER.index)

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
        if not has_terminal():
            rehearse_instead("first-try")
            return
        # The desk is opened when the first screen has been painted.
        show_screens(open_desk)
