"""The rules of the clock: what is allowed when, and what follows; each is a short story of a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast, get_args

import pytest
from samples import FISHBOWL, REMIX, SELECTION, TRIAD, Play

from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.decide import ALLOWED, NotAllowed, decide
from roleplay.session.evolve import fold
from roleplay.session.state import FACILITATOR, Phase


def kinds(events: tuple[e.Event, ...]) -> list[str]:
    """What happened, in order."""
    return [event.kind for event in events]


def play_in(phase: Phase) -> Play:
    """A session of two tables whose first is in that phase; every command of its clock has something to do there."""
    play = Play.opened(TRIAD, 6)
    if phase == "ready":
        return play
    play.do(c.Start())
    play.go_to("1.1r1")
    if phase == "paused":
        play.do(c.Pause("t1"))
    elif phase == "waiting":
        while play.state.phase("t1") != "waiting":
            play.do(c.Next("t1"))
    elif phase == "finished":
        play.go_to("3")
        play.do(c.Next())
    elif phase == "ended":
        play.do(c.End())
    assert play.state.phase("t1") == phase
    return play


def command_of(kind: type[c.ClockCommand], track: str, phase: Phase) -> c.Command:
    """A command that makes sense where the table allows it."""
    if kind in (c.FireInject, c.HoldInject):
        return kind(track, inject="step-2")
    if kind is c.Pause and phase == "paused":
        return c.Pause(track, "safety")
    return cast(c.Command, kind(track))


def talk_and_pause(play: Play) -> None:
    """Go to the conversation, which then stands."""
    play.go_to("1.1r1")
    play.do(c.Pause())


@pytest.mark.parametrize("phase", get_args(Phase))
@pytest.mark.parametrize("kind", ALLOWED)
def test_a_command_is_allowed_in_the_phases_of_the_table(kind: type[c.ClockCommand], phase: Phase) -> None:
    """In a phase that the table names a command moves the clock; in any other it is refused and changes nothing."""
    play = play_in(phase)
    before = fold(play.state.setting, play.events)
    command = command_of(kind, "t1", phase)
    if phase in ALLOWED[kind]:
        assert decide(play.state, command, play.now + 1)
    else:
        with pytest.raises(NotAllowed) as refused:
            decide(play.state, command, play.now + 1)
        assert refused.value.sentence.endswith(".")
    assert play.state == before


@pytest.mark.parametrize(
    ("prepare", "command", "says"),
    [
        (lambda p: None, c.Pause("t9"), "no such table"),
        (lambda p: p.do(c.Pause("t1")), c.Pause("t1"), "paused already"),
        (lambda p: None, c.Undo("t1"), "nothing to take back"),
        (lambda p: None, c.ChangeLength("t1", -1), "no time left"),
        (lambda p: None, c.Retake("t1"), "No conversation has been played"),
        (lambda p: p.go_to("1.1r1"), c.FireInject("t1", "step-9"), "no such inject"),
        (lambda p: p.go_to("1.0r2"), c.Retake("t1"), "No conversation has been played"),
        (lambda p: None, c.TapMarker("t1", "tap", "solves", "chen", "ana"), "while a conversation runs"),
        (talk_and_pause, c.TapMarker("t1", "tap", "solves", "chen", "ana"), "while a conversation runs"),
        (lambda p: p.go_to("1.1r1"), c.TapMarker("t1", "tap", "solves", "ana", "ana"), "their own"),
        (lambda p: p.go_to("1.1r1"), c.TapMarker("t1", "tap", "smiles", "chen", "ana"), "no such marker"),
        (lambda p: p.go_to("1.1r1"), c.TapMarker("t1", "tap", "solves", "zoe", "ana"), "at this table"),
        (lambda p: p.go_to("1.1r1"), c.TapMarker("t9", "tap", "solves", "chen", "ana"), "no such table"),
        (lambda p: None, c.TakeBackMarker("t1", "tap"), "no such tap"),
        (lambda p: None, c.Open(0, "s", "p", ()), "open already"),
        (lambda p: p.do(c.End()), c.Reopen(0), "is closed"),
        (lambda p: p.do(c.End()), c.Next(), "is closed"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    prepare: Callable[[Play], object], command: c.Command, says: str
) -> None:
    """A refusal says why, and leaves everything as it was."""
    play = Play.started()
    play.tick(120)
    prepare(play)
    before = fold(play.state.setting, play.events)
    with pytest.raises(NotAllowed, match=says):
        decide(play.state, command, play.now)
    assert play.state == before


def test_before_it_is_opened_a_session_takes_no_command() -> None:
    """The first event of a session is its opening, with everybody whom the plan names."""
    play = Play(Play.opened().state.setting)
    with pytest.raises(NotAllowed, match="not been opened"):
        play.do(c.Tick())
    with pytest.raises(NotAllowed, match="not among the people"):
        play.do(c.Open(0, "s", "p", ()))


def test_a_closed_session_stays_as_it_is() -> None:
    """Ticking a closed session is allowed, and nothing comes of it."""
    play = Play.started()
    play.do(c.End())
    assert play.tick(9999) == ()


# Time


def test_steps_that_end_on_time_are_dated_at_their_deadlines() -> None:
    """However late somebody looks, each step ended when its time was up; a step that ends by hand runs over."""
    play = Play.started()
    play.do(c.Next())
    play.tick(3600)
    ended = [(event.step, event.at) for event in play.events if isinstance(event, e.StepEnded)]
    assert ended == [("0", 0.0), ("1.0r1", 60.0), ("1.1r1", 360.0)]
    assert play.step == "1.2r1"
    assert play.remaining() == 240 - (3600 - 360)


def test_what_ran_out_before_a_command_happened_before_it() -> None:
    """A command that comes late, because nobody ticked, still finds the steps over that were over."""
    play = Play.started()
    play.do(c.Next())
    events = play.do(c.Pause(), after=61.0)
    assert kinds(events) == ["step-ended", "step-started", "track-paused"]
    assert play.step == "1.1r1"
    assert play.remaining() == 299.0


def test_pausing_stops_the_time_and_what_is_due() -> None:
    """In a pause nothing runs out, however long it lasts; after it the step has what it had."""
    play = Play.started()
    play.go_to("1.1r1")
    play.do(c.Pause(), after=100)
    assert play.tick(5000) == ()
    play.do(c.Resume())
    assert play.remaining() == 200
    assert kinds(play.tick(200))[-2:] == ["step-ended", "step-started"]
    assert play.events[-1].at == 5300


def test_lengthening_a_step_that_is_over_its_time_counts_from_now() -> None:
    """Whoever gives a minute in overtime gets a minute, whatever the overtime was."""
    play = Play.started()
    play.tick(120 + 45)
    play.do(c.ChangeLength(by=60))
    assert play.remaining() == 60


def test_a_clock_that_lags_behind_the_journal_is_pulled_up() -> None:
    """A command given at a moment that lies before the last event happens right after that event."""
    play = Play.started()
    play.do(c.Next(), after=30)
    [event] = decide(play.state, c.Pause(), 10.0)
    assert event.at == 30


def test_shortening_takes_no_more_than_there_is() -> None:
    """A step is shortened to now at most; one that ends on time then ends."""
    play = Play.started()
    play.go_to("1.0r1")
    play.do(c.ChangeLength(by=-600), after=20)
    assert play.remaining() == 0
    play.tick(0.1)
    assert (play.step, play.events[-1].at) == ("1.1r1", 20)


def test_waking_up_says_how_long_the_machine_slept() -> None:
    """A sleep is a pause of every table that ran, with its length."""
    play = Play.started(TRIAD, 9)
    play.do(c.Next())
    play.do(c.Pause("t2"))
    slept = [event for event in play.do(c.Pause(why="asleep", away=900.0)) if isinstance(event, e.TrackPaused)]
    assert [(event.track, event.why, event.away) for event in slept] == [("t1", "asleep", 900), ("t3", "asleep", 900)]


def test_reopening_finds_every_table_paused_where_it_was() -> None:
    """What ran out before the program was shut had ended; what ran stands, and whoever was paused stays so."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.0r1")
    play.do(c.Pause("t2", "safety"), after=10)
    events = play.do(c.Reopen(5), after=51.5)
    assert kinds(events) == ["step-ended", "step-started", "session-reopened", "track-paused"]
    assert (play.step, play.remaining()) == ("1.1r1", 298.5)
    assert play.tick(1000) == ()
    other = play.track("t2").clock
    assert other is not None
    assert other.why == "safety"


