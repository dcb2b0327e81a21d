from __future__ import annotations

from played import complete, erased, play_on, with_bots
from practices import MEETING, drawn_map, mapped_meeting, practice
from samples import SELECTION, TRIAD, Play

from roleplay.report.debrief import debrief_feed
from roleplay.session import commands as c
from roleplay.session.visible import ROOM, visible


def test_no_count_is_shown_while_fewer_than_three_stand_behind_it() -> None:
    """After two rounds of a single table the room sees no number; after the third it sees all of them."""
    two = play_on(Play.started(), "1.1r3")
    feed = debrief_feed(two.state, two.words)
    assert (feed.people, feed.markers, feed.spread) == (2, (), ())
    three = play_on(Play.started())
    feed = debrief_feed(three.state, three.words)
    assert feed.people == 3
    assert [(line.marker, line.count) for line in feed.markers] == [("Names the feeling", 3), ("Jumps to a fix", 3)]
    assert {part.rubric for part in feed.spread} == {"Listening", "Felt heard"}


def test_every_form_is_in_one_bar_or_not_observed() -> None:
    """For each criterion the bars and the forms without an observation add up to the forms that were sent."""
    play = complete(9)
    for part in debrief_feed(play.state, play.words).spread:
        for line in part.lines:
            assert sum(bar.forms for bar in line.bars) + line.not_observed == 9


def test_what_is_rated_under_seal_is_never_shown_to_the_room() -> None:
    """Not even when all forms are in: where somebody is chosen, neither levels nor marks are compared in public."""
    play = play_on(Play.started(SELECTION, 5))
    assert len(play.track().forms) == 6
    assert play.track().standing_marks()
    feed = debrief_feed(play.state, play.words)
    assert (feed.markers, feed.spread, feed.quotes, feed.awaited) == ((), (), (), False)


def test_what_people_wrote_about_themselves_is_never_shown_to_the_room() -> None:
    """A form about oneself is in no bar and no quote, whatever its writer agreed to."""
    play = drawn_map()
    assert any(form.last.share for form in play.view("ana").forms)
    assert debrief_feed(play.state, play.words).is_empty
    own = [{"rubric": "listening", "by": "everyone", "about": "self"}]
    step = {"name": "Look at yourself", "kind": "feedback", "length": "2m", "forms": own}
    play = Play.started(TRIAD, 3, script=[step])
    for person in ("ana", "ben", "chen"):
        play.send(f"0/form/listening/{person}/{person}", share=True)
    assert debrief_feed(play.state, play.words).is_empty


def test_all_who_are_marked_in_a_meeting_stand_behind_its_counts() -> None:
    """One meeting of five is enough for a count, though one person leads; while it runs, the room is told to wait."""
    running = practice(MEETING, 6)
    feed = debrief_feed(running.state, running.words)
    assert (feed.people, feed.awaited, feed.markers) == (0, True, ())
    over = mapped_meeting()
    feed = debrief_feed(over.state, over.words)
    assert (feed.people, feed.awaited) == (5, False)
    assert [(line.marker, line.count) for line in feed.markers] == [("Names the feeling", 15), ("Jumps to a fix", 0)]


def test_nobody_waits_for_counts_that_can_never_come() -> None:
    """Where a table plays once with one leader, the room is promised nothing."""
    once = [step for step in TRIAD["script"] if "rotate" not in step]
    talk = {"name": "Talk", "kind": "play", "length": "2m", "markers": "listening"}
    play = play_on(Play.started(TRIAD, 3, script=[talk, *once]))
    feed = debrief_feed(play.state, play.words)
    assert (feed.people, feed.awaited, feed.markers) == (1, False, ())


def test_what_the_program_wrote_for_practice_is_not_counted() -> None:
    """Forms, marks and words by bots are left out, but for a rehearsal, which is all bots."""
    practice = with_bots("ben", "chen")
    feed = debrief_feed(practice.state, practice.words)
    assert feed.spread == ()
    assert sum(line.count for line in feed.markers) == sum(
        mark.by == "ana" for mark in practice.track().standing_marks()
    )
    mine = [form.last.prompts.values() for form in practice.view("ana").forms if form.due.by == "ana"]
    journal = [practice.view("ana").journals[0][1][0].answers[0]]
    shared = {practice.words[ref.id] for refs in (*mine, journal) for ref in refs}
    assert set(feed.quotes) == shared
    rehearsal = with_bots("ben", "chen", rehearsal=True)
    everything = debrief_feed(rehearsal.state, rehearsal.words)
    assert everything.spread != ()
    assert set(everything.quotes) > shared


def test_quotes_are_those_that_were_shared_in_an_order_of_their_own() -> None:
    """Shared words that still exist are all there, once, and not in the order in which people wrote them."""
    play = complete(9)
    shared = [play.words[ref.id] for ref in visible(play.state, ROOM).quotes]
    quotes = debrief_feed(play.state, play.words).quotes
    assert sorted(quotes) == sorted(shared)
    assert list(quotes) != shared
    silent = complete(3, share=False)
    assert debrief_feed(silent.state, silent.words).quotes == ()


def test_erased_quotes_are_left_out() -> None:
    """The room does not look at a list of words that are gone."""
    play = erased()
    left = [ref for ref in visible(play.state, ROOM).quotes if ref.id in play.words]
    assert 0 < len(debrief_feed(play.state, play.words).quotes) == len(left) < len(visible(play.state, ROOM).quotes)


def test_a_marker_that_was_taken_back_is_not_counted() -> None:
    """Taking a tap back lowers the count by one."""
    play = complete(9)
    before = sum(line.count for line in debrief_feed(play.state, play.words).markers)
    again = play_on(Play.started(people=9), "2")
    tap = again.track().standing_marks()[0].tap
    full = sum(line.count for line in debrief_feed(again.state, again.words).markers)
    again.do(c.TakeBackMarker("t1", tap))
    assert sum(line.count for line in debrief_feed(again.state, again.words).markers) == full - 1
    assert before > 0
