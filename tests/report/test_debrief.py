from __future__ import annotations

from played import complete, erased, play_on, with_bots
from samples import SELECTION, Play

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


def test_sealed_forms_are_not_counted_before_all_are_in() -> None:
    """While one rater has not sent, nothing about that candidate is counted, and the count says nothing."""
    play = Play.started(SELECTION, 5)
    play.go_to("3")
    candidates = play.track().steps[-1].cast["candidate"]
    raters = play.track().steps[-1].cast["rater"]
    for rater in raters[:-1]:
        for candidate in candidates:
            play.send(f"3/form/listening/{rater}/{candidate}")
    assert debrief_feed(play.state, play.words).spread == ()
    for candidate in candidates:
        play.send(f"3/form/listening/{raters[-1]}/{candidate}")
    assert debrief_feed(play.state, play.words).spread != ()


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
