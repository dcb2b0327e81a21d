"""What is shown of one conversation: for whom, from what it was got, and what is said where something is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from private_table import Table, a_table
from recorded_table import TALK, Said, agree, hear, record, recorded, review
from samples import TRIAD, bundle_of

from roleplay.conduct.runner import new_text
from roleplay.session import hearing_commands as hc
from roleplay.session.commands import Next, Pause, Resume, Retake
from roleplay.session.hearing_events import Dropped
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, viewer_of
from roleplay.tui import moments as m
from roleplay.tui.review_view import Review, places
from roleplay.tui.strip import draw, plain


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """Ana, Ben and Chen, before the start."""
    with a_table(tmp_path, bundle_of(TRIAD)) as table:
        yield table


def told(one: Review) -> list[str]:
    """Its moments in short."""
    return [f"{part.kind} {part.into or 0:.0f} {part.who} {part.words}" for part in one.moments]


def figures(one: Review) -> dict[str, tuple[str, ...]]:
    """Its figures, by title."""
    return {figure.title: figure.values for figure in one.talk.figures}


def test_a_conversation_is_looked_back_at_once_it_is_over_by_its_table_and_the_facilitator(tmp_path: Path) -> None:
    """Not while it runs, never by the room, and by nobody from another table."""
    with a_table(tmp_path, bundle_of(TRIAD), ("Ana", "Ben", "Chen", "Dee", "Eva", "Fay")) as table:
        agree(table)
        assert not [*places(table.runner.state, FACILITATOR_VIEWER)]
        table.runner.do_at_once(Next())
        state = table.runner.state
        assert [p.track for p in places(state, FACILITATOR_VIEWER)] == ["t1", "t2"]
        assert not [*places(state, ROOM)]
        for track in state.tracks.values():
            for person in track.people:
                assert [p.track for p in places(state, viewer_of(person))] == [track.id]
        table.runner.do_at_once(Retake("t1"))
        assert [p.track for p in places(table.runner.state, FACILITATOR_VIEWER)] == ["t2"], "another take runs"


def test_lines_and_marks_stand_by_their_time(table: Table) -> None:
    """The second mark was tapped after the last line had begun."""
    recorded(table)
    assert told(review(table)) == [
        "line 1 Ana Thank you for coming in today.",
        "line 5 Ben The bus left without her again.",
        "line 10 Ana How was that for you?",
        "line 14 Ben I was furious, and nobody told me anything about it.",
        "line 31 Ana You were furious.",
        "mark 33 f Names the feeling",
        "mark 38 s Jumps to a fix",
    ]
    assert review(table).standing({"r1"}) == ""


def test_the_partner_reads_what_was_said_and_not_what_was_marked_about_the_leader(table: Table) -> None:
    """As everywhere: marks are for the one they are about, for who tapped them and for the facilitator."""
    recorded(table)
    assert [part.kind for part in review(table, "p2").moments] == ["line"] * 5
    assert len(review(table, "p1").moments) == len(review(table, "p3").moments) == 7


def test_two_channels_give_a_lane_and_figures_for_each_with_how_they_were_got(table: Table) -> None:
    """Ana spoke 9 of 29 seconds; how long she waited is known, too."""
    recorded(table)
    one = review(table)
    lanes = plain(draw(one.strip, 60))
    assert [row.split()[0] for row in lanes[:2]] == ["Ana", "Ben"]
    assert figures(one)["Talk time"] == ("00:09 (31%)", "00:20 (69%)")
    assert figures(one)["Open questions"] == ("1", "0")
    assert all(figure.how for figure in one.talk.figures)


def test_what_the_observer_noted_gives_shares_and_no_pauses(table: Table) -> None:
    """One microphone heard all, and Chen noted who spoke."""
    agree(table)
    clock = table.track.clock
    assert clock is not None
    for into, who in ((0, "p1"), (10, "p2"), (30, None)):
        table.clock.at = clock.when(into)
        table.runner.do_at_once(hc.SetSpeaker("t1", who, "p3"))
    record(table, into=31, seconds=9, two_channels=False)
    table.runner.do_at_once(Next())
    assert figures(review(table)) == {
        "Talk time": ("00:10 (33%)", "00:20 (67%)"),
        "Turns": ("1", "1"),
        "Longest turn": ("00:10", "00:20"),
    }


def test_where_nobody_can_know_who_spoke_there_are_no_shares(table: Table) -> None:
    """One microphone and no notes: one lane for all voices, lines without names, and a sentence."""
    recorded(table, two_channels=False)
    one = review(table)
    assert "No shares are shown." in one.talk.how
    assert not one.talk.speakers
    assert plain(draw(one.strip, 60))[0].startswith("Somebody")
    assert {part.who for part in one.moments if part.kind == "line"} == {""}


def test_two_channels_that_hold_the_same_voices_say_nothing_about_who_spoke(table: Table) -> None:
    """Both microphones heard both people."""
    agree(table)
    record(table)
    table.runner.do_at_once(Next())
    hear(table, [Said(s.start, s.end, s.text, channel) for s in TALK for channel in (0, 1)])
    assert "Both microphones heard the same voices" in review(table).talk.how
    assert len(review(table).strip.lanes) == 1


def test_a_gap_says_why_it_is_there_and_a_pause_of_the_clock_is_none(table: Table) -> None:
    """A lost microphone for five seconds; the pause takes no time of the conversation."""
    agree(table)
    record(table, "r1", into=0, seconds=10, ended="microphone")
    record(table, "r2", into=15, seconds=5, ended="paused")
    table.runner.do_at_once(Pause())
    table.clock.at += 60
    table.runner.do_at_once(Resume())
    record(table, "r3", into=20, seconds=10)
    table.runner.do_at_once(Next())
    assert told(review(table)) == ["gap 10  not recorded until 00:15: the microphone was gone"]


def test_what_was_left_out_is_marked_and_uncertain_words_are_shown_as_such(table: Table) -> None:
    """So that nobody takes silence, or a guess, for what was said."""
    agree(table)
    record(table)
    table.runner.do_at_once(Next())
    hear(table, [Said(1, 2, "Yes.", confidence=0.2)], dropped=[Dropped(start=20, end=30, why="silence")])
    line, gone = review(table).moments
    assert line.unsure
    assert gone.words.startswith("left out: nobody spoke here")


@pytest.mark.parametrize(
    ("erase", "here", "said"),
    [
        (None, {"r1"}, "It was recorded, and not written down yet. t writes it down now."),
        (None, set(), "It was recorded, but its sound is not on this computer, so it cannot be written down."),
        (False, set(), "The sound was erased before anything was written down."),
        (True, set(), "What was recorded of this conversation was erased. What was marked is still here."),
    ],
    ids=["not yet", "elsewhere", "sound erased", "taken back"],
)
def test_what_is_missing_is_said_kindly(table: Table, erase: bool | None, here: set[str], said: str) -> None:
    """A sentence for each case, with what can be done about it."""
    agree(table)
    record(table)
    table.tap("solves", 41)
    table.runner.do_at_once(Next())
    if erase is not None:
        table.runner.do_at_once(hc.EraseRecording("t1", "r1", "asked", words=erase))
    assert review(table).standing(here) == said
    assert told(review(table)) == ["mark 41 s Jumps to a fix"], "what was marked is there all the same"


def test_a_reason_for_a_failure_is_told_with_the_key_that_tries_again(table: Table) -> None:
    """And it is gone once the words are there."""
    agree(table)
    record(table)
    table.runner.do_at_once(Next())
    why = new_text("The model base is not here.")
    table.runner.do_at_once(hc.NoteFailure("t1", "r1", why.ref), [why])
    said = "It could not be written down. The model base is not here. t tries again."
    assert review(table).standing({"r1"}) == said
    hear(table)
    assert review(table).standing({"r1"}) == ""
    table.runner.do_at_once(hc.EraseRecording("t1", "r1", "written-down", words=False))
    assert review(table).standing(set()) == "The sound was erased; what was said is kept."


def test_a_conversation_that_was_not_recorded_is_still_there_with_its_marks(table: Table) -> None:
    """Nobody had to agree to anything."""
    table.go_to("play")
    table.tap("solves", 20)
    table.runner.do_at_once(Next())
    assert review(table).standing(set()).startswith("This conversation was not recorded.")
    assert len(review(table).moments) == 1
    assert review(table).kept == "1 mark"


def test_a_moment_is_found_in_the_recording_that_holds_it(table: Table) -> None:
    """In a gap, where sound begins again; behind the end, nowhere."""
    agree(table)
    record(table, "r1", into=0, seconds=10, ended="microphone")
    record(table, "r2", into=15, seconds=5)
    table.runner.do_at_once(Next())
    one = review(table)
    found = [one.sound_at(into, {"r1", "r2"}) for into in (4, 12, 17, 21)]
    assert [(s.recording, s.within, s.into) if s else None for s in found] == [
        ("r1", 4, 4), ("r2", 0, 15), ("r2", 2, 17), None,
    ]  # fmt: skip
    assert one.sound_at(4, {"r2"}) == one.sound_at(12, {"r2"})


def test_words_are_found_from_where_one_is_and_around_the_end(table: Table) -> None:
    """Capitals make no difference; marks are found by their titles and by their key."""
    recorded(table)
    moments = review(table).moments
    assert m.search(moments, "FURIOUS", after=-1) == 3
    assert m.search(moments, "furious", after=3) == 4
    assert m.search(moments, "furious", after=4) == 3
    assert m.search(moments, "furious", after=3, way=-1) == 4
    assert m.search(moments, "bicycle", after=0) is None
    assert m.next_mark(moments, after=0) == 5
    assert m.next_mark(moments, after=6) == 5
    assert m.next_mark(moments[:5], after=0) is None
    assert m.moment_at(moments, 12.0) == 2
    assert m.moment_at(moments, 0.5) is None


def test_a_line_is_corrected_by_whoever_said_it(table: Table) -> None:
    """From one microphone by either who talked, never by the observer."""
    recorded(table)
    one = review(table)
    assert [one.correctors(part.line) for part in one.moments[:2] if part.line] == [("p1",), ("p2",)]


def test_of_what_was_erased_one_sees_that_it_was_and_whoever_was_not_there_not_even_that(tmp_path: Path) -> None:
    """And nobody before the conversation is over."""
    with a_table(tmp_path, bundle_of(TRIAD), ("Ana", "Ben", "Chen", "Dee", "Eva", "Fay")) as table:
        agree(table)
        record(table)
        table.runner.do_at_once(hc.EraseRecording("t1", "r1", "asked", words=True))
        step = table.track.steps[table.track.index].id
        near, far = table.track.people[0], table.runner.state.tracks["t2"].people[0]

        def seen(who: str) -> tuple[tuple[str, str], ...]:
            from roleplay.session.visible import visible

            return visible(table.runner.state, viewer_of(who)).erased

        assert seen(near) == ()
        table.runner.do_at_once(Next())
        assert seen(near) == (("t1", step),)
        assert seen(far) == ()
