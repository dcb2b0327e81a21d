"""Whose voice is whose, where there is a microphone for each."""

from __future__ import annotations

import pytest

from roleplay.transcription.channels import drop_heard_twice, tell_apart
from roleplay.transcription.protocol import HeardLine
from roleplay.transcription.vad import FRAME_SECONDS, Frames, find_speech

NOISE = 0.001


def frames(*parts: tuple[float, float]) -> Frames:
    """A channel on which for so many seconds it is so loud; everything above the noise sounds like speech."""
    loudness = [loud for loud, seconds in parts for _ in range(round(seconds / FRAME_SECONDS))]
    return Frames(
        tuple(0.9 if loud > NOISE else 0.1 for loud in loudness), tuple(loudness), len(loudness) * FRAME_SECONDS
    )


def spans(likelihood: tuple[float, ...]) -> list[tuple[float, float]]:
    return [(round(start), round(end)) for start, end in find_speech(likelihood, len(likelihood) * FRAME_SECONDS)]


@pytest.mark.parametrize("gain", [0.1, 1.0, 5.0])
def test_the_other_voice_is_taken_out_of_each_channel(gain: float) -> None:
    """Each microphone hears both, the other voice at a fifth, and one is far more sensitive: each channel is left with
    its own voice."""
    leader = frames((0.2, 16), (NOISE, 4.8), (0.04, 16), (NOISE, 3.2))
    partner = frames((0.04 * gain, 16), (NOISE, 4.8), (0.2 * gain, 16), (NOISE, 3.2))
    apart = tell_apart(leader, partner)
    assert apart is not None
    assert spans(apart.likelihood[0]) == [(0, 16)]
    assert spans(apart.likelihood[1]) == [(21, 37)]


def test_who_speaks_into_the_other_ones_words_is_heard() -> None:
    """Where both speak at once, both channels keep it."""
    leader = frames((0.2, 16), (0.04, 16))
    partner = frames((0.04, 9.6), (0.2, 6.4), (0.2, 16))
    apart = tell_apart(leader, partner)
    assert apart is not None
    assert spans(apart.likelihood[0]) == [(0, 16)]
    assert spans(apart.likelihood[1]) == [(10, 32)]


def test_a_room_in_stereo_has_no_voice_for_each_channel() -> None:
    """Where both channels hold both voices, nobody's words are given to anybody."""
    both = frames((0.2, 16), (NOISE, 3.2), (0.1, 16))
    assert tell_apart(both, both) is None
    assert tell_apart(both, frames((0.15, 16), (NOISE, 3.2), (0.12, 16))) is None


def test_a_channel_without_a_microphone_is_no_voice() -> None:
    """A silent channel does not make all that is said the words of the other one."""
    assert tell_apart(frames((0.2, 16)), frames((0.0, 16))) is None


def test_silence_on_both_is_no_trouble() -> None:
    """Two channels on which nobody speaks are two voices that say nothing."""
    apart = tell_apart(frames((NOISE, 16)), frames((NOISE, 16)))
    assert apart is not None
    assert spans(apart.likelihood[0]) == spans(apart.likelihood[1]) == []


def line(channel: int, start: float, end: float, text: str) -> HeardLine:
    return HeardLine(channel=channel, start=start, end=end, text=text)


def test_words_heard_on_both_channels_are_written_once() -> None:
    """The softer copy of what is on the other channel at the same time is dropped; the louder one stays."""
    apart = tell_apart(frames((0.2, 9.6), (0.03, 9.6)), frames((0.03, 9.6), (0.2, 9.6)))
    assert apart is not None
    own = line(0, 1.0, 6.0, "I would like to hear how the week went.")
    copy = line(1, 1.1, 6.2, "I would like to hear how a week went")
    answer = line(1, 11.0, 15.0, "It was a hard week for all of us.")
    again = line(0, 16.0, 18.0, "It was a hard week for all of us.")
    assert drop_heard_twice([own, copy, answer, again], apart) == [own, answer, again]
    assert drop_heard_twice([copy, own], apart) == [own]


def test_two_people_may_say_yes_at_once() -> None:
    """Few words are dropped only where one channel is clearly the softer."""
    apart = tell_apart(frames((0.2, 20), (0.2, 4.8)), frames((0.03, 20), (0.2, 4.8)))
    assert apart is not None
    together = [line(0, 21.0, 22.0, "Yes."), line(1, 21.1, 22.0, "yes")]
    assert drop_heard_twice(together, apart) == together
    assert drop_heard_twice([line(0, 1.0, 2.0, "Yes."), line(1, 1.1, 2.0, "yes")], apart) == [line(0, 1.0, 2.0, "Yes.")]
