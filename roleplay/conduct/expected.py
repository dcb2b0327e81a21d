"""Who was expected and is not here: kept beside a session while it is open, so that they can still come after a crash.

They take no part, so no event names them. The list goes when the session is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from roleplay.conduct.roster import Guest
from roleplay.session.state import State
from roleplay.values import Value

KEY = "expected"
"""The key among the drafts of a session."""


class _Expected(Value):
    name: str
    known: str | None = None


class _List(Value):
    guests: tuple[_Expected, ...] = ()


def expected_draft(guests: Iterable[Guest]) -> str:
    """The list as it is kept: names, and who they are in all sessions."""
    return _List(guests=tuple(_Expected(name=g.name, known=g.known) for g in guests)).model_dump_json()


def still_expected(drafts: Mapping[str, str], state: State, words: Mapping[str, str]) -> tuple[Guest, ...]:
    """Those who were expected in a session and have not come since.

    Args:
        drafts: the drafts of the session, by key.
        state: the session.
        words: text id to words.
    """
    if KEY not in drafts:
        return ()
    here = {state.name(person, words).casefold() for person in state.people}
    guests = _List.model_validate_json(drafts[KEY]).guests
    return tuple(Guest(guest.name, known=guest.known) for guest in guests if guest.name.casefold() not in here)
