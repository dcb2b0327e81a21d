"""People come, go, come back, change places, and tables are put together."""

from __future__ import annotations

import pytest
from chance import Turn, begin, troubled
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import FISHBOWL, REMIX, SELECTION, TRIAD, TRIO, Play

from roleplay.planning.replan import has_room
from roleplay.session import commands as c
from roleplay.session.commands import NotAllowed
from roleplay.session.events import Participant, dump_event, load_event
from roleplay.session.evolve import fold
from roleplay.session.seating import talks_ahead
from roleplay.session.state import State, TrackState
from roleplay.session.tasks import tasks


def arrive(play: Play, *people: str, table: str | None = None) -> c.Arrive:
    """The command with which somebody comes."""
    return c.Arrive(tuple(Participant(id=person, name=play.text(person)) for person in people), table)


def leaders(track: TrackState) -> list[str]:
    """Who leads, round by round."""
    return [step.cast["leader"][0] for step in track.steps if step.kind == "play" and not step.added]


def test_whoever_comes_late_sits_where_there_is_most_room() -> None:
    """At the table with the fewest people, and leads there; others sit where the facilitator says."""
    play = Play.started(TRIAD, 7)
    assert [len(track.people) for track in play.state.tracks.values()] == [4, 3]
    play.do(arrive(play, "kim"))
    assert play.track("t2").people[-1] == "kim"
    assert leaders(play.track("t2"))[-1] == "kim"
    play.do(arrive(play, "lea", table="t1"))
    assert play.track("t1").people[-1] == "lea"
    assert play.state.name("lea", play.words) == "lea"


def test_a_table_whose_rounds_are_over_is_the_last_choice() -> None:
    """Even where fewer people sit there."""
    play = Play.started(TRIAD, 7)
    play.do(c.Next())
    play.go_to("2", "t2")
    play.do(arrive(play, "kim"))
    assert "kim" in play.track("t1").people


def test_whoever_leaves_stays_credited_and_is_waited_for_no_more() -> None:
    """What Ben played, wrote and was told stays his; what he still owed is asked of nobody, and can be sent later."""
    play = Play.started(TRIAD, 3)
    play.go_to("1.2r1")
    play.send("1.2r1/form/listening/chen/ana", said="well heard")
    play.do(c.Leave(("ben", "chen")[:1]))
    track = play.track()
    assert track.planned("1.1r1").cast["parent"] == ("ben",)
    assert track.people == ("ana", "chen")
    owed = [task for task in tasks(play.state, track) if task.by == "ben" and not task.done]
    assert owed
    assert not any(task.awaited for task in owed)
    assert "card/farm/parent" in {card.text for card in play.view("ben").cards}
    play.send("1.2r1/form/felt-heard/ben/ana")
    assert ("1.2r1/form/felt-heard/ben/ana") in play.track().forms


def test_whoever_stepped_in_gets_the_card() -> None:
    """And whoever left before the conversation does not play it."""
    play = Play.started(TRIAD, 3)
    play.go_to("1.0r1")
    assert "card/farm/parent" not in {card.text for card in play.view("chen").cards}
    play.do(c.Leave(("ben",)))
    play.do(c.Next())
    assert play.track().step is not None
    assert play.track().planned("1.1r1").cast["parent"] == ("chen",)
    assert "card/farm/parent" in {card.text for card in play.view("chen").cards}


def test_nobody_is_left_alone() -> None:
    """The last one of a pair goes to another table at once; theirs is given up and waited for by nobody."""
    play = Play.started(TRIAD, 6)
    play.do(c.Next())
    play.do(c.Leave(("ana", "ben")))
    assert play.track("t1").given_up
    assert play.track("t2").people == ("dee", "eva", "fay", "chen")
    assert (play.track("t1").status, play.track("t1").clock) == ("finished", None)
    for command in (c.Next("t1"), c.Undo("t1"), c.MoveTo("dee", "t1")):
        with pytest.raises(NotAllowed, match="given up"):
            play.do(command)
    play.go_to("2", "t2")
    play.do(c.Next("t2"))
    assert play.state.phase("t2") == "running"


