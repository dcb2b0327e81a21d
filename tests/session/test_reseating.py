"""People come, go, come back, change places, and tables are put together."""

from __future__ import annotations

from chance import Turn, begin, troubled
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import FISHBOWL, REMIX, SELECTION, TRIAD, TRIO

from roleplay.planning.replan import has_room
from roleplay.session.events import dump_event, load_event
from roleplay.session.evolve import fold
from roleplay.session.seating import talks_ahead
from roleplay.session.state import State, TrackState

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
    for step in (step for step in ahead if not track.has_begun(step.id)):
        cast = [person for people in step.cast.values() for person in people]
        assert len(cast) == len(set(cast))
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
