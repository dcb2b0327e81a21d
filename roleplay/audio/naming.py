"""What PortAudio says of a system, made into microphones that people can tell apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from roleplay.audio.devices import Microphone

_SYSTEMS = ("Windows WASAPI", "Core Audio", "PulseAudio", "ALSA")
"""Of several parts of a system that name the same microphones, the first that has any is taken."""
_NO_MICROPHONES = {
    *("a52", "dmix", "front", "jack", "lavrate", "null", "oss", "samplerate"),
    *("speex", "speexrate", "sysdefault", "upmix", "usbstream", "vdownmix"),
}
"""What ALSA lists beside microphones: ways of converting their sound."""


def named(
    hosts: Sequence[Mapping[str, Any]], devices: Sequence[Mapping[str, Any]], default: int
) -> dict[int, Microphone]:
    """What PortAudio says of a system, as microphones by their index of the moment; `default` is one of these.

    Windows tells of each microphone once for every way to it: one way is enough. ALSA puts into a name where it is
    plugged in just now, which must not be remembered; two of a kind are told apart by a number.
    """
    listening = [number for number, each in enumerate(devices) if _listens(each)]
    ways = {hosts[devices[number]["hostapi"]]["name"] for number in listening}
    way = next((name for name in _SYSTEMS if name in ways), None) or next(iter(sorted(ways)), "")
    if default not in listening or hosts[devices[default]["hostapi"]]["name"] != way:
        default = next((each["default_input_device"] for each in hosts if each["name"] == way), -1)
    found: dict[int, Microphone] = {}
    names: set[str] = set()
    for number in listening:
        each = devices[number]
        if hosts[each["hostapi"]]["name"] != way:
            continue
        plain = _plain(re.sub(r"\(hw:\d+,\d+\)$", "", each["name"]))
        name, count = plain, 1
        while name.casefold() in names:
            count += 1
            name = f"{plain} #{count}"
        names.add(name.casefold())
        rate = int(each["default_samplerate"])
        found[number] = Microphone(name, each["max_input_channels"], rate, way, number == default)
    return found


def _plain(name: str) -> str:
    """What a device says it is called, without what would steer a terminal or could not be written into a file."""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(shown.split()) or "Microphone"


def _listens(device: Mapping[str, Any]) -> bool:
    return device["max_input_channels"] > 0 and device["name"] not in _NO_MICROPHONES
