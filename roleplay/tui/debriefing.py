"""Where the debriefs of a session are: which question the class or a table has come to, and which picture is looked at.

One for a session, lent from screen to screen as its conductor is. It is nothing that happened, so no journal keeps it;
an interrupted debrief finds its question by the time.
"""

from __future__ import annotations

from roleplay.analysis.pace import Turn, turn_at
from roleplay.content.steps import DebriefStep, GuideItem
from roleplay.report.debrief import DebriefFeeds
from roleplay.session.state import State, TrackState


class Debriefing:
    """The questions and pictures of a session's debriefs."""

    def __init__(self) -> None:
        self.feeds = DebriefFeeds()
        """What the whole room may see of itself, made anew only where something changed."""
        self._turns: dict[tuple[str, str], tuple[Turn, int]] = {}

    def at(self, state: State, track: TrackState, now: float) -> tuple[Turn, int]:
        """The question that is asked at a table, and how many pictures on from its first one people look at."""
        guide = guide_of(state, track)
        if not guide or track.clock is None:
            return Turn(), 0
        begun = turn_at(len(guide), track.clock.total, track.clock.elapsed(now))
        return self._turns.setdefault(_place(track), (begun, 0))

    def ask(self, state: State, track: TrackState, now: float, by: int) -> None:
        """Go on to another question, from now on."""
        turn, _ = self.at(state, track, now)
        question = min(max(turn.question + by, 0), len(guide_of(state, track)) - 1)
        if track.clock is not None and question not in (turn.question, -1):
            self._turns[_place(track)] = (Turn(question, track.clock.elapsed(now)), 0)

    def look(self, state: State, track: TrackState, now: float, by: int) -> None:
        """Look at another picture beside the same question."""
        turn, picture = self.at(state, track, now)
        if track.clock is not None:
            self._turns[_place(track)] = (turn, picture + by)


def guide_of(state: State, track: TrackState) -> tuple[GuideItem, ...]:
    """The questions of the debrief at which a table is; none where it is at another step."""
    script = state.setting.step(track.step) if track.step else None
    return script.guide if isinstance(script, DebriefStep) else ()


def _place(track: TrackState) -> tuple[str, str]:
    """What the whole class does together has one question for all tables."""
    assert track.step is not None
    return ("" if track.step.scope == "class" else track.id, track.step.id)
