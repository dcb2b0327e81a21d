"""Figures and lines of one conversation, from its recordings and from what was noted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import Play
from spoken import CONVERSATION, listen, spoken

from roleplay.analysis.conversation import noted_in, recorded, talk_in
from roleplay.analysis.talk import Covered, Talk
from roleplay.analysis.transcript import lines_in
from roleplay.session import hearing_commands as hc
from roleplay.session.hearing_events import Span

NOTES = [(10.0, "ana"), (30.0, "ben"), (70.0, "ana"), (100.0, "ben"), (250.0, None)]


def talk_of(play: Play) -> Talk | None:
    """How the first conversation of the first table went."""
    track = play.track()
    changes = [change for change in track.speakers if change.step == CONVERSATION]
    return talk_in(tuple(track.recordings.values()), changes, 300.0, ("ana", "ben"))


def test_channels_say_who_spoke_over_all_recordings_of_a_step() -> None:
    """The recordings stand where they belong on the time of the step; the figures are those counted by hand."""
    talk = talk_of(spoken())
    assert talk is not None
    assert (talk.how, talk.known) == ("channels", 270.0)
    assert talk.covered == (Covered(10, 140), Covered(160, 300))
    ana, ben = talk.people
    assert (ana.seconds, ana.turns, ana.longest, ana.backchannels) == (76.1, 4, 32.0, 1)
    assert (ben.seconds, ben.turns, ben.longest, ben.backchannels) == (189.4, 4, 73.0, 0)
    assert (ana.pause, ana.longest_pause, ana.interruptions) == (1.0, 1.0, 1)
    assert (ben.answers, ben.pause, ben.longest_pause, ben.interruptions) == (4, 1.6, 2.0, 0)


def test_without_channels_an_observers_notes_say_it() -> None:
    """Notes give talk time and turns, and no pauses."""
    talk = talk_of(spoken(two_channels=False, notes=NOTES))
    assert talk is not None
    assert (talk.how, talk.known) == ("toggle", 290.0)
    assert [(one.seconds, one.turns, one.pause) for one in talk.people] == [(50, 2, None), (190, 2, None)]


def test_channels_come_before_notes_unless_they_are_crossed() -> None:
    """Two microphones that hear the same voices do not say who spoke; then the notes do, or nothing."""
    play = spoken(notes=NOTES)
    assert (talk := talk_of(play)) is not None
    assert talk.how == "channels"
    for notes, how in ((NOTES, "toggle"), ((), "channels")):
        play = spoken(notes=notes)
        same = tuple(Span(channel=channel, start=0, end=100) for channel in (0, 1))
        for id in ("r1", "r2"):
            play.do(hc.NoteSpeech("t1", id, same, "silero"))
        talk = talk_of(play)
        assert talk is not None
        assert (talk.how, talk.crossed) == (how, how == "channels")


def test_two_channels_that_were_not_told_apart_are_one() -> None:
    """Whoever listened found no voice for each channel, so that no line has one: nobody's share is shown."""
    play = spoken()
    for id in ("r1", "r2"):
        listen(play, id, two_channels=False)
    talk = talk_of(play)
    assert talk is not None
    assert talk.crossed
    listen(play, "r2")
    talk = talk_of(play)
    assert talk is not None
    assert (talk.crossed, talk.covered) == (False, (Covered(160, 300),))


def test_with_neither_there_is_no_way_to_know() -> None:
    """Nothing is guessed from one microphone; nor from two whose speech nobody has looked for."""
    assert talk_of(spoken(two_channels=False)) is None
    bare = [replace(one, speech=None) for one in spoken().track().recordings.values()]
    assert talk_in(bare, (), 300.0, ("ana", "ben")) is None
    assert recorded(bare) == (Covered(10, 140), Covered(160, 300))


def test_a_lines_speaker_is_known_from_its_channel() -> None:
    """Lines stand in order on the time of the step, with their moment in the sound."""
    play = spoken()
    lines = lines_in(play.track().recordings.values())
    assert [(line.start, line.speaker, line.how) for line in lines][:3] == [
        (10, "ana", "channel"),
        (14.5, "ana", "channel"),
        (30.4, "ben", "channel"),
    ]
    assert [(line.recording, line.line, line.start, line.within) for line in lines][-1] == ("r2", 3, 261.2, 101.2)


def test_otherwise_from_what_was_noted_while_it_was_said_or_not_at_all() -> None:
    """A line belongs to whoever spoke for more than half of it; with as much of both, to nobody."""
    play = spoken(two_channels=False, notes=NOTES)
    track = play.track()
    lines = lines_in(track.recordings.values(), noted_in(track.speakers, 300.0))
    assert [(line.start, line.speaker, line.how) for line in lines] == [
        (10, "ana", "toggle"),
        (14.5, "ana", "toggle"),
        (30.4, "ben", "toggle"),
        (68, "ana", "toggle"),
        (102, "ben", "toggle"),
        (160, "ben", "toggle"),
        (167, "ben", "toggle"),
        (241, None, "unknown"),
        (261.2, None, "unknown"),
    ]
    half = lines_in(track.recordings.values(), noted_in(track.speakers[:0], 300.0))
    assert {line.how for line in half} == {"unknown"}


def test_a_corrected_line_keeps_what_was_heard_beside_it() -> None:
    """The words that count are the newest, and the first ones stay."""
    play = spoken()
    play.do(hc.CorrectLine("t1", "r1", 1, "ana", play.text("How did this week go?")))
    line = lines_in(play.track().recordings.values())[1]
    assert line.original is not None
    assert play.words[line.text.id] == "How did this week go?"
    assert play.words[line.original.id] == "How did the week go, and what happened on the bus?"
    assert line.corrected_by == "ana"


@pytest.mark.parametrize("notes", [[(68.0, "ben"), (84.0, "ana")]])
def test_a_line_of_both_is_nobodys(notes: list[tuple[float, str | None]]) -> None:
    """Half of the line from 68 to 100 is noted as Ben's, half as Ana's."""
    track = spoken(two_channels=False, notes=notes).track()
    line = lines_in(track.recordings.values(), noted_in(track.speakers, 300.0))[3]
    assert (line.start, line.end, line.speaker) == (68, 100, None)
