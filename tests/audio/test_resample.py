from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.audio.resample import Resampler

RATES = [8_000, 11_025, 22_050, 44_100, 48_000, 96_000]


def tone(frequency: float, rate: int, seconds: float) -> np.ndarray:
    return np.sin(2 * np.pi * frequency * np.arange(round(rate * seconds)) / rate).astype(np.float32)


@pytest.mark.parametrize("rate", RATES)
def test_a_tone_stays_itself(rate: int) -> None:
    """A tone comes out as the same tone at the same place, 80 dB above what was added, whatever the rate."""
    resampler = Resampler(rate, 16_000)
    heard = np.concatenate([resampler.push(tone(1000, rate, 1)), resampler.finish()])
    assert len(heard) == 16_000
    assert np.abs(heard - tone(1000, 16_000, 1))[500:-500].max() < 1e-4


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000])
def test_nothing_is_folded_down(rate: int) -> None:
    """A tone too high for 16 kHz is gone, not heard as another one."""
    heard = Resampler(rate, 16_000).push(tone(9_500, rate, 1))
    assert np.abs(heard[500:]).max() < 1e-4


@settings(max_examples=30)
@given(
    rate=st.sampled_from(RATES),
    cuts=st.lists(st.integers(0, 3000), max_size=6),
    seed=st.integers(0, 99),
)
def test_blocks_do_not_matter(rate: int, cuts: list[int], seed: int) -> None:
    """However the sound is cut into blocks, empty ones among them, it comes out the same and is as long."""
    sound = np.random.default_rng(seed).uniform(-1, 1, 3000).astype(np.float32)
    whole, parts = Resampler(rate, 16_000), Resampler(rate, 16_000)
    expected = np.concatenate([whole.push(sound), whole.finish()])
    heard = np.concatenate([*(parts.push(part) for part in np.split(sound, sorted(cuts))), parts.finish()])
    assert len(heard) == len(expected) == -(-3000 * 16_000 // rate)
    np.testing.assert_allclose(heard, expected, atol=1e-5)
