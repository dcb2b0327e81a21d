"""What a conversation shows that was recorded, or of which somebody noted who spoke."""

from __future__ import annotations

from dataclasses import replace

import pytest
from played import SESSIONS, estranged, viewers
from samples import Play
from spoken import spoken

from roleplay.report.build import build_report
from roleplay.report.parts import Report
from roleplay.report.render import render
from roleplay.report.talk import CAN_SAY, TalkPart
from roleplay.session import hearing_commands as hc
from roleplay.session.hearing_events import Span
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, Viewer, viewer_of

NOTES = [(10.0, "ana"), (30.0, "ben"), (70.0, "ana"), (100.0, "ben"), (250.0, None)]


def talks(play: Play, viewer: Viewer = FACILITATOR_VIEWER) -> tuple[TalkPart, ...]:
    """What a reader is told of conversations."""
    return build_report(play.state, play.words, viewer, "a-session").talks


def figures(part: TalkPart) -> dict[str, tuple[str, ...]]:
    """The figures by their titles."""
    return {figure.title: figure.values for figure in part.figures}


def page(play: Play, format: str = "html", viewer: Viewer = FACILITATOR_VIEWER) -> str:
    """A whole report."""
    return render(build_report(play.state, play.words, viewer, "a-session"), format)


def test_two_microphones_give_all_figures() -> None:
    """The same as counted by hand, each with how it was got and how much of the time it is about."""
    [part] = talks(spoken())
    assert (part.title, part.covered, part.speakers) == ("Round 1: farm", "04:30 of 05:00 recorded", ("ana", "ben"))
    assert figures(part) == {
        "Talk time": ("01:16 (29%)", "03:09 (71%)"),
        "Turns": ("4", "4"),
        "Longest turn": ("00:32", "01:13"),
        "Pause before answering": ("1.0 s (one answer)", "1.6 s typical, 2.0 s longest (4 answers)"),
        "Interruptions": ("1", "0"),
        "Signs of listening": ("1", "0"),
        "Open questions": ("2", "0"),
        "Closed questions": ("1", "0"),
    }
    assert {figure.how for figure in part.figures} == {
        "From their microphones, 04:30 of 05:00 recorded",
        "From the transcript, 04:30 of 05:00 written down",
    }


def test_notes_give_shares_and_no_pauses() -> None:
    """What cannot be noted by hand is not shown; lines that nobody can be said to have said are left out, and told."""
    [part] = talks(spoken(two_channels=False, notes=NOTES))
    assert figures(part) == {
        "Talk time": ("00:50 (21%)", "03:10 (79%)"),
        "Turns": ("2", "2"),
        "Longest turn": ("00:30", "02:30"),
        "Open questions": ("1", "0"),
        "Closed questions": ("1", "0"),
    }
    assert "An observer noted who spoke" in part.how
    assert "2 lines left out whose speaker is not known" in part.figures[-1].how


def test_with_no_way_to_know_there_are_no_shares() -> None:
    """One sentence says so; questions are counted for the conversation, and that is said, too."""
    [part] = talks(spoken(two_channels=False))
    assert part.speakers == ()
    assert figures(part) == {"Open questions": ("2",), "Closed questions": ("1",)}
    assert "by anybody, since it is not known who said what" in part.figures[0].how
    assert part.how.endswith("No shares are shown.")
    assert [(lane.name, len(lane.bars)) for lane in part.lanes] == [("Somebody speaks", 8)]
    for format in ("html", "md"):
        assert "%)" not in page(spoken(two_channels=False), format).partition("What the conversation shows")[2]


def test_microphones_that_hear_the_same_give_no_shares() -> None:
    """It is said why."""
    play = spoken()
    same = tuple(Span(channel=channel, start=0, end=100) for channel in (0, 1))
    for id in ("r1", "r2"):
        play.do(hc.NoteSpeech("t1", id, same, "silero"))
    [part] = talks(play)
    assert part.speakers == ()
    assert part.how.startswith("Both microphones heard the same voices")


def test_the_time_that_was_not_recorded_is_told() -> None:
    """In the picture, in words, and in the transcript."""
    [part] = talks(spoken())
    assert [(gap.start, gap.end) for gap in part.apart] == [(0, 10), (140, 160)]
    for format in ("html", "md"):
        assert "00:00–00:10, 02:20–02:40" in page(spoken(), format)


