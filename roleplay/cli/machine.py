"""Commands about the program itself on this machine."""

from __future__ import annotations

import sys

import click

from roleplay.cli.group import main


@main.command()
def settings() -> None:
    """Write your settings file.

    What people read after a safety pause, the bell, movement, recordings, and the keys: every line explained, none
    changed yet. A file that is there already stays as it is."""
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
