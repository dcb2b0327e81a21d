"""What one person may read so far, and what waits until the own form is in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from private_table import Table, a_table
from samples import REMIX, bundle_of
from textual.widgets import Static

from roleplay.session.commands import SendForm
from roleplay.session.events import Answer
from roleplay.tui.screens.received import ReceivedScreen

WAITS = "More is here for you: “Felt heard”. You can read it after your own form."


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """Ana has led; she and Ben are asked for the same form about her."""
    with a_table(tmp_path, bundle_of(REMIX)) as opened:
        opened.go_to("feedback")
        yield opened


def send(table: Table, by: str) -> None:
    table.runner.do_at_once(SendForm("t1", f"1/form/felt-heard/{by}/p1", {"heard": Answer(value=3)}))


async def told(table: Table, person: str) -> list[str]:
    """What stands above the feedback."""
    async with table.look_at(lambda: ReceivedScreen(table.runner, person)) as (_, screen):
        return [str(line.content) for line in screen.query("#received > Static").results(Static)]


async def test_whoever_has_not_written_first_reads_that_something_waits(table: Table) -> None:
    """Nothing is said before there is something, nor to anybody else, nor once the own form is in."""
    assert await told(table, "p1") == []
    send(table, "p2")
    assert await told(table, "p1") == [WAITS]
    assert await told(table, "p2") == []
    send(table, "p1")
    assert await told(table, "p1") == []


@pytest.mark.parametrize("kept", ["sealed", "private"])
async def test_what_the_own_form_does_not_open_is_not_promised(tmp_path: Path, kept: str) -> None:
    """Of a form that is sealed, or stays with its writer, nothing is said to the person whom it is about."""
    talk, freeze, *rest = REMIX["script"]
    own, other = freeze["forms"]
    script = [talk, freeze | {"forms": [own, other | {kept: True}]}, *rest]
    with a_table(tmp_path, bundle_of(REMIX | {"script": script})) as table:
        table.go_to("feedback")
        send(table, "p2")
        assert await told(table, "p1") == []
