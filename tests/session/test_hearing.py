"""Nobody is recorded who has not said yes; what somebody takes back is erased; who heard it may read it."""

from __future__ import annotations

from typing import Any

import pytest
from chance import Turn, begin, heard
from hypothesis import given, settings
from samples import REMIX, TRIAD, Play

from roleplay.session import commands as c
from roleplay.session import hearing_commands as hc
from roleplay.session.decide import NotAllowed
from roleplay.session.events import Participant, dump_event, load_event
from roleplay.session.evolve import fold
from roleplay.session.hearing_events import Dropped, Line, Span
from roleplay.session.recording import everyone_agrees, still_to_ask, voices_of, wanted, why_not
from roleplay.session.texts import read
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, viewer_of, visible

CONVERSATION = "1.1r1"


def talking(people: int = 3, agree: bool = True) -> Play:
    """A session in its first conversation, in which everybody has said yes."""
    play = Play.started(TRIAD, people)
    play.go_to(CONVERSATION)
    if agree:
        for person in play.state.people:
            play.do(hc.AnswerConsent(person, yes=True))
    return play


def recorded(**of_line: Any) -> Play:
    """A session with one recording that has been written down."""
    play = talking()
    play.do(hc.StartRecording("t1", "r1", two_channels=True), after=2.0)
    play.do(hc.TimeRecording("t1", "r1", play.now + 0.25), after=1.0)
    play.do(hc.EndRecording("t1", "r1", "stopped", 40.0), after=40.0)
    play.do(hc.StopRecording("t1"))
    line = Line(**{"channel": 0, "start": 1.0, "end": 3.0, "text": play.text("How was it?"), **of_line})
    play.do(hc.AddTranscript("t1", "r1", "whisper", "base", "en", (line,), (Dropped(start=8, end=9, why="silence"),)))
    return play


@given(heard)
@settings(max_examples=60)
def test_nobody_is_recorded_without_a_yes(turns: list[Turn]) -> None:
    """Whatever happens, a recording begins only where the script asks for it and all in the room have said yes."""
    chance = begin((TRIAD, 7))
    play, said, here = chance.play, dict[str, bool](), set(chance.play.state.people)
    for turn in turns:
        for event in chance.turn(turn):
            if event.kind == "consent-answered":
                said[event.person] = event.yes
            elif event.kind == "replanned":
                here = (here | {person.id for person in event.people} | set(event.back)) - set(event.gone)
            elif event.kind == "recording-started":
                assert set(event.present) == here
                assert all(said.get(person) for person in here)
                assert "Conversation" in play.state.setting.step(play.track(event.track).planned(event.step)).name
        assert not wanted(play.state) or all(said.get(person) for person in here)


@given(heard)
@settings(max_examples=60)
def test_what_is_taken_back_is_seen_by_nobody(turns: list[Turn]) -> None:
    """After a no, nobody sees a recording made in that person's presence, nor a word that was written down from it."""
    chance = begin((TRIAD, 7))
    play = chance.play
    for turn in turns:
        chance.turn(turn)
    for person, yes in play.state.consents.items():
        if yes:
            continue
        gone = [
            one for track in play.state.tracks.values() for one in track.recordings.values() if person in one.present
        ]
        assert all(one.erased and one.words_erased and one.transcript is None for one in gone)
        words = {ref.id for one in gone for ref in one.texts}
        for viewer in (FACILITATOR_VIEWER, ROOM, *map(viewer_of, play.state.people)):
            view = visible(play.state, viewer)
            assert not words & view.texts()
            assert not {one.id for one in gone} & {one.id for _, one in view.recordings}


@given(heard)
@settings(max_examples=40)
def test_the_journal_tells_it_all(turns: list[Turn]) -> None:
    """What was written down about recordings folds to the state that the screens show."""
    chance = begin((TRIAD, 4))
    for turn in turns:
        chance.turn(turn)
    lines = [dump_event(event) for event in chance.play.events]
    assert fold(chance.play.state.setting, map(load_event, lines)) == chance.play.state


@given(heard)
@settings(max_examples=40)
def test_of_an_answer_only_its_giver_hears(turns: list[Turn]) -> None:
    """What somebody said about being recorded is in no view but their own."""
    chance = begin((TRIAD, 7))
    for turn in turns:
        chance.turn(turn)
    state = chance.play.state
    assert visible(state, FACILITATOR_VIEWER).consent is None
    assert visible(state, ROOM).consent is None
    for person in state.people:
        assert visible(state, viewer_of(person)).consent == state.consents.get(person)


def test_one_no_is_enough() -> None:
    """One no, at whichever table, keeps every table from being recorded; who it was is not said."""
    play = talking(people=6)
    play.go_to(CONVERSATION, "t2")
    assert wanted(play.state) == ("t1", "t2")
    play.do(hc.AnswerConsent("fay", yes=False))
    assert wanted(play.state) == ()
    assert not everyone_agrees(play.state)
    with pytest.raises(NotAllowed, match="Not everybody in the room has said yes") as refused:
        play.do(hc.StartRecording("t1", "r1"))
    assert "fay" not in str(refused.value).casefold()