def test_who_may_hear_of_it_is_decided_by_what_is_visible() -> None:
    """The table and the facilitator, once the conversation is over; the room nothing; nobody what was taken back."""
    play = spoken()
    for viewer in (FACILITATOR_VIEWER, viewer_of("ana"), viewer_of("ben"), viewer_of("chen")):
        assert len(talks(play, viewer)) == 1
    assert talks(play, ROOM) == ()
    assert [moment.marker for moment in talks(play, viewer_of("ben"))[0].moments] == []
    assert len(talks(play, viewer_of("ana"))[0].moments) == 3
    play.do(hc.AnswerConsent("ben", yes=False))
    assert all(talks(play, viewer) == () for viewer in viewers(play))


def test_the_transcript_tells_who_said_a_line_and_what_was_corrected() -> None:
    """A correction stands with what was heard; doubt is told gently; what was made up is left out, and that is told."""
    play = spoken()
    play.do(hc.CorrectLine("t1", "r1", 1, "ana", play.text("How did this week go?")))
    [part] = talks(play)
    line = part.said[1]
    assert (line.at, line.speaker, line.text, line.corrected_by) == (14.5, "ana", "How did this week go?", "ana")
    assert line.original == "How did the week go, and what happened on the bus?"
    assert [line.at for line in part.said if line.unsure] == [102]
    assert [(gone.at, gone.end) for gone in part.left_out] == [(290, 298)]
    text = page(play, "md")
    assert "- 00:14 **ana**: How did this week go? *(corrected by ana; heard: How did the week go" in text
    assert "- 01:42 **ben** (the program is not sure): I did, twice" in text
    assert "- 02:20 *not recorded until 02:40*" in text


def test_a_question_is_counted_as_it_was_corrected_and_marked_in_its_line() -> None:
    """So a person can set right what the program took for a question."""
    play = spoken()
    play.do(hc.CorrectLine("t1", "r1", 3, "ana", play.text("What did the school say?")))
    [part] = talks(play)
    assert figures(part)["Open questions"] == ("3", "0")
    assert [line.questions for line in part.said if line.questions] == [("open",), ("open",), ("open",)]


def test_what_is_still_to_be_written_down_is_said() -> None:
    """A recording without a transcript is told of; so is why it could not be written down."""
    play = spoken()
    track = play.track()
    bare = {id: replace(one, transcripts=(), speech=None) for id, one in track.recordings.items()}
    bare["r2"] = replace(bare["r2"], failed=play.text("the model is missing"))
    play.state = replace(play.state, tracks={"t1": replace(track, recordings=bare)})
    [part] = talks(play)
    assert part.how.startswith("Nobody has looked yet")
    assert part.notes == (
        "The recording from 00:10 has not been written down yet.",
        "The recording from 02:40 could not be written down: the model is missing",
    )
    assert not any((part.lanes, part.figures, part.said))
    assert "What the conversation shows" in page(play)


@pytest.mark.parametrize("name", ["complete", "takes", "in turn", "selection"])
def test_without_recordings_a_report_stays_as_it_was(name: str) -> None:
    """No part, no style, no script, no key."""
    play = SESSIONS[name]()
    for viewer in viewers(play):
        for format in ("html", "md", "json"):
            text = page(play, format, viewer)
            assert not any(word in text for word in ("talks", "What the conversation", ".picture", "<script"))


def test_programs_read_back_what_was_written() -> None:
    """The report as data loses nothing of it."""
    play = spoken()
    report = build_report(play.state, play.words, FACILITATOR_VIEWER, "a-session", sounds={"r1": "sound/r1.opus"})
    assert Report.model_validate_json(render(report, "json")) == report


def test_strange_words_stay_words() -> None:
    """Whatever somebody said or is called, it is never a part of the page."""
    html = page(estranged(spoken()))
    assert "<script" not in html
    assert "onerror" not in html.replace("onerror=alert(1)&gt;", "")
    assert "<b onclick" not in html


def test_no_sound_leaves_without_being_asked_for() -> None:
    """The page plays nothing; and it says of its figures what they can say."""
    html = page(spoken())
    assert "<audio" not in html
    assert "script-src" not in html
    assert CAN_SAY in html
