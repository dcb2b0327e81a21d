from __future__ import annotations

import pytest
from played import complete, erased, play_on, with_bots
from practices import MEETING, drawn_map, mapped_meeting, practice
from samples import SELECTION, TRIAD, Play

from roleplay.report import debrief
from roleplay.report.debrief import DebriefFeeds, debrief_feed
from roleplay.report.feed import DebriefFeed
from roleplay.session import commands as c
from roleplay.session.forms import find_form
from roleplay.session.state import FEWEST, State, TrackState
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


def test_three_conversations_are_no_three_people_where_one_sheet_is_in() -> None:
    """Nobody looked at two of the leaders, so what was written about the third would be that person's own."""
    play = Play.started(TRIAD, 3)
    play.go_to("1.2r1")
    play.send("1.2r1/form/listening/chen/ana")
    play.go_to("1.2r3")
    play.do(c.Next())
    feed = debrief_feed(play.state, play.words)
    assert (feed.people, feed.awaited, feed.markers) == (1, True, ())


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
    assert (feed.is_empty, feed.awaited) == (True, False)


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
    assert quotes(feed) == shared
    rehearsal = with_bots("ben", "chen", rehearsal=True)
    everything = debrief_feed(rehearsal.state, rehearsal.words)
    assert everything.spread != ()
    assert not quotes(everything) <= shared


def quotes(feed: DebriefFeed) -> set[str]:
    return {quote for theme in feed.themes for quote in theme.quotes}


def test_quotes_are_those_that_were_shared_a_few_on_each_question() -> None:
    """Each is one that its writer shared; what is not shown is counted, so that every one is accounted for."""
    play = complete(9)
    shared = [play.words[ref.id] for ref in visible(play.state, ROOM).quotes]
    feed = debrief_feed(play.state, play.words)
    assert quotes(feed) <= set(shared)
    assert [theme.ask for theme in feed.themes] == ["What did you notice?", "What next?", "What will you keep?"]
    assert {len(theme.quotes) for theme in feed.themes} == {3}
    assert len(shared) == sum(len(theme.quotes) + theme.more for theme in feed.themes)
    silent = complete(3, share=False)
    assert debrief_feed(silent.state, silent.words).themes == ()


def test_erased_quotes_are_left_out() -> None:
    """The room does not look at a list of words that are gone."""
    play = erased()
    left = {play.words[ref.id] for ref in visible(play.state, ROOM).quotes if ref.id in play.words}
    feed = debrief_feed(play.state, play.words)
    assert set() < quotes(feed) <= left
    assert sum(len(theme.quotes) + theme.more for theme in feed.themes) == len(left)


def test_words_that_name_somebody_are_said_to_nobody() -> None:
    """Whatever their writer agreed to: the debrief speaks about what happened, not about who did it."""
    play = play_on(Play.started(), "1.2r3", share=False)
    observer = play.track().planned("1.2r3").cast["observer"][0]
    play.send(f"1.2r3/form/listening/{observer}/chen", said="Chen waited so well.", share=True)
    assert quotes(debrief_feed(play.state, play.words)) == set()
    play.send(f"1.2r3/form/listening/{observer}/chen", said="There was a good pause.", share=True)
    assert quotes(debrief_feed(play.state, play.words)) == {"There was a good pause."}


def test_no_figure_and_no_words_of_the_feed_say_who_it_was(session: Play) -> None:
    """In every sample session: no name, nothing that was not shared, nothing sealed, nothing about oneself, and no
    figure behind which fewer than three people stand."""
    feed = debrief_feed(session.state, session.words)
    said = feed.model_dump_json()
    names = {session.words[p.name.id] for p in session.state.people.values() if p.name.id in session.words}
    assert not [name for name in names if name.isalpha() and name in said]
    shared = {session.words.get(ref.id) for ref in visible(session.state, ROOM).quotes}
    assert quotes(feed) <= shared
    forms = [
        find_form(session.state.setting, track, id) for track in session.state.tracks.values() for id in track.forms
    ]
    rubrics = session.state.setting.bundle.rubrics
    for part in feed.spread:
        due = [f for f in forms if rubrics[f.rubric].title == part.rubric and f.purpose == "form" and not f.about_self]
        assert len({form.about for form in due}) >= FEWEST
        assert not any(form.sealed or form.private for form in due)
    assert all(line.people >= line.surprised >= FEWEST for line in feed.surprises)
    assert feed.people >= FEWEST or not feed.markers


def test_the_feed_is_made_anew_only_where_something_was_written_or_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three tables one is looked at again after a form, and none while a clock stands or goes on."""
    looked_at: list[str] = []
    once = debrief.table_feed

    def counted(state: State, track: TrackState) -> debrief.TableFeed:
        looked_at.append(track.id)
        return once(state, track)

    monkeypatch.setattr(debrief, "table_feed", counted)
    play = play_on(Play.started(people=9), "3", share=False)
    feeds = DebriefFeeds()
    first = feeds.of(play.state, play.words)
    assert looked_at == ["t1", "t2", "t3"]
    play.do(c.Pause(None))
    play.do(c.Resume(None), 20)
    assert feeds.of(play.state, play.words) is first
    assert looked_at == ["t1", "t2", "t3"]
    play.send("1.2r1/form/listening/fay/dee", 4, "A good pause.", share=True, track="t2")
    second = feeds.of(play.state, play.words)
    assert looked_at == ["t1", "t2", "t3", "t2"]
    assert second == debrief_feed(play.state, play.words) != first


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