# Pauses


def test_a_safety_pause_names_nobody() -> None:
    """The event of a safety pause holds a table and a time, and no person."""
    play = Play.started()
    [event] = play.do(c.Pause("t1", "safety"), after=30)
    assert e.dump_event(event) == '{"at":30.0,"track":"t1","kind":"track-paused","why":"safety","away":null}'


def test_a_pause_can_become_a_safety_pause_but_not_the_other_way() -> None:
    """Whoever needs a safety pause gets it, also where the clock stands; a plain pause does not cover it up."""
    play = Play.started()
    play.do(c.Pause("t1"))
    play.do(c.Pause("t1", "safety"), after=5)
    with pytest.raises(NotAllowed):
        play.do(c.Pause("t1"))
    clock = play.track().clock
    assert clock is not None
    assert (clock.why, clock.since) == ("safety", 0.0)


# Taking back


def test_going_on_too_early_can_be_taken_back() -> None:
    """The step that was left runs again with the time it had, and the new one is as if it had not begun."""
    play = Play.started()
    play.go_to("1.1r1")
    play.do(c.Next(), after=100)
    [event] = play.do(c.Undo(), after=15)
    assert isinstance(event, e.StepRestored)
    assert (event.step, event.remaining) == ("1.1r1", 200)
    play.tick(200)
    assert play.events[-2].at == 315
    assert (play.step, play.remaining()) == ("1.2r1", 240)


