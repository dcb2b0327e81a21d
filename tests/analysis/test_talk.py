"""Figures of a conversation, each worked out by hand from a timeline."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.analysis.talk import (
    Covered,
    Gap,
    Interruption,
    Noted,
    Stretch,
    Talk,
    noted_stretches,
    talk_from_channels,
    talk_from_notes,
)

LEADER = [(0, 4), (4.6, 8), (14.8, 20), (22, 24), (27, 29), (30, 31), (33.1, 40)]
PARENT = [(2, 2.5), (8.4, 15), (19, 25), (31.2, 31.9)]
"""Seconds in which each speaks. By hand:

    leader  0.0- 8.0   one turn: the pause at 4.0 lasts 0.6 s
    parent  2.0- 2.5   within it, 0.5 s: a sign of listening
    parent  8.4-15.0   after a gap of 0.4 s
    leader 14.8-20.0   0.2 s too early: a smooth change
    parent 19.0-25.0   1.0 s too early, and goes on: an interruption
    leader 22.0-24.0   within the parent's turn, too long for a sign of listening; the floor stays with the parent
    leader 27.0-29.0   after a gap of 2.0 s
    leader 30.0-31.0   a turn of its own: the pause lasts 1.0 s
    parent 31.2-31.9   after a gap of 0.2 s
    leader 33.1-40.0   after a gap of 1.2 s
"""


def talk(
    leader: Sequence[tuple[float, float]],
    parent: Sequence[tuple[float, float]],
    covered: Sequence[tuple[float, float]] | None = None,
    seconds: float = 60,
) -> Talk:
    """Who speaks from when to when, recorded from the beginning to the end unless it is said otherwise."""
    speech = [Stretch(who, *one) for who, of in (("leader", leader), ("parent", parent)) for one in of]
    parts = [Covered(*part) for part in covered or [(0, seconds)]]
    return talk_from_channels(speech, parts, seconds, ("leader", "parent"))


def test_talk_time_turns_and_shares_are_those_counted_by_hand() -> None:
    """Talk time is the time of speech, pauses left out; a turn goes on over a pause of less than a second."""
    shown = talk(LEADER, PARENT)
    leader, parent = shown.people
    assert (leader.seconds, leader.turns, leader.longest) == (24.5, 6, 8.0)
    assert (parent.seconds, parent.turns, parent.longest) == (13.8, 3, 6.6)
    assert leader.share == pytest.approx(24.5 / 38.3)
    assert parent.share == pytest.approx(13.8 / 38.3)


def test_gaps_interruptions_and_signs_of_listening_are_those_counted_by_hand() -> None:
    """A gap is whoever's who answers; an interruption lasts half a second and takes the floor; “mhm” is neither."""
    shown = talk(LEADER, PARENT)
    assert shown.gaps == (
        Gap("parent", 8, 8.4),
        Gap("leader", 25, 27),
        Gap("parent", 31, 31.2),
        Gap("leader", 31.9, 33.1),
    )
    assert shown.interruptions == (Interruption("parent", 19, 20),)
    leader, parent = shown.people
    assert (leader.answers, leader.pause, leader.longest_pause) == (2, 1.6, 2.0)
    assert (parent.answers, parent.pause, parent.longest_pause) == (2, 0.3, 0.4)
    assert (leader.interruptions, parent.interruptions) == (0, 1)
    assert (leader.backchannels, parent.backchannels) == (0, 1)


@pytest.mark.parametrize(("begins", "counted"), [(9.51, 0), (9.5, 1), (9.0, 1)])
def test_an_interruption_is_half_a_second_of_both(begins: float, counted: int) -> None:
    """At half a second it counts, below it does not."""
    shown = talk([(0, 10)], [(begins, 15)])
    assert shown.person("parent").interruptions == counted
    assert shown.person("parent").answers == 0


@pytest.mark.parametrize(("ends", "listening"), [(6.0, 1), (6.01, 0)])
def test_a_sign_of_listening_lasts_a_second_at_most(ends: float, listening: int) -> None:
    """What is longer is a turn, though the other keeps the floor; neither is an interruption."""
    parent = talk([(0, 10)], [(5.0, ends)]).person("parent")
    assert (parent.backchannels, parent.turns, parent.interruptions) == (listening, 1 - listening, 0)


def test_what_two_people_begin_at_once_interrupts_nobody() -> None:
    """Nobody had the floor."""
    shown = talk([(0, 3)], [(0, 5)])
    assert (shown.interruptions, shown.gaps) == ((), ())


