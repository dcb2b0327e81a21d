"""A session that lies behind: its state, its words, and who of the people known over all sessions was in it.

Bots are nobody; what was known of a session then is read from its own contents, not from today's files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roleplay.analysis.participation import takes_played
from roleplay.session.state import State, TrackState


@dataclass(frozen=True, slots=True)
class Past:
    """One past session."""

    session: str
    opened: int
    """Wall-clock time as UTC milliseconds."""
    state: State
    words: Mapping[str, str]

    @property
    def scenario(self) -> str:
        """The id of what was played."""
        return self.state.setting.bundle.id

    @property
    def title(self) -> str:
        """The title of what was played."""
        return self.state.setting.scenario.title

    def person(self, known: str) -> str | None:
        """The id that a known person had in this session, or none."""
        return next((p.id for p in self.state.people.values() if p.known == known and not p.bot), None)

    def known(self, person: str) -> str | None:
        """Who a participant is in all sessions; nobody knows bots."""
        found = self.state.people[person]
        return None if found.bot else found.known

    def tracks(self, known: str) -> tuple[TrackState, ...]:
        """The tables at which a known person sat, one after the other where they changed places."""
        person = self.person(known)
        return tuple(track for track in self.state.tracks.values() if person in track.company)

    def over_for(self, known: str) -> bool:
        """Whether the session has ended, or the person's tables have done their last step."""
        tracks = self.tracks(known)
        return bool(tracks) and (self.state.ended is not None or all(track.status == "finished" for track in tracks))

    def led(self, known: str) -> bool:
        """Whether a known person led a conversation that was played; where none is, a step that has begun."""
        person = self.person(known)
        if person is None:
            return False
        return any(
            person in self.state.setting.leaders(step) for track in self.tracks(known) for step in takes_played(track)
        )