def test_the_unasked_are_not_taken_for_a_yes() -> None:
    """Until everybody was asked nothing is recorded; whoever comes late is asked, too."""
    play = talking(agree=False)
    assert still_to_ask(play.state) == ("ana", "ben", "chen")
    for person in ("ana", "ben", "chen"):
        assert wanted(play.state) == ()
        play.do(hc.AnswerConsent(person, yes=True))
    assert wanted(play.state) == ("t1",)
    play.do(c.Arrive((Participant(id="zoe", name=play.text("Zoe")),)))
    assert still_to_ask(play.state) == ("zoe",)
    assert wanted(play.state) == ()
    play.do(c.Leave(("zoe",)))
    assert wanted(play.state) == ("t1",)


@pytest.mark.parametrize("command", [c.Pause("t1"), c.Pause("t1", "safety"), c.Next("t1"), hc.StopRecording("t1")])
def test_what_stops_it(command: c.Command) -> None:
    """A pause, a safety pause, the end of the step, and anybody who wants it, stop the recording."""
    play = talking()
    assert wanted(play.state) == ("t1",)
    play.do(command)
    assert wanted(play.state) == ()


def test_a_stop_holds_until_the_table_agrees_again() -> None:
    """Once somebody stopped it, the next conversations are not recorded either, until the table wants it again."""
    play = talking()
    play.do(hc.StopRecording("t1"))
    play.go_to("1.1r2")
    assert why_not(play.state, play.track()) == "stopped"
    play.do(hc.RecordAgain("t1"))
    assert wanted(play.state) == ("t1",)


def test_a_rehearsal_is_not_recorded() -> None:
    """A session of bots has nobody who could agree."""
    play = Play.opened(TRIAD)
    play.state = fold(play.state.setting, [play.events[0].model_copy(update={"rehearsal": True})])
    assert why_not(play.state, play.track()) == "rehearsal"


def test_its_zero_is_the_clock_of_the_step() -> None:
    """A recording's first sample has the time of the step's clock, so a mark lies at its own moment of the sound."""
    play = talking()
    play.do(c.Pause("t1"), after=10.0)
    play.do(c.Resume("t1"), after=100.0)
    play.do(hc.StartRecording("t1", "r1"), after=2.0)
    play.do(hc.TimeRecording("t1", "r1", play.now + 0.4), after=3.0)
    play.do(c.TapMarker("t1", "a", "solves", "chen", "ana"), after=7.4)
    one, mark = play.track().recordings["r1"], play.track().marks[0]
    assert one.into == pytest.approx(12.4)
    assert mark.into is not None
    assert mark.into - one.into == pytest.approx(10.0)


def test_a_table_has_one_recording_at_a_time() -> None:
    """A second one begins once the first has ended."""
    play = talking()
    play.do(hc.StartRecording("t1", "r1"))
    with pytest.raises(NotAllowed, match="already"):
        play.do(hc.StartRecording("t1", "r2"))
    play.do(hc.EndRecording("t1", "r1", "microphone", 3.0))
    with pytest.raises(NotAllowed, match="ended already"):
        play.do(hc.EndRecording("t1", "r1", "microphone", 3.0))
    with pytest.raises(NotAllowed, match="of this name"):
        play.do(hc.StartRecording("t1", "r1"))
    play.do(hc.StartRecording("t1", "r2"))
    assert list(play.track().recordings) == ["r1", "r2"]


def test_two_channels_are_leader_and_partner() -> None:
    """The leader's voice is on the left, the partner's on the right; a conversation of more people has no such two."""
    play = recorded()
    cast = play.track().planned(CONVERSATION).cast
    assert play.track().recordings["r1"].voices == (*cast["leader"], *cast["parent"])
    play.go_to("1.1r2")
    play.do(hc.RecordAgain())
    play.do(hc.StartRecording("t1", "r2", two_channels=True))
    cast = play.track().planned("1.1r2").cast
    assert play.track().recordings["r2"].voices == (*cast["leader"], *cast["parent"])
    other = Play.started(REMIX, 4)
    alone = next(step for step in other.track().steps if step.kind == "play")
    assert voices_of(other.state.setting, alone.model_copy(update={"cast": {}})) is None


def test_taking_a_yes_back() -> None:
    """A no after the fact erases what was recorded in that person's presence, also once the session is closed."""
    play = recorded()
    play.do(c.End())
    assert len(visible(play.state, FACILITATOR_VIEWER).recordings) == 1
    events = play.do(hc.AnswerConsent("chen", yes=False))
    assert [event.kind for event in events] == ["consent-answered", "recording-erased"]
    assert visible(play.state, FACILITATOR_VIEWER).recordings == ()
    assert play.do(hc.AnswerConsent("chen", yes=False)) == ()
    with pytest.raises(NotAllowed, match="was erased"):
        play.do(hc.AddTranscript("t1", "r1", "whisper", "base", "en", ()))
    with pytest.raises(NotAllowed, match="closed"):
        play.do(hc.AnswerConsent("chen", yes=True))


