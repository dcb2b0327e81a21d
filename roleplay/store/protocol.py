"""What the rest of the program may ask of the place where sessions are kept.

The journal is the only truth. `SessionRow` and `KnownPerson` are an index over it, drafts and beats stand beside it.
Whatever a method wrote is on the disk when it returns; one that raises has written nothing, save that erasing
may be left half done, and is then done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from roleplay.problems import CommandProblem
from roleplay.session.events import Event
from roleplay.session.texts import Text


@dataclass(frozen=True, slots=True)
class SessionRow:
    """What a list of sessions says about one of them; derived from its events."""

    id: str
    title: str
    """The title of the scenario."""
    opened: int
    """Wall-clock time as UTC milliseconds."""
    rehearsal: bool
    people: int
    state: Literal["open", "ended"]
    steps_done: int
    """Over all tables; a step that was taken back does not count."""
    tracks_done: tuple[str, ...]
    """The tables that have done their last step."""
    seq: int
    """Number of the last event; the first is 1."""
    at: float
    """When the last event happened, in seconds since the session opened."""
    last: int
    """The same by the wall clock, as UTC milliseconds."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who is known over several sessions, because somebody said who they are."""

    id: str
    name: str
    """As it was written the last time."""
    sessions: int
    """In how many they took part; rehearsals, and sessions where their name was erased, do not count."""
    last: int
    """When the last of these was last at work, as UTC milliseconds."""
    last_title: str
    """The title of its scenario."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The last sign of life of a session, by both clocks."""

    at: float
    """Seconds since the session opened."""
    wall: int
    """UTC milliseconds."""


class StoreProblem(CommandProblem):
    """The disk, or the file on it, does not do what it should."""


class Conflict(CommandProblem):
    """Somebody else has written to this session, or holds it open."""

    def __init__(self) -> None:
        super().__init__("This session is open in another window.", "Go on there, or close it there first.")


class JournalBroken(StoreProblem):
    """A journal is not what was written; `seq` is the first event that does not hold."""

    def __init__(self, session: str, seq: int, what: str) -> None:
        self.session = session
        self.seq = seq
        super().__init__(
            f"The record of session {session} was damaged or changed at event {seq}: {what}",
            "Put back your last copy of the file.",
        )


class Store(Protocol):
    """A place where sessions are kept; it belongs to the thread that opened it.

    Every method may raise StoreProblem.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Everything written inside stands together or not at all; one inside another is a part of it."""

    def append(
        self,
        session: str,
        expected_seq: int,
        events: Sequence[Event],
        texts: Sequence[Text] = (),
        drafts_done: Sequence[str] = (),
    ) -> int:
        """Write events after event `expected_seq`, their words, and drop the drafts that they replace.

        Returns the number of the last event given. The first event of a session, at `expected_seq` 0, creates it;
        its contents must have been put before. A request made a second time writes nothing and returns the same;
        any other that finds something behind `expected_seq` raises Conflict.
        """

    def events(self, session: str, after: int = 0) -> list[Event]:
        """The events with a number above `after`, in order."""

    def texts(self, session: str) -> dict[str, str]:
        """Text id to words, for all words that were not erased."""

    def verify(self, session: str) -> None:
        """Raise JournalBroken unless events, words and contents are what was written; erased words are no damage."""

    def put_content(self, body: str) -> str:
        """Keep a content, once; returns its SHA-256 in hexadecimal, by which it is found again."""

    def content(self, content_hash: str) -> str:
        """The content with this hash."""

    def sessions(self) -> list[SessionRow]:
        """All sessions, newest first."""

    def find_session(self, wanted: str) -> str:
        """The id that is, or alone begins with, what was typed; raises CommandProblem where there is none."""

    def known_people(self) -> list[KnownPerson]:
        """Everybody who is known over several sessions, those who were here last first."""

    def sessions_with(self, known: Sequence[str]) -> list[str]:
        """The ids of the sessions in which any of these known people took part, oldest first, without rehearsals."""

    def rebuild_index(self) -> None:
        """Make the index, of sessions and of known people, anew from the journal."""

    def save_draft(self, session: str, key: str, body: str) -> None:
        """Keep a draft in place of the last one with this key."""

    def drafts(self, session: str) -> dict[str, str]:
        """Key to body, for everything begun and not sent."""

    def beat(self, session: str, beat: Beat) -> None:
        """Keep a sign of life in place of the last one."""

    def last_beat(self, session: str) -> Beat | None:
        """The last sign of life, if there was any."""

    def forget(self, session: str, text_ids: Sequence[str], drafts: Sequence[str] = ()) -> None:
        """Erase words, with their salts, and drafts, until no byte of them is left in the files.

        Events stay. Where another reader keeps the last traces in place, StoreProblem says so; do it again then.
        """

    def delete_session(self, session: str) -> None:
        """Erase everything of a session, as thoroughly, and the contents that no other session uses."""

    def close(self) -> None:
        """Let go of the files; harmless when done twice."""
