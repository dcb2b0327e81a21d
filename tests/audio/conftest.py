"""Microphones for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec

import pytest
from virtual_microphone import VirtualMicrophones


@pytest.fixture
def microphones(
    monkeypatch: pytest.MonkeyPatch, require: Callable[[str, object, str], None]
) -> Iterator[VirtualMicrophones]:
    """A system of sound with one microphone, called `desk`."""
    require("sounddevice", find_spec("sounddevice"), "Set up what it takes: ROLEPLAY_EXTRAS=audio,judge ./dev test")
    with VirtualMicrophones() as system:
        system.plug_in("desk")
        for name, value in system.environment.items():
            monkeypatch.setenv(name, value)
        yield system