def test_two_who_are_left_alone_find_each_other() -> None:
    """They are a pair again, and no table has one person."""
    play = Play.started(TRIAD, 6)
    play.do(c.Leave(("ana", "ben", "dee", "eva")))
    assert sorted(len(track.people) for track in play.state.tracks.values()) == [0, 2]


def test_the_last_table_stays() -> None:
    """Whoever is alone with nobody to go to stays; the very last one cannot leave."""
    play = Play.started(TRIAD, 3)
    play.do(c.Leave(("ana", "ben")))
    assert play.track().people == ("chen",)
    with pytest.raises(NotAllowed, match="nobody would be left"):
        play.do(c.Leave(("chen",)))
    play.do(c.ComeBack(("ben",)))
    assert leaders(play.track()) == ["chen", "ben"]


def test_whoever_comes_back_sits_where_they_sat() -> None:
    """Whoever has led already leads no more; whoever has not gets a round."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.2r1")
    play.do(c.Leave(("ana", "dee")))
    play.do(c.ComeBack(("ana",)))
    play.do(c.ComeBack(("dee",)))
    assert ("ana" in play.track("t1").people, "dee" in play.track("t2").people) == (True, True)
    assert leaders(play.track("t1")) == ["ana", "ben", "chen"]
    assert leaders(play.track("t2")).count("dee") == 1
    assert not play.state.away


def test_two_change_places_after_the_round() -> None:
    """The round that runs is played to its end as it was; from the next one on each does what the other was to do."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.1r1", "t1")
    play.do(c.Swap("ben", "eva"))
    talk = play.track("t1").step
    assert talk is not None
    assert (talk.cast["parent"], play.track("t1").here) == (("ben",), ("ana", "ben", "chen"))
    assert play.track("t1").people == ("ana", "eva", "chen")
    play.do(c.TapMarker("t1", "tap", "names-feeling", "chen", "ana"))
    assert leaders(play.track("t1")) == ["ana", "eva", "chen"]
    assert leaders(play.track("t2")) == ["dee", "ben", "fay"]


def test_two_at_one_table_do_each_others_part() -> None:
    """Who was to lead second leads third."""
    play = Play.started(TRIAD, 3)
    play.go_to("1.0r1")
    play.do(c.Swap("ben", "chen"))
    assert leaders(play.track()) == ["ana", "chen", "ben"]


