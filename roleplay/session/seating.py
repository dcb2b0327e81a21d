"""Who will sit where once people have come, gone or moved, and which table is best for whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from roleplay.planning.replan import Seated, can_play, has_room
from roleplay.session.commands import NotAllowed
from roleplay.session.state import State, TrackState


@dataclass(slots=True)
class Change:
    """A change as it is worked out: who will sit where."""

    state: State
    seats: dict[str, tuple[str, ...]]
    gone: frozenset[str]
    """Those who have left, now or before."""
    moved: list[str] = field(default_factory=list)
    """Those who go to another table because their own is given up."""

    @classmethod
    def of(cls, state: State) -> Change:
        return cls(state, {track.id: track.people for track in state.tracks.values()}, state.away)

    def table_of(self, person: str) -> str:
        """Where somebody sits.

        Raises:
            NotAllowed: nowhere.
        """
        for table, people in self.seats.items():
            if person in people:
                return table
        raise NotAllowed("This person is not here.", "Say first that they have come, or come back.")

    def join(self, person: str, table: str) -> None:
        self.seats[table] = (*self.seats[table], person)

    def take_away(self, person: str) -> None:
        table = self.table_of(person)
        self.seats[table] = tuple(p for p in self.seats[table] if p != person)

    def find_table(self, count: int = 1, but: str = "") -> str | None:
        """The table that is best for so many people more: where conversations are still to come, the one with the
        fewest people, then with most rounds left."""
        fit = [t for t in self._open() if t.id != but and self.has_room(t.id, count)]
        return min(fit, key=self._worth).id if fit else None

    def _open(self) -> list[TrackState]:
        return [t for t in self.state.tracks.values() if self.seats[t.id] and t.status != "finished"]

    def _worth(self, track: TrackState) -> tuple[bool, int, int]:
        return not talks_ahead(track), len(self.seats[track.id]), -rounds_left(track)

    def has_room(self, table: str, count: int) -> bool:
        return has_room(self.state.setting.scenario, len(self.seats[table]) + count)

    def gather(self) -> None:
        """Nobody stays alone, and no table that cannot play, where another one can take them."""
        while (left := self._left_alone()) is not None:
            table, into = left
            self.moved += self.seats[table]
            self.seats[into] += self.seats[table]
            self.seats[table] = ()

    def _left_alone(self) -> tuple[str, str] | None:
        scenario = self.state.setting.scenario
        for track in self._open():
            people = self.seats[track.id]
            few = len(people) == 1 < scenario.people_needed
            if (few or (scenario.rotates and not can_play(scenario, len(people)))) and talks_ahead(track):
                into = self.find_table(len(people), but=track.id)
                if into is not None and talks_ahead(self.state.tracks[into]):
                    return track.id, into
        return None


def talks_ahead(track: TrackState) -> bool:
    """Whether a conversation runs or is still to come at a table."""
    return any(step.kind == "play" for step in track.steps[max(track.index, 0) :])


def rounds_left(track: TrackState) -> int:
    """How many rounds of a table have not begun."""
    return len(seated_of(track).ahead())


def seated_of(track: TrackState) -> Seated:
    """A table as the planner sees it: steps it has been at stay, and those in which somebody has written."""
    keep = kept_of(track)
    written = track.written_in | set(track.labels)
    settled = frozenset(step.id for n, step in enumerate(track.steps) if n < keep or step.id in written)
    return Seated(track.people, track.steps, track.index, settled)


def kept_of(track: TrackState) -> int:
    return min(track.index + (track.status == "running"), len(track.steps)) if track.status != "ready" else 0
