"""A rehearsal plays everything that the day will ask for."""

from __future__ import annotations

import pytest

from roleplay.conduct.clock import HandClock
from roleplay.conduct.opening import read_session, seats_for
from roleplay.conduct.rehearse import rehearse
from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders
from roleplay.content.library import library
from roleplay.content.load import load_bundle
from roleplay.problems import CommandProblem
from roleplay.session.events import Event, FormSent, InjectGiven, dump_event
from roleplay.session.forms import injects_of
from roleplay.session.tasks import tasks
from roleplay.store.sqlite import SqliteStore


def test_every_rehearsal_is_kept(store: SqliteStore, folders: Folders) -> None:
    """For each bundled scenario: it takes as long as planned, and can be read back as it was."""
    for entry in library(folders):
        bundle = load_bundle(entry.id, folders)
        done = rehearse(store, bundle, seats_for([], bundle.scenario.smallest_table), seed=3)
        assert done.state.ended == done.plan.planned_seconds
        assert read_session(store, done.session) == (done.state, done.words)
        store.verify(done.session)


def test_a_blank_holds_its_name(store: SqliteStore, folders: Folders) -> None:
    """Where people would fill something in, a rehearsal has the name of the blank in brackets."""
    done = rehearse(store, load_bundle("rehearsal-with-coach", folders), seats_for([], 2))
    assert done.state.setting.scenario.roles["coach"].plays == "(who)"


def test_an_occasion_is_rehearsed_with_its_cases(store: SqliteStore, folders: Folders) -> None:
    """Another occasion has other cases, and the session says which one it was; without a choice, the first."""
    bundle = load_bundle("self-assessment-principals", folders)
    for occasion, expected in (("end", "end"), (None, "start")):
        done = rehearse(store, bundle, seats_for([], 2), occasion=occasion)
        played = {step.case for step in done.state.tracks["t1"].steps}
        assert done.state.occasion == expected
        assert played == set(bundle.scenario.occasions[expected].cases)


@pytest.mark.parametrize("people", [2, 3, 4, 5, 7, 24])
def test_any_head_count_is_played(store: SqliteStore, parent_conversation: Bundle, people: int) -> None:
    """Pairs, triads, larger tables and several of them: everybody leads once and gets what is due."""
    done = rehearse(store, parent_conversation, seats_for([], people))
    for track in done.state.tracks.values():
        leaders = [s.cast["leader"][0] for s in track.steps if s.kind == "play"]
        assert sorted(leaders) == sorted(track.people)
        assert all(task.done for task in tasks(done.state, track))
    assert done.state.rehearsal


def test_a_seed_repeats_it(store: SqliteStore, parent_conversation: Bundle) -> None:
    """The same seed gives the same markers, levels and times; another seed gives others."""

    def played(seed: int) -> list[tuple[float, object]]:
        done = rehearse(store, parent_conversation, seats_for([], 3), seed=seed)
        return [(event.at, _without_words(event)) for event in done.events]

    assert played(1) == played(1)
    assert played(1) != played(2)


def _without_words(event: Event) -> object:
    if isinstance(event, FormSent):
        return event.form, {id: (a.observed, a.value, a.taps) for id, a in event.answers.items()}
    return event.kind if "hash" in dump_event(event) else dump_event(event)


def test_the_time_there_is_is_kept(store: SqliteStore, parent_conversation: Bundle) -> None:
    """Fitted to fewer minutes, the whole session ends within them; with too few, a sentence says how many it needs."""
    done = rehearse(store, parent_conversation, seats_for([], 3), minutes=32)
    assert done.state.now <= 32 * 60
    with pytest.raises(CommandProblem, match="needs"):
        rehearse(store, parent_conversation, seats_for([], 3), minutes=3)


def test_a_rehearsal_that_breaks_leaves_nothing(
    store: SqliteStore, first_try: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is one transaction: an error in the middle leaves no half session behind."""

    def break_off(clock: HandClock) -> float:
        if clock.at > 60:
            raise RuntimeError("broken on purpose")
        return clock.at

    monkeypatch.setattr(HandClock, "now", break_off)
    with pytest.raises(RuntimeError):
        rehearse(store, first_try, seats_for([], 3))
    assert store.sessions() == []


def test_injects_come_on_time(store: SqliteStore, parent_conversation: Bundle) -> None:
    """An inject is stamped with the moment that the file names, counted from the start of its conversation."""
    done = rehearse(store, parent_conversation, seats_for([], 3))
    track = done.state.tracks["t1"]
    given = [event for event in done.events if isinstance(event, InjectGiven)]
    assert len(given) == 3
    for planned in track.steps:
        for item in injects_of(done.state.setting, planned):
            started = next(run.started for run in track.runs if run.step == planned.id)
            assert track.injects[planned.id][item.id].at == started + int(item.inject.at)