def test_a_table_joins_another() -> None:
    """Whoever has led leads no more; the others lead there; nobody waits for the table that was given up."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.0r2", "t1")
    play.go_to("1.1r1", "t2")
    play.do(c.Merge("t2", "t1"))
    assert play.track("t1").people == ("ana", "ben", "chen", "dee", "eva", "fay")
    assert leaders(play.track("t1")) == ["ana", "ben", "chen", "eva", "fay"]
    assert play.state.phase("t1") == "running"
    assert play.view("dee").cards
    with pytest.raises(NotAllowed):
        play.do(c.Merge("t2", "t1"))


def test_a_step_of_the_class_begins_once_the_last_table_is_gone() -> None:
    """Where all others wait for a table that is given up, they go on."""
    play = Play.started(TRIAD, 6)
    play.do(c.Next())
    play.go_to("2", "t2")
    play.do(c.Next("t2"))
    assert play.state.phase("t2") == "waiting"
    play.do(c.Merge("t1", "t2"))
    assert play.state.phase("t2") == "running"


def test_rounds_are_no_more_for_all_where_tables_play_different_numbers() -> None:
    """A round that some table has not can be no step of the class; those that all have, stay so."""
    script = [dict(item) for item in TRIAD["script"]]
    steps = [{**step, "scope": "class"} if step["kind"] == "play" else step for step in script[1]["steps"]]
    script[1] = {**script[1], "steps": steps}
    play = Play.started(TRIAD, 6, script=script)
    assert play.track("t1").planned("1.1r3").scope == "class"
    play.do(c.Leave(("ana",)))
    scopes = {step.id: step.scope for step in play.track("t2").steps if step.kind == "play"}
    assert scopes == {"1.1r1": "class", "1.1r2": "class", "1.1r3": "table"}
    for _ in range(60):
        play.do(c.Tick(), after=400)
        if all(play.state.phase(table) == "finished" for table in ("t1", "t2")):
            break
        play.do(c.Next(), after=1)
    assert {track.status for track in play.state.tracks.values()} == {"finished"}


def test_what_is_taken_back_needs_those_who_played_it() -> None:
    """A move can still be taken back after people came and went, unless somebody who held the conversation has gone."""
    play = Play.started(TRIAD, 3)
    play.go_to("1.2r1")
    play.do(arrive(play, "kim"))
    play.do(c.Undo())
    assert play.step == "1.1r1"
    play.do(c.Next())
    play.do(c.Leave(("ben",)))
    with pytest.raises(NotAllowed, match="no longer here"):
        play.do(c.Undo())
    play.do(c.Retake())
    assert play.track().planned("1.1r1t2").cast["parent"] == ("chen",)
    play.do(c.Leave(("chen",)))
    with pytest.raises(NotAllowed, match="no longer here"):
        play.do(c.Retake())


def test_a_change_that_makes_no_sense_says_why() -> None:
    """And changes nothing."""
    play = Play.started(SELECTION, 6)
    play.do(c.Leave(("ana",)))
    before = play.state
    for command, why in (
        (arrive(play, "kim", "lea"), "no role free|No table has"),
        (arrive(play, "ben"), "takes part already"),
        (c.Leave(("ana",)), "not here"),
        (c.ComeBack(("ben",)), "has not left"),
        (c.Swap("ben", "ben"), "two people"),
        (c.Swap("ben", "ana"), "not here"),
        (c.MoveTo("ben", "t1"), "already"),
        (c.MoveTo("ben", "t9"), "no such table"),
        (c.Merge("t1", "t1"), "another table"),
        (c.Merge("t9", "t1"), "Nobody sits"),
        (arrive(play, "kim", table="t9"), "no such table"),
    ):
        with pytest.raises(NotAllowed, match=why):
            play.do(command)
    assert play.state == before


def test_after_the_last_step_nobody_comes_any_more() -> None:
    """There is nothing left to take part in; leaving is still possible."""
    play = Play.started(TRIAD, 3)
    while play.state.phase("t1") != "finished":
        play.do(c.Next(), after=1)
    with pytest.raises(NotAllowed, match="nothing left"):
        play.do(arrive(play, "kim"))
    play.do(c.Leave(("ana",)))


def test_a_journal_that_was_begun_is_still_read() -> None:
    """Plans and events that say nothing of who was in a step are read as before."""
    play = Play.started(TRIAD, 3)
    step = play.track().steps[0]
    old = {key: value for key, value in step.model_dump().items() if key != "people"}
    assert type(step).model_validate(old) == step
    assert play.track().people_in(step) == ("ana", "ben", "chen")


def test_nobody_waits_for_a_table_that_was_given_up() -> None:
    """Where the beginning of a step of the class is taken back, and those who were waited for sit here by now, the
    table goes back to what it did before."""
    play = Play.started(TRIAD, 6)
    play.go_to("2", "t2")
    play.do(c.Next("t2"), after=5)
    assert play.state.phase("t2") == "waiting"
    play.do(c.Merge("t1", "t2"), after=5)
    assert play.track("t2").step == play.track("t2").planned("3")
    play.do(c.Undo("t2"), after=5)
    assert (play.state.phase("t2"), play.track("t2").step) == ("running", play.track("t2").planned("2"))


def test_what_a_table_did_before_it_was_given_up_stays() -> None:
    """Also what it would have done again after another take of its conversation."""
    play = Play.started(FISHBOWL, 6)
    play.go_to("3", "t1")
    play.do(c.Retake("t1"))
    play.do(c.Merge("t1", "t2"))
    assert [step.id for step in play.track("t1").steps] == ["0", "1", "2", "2t2", "3"]


classes = st.sampled_from([(TRIAD, 2), (TRIAD, 5), (TRIAD, 9), (SELECTION, 6), (FISHBOWL, 6), (REMIX, 6), (TRIO, 3)])


@settings(deadline=None)
@given(classes, troubled)
def test_whatever_happens_the_class_holds_together(session: tuple[dict[str, object], int], plays: list[Turn]) -> None:
    """Nobody sits at two tables or is cast once gone; nobody is left alone where another table can take them; tables
    meet in the same steps; what was played stays; and the journal tells it all again."""
    chance = begin(session)
    for turn in plays:
        before = chance.play.state
        chance.turn(turn)
        hold_together(before, chance.play.state)
    state = chance.play.state
    assert fold(state.setting, [load_event(dump_event(event)) for event in chance.play.events]) == state


def hold_together(before: State, state: State) -> None:
    """What is true of every session, whoever comes and goes."""
    seated = [person for track in state.tracks.values() for person in track.people]
    assert len(seated) == len(set(seated))
    assert set(seated) == {person.id for person in state.people.values() if not person.gone}
    for track in state.tracks.values():
        ids = [step.id for step in track.steps]
        assert len(ids) == len(set(ids))
        _casts_hold(state, track)
        _played_stays(before.tracks[track.id], track)
    _nobody_alone(state)
    _all_meet(state)


def _casts_hold(state: State, track: TrackState) -> None:
    scenario = state.setting.scenario
    ahead = track.steps[track.index + (track.status != "waiting") :]
    went_back = len({run.step for run in track.runs}) < len(track.runs)
    for step in (step for step in ahead if not track.has_begun(step.id)):
        cast = [person for people in step.cast.values() for person in people]
        assert len(cast) == len(set(cast))
        # Talk that a table had left out, and that it is brought back to, is with those who were there.
        if step.kind == "play" or not went_back:
            assert not any(state.people[person].gone for person in (*cast, *step.people))
        if step.kind == "play" and scenario.rotates:
            needed = [role for role, of in scenario.seated.items() if not of.extra]
            assert all(len(step.cast[role]) >= scenario.roles[role].count.least for role in needed)


def _played_stays(before: TrackState, track: TrackState) -> None:
    ids = {step.id for step in track.steps}
    for step in before.steps[: before.index + (before.status != "waiting")]:
        # A take goes when its beginning is taken back.
        if step.id in ids or not step.added:
            now = track.planned(step.id)
            assert (now.cast, now.case, now.round, now.length) == (step.cast, step.case, step.round, step.length)
            assert set(track.people_in(now)) == set(before.people_in(step))


def _nobody_alone(state: State) -> None:
    scenario = state.setting.scenario
    going = [track for track in state.open_tracks if track.status != "finished" and talks_ahead(track)]
    for track in going:
        if len(track.people) == 1 < scenario.people_needed and scenario.rotates:
            others = [other for other in going if other is not track]
            assert not any(has_room(scenario, len(other.people) + 1) for other in others)


def _all_meet(state: State) -> None:
    """Tables come to the steps of the whole class in the same order, each of which every table has ahead or behind."""
    tracks = [track for track in state.open_tracks if track.status != "finished"]
    ahead = [
        [step.id for step in track.steps[max(track.index, 0) :] if step.scope == "class" and not step.added]
        for track in tracks
    ]
    for one in ahead:
        for other in ahead:
            longer, shorter = sorted((one, other), key=len, reverse=True)
            assert longer[len(longer) - len(shorter) :] == shorter
