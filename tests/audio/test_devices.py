"""Microphones by names that stay, as several systems tell of them."""

from __future__ import annotations

from typing import Any

import pytest

from roleplay.audio.devices import Microphone, NoMicrophone, guess, pick
from roleplay.audio.naming import named


def device(name: str, host: int = 0, channels: int = 1) -> dict[str, Any]:
    return {"name": name, "hostapi": host, "max_input_channels": channels, "default_samplerate": 48000.0}


def host(name: str, default: int = 0) -> dict[str, Any]:
    return {"name": name, "default_input_device": default}


def names(hosts: list[dict[str, Any]], devices: list[dict[str, Any]], default: int = 0) -> dict[int, str]:
    return {index: each.name for index, each in named(hosts, devices, default).items()}


def test_a_name_holds_nothing_of_where_it_is_plugged_in() -> None:
    """ALSA counts its cards anew with each plug; the same microphone has the same name all the same."""
    before = names([host("ALSA")], [device("USB Audio: - (hw:1,0)"), device("Webcam: Mono (hw:2,0)")])
    after = names([host("ALSA")], [device("Webcam: Mono (hw:1,0)"), device("USB Audio: - (hw:3,0)")])
    assert set(before.values()) == set(after.values()) == {"USB Audio: -", "Webcam: Mono"}


def test_two_of_a_kind_are_told_apart() -> None:
    """Two tables with the same microphone each: the second has a number."""
    assert names([host("ALSA")], [device("Rode (hw:1,0)"), device("Rode (hw:2,0)")]) == {0: "Rode", 1: "Rode #2"}


def test_what_cannot_listen_is_left_out() -> None:
    """Loudspeakers, and the ways in which ALSA converts sound, are no microphones."""
    devices = [device("Speakers", channels=0), device("samplerate"), device("sysdefault"), device("default")]
    assert names([host("ALSA")], devices, default=3) == {3: "default"}


def test_one_way_to_a_microphone_is_enough() -> None:
    """Windows tells of the same microphone once for each way to it, and one of them cuts its name off."""
    hosts = [host("MME", 0), host("Windows WASAPI", 2)]
    found = named(hosts, [device("Microphone (Yeti Stereo Mic", 0), device("Line", 1), device("Yeti", 1)], default=0)
    assert [(each.name, each.is_default) for each in found.values()] == [("Line", False), ("Yeti", True)]


KNOWN = [Microphone("Rode NT-USB", 1, 48000, "ALSA", False), Microphone("Webcam", 2, 44100, "ALSA", True)]


def test_the_default_is_taken_where_none_was_chosen() -> None:
    """And a remembered one only by its whole name, so that nobody is recorded by another one by mistake."""
    assert pick(KNOWN).name == "Webcam"
    assert pick(KNOWN, "rode nt-usb").name == "Rode NT-USB"
    with pytest.raises(NoMicrophone, match=r"“Rode” is not plugged in.*“Rode NT-USB”, “Webcam”"):
        pick(KNOWN, "Rode")


def test_somebody_who_types_needs_only_a_part_of_the_name() -> None:
    """As long as it is enough to tell one from the others."""
    assert guess(KNOWN, " nt-usb ").name == "Rode NT-USB"
    with pytest.raises(NoMicrophone, match="2 microphones"):
        guess(KNOWN, "e")
    with pytest.raises(NoMicrophone, match='Did you mean "Webcam"'):
        guess(KNOWN, "Webkam")


def test_without_any_there_is_something_to_do() -> None:
    """No list of others, but what to look at."""
    with pytest.raises(NoMicrophone) as caught:
        pick([])
    assert caught.value.sentence == "No microphone was found."
    assert "Plug one in" in caught.value.mend


def test_a_name_steers_no_terminal() -> None:
    """Whatever a device calls itself, its name is one line of signs that can be shown and written down."""
    odd = ["Red\x1b[31m\x07", "a\nb", "\ud800half", "\u202egnos", " ", "Zo\u00eb's mic"]
    devices = [{"name": name, "max_input_channels": 1, "hostapi": 0, "default_samplerate": 48_000.0} for name in odd]
    found = named([{"name": "ALSA", "default_input_device": 0}], devices, 0)
    assert [one.name for one in found.values()] == ["Red [31m", "a b", "half", "gnos", "Microphone", "Zo\u00eb's mic"]
