"""A click program of some commands, none of which does anything."""

from __future__ import annotations

import sys

import click


@click.group()
def group() -> None:
    """Do nothing."""


def main() -> None:
    """Answer `COUNT --help` with so many commands."""
    count, *arguments = sys.argv[1:]
    for number in range(int(count)):
        group.command(f"command-{number}")(do_nothing)
    group(arguments, prog_name="bare")


def do_nothing() -> None:
    """Do nothing at all."""