def test_moves_are_taken_back_one_after_the_other() -> None:
    """Undo goes back move by move to the first step, and then has nothing left to take back."""
    play = Play.started()
    play.do(c.Next(), after=10)
    play.do(c.ChangeLength(by=30), after=10)
    play.do(c.Next(), after=10)
    steps = []
    for _ in range(3):
        play.do(c.Undo())
        steps.append((play.step, play.remaining()))
    assert steps == [("1.0r1", 70), ("1.0r1", 40), ("0", 110)]
    with pytest.raises(NotAllowed, match="nothing to take back"):
        play.do(c.Undo())


def test_taking_back_more_time_gives_back_the_old_end() -> None:
    """A minute given by mistake is taken back whole, whatever was spent of the step in the meantime."""
    play = Play.started()
    play.go_to("1.1r1")
    play.do(c.ChangeLength(by=60), after=100)
    play.do(c.Undo(), after=50)
    assert play.remaining() == 150
    play.do(c.ChangeLength(by=60))
    play.do(c.Undo(), after=180)
    assert play.remaining() == -30
    assert play.tick(100) == ()


def test_a_step_restored_after_its_end_waits_for_the_facilitator() -> None:
    """A step that ran out and is brought back does not run out again at once; with time added it ends on time."""
    play = Play.started()
    play.go_to("1.0r1")
    play.tick(70)
    play.do(c.Undo())
    assert (play.step, play.remaining()) == ("1.0r1", 0)
    assert play.tick(30) == ()
    play.do(c.ChangeLength(by=60))
    play.tick(59)
    assert play.step == "1.0r1"
    play.tick(1)
    assert play.step == "1.1r1"


@pytest.mark.parametrize("why", ["facilitator", "safety"])
def test_taking_back_in_a_pause_leaves_the_clock_standing(why: e.PauseWhy) -> None:
    """A pause outlasts Undo, whether it was called after the move or before it."""
    after, before = Play.started(), Play.started()
    for play, commands in (
        (after, (c.Next(), c.Pause("t1", why), c.Undo())),
        (before, (c.Pause("t1", why), c.Next(), c.Undo())),
    ):
        for command in commands:
            play.do(command, after=10)
        clock = play.track().clock
        assert clock is not None
        assert (play.step, clock.why, play.state.phase("t1")) == ("0", why, "paused")
    assert (after.remaining(), before.remaining()) == (110, 110)


def test_what_somebody_wrote_is_never_taken_back() -> None:
    """Once somebody has written in a step its start stays, also when the step was left and brought back."""
    play = Play.started()
    play.go_to("1.1r1")
    play.do(c.TapMarker("t1", "tap", "solves", "chen", "ana"))
    with pytest.raises(NotAllowed, match="already written"):
        play.do(c.Undo())
    play.do(c.ChangeLength(by=60))
    play.do(c.Undo())
    play.do(c.Next())
    play.do(c.Undo())
    assert play.step == "1.1r1"
    with pytest.raises(NotAllowed, match="already written"):
        play.do(c.Undo())


