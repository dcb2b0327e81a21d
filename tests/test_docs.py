"""What the documentation says of the project, held against the project."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[1]

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FENCED = re.compile(r"^```.*?\n(.*?)^```", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.docs

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def typed_commands(page: Path) -> list[str]:
    """The lines in blocks of code that run ./dev or the program."""
    lines = [line.removeprefix("$ ") for block in FENCED.findall(page.read_text()) for line in block.splitlines()]
    return [line for line in lines if line.split()[:1] in (["./dev"], ["roleplay"])]


def exists(line: str, commands: Container[str]) -> bool:
    """Whether the program, started by itself or with ./dev, has the command that this line names, if it names one."""
    program, *words = line.partition("#")[0].split()
    if program == "./dev":
        if words[:1] != ["run"]:
            return words[:1] in (["test"], ["check"])
        words = words[1:]
    return not words or words[0].startswith(("-", "[")) or words[0] in commands


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file or a picture of ours leads to one."""
    targets = [target for target in LINK.findall(page.read_text()) if not re.match(r"[a-z]+:", target)]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@each_page
def test_commands_exist(page: Path) -> None:
    """A command that a reader is told to type is one."""
    from roleplay.cli import main

    assert isinstance(main, click.Group)
    assert [line for line in typed_commands(page) if not exists(line, main.commands)] == []


def test_the_library_is_listed() -> None:
    """The first page of the documentation leads to every bundled scenario and series."""
    page = ROOT / "README.md"
    linked = {(page.parent / target).resolve() for target in LINK.findall(page.read_text())}
    assert set((ROOT / "scenarios").glob("*.yaml")) - linked == set()
