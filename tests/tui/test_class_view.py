"""What the facilitator reads about all tables, as sentences and rows."""

from __future__ import annotations

from samples import FISHBOWL, TRIAD, Play

from roleplay.session import commands as c
from roleplay.tui import class_view
from roleplay.tui.class_view import Line
from roleplay.tui.cues import say_titles
from roleplay.tui.scene import Scene


def line(play: Play, table: str) -> Line:
    """The line of a table."""
    return class_view.line_of(play.state, play.words, play.state.tracks[table])


def test_the_class_is_told_in_a_line() -> None:
    """Most tables first, then the others, then who stands or calls."""
    play = Play.opened(FISHBOWL, 8)
    assert class_view.say_class(play.state) == "All 4 tables not started"
    play.do(c.Start())
    assert class_view.say_class(play.state) == "All 4 tables in Plan"
    play.do(c.Next("t2"))
    assert class_view.say_class(play.state) == "3 of 4 tables in Plan, 1 waiting"
    play.do(c.Pause("t1"))
    play.do(c.Pause("t3", why="safety"))
    assert class_view.say_class(play.state) == "3 of 4 tables in Plan, 1 waiting · 1 paused · 1 safety pause"
    play.do(c.End())
    assert class_view.say_class(play.state) == "The session is closed."


def test_a_waiting_table_says_for_whom() -> None:
    """One table is named, of several their number stands in the row, and all are named above."""
    play = Play.opened(FISHBOWL, 8)
    assert class_view.say_waiting(play.state, "s") == ""
    play.do(c.Start())
    play.do(c.Next("t2"))
    assert line(play, "t2").sign == "waits for 3 tables"
    assert class_view.say_waiting(play.state, "s") == "“Say hello” waits for Tables 1, 3 and 4; s begins it now."
    play.do(c.Next("t1"))
    play.do(c.Next("t3"))
    assert line(play, "t2").sign == "waits for Table 4"


def test_a_row_has_round_leader_and_forms() -> None:
    """Round and step, who leads, and of the forms asked for so far those that are in."""
    play = Play.started(TRIAD, 6)
    play.do(c.Next())
    assert line(play, "t2") == Line("t2", "Table 2", "1/3 Read your card", "dee", "0/1", "", "plain")
    play.do(c.Next())
    play.do(c.Next())
    shown = line(play, "t2")
    assert (shown.where, shown.leads) == ("1/3 Feedback", "dee")
    # The forecast can no longer be made; observer, partner, what came out and what was found out are asked for.
    assert shown.forms == "0/4"


def test_a_safety_pause_names_nobody() -> None:
    """The row says that there is one, above an ordinary pause."""
    play = Play.started(TRIAD, 6)
    play.do(c.Next())
    play.do(c.Pause("t1", why="safety"))
    play.do(c.Pause("t2"))
    assert (line(play, "t1").sign, line(play, "t1").tone) == ("safety pause", "safety")
    assert (line(play, "t2").sign, line(play, "t2").tone) == ("paused", "still")


def test_only_where_tables_stand_apart_somebody_still_talks() -> None:
    """When all tables are in the same conversation nobody has to be asked."""
    play = Play.started(TRIAD, 6)
    play.do(c.Next())
    play.do(c.Next())
    assert class_view.still_talking(play.state) == ()
    play.do(c.Next("t2"))
    assert [track.id for track in class_view.still_talking(play.state)] == ["t1"]


def test_what_is_meant_for_all_leaves_a_safety_pause_alone() -> None:
    """Going on, moving on and undoing for all pass over the table that stands; meant alone, it moves."""
    play = Play.started(TRIAD, 6)
    play.do(c.Next())
    play.do(c.Pause("t1", why="safety"))
    play.do(c.Pause())
    play.do(c.Resume())
    assert [track.paused for track in play.state.tracks.values()] == [True, False]
    play.do(c.Next())
    play.do(c.Undo())
    assert play.state.tracks["t1"].safe
    play.do(c.Resume("t1"))
    assert not play.state.tracks["t1"].paused


def test_where_only_safety_pauses_are_left_going_on_for_all_means_them() -> None:
    """There is always a way on."""
    play = Play.started(TRIAD, 6)
    play.do(c.Pause(why="safety"))
    play.do(c.Resume())
    assert not any(track.paused for track in play.state.tracks.values())


def test_tables_are_told_in_short() -> None:
    """Numbers that follow each other are told as from and to."""
    assert say_titles(["Table 3"]) == "Table 3"
    assert say_titles(["Table 3", "Table 4"]) == "Tables 3 and 4"
    assert say_titles([f"Table {n}" for n in (1, 2, 3, 4, 7, 9, 10, 11)]) == "Tables 1–4, 7 and 9–11"
    assert say_titles(["Window", "Table 2"]) == "Window and Table 2"


def test_a_table_that_cannot_go_back_with_the_others_says_why() -> None:
    """Going back for all leaves it where it is, with the reason; where all go back, nothing is said."""
    play = Play.started(TRIAD, 9)
    for track in play.state.tracks:
        play.go_to("1.1r1", track)
    play.do(c.Next(), after=5)
    assert class_view.not_undone(play.state, play.now) == ()
    play.do(c.Leave(("dee",)))
    (stays,) = class_view.not_undone(play.state, play.now)
    assert stays.startswith("Table 2 did not go back: Somebody who took part in “Conversation” is no longer here")


def test_once_somebody_has_stepped_in_the_row_names_who_leads_from_there() -> None:
    """The leader leaves while cards are read: the row and the table's lines have who plays the rest of the round."""
    play = Play.started(TRIAD, 6)
    play.do(c.Next())
    assert line(play, "t2").leads == "dee"
    play.do(c.Leave(("dee",)))
    assert line(play, "t2").leads == "fay"
    scene = Scene(play.state, play.words, "t2")
    assert [scene.say_done(task) for task in scene.here()] == ["has left"]
    assert class_view.about_table(play.state, play.words, "t2")[0].startswith("Leader: fay · Parent: eva")
    play.do(c.ComeBack(("dee",), "t2"))
    assert line(play, "t2").leads == "fay"
