"""What a change of people or places does to the plan, in sentences."""

from __future__ import annotations

from typing import Any

from samples import FISHBOWL, REMIX, SELECTION, TRIAD, Play

from roleplay.analysis.changes import say_changes
from roleplay.session import commands as c
from roleplay.session.decide import decide
from roleplay.session.events import Participant


def said(play: Play, command: c.Command) -> tuple[str, ...]:
    """What a command would change; nothing is carried out."""
    events = decide(play.state, command, play.now)
    return tuple(line for event in events for line in say_changes(play.state, event, str.capitalize))


def arrive(play: Play, *people: str) -> c.Arrive:
    """The command with which somebody comes."""
    return c.Arrive(tuple(Participant(id=person, name=play.text(person)) for person in people))


def test_who_comes_and_what_the_table_does_then() -> None:
    """Where they sit, how long the rounds are, and when they lead."""
    play = Play.started(TRIAD, 3)
    assert said(play, arrive(play, "dana")) == (
        "Dana joins Table 1.",
        "Table 1 now plays four rounds, 7m30s each from here on, in the same time.",
        "Dana leads at Table 1 in round 4.",
    )


def test_who_goes_and_who_steps_in() -> None:
    """A pair has no observer any more, so the facilitator can look on."""
    play = Play.started(TRIAD, 3)
    play.go_to("1.0r1")
    assert said(play, c.Leave(("ben",))) == (
        "Ben leaves.",
        "Chen steps in as Parent for the rest of this round.",
        "Table 1 now plays two rounds and is done 10 minutes earlier.",
        "Chen leads at Table 1 in round 2.",
        "Table 1 goes on as a pair; the facilitator can observe there.",
    )


def test_who_is_left_alone_goes_elsewhere() -> None:
    """The table is given up, and the round that runs there stops."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.1r1", "t1")
    told = said(play, c.Leave(("ana", "ben")))
    assert told[0] == "Ana and Ben leave."
    assert "Table 1 is given up; Chen goes to Table 2. Its round stops here." in told
    alone = Play.started(TRIAD, 3)
    assert "Only Chen is left at Table 1, so nothing can be played there." in said(alone, c.Leave(("ana", "ben")))


def test_who_changes_places() -> None:
    """At two tables, at one, or from one table to another."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.1r1", "t1")
    assert said(play, c.Swap("ana", "dee"))[0] == "Ana and Dee change places from the next round on."
    assert (
        said(play, c.Swap("ben", "chen"))[0] == "Ben and Chen do each other's part at Table 1 from the next round on."
    )
    assert said(play, c.MoveTo("ben", "t2"))[0] == "Ben goes to Table 2 after this round."
    merged = said(play, c.Merge("t1", "t2"))
    assert merged[0] == "Table 1 is given up; Ana, Ben and Chen go to Table 2. Its round stops here."


def test_who_holds_which_role() -> None:
    """Where roles are held for the whole session: who has another one, and where somebody is missing."""
    play = Play.started(REMIX, 3)
    assert "Chen is Parent at Table 1 from here on." in said(play, c.Leave(("ben",)))
    select = Play.started(SELECTION, 4)
    [one, *_] = select.track().people
    title = "Candidate" if select.track().steps[0].cast["candidate"][0] == one else "Rater"
    assert f"At Table 1 {title} needs two, and there is one." in said(select, c.Leave((one,)))
    pairs = Play.started(FISHBOWL, 4)
    assert said(pairs, arrive(pairs, "dana"))[0] == "Dana joins Table 1."


def test_rounds_that_no_longer_begin_together_are_told() -> None:
    """Where a step inside the rounds was one for the class, and one table now plays another number of rounds."""
    script: list[dict[str, Any]] = [dict(item) for item in TRIAD["script"]]
    script[1]["steps"] = [{**step, "scope": "class"} for step in script[1]["steps"]]
    play = Play.started(TRIAD, 6, script=script)
    assert said(play, c.Leave(("ana",)))[-1] == "From here on the tables no longer begin their rounds together."


def test_rounds_that_take_another_time_are_no_longer_for_the_class() -> None:
    """Where one table has shorter rounds from now on, nobody is held to the other's clock; what was parted stays so."""
    script: list[dict[str, Any]] = [dict(item) for item in TRIAD["script"]]
    script[1]["steps"] = [{**step, "scope": "class"} for step in script[1]["steps"]]
    play = Play.started(TRIAD, 6, script=script)
    kim = arrive(play, "kim")
    assert said(play, kim)[-1] == "From here on the tables no longer begin their rounds together."
    play.do(kim)
    play.do(c.Leave(("dee",)))
    scopes = [{step.scope for step in track.steps if step.round} for track in play.state.tracks.values()]
    assert scopes == [{"table"}, {"table"}]


def test_other_events_change_no_places() -> None:
    """Nothing is said of them."""
    assert said(Play.started(TRIAD, 3), c.Next()) == ()


def test_a_conversation_that_loses_its_leader_is_told() -> None:
    """Whoever leads the class hears that it cannot go on as it is; whoever only watched is not missed in it."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.1r1")
    missing = "Nobody is Leader in the conversation that runs at Table 1; go on with its next step when you like."
    assert missing in said(play, c.Leave(("ana",)))
    assert not any("Nobody is" in line and "that runs" in line for line in said(play, c.Leave(("chen",))))


def test_a_table_that_everybody_leaves_is_given_up() -> None:
    """Nobody goes anywhere else then."""
    play = Play.started(TRIAD, 6)
    assert said(play, c.Leave(("ana", "ben", "chen"))) == (
        "Ana, Ben and Chen leave.",
        "Table 1 is given up.",
    )
