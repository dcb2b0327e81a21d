"""Bots sit beside people: they do what is theirs, once, and never what is a person's."""

from __future__ import annotations

from collections import Counter

from roleplay.conduct import bots
from roleplay.conduct.bots import Bots
from roleplay.conduct.clock import HandClock
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.opening import open_session, seats_for
from roleplay.conduct.rehearse import Rehearsed, rehearse
from roleplay.conduct.runner import Runner
from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders
from roleplay.content.load import load_bundle
from roleplay.content.rubric import row_of
from roleplay.planning.build import build_plan
from roleplay.session.commands import Next, Pause, Start, Tick
from roleplay.session.forms import find_form
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
    runner, robots = alone(store, first_try, clock), Bots(seed=1)
    runner.do_at_once(Start())
    while runner.state.tracks["t1"].status == "running":
        for command, texts in robots.moves(runner.state, runner.now):
            runner.do_at_once(command, texts)
        assert robots.moves(runner.state, runner.now) == []
        later = robots.next_time(runner.state, runner.now)
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
    runner, robots = alone(store, first_try, clock), Bots(seed=1)
    runner.do_at_once(Start())
    acted = 0
    while runner.state.tracks["t1"].status == "running":
        others = Bots(seed=1)
        moves = robots.moves(runner.state, runner.now)
        acted += len(moves)
        assert [type(move) for move, _ in moves] == [type(move) for move, _ in others.moves(runner.state, runner.now)]
        for command, texts in moves:
            runner.do_at_once(command, texts)
        later = robots.next_time(runner.state, runner.now)
        assert later == others.next_time(runner.state, runner.now)
        if later is None:
            run_out(runner, clock)
        else:
            clock.at = later
    assert acted
    runner.close()


def test_bots_rest_while_the_clock_stands(store: SqliteStore, first_try: Bundle, clock: HandClock) -> None:
    """In a pause nobody taps and nobody writes."""
    runner, robots = alone(store, first_try, clock), Bots(seed=1)
    runner.do_at_once(Start())
    runner.do_at_once(Next())
    runner.do_at_once(Next())
    clock.at = 60.0
    assert robots.moves(runner.state, runner.now)
    runner.do_at_once(Pause())
    assert robots.moves(runner.state, runner.now) == []
    assert robots.next_time(runner.state, runner.now) is None
    runner.close()


def test_what_a_bot_writes_says_that_it_is_a_sample(store: SqliteStore, first_try: Bundle, clock: HandClock) -> None:
    """Nobody can take a bot's words for a person's."""
    runner, robots = alone(store, first_try, clock), Bots(seed=1)
    runner.do_at_once(Start())
    names = set(runner.words)
    for _ in range(5):
        clock.at += 40
        for command, texts in robots.moves(runner.state, runner.now):
            runner.do_at_once(command, texts)
        if runner.state.tracks["t1"].status == "running":
            runner.do_at_once(Next())
    written = [text for id, text in runner.words.items() if id not in names]
    assert written
    assert all(text.startswith("A sample") for text in written)
    runner.close()


def played_by_bots(store: SqliteStore, folders: Folders, id: str, people: int, seed: int = 0) -> Rehearsed:
    return rehearse(store, load_bundle(id, folders), seats_for([], people), seed=seed)


def test_the_first_row_is_always_filled_in_and_others_sometimes(store: SqliteStore, folders: Folders) -> None:
    """Over some rehearsals of a map, each has its first row, some have more, and a row is filled in whole or not."""
    counts = set()
    for seed in range(6):
        state = played_by_bots(store, folders, "immunity-map", 2, seed).state
        (form,) = [v[-1] for v in state.tracks["t1"].forms.values() if "immunity-map" in v[-1].form]
        rows = Counter(row_of(id) for id in form.answers)
        assert set(rows.values()) == {4}
        assert 1 in rows
        counts.add(len(rows))
    assert len(counts) > 1


def test_a_rater_of_six_sees_something_of_each(store: SqliteStore, folders: Folders) -> None:
    """Every rater marks every candidate, none of them more than a person can, and says so in the forms."""
    state = played_by_bots(store, folders, "phase-iv", 12).state
    track = state.tracks["t1"]
    talk = next(step for step in track.steps if step.kind == "play")
    seen = Counter((mark.by, mark.about) for mark in track.standing_marks() if mark.step == talk.id)
    assert set(seen) == {(rater, other) for rater in talk.cast["rater"] for other in talk.cast["candidate"]}
    assert max(seen.values()) <= 4


def test_what_bots_write_fits_every_practice() -> None:
    """No sample speaks of a parent, a morning or a letter: it stands under any question about anybody."""
    samples = " ".join((*bots._NOTICED, *bots._OWN, *bots._QUOTES, *bots._JOURNAL, bots._LEARNED)).lower()
    for word in ("parent", "child", "teacher", "morning", "letter", "monday", "week"):
        assert word not in samples


def test_bots_share_nothing_that_they_wrote_about_themselves(store: SqliteStore, folders: Folders) -> None:
    """A form about oneself is never offered to the room."""
    for id in ("rehearsal-with-coach", "self-assessment-principals"):
        state = played_by_bots(store, folders, id, 2).state
        track = state.tracks["t1"]
        own = [v[-1] for form, v in track.forms.items() if find_form(state.setting, track, form).about_self]
        assert own
        assert not any(form.share for form in own)
