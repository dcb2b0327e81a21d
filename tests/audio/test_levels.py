"""What a level says, by hand."""

from __future__ import annotations

from array import array

import pytest

from roleplay.audio.levels import PATIENCE, Silence, cells, clips, decibels, measure


def test_the_loudest_sample_counts_whichever_way_it_goes() -> None:
    """A peak is the sample farthest from zero, the lowest one as well, each channel by itself."""
    peaks, rms = measure(array("h", [100, 0, -200, -32768, 50, 0]), channels=2)
    assert peaks == [200 / 32768, 1.0]
    assert rms == pytest.approx((32768**2 / 3) ** 0.5 / 32768)


def test_a_meter_is_empty_at_its_beginning_and_full_at_full_scale() -> None:
    """Sixty decibels are spread over the cells; what is softer fills none, what is louder no more than all."""
    assert [cells(10 ** (level / 20), 12) for level in (-80, -60, -55.1, -30, -5, 0, 3)] == [0, 0, 1, 6, 11, 12, 12]
    assert cells(0.0, 12) == 0
    assert decibels(0.0) < -100


def test_full_scale_clips_and_loud_speech_does_not() -> None:
    """A peak at the top of what a microphone can take is cut off; two decibels below it is not."""
    assert clips(1.0)
    assert not clips(10 ** (-2 / 20))


def told(levels: list[float]) -> list[bool]:
    """Whether there is something to be told after each second of such loudness."""
    silence, said = Silence(), []
    for rms in levels:
        silence = silence.then(rms, 1.0)
        said.append(silence.to_be_told)
    return said


def test_ten_seconds_of_silence_are_told_until_the_first_sound_and_never_again() -> None:
    """It warns once: people may be quiet later, and a microphone that works was heard by then."""
    quiet, loud, seconds = 0.0001, 0.1, round(PATIENCE)
    assert told([quiet] * (seconds + 2) + [loud] + [quiet] * 30) == [False] * (seconds - 1) + [True] * 3 + [False] * 31


def test_a_sound_begins_the_silence_anew() -> None:
    """Only silence without a break counts."""
    assert not any(told(([0.0] * 9 + [0.1]) * 4))
