"""How long the quick commands take, as whole processes, beside a process that does the least possible."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.measure import console_script, in_turn, process_time
from benchmarks.table import Row, against
from roleplay.cli import main

HELP_LIMIT = 1.3
CHECK_LIMIT = 1.8


def help_page(quick: bool) -> list[Row]:
    """`roleplay --help` beside a click program of as many commands that do nothing."""
    assert isinstance(main, click.Group)
    with TemporaryDirectory() as home:
        bare = console_script("benchmarks.peers.bare_click", str(len(main.commands)), "--help")
        runs = [partial(process_time, line, Path(home)) for line in (console_script("roleplay.cli", "--help"), bare)]
        ours, theirs = in_turn(runs, 5 if quick else 25)
    return [against("roleplay --help", ours, theirs, "bare click", HELP_LIMIT)]


def check_files(quick: bool) -> list[Row]:
    """`roleplay check` beside a process that imports what it needs."""
    with TemporaryDirectory() as home:
        theirs = partial(process_time, console_script("benchmarks.peers.imports_only"), Path(home))
        names = ("first-try", "parent-conversation")
        ours = [partial(process_time, console_script("roleplay.cli", "check", name), Path(home)) for name in names]
        *figures, peer = in_turn([*ours, theirs], 5 if quick else 25)
    return [
        against(f"roleplay check {name}", taken, peer, "its imports", CHECK_LIMIT)
        for name, taken in zip(names, figures, strict=True)
    ]