def test_whoever_was_not_there_erases_nothing() -> None:
    """Somebody who came after a recording takes back a yes for what follows alone."""
    play = recorded()
    play.do(c.Arrive((Participant(id="zoe", name=play.text("Zoe")),)))
    play.do(hc.AnswerConsent("zoe", yes=True))
    assert [event.kind for event in play.do(hc.AnswerConsent("zoe", yes=False))] == ["consent-answered"]


def test_erasing_the_sound_alone() -> None:
    """Where only the sound is deleted, the transcript stays."""
    play = recorded()
    play.do(hc.EraseRecording("t1", "r1", "written-down", words=False))
    one = play.track().recordings["r1"]
    assert one.erased
    assert one.transcript is not None
    assert play.do(hc.EraseRecording("t1", "r1", "written-down", words=False)) == ()
    play.do(hc.EraseRecording("t1", "r1", "asked", words=True))
    assert play.track().recordings["r1"].transcript is None


def test_a_line_is_corrected_by_whoever_said_it() -> None:
    """The speaker's own words replace what was heard, which stays; nobody else corrects them."""
    play = recorded()
    leader, partner = play.track().recordings["r1"].voices
    for other in (partner, "chen", "facilitator"):
        with pytest.raises(NotAllowed, match="whoever said it"):
            play.do(hc.CorrectLine("t1", "r1", 0, other, play.text("No.")))
    play.do(hc.CorrectLine("t1", "r1", 0, leader, play.text("How was that?")))
    transcript = play.track().recordings["r1"].transcript
    assert transcript is not None
    assert read(play.words, transcript.lines[0].text) == "How was that?"
    assert [read(play.words, ref) for ref in transcript.lines[0].versions] == ["How was it?", "How was that?"]
    with pytest.raises(NotAllowed):
        play.do(hc.CorrectLine("t1", "r1", 1, leader, play.text("No such line.")))


def test_where_nobody_knows_who_spoke() -> None:
    """With one microphone for all, those who took part correct a line; whoever watched does not."""
    play = recorded(channel=None)
    for person in play.track().recordings["r1"].voices:
        play.do(hc.CorrectLine("t1", "r1", 0, person, play.text("So it was.")))
    with pytest.raises(NotAllowed):
        play.do(hc.CorrectLine("t1", "r1", 0, play.track().planned(CONVERSATION).cast["observer"][0], play.text("No.")))


def test_it_is_read_after_the_round() -> None:
    """While the conversation runs nobody reads what was said or sees who spoke; then those who were there do."""
    play = talking(people=6)
    leader = play.track().planned(CONVERSATION).cast["leader"][0]
    play.do(hc.StartRecording("t1", "r1"))
    play.do(hc.SetSpeaker("t1", leader, "facilitator"), after=4.0)
    play.do(hc.NoteSpeech("t1", "r1", (Span(channel=0, start=0, end=4),), "silero"))
    ana, fay = viewer_of("ana"), viewer_of("fay")
    for viewer in (ana, fay, FACILITATOR_VIEWER, ROOM):
        view = visible(play.state, viewer)
        assert not view.recordings
        assert not view.speakers
    play.do(c.Next("t1"))
    for viewer in (ana, FACILITATOR_VIEWER):
        assert [one.id for _, one in visible(play.state, viewer).recordings] == ["r1"]
        assert [one.speaker for _, one in visible(play.state, viewer).speakers] == [leader]
    for viewer in (fay, ROOM):
        view = visible(play.state, viewer)
        assert not view.recordings
        assert not view.speakers


def test_who_speaks_is_noted_while_they_do() -> None:
    """The one who speaks is noted once, with the time in the step; only for those who take part, and while it runs."""
    play = talking(agree=False)
    cast = play.track().planned(CONVERSATION).cast
    play.do(hc.SetSpeaker("t1", cast["leader"][0], "facilitator"), after=3.0)
    assert play.do(hc.SetSpeaker("t1", cast["leader"][0], "facilitator"), after=1.0) == ()
    play.do(hc.SetSpeaker("t1", None, cast["observer"][0]), after=2.0)
    assert [(one.into, one.speaker) for one in play.track().speakers] == [(3.0, cast["leader"][0]), (6.0, None)]
    with pytest.raises(NotAllowed, match="takes part"):
        play.do(hc.SetSpeaker("t1", cast["observer"][0], "facilitator"))
    play.do(c.Next("t1"))
    with pytest.raises(NotAllowed, match="while a conversation runs"):
        play.do(hc.SetSpeaker("t1", cast["leader"][0], "facilitator"))


def test_a_take_that_was_taken_back_is_seen_by_nobody() -> None:
    """The recording of a take that an undo removed breaks no view."""
    play = talking()
    play.do(c.Next("t1"), after=30.0)
    play.do(c.Retake("t1"), after=1.0)
    play.do(hc.StartRecording("t1", "r1"))
    play.do(hc.EndRecording("t1", "r1", "step-over", 1.0), after=1.0)
    play.do(c.Undo("t1"))
    assert visible(play.state, FACILITATOR_VIEWER).recordings == ()