def test_nothing_is_counted_over_a_time_that_was_not_recorded() -> None:
    """Speech is cut where the sound ends; no turn, no silence and no answer reaches over the gap; the rest is told."""
    shown = talk([(8, 12), (20.2, 21)], [(21.5, 25)], [(0, 10), (20, 30)])
    assert shown.known == 20
    assert [(turn.start, turn.end) for turn in shown.turns] == [(8, 10), (20.2, 21), (21.5, 25)]
    assert shown.person("leader").seconds == 2.8
    assert [gap.seconds for gap in shown.gaps] == [0.5]
    close = talk([(9, 10), (10.3, 11)], [], [(0, 10), (10.2, 20)])
    assert close.person("leader").turns == 2


def test_a_silent_conversation_has_no_shares() -> None:
    """Nobody's share of nothing is half."""
    shown = talk([], [])
    assert [(one.seconds, one.share, one.turns, one.pause) for one in shown.people] == [(0, None, 0, None)] * 2


def test_two_microphones_that_hear_the_same_voices_tell_nobody_apart() -> None:
    """Where most of what one is said to have said lies under the other's speech, the channels are crossed."""
    assert talk([(0, 10), (20, 30)], [(0, 10), (12, 15)]).crossed
    assert not talk([(0, 10), (20, 30)], [(8, 20)]).crossed
    assert not talk([(0, 10)], [(4, 5)]).crossed


def noted(*notes: tuple[float, str | None]) -> list[Noted]:
    """What an observer noted."""
    return [Noted(*note) for note in notes]


def test_an_observers_notes_give_talk_time_and_turns_and_no_more() -> None:
    """By hand: leader 10-40 and 70-100, parent 40-60, nobody 60-70; before the first note nothing is known."""
    shown = talk_from_notes(
        noted((10, "leader"), (40, "parent"), (60, None), (70, "leader")), 100, ("leader", "parent")
    )
    leader, parent = shown.people
    assert (leader.seconds, leader.turns, leader.longest, leader.share) == (60, 2, 30, 0.75)
    assert (parent.seconds, parent.turns, parent.longest, parent.share) == (20, 1, 20, 0.25)
    assert (shown.known, shown.how) == (90, "toggle")
    assert [(one.answers, one.pause, one.interruptions, one.backchannels) for one in shown.people] == [(None,) * 4] * 2


def test_the_last_note_holds_until_somebody_notes_nobody_or_the_conversation_ends() -> None:
    """A note after the end is none."""
    assert noted_stretches(noted((5, "a"), (8, None)), 20) == [Stretch("a", 5, 8)]
    assert noted_stretches(noted((5, "a"), (21, "b")), 20) == [Stretch("a", 5, 20)]
    assert talk_from_notes(noted((21, "a")), 20, ("a", "b")).covered == ()


def test_a_slip_of_the_finger_splits_no_turn() -> None:
    """“Nobody” for less than a second is no pause."""
    shown = talk_from_notes(noted((0, "a"), (5, None), (5.5, "a")), 10, ("a", "b"))
    assert shown.person("a").turns == 1
    assert shown.person("a").seconds == 9.5


times = st.floats(0, 100).map(lambda seconds: round(seconds, 3))
spans = st.lists(st.tuples(times, times).map(lambda two: (min(two), max(two))), max_size=12)


@given(spans, spans, st.lists(times, max_size=6))
def test_whatever_was_heard_the_figures_fit_together(
    leader: list[tuple[float, float]], parent: list[tuple[float, float]], cuts: list[float]
) -> None:
    """Nobody spoke longer than was recorded; shares make a whole; every turn lies in one recording, and each silence
    before an answer is silent on both sides."""
    edges = sorted({0.0, *cuts, 100.0})
    covered = list(zip(edges[::2], edges[1::2], strict=False))
    shown = talk(leader, parent, covered or [(0, 100)], 100)
    assert all(one.seconds <= shown.known + 0.01 for one in shown.people)
    shares = [one.share for one in shown.people if one.share is not None]
    assert shares == [] or sum(shares) == pytest.approx(1)
    assert all(any(p.start <= turn.start < turn.end <= p.end for p in shown.covered) for turn in shown.turns)
    for gap in shown.gaps:
        assert not any(turn.start < gap.end and gap.start < turn.end for turn in shown.turns)
