"""Stretches of speech, packed into the windows that an engine takes in at once.

An engine needs as long for a window with one word in it as for a full one. So speech is laid end to end, with a little
silence between, and each window knows where its pieces come from: what is heard in it is put back to its own time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from roleplay.transcription.protocol import WINDOW

MARGIN = 0.2
"""Seconds of sound that are taken along before and after speech, where there are any."""

GAP = 0.4
"""Seconds of silence between two pieces of a window; speech that lies closer keeps the sound between."""

TOUCH = 0.3
"""Seconds by which an engine may miss the end of what it hears: less of a piece than this counts as not heard."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the sound in a window."""

    start: float
    end: float
    """In seconds from the first sample of the sound."""
    at: float
    """Where it begins in the window."""

    @property
    def until(self) -> float:
        """Where it ends in the window."""
        return self.at + self.end - self.start


@dataclass(frozen=True, slots=True)
class Window:
    """What an engine takes in at once; between its pieces it is silent."""

    pieces: tuple[Piece, ...]

    @property
    def seconds(self) -> float:
        """How long it is, at most 30 seconds."""
        return self.pieces[-1].until

    def place(self, start: float, end: float) -> tuple[float, float] | None:
        """From where to where in the sound a stretch of the window reaches; None where it holds no sound.

        A stretch that only touches a piece beside the one it belongs to does not reach into it: between two pieces may
        lie minutes.
        """
        shares = [(min(end, piece.until) - max(start, piece.at), piece) for piece in self.pieces]
        shares = [(share, piece) for share, piece in shares if share > 0]
        if not shares:
            return None
        touch = min(TOUCH, max(share for share, _ in shares) / 2)
        while shares[0][0] < touch:
            del shares[0]
        while shares[-1][0] < touch:
            del shares[-1]
        first, last = shares[0][1], shares[-1][1]
        return self._within(first, start), self._within(last, end)

    @staticmethod
    def _within(piece: Piece, moment: float) -> float:
        return min(max(moment - piece.at + piece.start, piece.start), piece.end)

    def halves(self) -> tuple[Window, ...]:
        """The same sound in two windows; nothing for one that cannot be divided between pieces."""
        if len(self.pieces) < 2:
            return ()
        middle = self.seconds / 2
        cut = min(range(1, len(self.pieces)), key=lambda index: abs(self.pieces[index].at - middle))
        return (_laid(self.pieces[:cut]), _laid(self.pieces[cut:]))


def pack(
    speech: Iterable[tuple[float, float]],
    seconds: float,
    loudness: Sequence[float] = (),
    frame_seconds: float = 1.0,
) -> list[Window]:
    """Windows with all of the speech, in its order.

    `loudness`, one number for each `frame_seconds`, says where a stretch that fills more than a window is cut: where it
    is quietest.
    """
    windows: list[Window] = []
    pieces: list[Piece] = []
    for start, end in _cut(_widened(list(speech), seconds), loudness, frame_seconds):
        at = _next_place(pieces, start)
        if pieces and at + end - start > WINDOW:
            windows.append(Window(tuple(pieces)))
            pieces, at = [], 0.0
        pieces.append(Piece(start, end, at))
    if pieces:
        windows.append(Window(tuple(pieces)))
    return windows


def _next_place(pieces: Sequence[Piece], start: float) -> float:
    if not pieces:
        return 0.0
    return pieces[-1].until + (GAP if start > pieces[-1].end else 0.0)


def _laid(pieces: Iterable[Piece]) -> Window:
    """The same pieces in a window of their own."""
    laid: list[Piece] = []
    for piece in pieces:
        laid.append(Piece(piece.start, piece.end, _next_place(laid, piece.start)))
    return Window(tuple(laid))


def _widened(speech: Sequence[tuple[float, float]], seconds: float) -> list[tuple[float, float]]:
    """Speech with its margins. Over a pause that would come out as long as it is, neighbours meet in its middle."""
    if not speech:
        return []
    edges = [max(0.0, speech[0][0] - MARGIN)]
    for (_, end), (start, _) in pairwise(speech):
        reach = (start - end) / 2 if start - end <= 2 * MARGIN + GAP else MARGIN
        edges += [end + reach, start - reach]
    edges.append(min(seconds, speech[-1][1] + MARGIN))
    return list(zip(edges[::2], edges[1::2], strict=True))


def _cut(
    stretches: Iterable[tuple[float, float]], loudness: Sequence[float], frame_seconds: float
) -> list[tuple[float, float]]:
    """The same, none longer than a window."""
    short: list[tuple[float, float]] = []
    for start, end in stretches:
        cuts = [start]
        while end - cuts[-1] > WINDOW:
            cuts.append(_quietest(cuts[-1] + WINDOW / 2, cuts[-1] + WINDOW, loudness, frame_seconds))
        short += pairwise([*cuts, end])
    return short


def _quietest(start: float, end: float, loudness: Sequence[float], frame_seconds: float) -> float:
    """The middle of the quietest three frames between two moments; the later moment where nothing is known."""
    first, last = int(start / frame_seconds) + 1, int(end / frame_seconds) - 1
    frames = range(max(first, 1), min(last, len(loudness) - 1))
    if not frames:
        return end
    quietest = min(frames, key=lambda frame: sum(loudness[frame - 1 : frame + 2]))
    return min(max((quietest + 0.5) * frame_seconds, start), end)