def test_the_end_of_the_last_step_can_be_taken_back() -> None:
    """A table that has finished goes back to its last step."""
    play = Play.started(SELECTION, 4)
    play.go_to("4")
    play.do(c.Next(), after=100)
    assert play.state.phase("t1") == "finished"
    play.do(c.Undo(), after=20)
    assert (play.step, play.state.phase("t1"), play.remaining()) == ("4", "running", 80)


def test_taking_back_a_new_take_takes_it_out_of_the_plan() -> None:
    """Feedback goes on with the time it had, and the next retake is the second take again."""
    play = Play.started()
    play.go_to("1.2r1")
    planned = play.track().steps
    play.do(c.Retake(), after=40)
    assert play.step == "1.1r1t2"
    play.do(c.Undo(), after=5)
    assert (play.step, play.remaining(), play.track().steps) == ("1.2r1", 200, planned)
    play.do(c.Retake())
    assert play.step == "1.1r1t2"


def test_a_take_in_which_somebody_wrote_stays_in_the_plan() -> None:
    """Going back step by step stops at a take with a marker in it, so that every marker keeps its step."""
    play = Play.started()
    play.go_to("1.2r1")
    play.do(c.Retake())
    play.do(c.TapMarker("t1", "tap", "solves", "chen", "ana"))
    play.do(c.Next())
    play.do(c.Undo())
    with pytest.raises(NotAllowed, match="already written"):
        play.do(c.Undo())
    assert play.view(FACILITATOR).marks == ()


# Takes


def test_a_conversation_is_played_again_before_its_feedback() -> None:
    """The new take stands right after the last one, with the same cast, case and length; feedback follows again."""
    play = Play.started()
    play.go_to("1.1r1")
    play.do(c.Retake(), after=50)
    play.do(c.Retake(), after=50)
    assert [step.id for step in play.track().steps[2:6]] == ["1.1r1", "1.1r1t2", "1.1r1t3", "1.2r1"]
    first, third = play.track().planned("1.1r1"), play.track().planned("1.1r1t3")
    assert third.model_copy(update={"id": first.id, "take": 1}) == first
    play.tick(300)
    assert play.step == "1.2r1"


def test_a_scenario_can_limit_its_takes() -> None:
    """Where the file says two takes, there is no third."""
    play = Play.started(SELECTION, 4)
    play.go_to("2.0r1")
    play.do(c.Retake())
    with pytest.raises(NotAllowed, match="2 times at most"):
        play.do(c.Retake())


def test_what_is_played_once_says_so() -> None:
    """The sentence has no `1 time` in it."""
    script = [step | {"takes": 1} if step.get("kind") == "play" else step for step in REMIX["script"]]
    play = Play.started(REMIX | {"script": script}, 3)
    with pytest.raises(NotAllowed, match="may be played once at most"):
        play.do(c.Retake())


def test_tables_at_different_takes_play_again_each_for_itself() -> None:
    """Where one table is at its third take and another at its second, the class does not play that take together."""
    play = Play.started(FISHBOWL, 4)
    play.go_to("3")
    play.do(c.Retake("t1"))
    play.go_to("4")
    play.do(c.Retake())
    now = [track.step for track in play.state.tracks.values()]
    assert [(step.id, step.scope) for step in now if step] == [("2t3", "table"), ("2t2", "table")]
    play.do(c.Pause("t1"))
    assert play.state.phase("t2") == "running"


# The class


def test_the_class_begins_together_when_the_last_table_has_come() -> None:
    """Tables that come early wait; nobody can hurry a table that waits."""
    play = Play.started(FISHBOWL, 6)
    play.do(c.Next("t1"), after=10)
    play.do(c.Next("t3"), after=10)
    assert [play.state.phase(id) for id in play.state.tracks] == ["waiting", "running", "waiting"]
    with pytest.raises(NotAllowed, match="waiting for the other tables"):
        play.do(c.Next("t1"))
    events = play.do(c.Next("t2"), after=10)
    assert kinds(events) == ["step-ended", "track-waited", *["step-started"] * 3]


