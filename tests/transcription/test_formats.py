"""A transcript in each format, as other programs read it."""

from __future__ import annotations

import json
import re

import pytest

from roleplay.session.hearing_events import Dropped, Span
from roleplay.transcription.formats import FORMATS, write
from roleplay.transcription.protocol import Heard, HeardLine


def heard(*lines: HeardLine, channels: int = 1) -> Heard:
    return Heard(
        seconds=4000.0,
        channels=channels,
        speech=(Span(channel=0, start=0.0, end=2.0),),
        speech_how="silero-vad",
        lines=lines,
        dropped=(Dropped(start=5.0, end=6.0, why="repeated"),),
        engine="whisper",
        model="base",
        language="en",
    )


ONE = heard(
    HeardLine(start=0.0, end=1.9996, text="Good morning.", confidence=0.9),
    HeardLine(start=3723.0456, end=3725.5, text="Tom & Ann <3 --> all of us", confidence=0.8),
)
TWO = heard(
    HeardLine(channel=0, start=1.0, end=2.0, text="How was the week?"),
    HeardLine(channel=1, start=2.5, end=3.0, text="Hard."),
    channels=2,
)


def test_plain_text_is_the_words() -> None:
    """One line for each line, without times."""
    assert write(ONE, "txt") == "Good morning.\nTom & Ann <3 --> all of us\n"


def test_subtitles_have_numbers_and_times() -> None:
    """SubRip: a comma before the milliseconds, hours always, and nothing in the words that looks like a time."""
    assert write(ONE, "srt") == (
        "1\n00:00:00,000 --> 00:00:02,000\nGood morning.\n\n"
        "2\n01:02:03,046 --> 01:02:05,500\nTom & Ann <3 → all of us\n\n"
    )


def test_web_subtitles_are_escaped() -> None:
    """WebVTT: its first line, a point before the milliseconds, and signs that would be marks written out."""
    assert write(ONE, "vtt") == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nGood morning.\n\n"
        "01:02:03.046 --> 01:02:05.500\nTom &amp; Ann &lt;3 --&gt; all of us\n\n"
    )


def test_who_speaks_is_said_where_it_is_known() -> None:
    """With a voice on each channel, lines name the speaker, or at least tell the voices apart."""
    names = {0: "Ana", 1: "Ben"}
    assert write(TWO, "txt", names) == "Ana: How was the week?\nBen: Hard.\n"
    assert write(TWO, "txt") == "Voice 1: How was the week?\nVoice 2: Hard.\n"
    assert "<v Ben>Hard." in write(TWO, "vtt", names)
    assert "\nBen: Hard.\n" in write(TWO, "srt", names)
    assert [line["speaker"] for line in json.loads(write(TWO, "json", names))["lines"]] == ["Ana", "Ben"]


def test_data_hold_everything() -> None:
    """JSON has all that was heard, and what was left out."""
    data = json.loads(write(ONE, "json"))
    assert [line.pop("speaker") for line in data["lines"]] == [None, None]
    assert Heard.model_validate(data) == ONE


@pytest.mark.parametrize("format", FORMATS)
def test_silence_is_a_transcript_too(format: str) -> None:
    """A file in which nobody speaks has a transcript without lines."""
    assert format in FORMATS
    text = write(heard(), next(each for each in FORMATS if each == format))
    assert not re.search("morning|-->", text)


def test_a_subtitle_is_never_shown_for_no_time() -> None:
    """A line whose end was heard at its beginning is shown for a moment."""
    assert "00:00:01,000 --> 00:00:01,001" in write(heard(HeardLine(start=1.0, end=1.0, text="Yes.")), "srt")
