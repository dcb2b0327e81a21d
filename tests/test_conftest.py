"""That a test cannot touch the machine it runs on."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.settings import home_folder


def test_home_is_not_mine(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a test keeps, it keeps in a folder of its own."""
    assert home_folder() == home
    assert home.is_relative_to(tmp_path_factory.getbasetemp())
    assert Path.home() == home.parent


@given(name=st.sampled_from(["scenarios", "rubrics"]))
def test_home_with_many_examples(name: str) -> None:
    """Tests that draw examples are protected too."""
    assert (home_folder() / name).parent.parent == Path.home()


def test_network_is_out_of_reach() -> None:
    """An address that belongs to nobody is not even tried."""
    with socket.socket() as there, pytest.raises(AssertionError, match=r"tried to reach 192\.0\.2\.1"):
        there.connect(("192.0.2.1", 80))


async def test_this_machine_is_in_reach() -> None:
    """A server of a test's own can be reached."""

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"here")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b"here"
        writer.close()
