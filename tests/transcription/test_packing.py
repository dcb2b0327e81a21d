"""Speech is laid into windows, and what is heard in them is put back to its own time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.transcription.packing import GAP, MARGIN, TOUCH, Piece, Window, pack
from roleplay.transcription.protocol import WINDOW

CLOSE = 1e-6


@st.composite
def speech(draw: st.DrawFn) -> tuple[list[tuple[float, float]], float]:
    """Stretches of speech as they are found: at least half a second apart; and how long the sound is."""
    found = []
    now = draw(st.floats(0, 5))
    for _ in range(draw(st.integers(1, 40))):
        end = now + draw(st.floats(0.25, 8) | st.floats(8, 100))
        found.append((now, end))
        now = end + draw(st.floats(0.5, 2) | st.floats(2, 90))
    return found, found[-1][1] + draw(st.floats(0, 5))


def pieces_of(windows: list[Window]) -> list[Piece]:
    return [piece for window in windows for piece in window.pieces]


@given(speech())
def test_no_speech_is_lost_and_none_is_heard_twice(found: tuple[list[tuple[float, float]], float]) -> None:
    """Each moment of speech lies in exactly one piece, in the order of time."""
    stretches, seconds = found
    pieces = pieces_of(pack(stretches, seconds))
    assert all(earlier.end <= later.start + CLOSE for earlier, later in pairwise(pieces))
    for start, end in stretches:
        inside = [(max(piece.start, start), min(piece.end, end)) for piece in pieces]
        assert sum(max(0.0, until - since) for since, until in inside) == pytest.approx(end - start)
    assert pieces[0].start >= 0
    assert pieces[-1].end <= seconds


@given(speech())
def test_windows_are_never_longer_than_an_engine_takes_in(found: tuple[list[tuple[float, float]], float]) -> None:
    """A window is at most 30 seconds long, its pieces follow each other, and separate ones have silence between."""
    for window in pack(*found):
        assert window.seconds <= WINDOW + CLOSE
        assert window.pieces[0].at == 0
        for earlier, later in pairwise(window.pieces):
            apart = GAP if later.start > earlier.end else 0.0
            assert later.at == pytest.approx(earlier.until + apart)


@given(speech())
def test_windows_are_full(found: tuple[list[tuple[float, float]], float]) -> None:
    """A window is only begun when the next piece does not fit into the last one."""
    for earlier, later in pairwise(pack(*found)):
        first = later.pieces[0]
        apart = GAP if first.start > earlier.pieces[-1].end else 0.0
        assert earlier.seconds + apart + first.end - first.start > WINDOW - CLOSE


@given(speech(), st.data())
def test_what_is_heard_in_a_piece_is_put_back_exactly(
    found: tuple[list[tuple[float, float]], float], data: st.DataObject
) -> None:
    """A stretch within one piece comes out where it was in the sound."""
    window = data.draw(st.sampled_from(pack(*found)))
    piece = data.draw(st.sampled_from(window.pieces))
    length = piece.end - piece.start
    since, until = sorted(data.draw(st.tuples(st.floats(0, length), st.floats(0, length))))
    if until - since < CLOSE:
        return
    assert window.place(piece.at + since, piece.at + until) == pytest.approx((piece.start + since, piece.start + until))


@given(speech(), st.data())
def test_order_is_kept(found: tuple[list[tuple[float, float]], float], data: st.DataObject) -> None:
    """Whatever moments an engine names in their order, the lines come out in their order, and none ends before it
    begins."""
    window = data.draw(st.sampled_from(pack(*found)))
    moments = sorted(data.draw(st.lists(st.floats(0, WINDOW), min_size=2, max_size=8)))
    placed = [place for start, end in pairwise(moments) if (place := window.place(start, end)) is not None]
    assert all(start <= end for start, end in placed)
    assert all(earlier[0] <= later[0] and earlier[1] <= later[1] for earlier, later in pairwise(placed))


@given(speech())
def test_halves_hold_the_same_sound(found: tuple[list[tuple[float, float]], float]) -> None:
    """A window of several pieces is divided between two of them; a window of one piece stays as it is."""
    for window in pack(*found):
        halves = window.halves()
        assert len(halves) == (2 if len(window.pieces) > 1 else 0)
        if halves:
            spans = [(piece.start, piece.end) for half in halves for piece in half.pieces]
            assert spans == [(piece.start, piece.end) for piece in window.pieces]
            assert all(half.seconds <= window.seconds for half in halves)


def test_pauses_are_left_out() -> None:
    """Two stretches that lie minutes apart share a window, each with its margins."""
    (window,) = pack([(10.0, 14.0), (300.0, 305.0)], 600.0)
    first, second = window.pieces
    assert (first.start, first.end) == (10.0 - MARGIN, 14.0 + MARGIN)
    assert (second.start, second.end) == (300.0 - MARGIN, 305.0 + MARGIN)
    assert window.seconds == pytest.approx(4 + 5 + 4 * MARGIN + GAP)


def test_a_short_pause_stays_as_it_was() -> None:
    """Where the pause is no longer than the silence that would take its place, the sound goes on."""
    (window,) = pack([(1.0, 2.0), (2.7, 4.0)], 10.0)
    first, second = window.pieces
    assert first.end == pytest.approx(2.35)
    assert (second.start, second.at) == (first.end, first.until)


def test_a_long_stretch_is_cut_where_it_is_quietest() -> None:
    """Somebody who speaks for fifty seconds is cut in a breath, not in a word."""
    loudness = [1.0] * 520
    loudness[229:232] = [0.1, 0.01, 0.1]
    first, second = pack([(0.0, 50.0)], 50.0, loudness, 0.1)
    assert first.seconds == pytest.approx(23.05)
    assert second.pieces[0].start == pytest.approx(23.05)


def test_a_line_that_touches_the_piece_before_does_not_reach_back_over_the_pause() -> None:
    """An engine that is a moment early at the beginning of a line does not move it by minutes."""
    window = Window((Piece(10.0, 14.0, 0.0), Piece(300.0, 305.0, 4.4)))
    early = 4.0 - TOUCH / 2
    assert window.place(early, 9.0) == pytest.approx((300.0, 304.6))
    assert window.place(1.0, 4.4 + TOUCH / 2) == (11.0, 14.0)


def test_what_lies_in_no_sound_has_no_place() -> None:
    """Text in the silence between two pieces, or after the last one, was heard nowhere."""
    window = Window((Piece(10.0, 14.0, 0.0), Piece(300.0, 305.0, 4.4)))
    assert window.place(4.05, 4.35) is None
    assert window.place(20.0, 29.0) is None
