"""Lines about microphones and levels."""

from __future__ import annotations

import pytest

from roleplay.audio.capture import Level
from roleplay.audio.chosen import Choices
from roleplay.audio.devices import Microphone
from roleplay.audio.listing import draw, list_microphones, sum_up

KNOWN = [Microphone("Rode", 1, 48000, "ALSA", False), Microphone("Webcam", 2, 44100, "ALSA", True)]


def level(*peaks: float, clipped: bool = False, silent: bool = False) -> Level:
    return Level(1.0, max(peaks), max(peaks) / 2, clipped, silent, peaks)


def test_each_line_says_what_it_is_taken_for() -> None:
    """Also one that was chosen and is not there, since somebody will look for it."""
    assert list_microphones(KNOWN, Choices()) == ["Rode", "Webcam  taken where none is chosen"]
    chosen = Choices().using("Rode").using("Yeti", "Table 2")
    assert list_microphones(KNOWN, chosen) == [
        "Rode    for all tables",
        "Webcam",
        "Yeti    for Table 2: not plugged in now",
    ]


@pytest.mark.parametrize("peaks", [(0.5,), (0.5, 0.1)])
@pytest.mark.parametrize("width", [79, 119])
def test_a_meter_stays_in_one_line(peaks: tuple[float, ...], width: int) -> None:
    """However loud it is, it is not wider than the terminal, and its words stand at the same place."""
    heard = [level(*(0 * peak for peak in peaks), silent=True), level(*(2 * peak for peak in peaks))]
    drawn = [draw(each, width) for each in heard]
    assert all(len(line) <= width for line in drawn)
    assert len({line.rindex("▏") for line in drawn}) == 1


def test_too_loud_and_silent_are_said_beside_the_meter() -> None:
    """Words rather than a colour."""
    assert draw(level(1.0, clipped=True), 79).endswith("too loud")
    assert draw(level(0.0, silent=True), 79).endswith("nothing heard")
    assert draw(level(0.5), 79).endswith("-6 dB")
    assert draw(level(0.5, 0.5), 79).startswith("leader ▕")


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ([], "Try once more"),
        ([level(0.0)], "switched on"),
        ([level(0.005)], "Come nearer"),
        ([level(0.2), level(1.0, clipped=True)], "too loud at times"),
        ([level(0.5, 0.001)], "on the side of the partner"),
        ([level(0.01), level(0.5)], "It hears you: the loudest was 6 dB below"),
    ],
)
def test_a_test_ends_with_what_to_do(levels: list[Level], sentence: str) -> None:
    """One sentence, of the worst that was seen."""
    assert sentence in sum_up(levels)
