"""A table whose conversation was recorded and written down, on a clock moved by hand; the sound itself is made up.

Ana (p1) leads, Ben (p2) plays the parent, Chen (p3) observes and is the one who marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from private_table import Table

from roleplay.conduct.runner import new_text
from roleplay.session import hearing_commands as hc
from roleplay.session.commands import Next
from roleplay.session.hearing_events import Dropped, Line, RecordingEnd, Span
from roleplay.session.state import FACILITATOR
from roleplay.session.visible import viewer_of, visible
from roleplay.tui.review_view import Review, places


@dataclass(frozen=True)
class Said:
    """A line, in seconds from the beginning of its recording; the leader is on channel 0, the partner on 1."""

    start: float
    end: float
    text: str
    channel: int | None = 0
    confidence: float | None = 0.9


TALK = (
    Said(1, 4, "Thank you for coming in today.", 0),
    Said(5, 9, "The bus left without her again.", 1),
    Said(10, 13, "How was that for you?", 0),
    Said(14, 30, "I was furious, and nobody told me anything about it.", 1),
    Said(31, 34, "You were furious.", 0),
)


def agree(table: Table) -> None:
    """Everybody says yes, and the first conversation begins."""
    table.go_to("play")
    for person in table.runner.state.people:
        table.runner.do_at_once(hc.AnswerConsent(person, yes=True))


def record(
    table: Table,
    recording: str = "r1",
    into: float = 0.0,
    seconds: float = 40.0,
    ended: RecordingEnd = "step-over",
    two_channels: bool = True,
    marks: Mapping[float, str] | None = None,
) -> None:
    """Record the conversation from a moment on; what is marked meanwhile, by its time."""
    clock = table.track.clock
    assert clock is not None
    table.clock.at = clock.when(into)
    table.runner.do_at_once(hc.StartRecording("t1", recording, two_channels))
    table.runner.do_at_once(hc.TimeRecording("t1", recording, table.clock.at))
    for at, marker in (marks or {}).items():
        table.tap(marker, at)
    table.clock.at = clock.when(into + seconds)
    table.runner.do_at_once(hc.EndRecording("t1", recording, ended, seconds))


def hear(table: Table, said: Sequence[Said] = TALK, recording: str = "r1", dropped: Sequence[Dropped] = ()) -> None:
    """Write down what was said in it, and where somebody spoke."""
    spans = tuple(Span(channel=one.channel or 0, start=one.start, end=one.end) for one in said)
    table.runner.do_at_once(hc.NoteSpeech("t1", recording, spans, "vad"))
    texts = [new_text(one.text) for one in said]
    lines = tuple(
        Line(channel=one.channel, start=one.start, end=one.end, text=text.ref, confidence=one.confidence)
        for one, text in zip(said, texts, strict=True)
    )
    table.runner.do_at_once(hc.AddTranscript("t1", recording, "whisper", "base", "en", lines, tuple(dropped)), texts)


def recorded(table: Table, two_channels: bool = True, marks: bool = True) -> None:
    """The usual: one recording from the start, two marks, all written down, and the round over."""
    agree(table)
    record(table, two_channels=two_channels, marks={33: "names-feeling", 38: "solves"} if marks else None)
    table.runner.do_at_once(Next())
    hear(table, TALK if two_channels else [Said(s.start, s.end, s.text, None) for s in TALK])


def review(table: Table, person: str = FACILITATOR, number: int = -1) -> Review:
    """What somebody sees of a conversation that is over, by default of the last."""
    state, viewer = table.runner.state, viewer_of(person)
    return Review(state, table.runner.words, visible(state, viewer), tuple(places(state, viewer))[number])