def test_a_move_in_a_step_of_the_class_counts_for_all_tables() -> None:
    """Whichever table the facilitator stands at, the class pauses, goes on and gets more time together."""
    play = Play.started(TRIAD, 6)
    for command in (c.Pause("t2"), c.Resume("t1"), c.ChangeLength("t2", 30)):
        play.do(command, after=10)
        assert play.track("t1").clock == play.track("t2").clock
    play.do(c.Next("t2"))
    assert play.track("t1").index == play.track("t2").index == 1


def test_whoever_had_waited_waits_again_when_the_class_goes_back() -> None:
    """The table that came last gets its step back; those that had come before it wait for it as before."""
    play = Play.started(FISHBOWL, 4)
    play.do(c.Next("t1"), after=10)
    play.do(c.Next("t2"), after=30)
    play.do(c.Undo("t1"), after=5)
    assert [play.state.phase(id) for id in play.state.tracks] == ["waiting", "running"]
    assert (play.track("t2").index, play.remaining("t2")) == (0, 20)
    play.do(c.Next("t2"))
    assert [play.state.phase(id) for id in play.state.tracks] == ["running", "running"]
    play.do(c.Undo("t2"))
    assert [play.state.phase(id) for id in play.state.tracks] == ["waiting", "running"]
    play.do(c.Undo("t1"))
    assert (play.track("t1").index, play.remaining("t1")) == (0, 50)


def test_a_table_alone_never_waits_for_itself() -> None:
    """Going back through the last step of the class leads to the step before it, not to a wait that nothing ends."""
    play = Play.started(TRIAD)
    play.go_to("3")
    play.do(c.Next(), after=10)
    play.do(c.Undo(), after=5)
    play.do(c.Undo(), after=5)
    assert (play.step, play.state.phase("t1")) == ("2", "running")


def test_whoever_had_waited_still_waits_after_going_back_twice() -> None:
    """Taking back first the end of a step of the class and then its beginning leaves the same table waiting."""
    play = Play.started(FISHBOWL, 4)
    play.do(c.Next("t1"), after=10)
    play.do(c.Next("t2"), after=30)
    for command in (c.Next(), c.Undo(), c.Undo()):
        play.do(command, after=5)
    assert [play.state.phase(id) for id in play.state.tracks] == ["waiting", "running"]


def test_the_end_of_a_step_of_the_class_is_taken_back_for_all_or_not_at_all() -> None:
    """A table alone cannot go back to what the class does together; where another has gone on, nobody goes back."""
    play = Play.started(TRIAD, 6)
    play.do(c.Next(), after=30)
    play.do(c.Undo("t2"), after=5)
    assert play.track("t1").index == play.track("t2").index == 0
    play.do(c.Next())
    play.do(c.Next("t2"))
    with pytest.raises(NotAllowed, match=r"together, and Table 2 has gone on"):
        play.do(c.Undo("t1"))


def test_a_command_for_all_tables_is_for_those_where_it_makes_sense() -> None:
    """One table that cannot follow keeps no other from it; where none can, the command is refused."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.2r1", "t1")
    play.do(c.ChangeLength("t1", -999))
    [event] = play.do(c.ChangeLength(by=-10))
    assert isinstance(event, e.LengthChanged)
    assert event.track == "t2"
    play.go_to("1.1r1", "t2")
    [given] = play.do(c.FireInject(inject="step-2"))
    assert isinstance(given, e.InjectGiven)
    assert given.track == "t2"
    with pytest.raises(NotAllowed, match="no such inject"):
        play.do(c.FireInject(inject="step-2"))
    with pytest.raises(NotAllowed, match="already happened"):
        play.do(c.FireInject("t2", inject="step-2"))


def test_tables_that_play_different_numbers_of_rounds_do_not_wait_inside_them() -> None:
    """With four at one table and three at another, a step for the class inside the rounds would wait for ever."""
    script: list[dict[str, Any]] = [*TRIAD["script"]]
    script[1] = {**script[1], "steps": [{**step, "scope": "class"} for step in script[1]["steps"]]}
    play = Play.started(TRIAD, 7, script=script)
    for _ in range(99):
        if {track.status for track in play.state.tracks.values()} == {"finished"}:
            break
        play.do(c.Next("t1") if play.state.phase("t1") == "running" else c.Next("t2"))
    assert {track.status for track in play.state.tracks.values()} == {"finished"}
