"""Bots sit beside people: they do what is theirs, once, and never what is a person's."""

from __future__ import annotations

from roleplay.conduct.bots import Bots
from roleplay.conduct.clock import HandClock
from roleplay.conduct.opening import open_session, seats_for
from roleplay.conduct.rehearse import DirectJournal
from roleplay.conduct.runner import Runner
from roleplay.content.bundle import Bundle
from roleplay.planning.build import build_plan
from roleplay.session.commands import Next, Pause, Start, Tick
from roleplay.session.tasks import tasks
from roleplay.store.sqlite import SqliteStore


def alone(store: SqliteStore, bundle: Bundle, clock: HandClock) -> Runner:
    """Ana, with bots in the other seats."""
    seats = seats_for(["Ana"], bots=2)
    plan = build_plan(bundle.scenario, [seat.id for seat in seats])
    return open_session(store, DirectJournal(store), bundle, plan, seats, clock=clock)


def run_out(runner: Runner, clock: HandClock) -> None:
    """Let the running step take its time, and go on where it waits for the facilitator."""
    track = runner.state.tracks["t1"]
    assert track.clock is not None
    clock.at = track.clock.deadline
    if not runner.do_at_once(Tick()):
        runner.do_at_once(Next())


def test_alone_with_bots(store: SqliteStore, first_try: Bundle, clock: HandClock) -> None:
    """Played to the end, what the bots owe is in and what Ana owes is not: nobody writes for a person."""
    runner, bots = alone(store, first_try, clock), Bots(seed=1)
    runner.do_at_once(Start())
    while runner.state.tracks["t1"].status == "running":
        for command, texts in bots.moves(runner.state, runner.now):
            runner.do_at_once(command, texts)
        assert bots.moves(runner.state, runner.now) == []
        later = bots.next_time(runner.state, runner.now)
        if later is None:
            run_out(runner, clock)
        else:
            assert later > clock.at
            clock.at = later
    owed = tasks(runner.state, runner.state.tracks["t1"])
    assert {task.by for task in owed if task.done} == {"b1", "b2"}
    assert {task.by for task in owed if not task.done} == {"p1"}
    assert all(mark.by != "p1" for mark in runner.state.tracks["t1"].marks)
    runner.close()


def test_bots_who_were_there_all_along_do_what_others_would(
    store: SqliteStore, first_try: Bundle, clock: HandClock
) -> None:
    """What bots worked out before never differs from what they would work out now."""
    runner, bots = alone(store, first_try, clock), Bots(seed=1)
    runner.do_at_once(Start())
    acted = 0
    while runner.state.tracks["t1"].status == "running":
        others = Bots(seed=1)
        moves = bots.moves(runner.state, runner.now)
        acted += len(moves)
        assert [type(move) for move, _ in moves] == [type(move) for move, _ in others.moves(runner.state, runner.now)]
        for command, texts in moves:
            runner.do_at_once(command, texts)
        later = bots.next_time(runner.state, runner.now)
        assert later == others.next_time(runner.state, runner.now)
        if later is None:
            run_out(runner, clock)
        else:
            clock.at = later
    assert acted
    runner.close()


def test_bots_rest_while_the_clock_stands(store: SqliteStore, first_try: Bundle, clock: HandClock) -> None:
    """In a pause nobody taps and nobody writes."""
    runner, bots = alone(store, first_try, clock), Bots(seed=1)
    runner.do_at_once(Start())
    runner.do_at_once(Next())
    runner.do_at_once(Next())
    clock.at = 60.0
    assert bots.moves(runner.state, runner.now)
    runner.do_at_once(Pause())
    assert bots.moves(runner.state, runner.now) == []
    assert bots.next_time(runner.state, runner.now) is None
    runner.close()


def test_what_a_bot_writes_says_that_it_is_a_sample(store: SqliteStore, first_try: Bundle, clock: HandClock) -> None:
    """Nobody can take a bot's words for a person's."""
    runner, bots = alone(store, first_try, clock), Bots(seed=1)
    runner.do_at_once(Start())
    names = set(runner.words)
    for _ in range(5):
        clock.at += 40
        for command, texts in bots.moves(runner.state, runner.now):
            runner.do_at_once(command, texts)
        if runner.state.tracks["t1"].status == "running":
            runner.do_at_once(Next())
    written = [text for id, text in runner.words.items() if id not in names]
    assert written
    assert all(text.startswith("A sample") for text in written)
    runner.close()
